import { AppError } from '../../../shared/contract/errors';
import { showError, showNotice } from '../../workspace/notice-store';
import type { Studio } from '../studio';
import { importFiles } from './import-audio';
import { openSample } from './open-project';

/** Asks the engine what it can do and opens the sample project. The studio stays usable when either fails. */
export async function startStudio(studio: Studio): Promise<void> {
  studio.client.onClose(() => {
    studio.engine.setState({ isConnected: false });
    showError(
      studio.notices,
      new AppError(
        'connection-lost',
        'The engine has stopped.',
        'Your work is still here, but saving needs the engine: start the studio again before you close this window.',
      ),
    );
  });
  try {
    const [info, { exporters }, { models }] = await Promise.all([
      studio.client.call('app.info', {}),
      studio.client.call('exporters.list', {}),
      studio.client.call('models.list', {}),
    ]);
    studio.engine.setState({ version: info.version, model: info.model, modelProblem: info.modelProblem, models, device: info.device, exporters });
    if (!info.model)
      showNotice(
        studio.notices,
        'warning',
        'No model is installed: nothing new can be animated.',
        `${info.modelProblem} Projects still open, play and export.`,
      );
  } catch (error) {
    showError(studio.notices, error);
  }
  await openSample(studio);
  studio.engine.setState({ isStarting: false });
  studio.shell.onOpenFile((file) => void importFiles(studio, [file]));
}
