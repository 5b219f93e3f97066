import { useView } from '../session/studio-context';
import { ProgressBar } from '../ui/progress-bar';
import { RenameField } from '../ui/rename-field';

interface LibraryItemProps {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly isCurrent: boolean;
  readonly progress?: number | undefined;
  onSelect(): void;
  onRename(name: string): void;
  /** Absent for what cannot be deleted now. */
  onDelete?: (() => void) | undefined;
}

/** A row of a list; F2 or a double click renames it, Delete deletes it. */
export function LibraryItem({ id, name, note, isCurrent, progress, onSelect, onRename, onDelete }: LibraryItemProps) {
  const isRenaming = useView((view) => view.renamedId === id);
  const update = useView((view) => view.update);
  if (isRenaming) {
    const finish = (value: string): void => {
      update({ renamedId: null });
      onRename(value);
    };
    return (
      <li>
        <RenameField name={name} onFinish={finish} />
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
        onDoubleClick={() => update({ renamedId: id })}
        onKeyDown={(event) => {
          const act = event.key === 'F2' ? () => update({ renamedId: id }) : event.key === 'Delete' ? onDelete : undefined;
          if (!act) return;
          event.preventDefault();
          act();
        }}
      >
        <span className="item-name">{name}</span>
        <span className="item-note number">{note}</span>
        {progress === undefined ? null : <ProgressBar label={`Progress of ${name}`} fraction={progress} />}
      </button>
    </li>
  );
}
