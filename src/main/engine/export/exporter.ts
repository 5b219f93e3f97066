import { z } from 'zod';
import type { Clip, Take } from '../../../shared/clip/clip-schema';
import type { DecodedStreams } from '../../../shared/clip/decoded-stream';
import { AppError } from '../../../shared/contract/errors';
import type { ExportScene } from '../../../shared/export-model/export-scene';

/** What an exporter turns into a file: one take of a clip. `loadHead` is called only by formats that contain the head. */
export interface ExportInput {
  readonly clip: Clip;
  readonly take: Take;
  readonly decoded: DecodedStreams;
  readonly applicationVersion: string;
  loadHead(): Promise<ExportScene>;
}

/** Cancel signal and progress (0..1) of a running export. */
export interface ExportContext {
  readonly signal?: AbortSignal | undefined;
  onProgress?(fraction: number): void;
}

/** One export format as dialog, command line and registry see it. */
export interface Exporter {
  readonly id: string;
  readonly label: string;
  /** Without a dot. */
  readonly fileExtension: string;
  readonly mimeType: string;
  readonly options: z.ZodType;
  /** Gives the bytes of the file; the same input always gives the same bytes. Throws AppError `bad-input` or `cancelled`. */
  export(input: ExportInput, options: unknown, context: ExportContext): Promise<Uint8Array>;
}

/** What a format declares; `write` gets checked options. */
interface ExporterDefinition<Schema extends z.ZodType> extends Omit<Exporter, 'options' | 'export'> {
  readonly options: Schema;
  write(input: ExportInput, options: z.output<Schema>, context: ExportContext): Promise<Uint8Array>;
}

/** Makes an exporter that checks its options before it writes. */
export function defineExporter<Schema extends z.ZodType>({ write, ...definition }: ExporterDefinition<Schema>): Exporter {
  return {
    ...definition,
    export: async (input, options, context) => {
      const parsed = definition.options.safeParse(options);
      if (!parsed.success) {
        throw new AppError('bad-input', `The options of the ${definition.label} export are not valid.`, z.prettifyError(parsed.error));
      }
      return write(input, parsed.data, context);
    },
  };
}
