import { useState } from 'react';
import { ProgressBar } from '../ui/progress-bar';

interface LibraryItemProps {
  readonly name: string;
  readonly note: string;
  readonly isCurrent: boolean;
  readonly progress?: number | undefined;
  onSelect(): void;
  onRename(name: string): void;
}

/** A row of a list; F2 or a double click renames it. */
export function LibraryItem({ name, note, isCurrent, progress, onSelect, onRename }: LibraryItemProps) {
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming) {
    const finish = (value: string): void => {
      setRenaming(false);
      onRename(value);
    };
    return (
      <li>
        <input
          className="text-field item-rename"
          aria-label={`New name of ${name}`}
          defaultValue={name}
          ref={(input) => input?.select()}
          onBlur={(event) => finish(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finish(event.currentTarget.value);
            if (event.key === 'Escape') setRenaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className="item"
        aria-current={isCurrent}
        onClick={onSelect}
        onDoubleClick={() => setRenaming(true)}
        onKeyDown={(event) => event.key === 'F2' && setRenaming(true)}
      >
        <span className="item-name">{name}</span>
        <span className="item-note number">{note}</span>
        {progress === undefined ? null : <ProgressBar label={`Progress of ${name}`} fraction={progress} />}
      </button>
    </li>
  );
}
