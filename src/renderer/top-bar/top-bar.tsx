import { Redo2, Share, Undo2 } from 'lucide-react';
import { useEffect } from 'react';
import { currentEntry } from '../document/history';
import { isModified } from '../document/store';
import iconUrl from '../icon.svg';
import { commandById } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { useDocument, useShownClip, useShownTake, useStudio } from '../session/studio-context';
import { Button, IconButton } from '../ui/button';
import { MenuBar } from './menu-bar';
import './top-bar.css';

/** Menus, what is open, undo and redo, Export. */
export function TopBar() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const clip = useShownClip();
  const take = useShownTake();
  const history = useDocument((state) => state.history);
  const modified = useDocument(isModified);
  const fileName = studio.file.fileName;
  useEffect(() => studio.shell.setDocumentState({ title: `${fileName} - VividTalker Studio`, isModified: modified }), [studio, fileName, modified]);

  const redoLabel = history.entries[history.index + 1]?.label;
  return (
    <header className="top-bar">
      <div className="top-bar-start">
        <span className="brand">
          <img src={iconUrl} width={20} height={20} alt="" />
          VividTalker
        </span>
        <MenuBar />
      </div>
      <div className="document-title">
        <strong>{clip?.name ?? 'No clip'}</strong>
        <span>{fileName}</span>
        {modified ? (
          <span className="badge" role="status">
            unsaved
          </span>
        ) : null}
        <span className="badge number" title="Frame rate of the model; exports offer others">
          30 fps
        </span>
      </div>
      <div className="top-bar-end">
        <IconButton
          label={history.index > 0 ? `Undo: ${currentEntry(history).label}` : 'Nothing to undo'}
          keys={keyOf('edit.undo')}
          icon={<Undo2 size={16} />}
          disabled={history.index === 0}
          onClick={() => commandById('edit.undo').run(studio)}
        />
        <IconButton
          label={redoLabel ? `Redo: ${redoLabel}` : 'Nothing to redo'}
          keys={keyOf('edit.redo')}
          icon={<Redo2 size={16} />}
          disabled={!redoLabel}
          onClick={() => commandById('edit.redo').run(studio)}
        />
        <Button kind="primary" disabled={!take} onClick={() => commandById('file.export').run(studio)}>
          <Share size={14} aria-hidden /> Export
        </Button>
      </div>
    </header>
  );
}
