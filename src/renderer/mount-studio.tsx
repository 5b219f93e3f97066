import { createRoot } from 'react-dom/client';
import type { Client } from '../shared/contract/methods';
import type { Shell } from '../shared/contract/shell';
import { App } from './app';
import { commandById } from './keyboard/studio-commands';
import { startStudio } from './session/actions/start-studio';
import { followDocument } from './session/follow-document';
import { followPreferences } from './session/follow-preferences';
import { followQa } from './session/follow-qa';
import { createStudio } from './session/studio';
import '@fontsource-variable/inter/index.css';
import './styles/themes.css';
import './styles/tokens.css';
import './styles/base.css';
import './ui/controls.css';

/** Shows the studio in an element and opens the sample. `startSeconds` sets the playhead, for pictures that must always be the same. */
export async function mountStudio(element: HTMLElement, client: Client, shell: Shell, startSeconds: number | null): Promise<void> {
  const studio = createStudio(client, shell, window.localStorage);
  followPreferences(studio.preferences, document.documentElement, window.matchMedia('(prefers-reduced-motion: reduce)'));
  followDocument(studio);
  followQa(studio);
  shell.onCommand((command) => commandById(command).run(studio));
  createRoot(element).render(<App studio={studio} />);
  await startStudio(studio);
  if (startSeconds !== null) studio.transport.seek(startSeconds);
}
