import { extname } from 'node:path';
import { AppError } from '../../shared/contract/errors';
import { EXPORTERS, findExporter } from '../engine/export/registry';

/** Format id of the project file, beside the ids of the exporters. */
export const PROJECT_FORMAT = 'vividtalker';

/** Ids that `--format` takes. */
export function formatIds(): string[] {
  return [PROJECT_FORMAT, ...EXPORTERS.map((exporter) => exporter.id)];
}

/** Extension (without dot) of a format. */
export function extensionOfFormat(format: string): string {
  return format === PROJECT_FORMAT ? PROJECT_FORMAT : findExporter(format).fileExtension;
}

/** The format to write: what `--format` says, else what the extension of the output says. AppError 'bad-input' when neither helps. */
export function chooseFormat(output: string, format: string | undefined): string {
  if (format !== undefined) {
    if (!formatIds().includes(format)) throw new AppError('bad-input', `There is no format "${format}".`, `Formats: ${formatIds().join(', ')}.`);
    return format;
  }
  const extension = extname(output).slice(1).toLowerCase();
  const found = formatIds().find((id) => extensionOfFormat(id) === extension);
  if (found === undefined) {
    const known = [...new Set(formatIds().map((id) => `.${extensionOfFormat(id)}`))].join(', ');
    throw new AppError(
      'bad-input',
      extension === '' ? `The output ${output} has no extension that names a format.` : `The extension .${extension} belongs to no format.`,
      `Use one of ${known}, or give --format.`,
    );
  }
  return found;
}
