import { Tooltip } from 'radix-ui';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, vi } from 'vitest';
import { createBrowserShell } from '../../src/renderer/engine/browser-shell';
import { startStudio } from '../../src/renderer/session/actions/start-studio';
import { createStudio, type Studio } from '../../src/renderer/session/studio';
import { StudioContext } from '../../src/renderer/session/studio-context';
import { createFakeClient, type FakeClientOptions } from './fake-client';

/** A page that shows parts of the studio on their own, against a fake engine. Call `panelPage()` once per test file. */
export interface PanelPage {
  readonly element: () => HTMLElement;
  show(panel: ReactNode, options?: FakeClientOptions): Promise<Studio>;
}

/** Makes a fresh page before each test and removes it after. */
export function panelPage(): PanelPage {
  let root: Root;
  let page: HTMLElement;
  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    page = document.createElement('div');
    document.body.append(page);
    root = createRoot(page);
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });
  return {
    element: () => page,
    show: async (panel, options = {}) => {
      const studio = createStudio(createFakeClient({ sampleFrames: 60, ...options }), createBrowserShell(), null);
      await startStudio(studio);
      await act(async () =>
        root.render(
          <StudioContext.Provider value={studio}>
            <Tooltip.Provider>{panel}</Tooltip.Provider>
          </StudioContext.Provider>,
        ),
      );
      return studio;
    },
  };
}
