import type { ExporterInfo } from '../../../shared/contract/methods';
import { runJob } from '../../workspace/job-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { type Studio, shownTake } from '../studio';

/** Writes the shown take with an exporter and saves the file. Resolves to true when it is on disk. */
export async function exportShownTake(studio: Studio, exporter: ExporterInfo, options: Record<string, unknown>): Promise<boolean> {
  const shown = shownTake(studio);
  if (!shown) return false;
  const { clip, take } = shown;
  try {
    const file = await runJob(studio.jobs, `Export ${exporter.label}`, clip.id, ({ signal, onProgress }) =>
      studio.client.call('clip.export', { clip, takeId: take.id, exporterId: exporter.id, options }, { signal, onProgress }),
    );
    const saved = await studio.shell.saveFile({ suggestedName: file.fileName, bytes: file.bytes });
    if (saved) showNotice(studio.notices, 'success', `Exported ${saved.fileName}`);
    return saved !== null;
  } catch (error) {
    showError(studio.notices, error);
    return false;
  }
}
