import { Tooltip } from 'radix-ui';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { ExportDialog } from './export-dialog/export-dialog';
import { AboutDialog } from './help/about-dialog';
import { CommandPalette } from './help/command-palette';
import { FirstHints } from './help/first-hints';
import { KeySheet } from './help/key-sheet';
import { Inspector } from './inspector/inspector';
import { listenForKeys } from './keyboard/listen-for-keys';
import { Library } from './library/library';
import { PlayblastDialog } from './playblast/playblast-dialog';
import { PreferencesDialog } from './preferences/preferences-dialog';
import { Viewport } from './preview/viewport';
import { listenForDrops } from './session/listen-for-drops';
import type { Studio } from './session/studio';
import { StudioContext } from './session/studio-context';
import { StatusBar } from './status-bar/status-bar';
import { Timeline } from './timeline/timeline';
import { TopBar } from './top-bar/top-bar';
import { QuestionDialog } from './ui/question-dialog';
import { Toasts } from './ui/toasts';
import { VariantsDrawer } from './variants/variants-drawer';
import './app.css';

/** The whole studio; it only puts panels together. */
export function App({ studio }: { studio: Studio }) {
  const timelineHeight = useStore(studio.view, (view) => view.timelineHeight);
  const openDialog = useStore(studio.view, (view) => view.openDialog);
  const isDropTarget = useStore(studio.transient, (state) => state.isDropTarget);
  useEffect(() => listenForKeys(studio, window), [studio]);
  useEffect(() => listenForDrops(studio, window), [studio]);
  return (
    <StudioContext.Provider value={studio}>
      <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
        <div className="studio" style={{ gridTemplateRows: `40px minmax(0, 1fr) min(${timelineHeight}px, max(50%, 100% - 260px)) 26px` }}>
          <TopBar />
          <main className="studio-main">
            <Library />
            <div className="studio-stage">
              <Viewport />
              <VariantsDrawer />
              <FirstHints />
            </div>
            <Inspector />
          </main>
          <Timeline />
          <StatusBar />
        </div>
        {isDropTarget ? <div className="drop-veil">Drop recordings or a project</div> : null}
        {openDialog === 'export' ? <ExportDialog /> : null}
        {openDialog === 'playblast' ? <PlayblastDialog /> : null}
        {openDialog === 'preferences' || openDialog === 'key-bindings' ? <PreferencesDialog /> : null}
        {openDialog === 'palette' ? <CommandPalette /> : null}
        {openDialog === 'keys' ? <KeySheet /> : null}
        {openDialog === 'about' ? <AboutDialog /> : null}
        <QuestionDialog store={studio.questions} />
        <Toasts store={studio.notices} />
      </Tooltip.Provider>
    </StudioContext.Provider>
  );
}
