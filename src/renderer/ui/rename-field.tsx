import { selectText } from './select-text';

/** A field for a new name, in place of the old one: Enter or leaving it takes the name, Esc leaves the old one. */
export function RenameField({ name, onFinish }: { name: string; onFinish(name: string): void }) {
  return (
    <input
      className="text-field item-rename"
      aria-label={`New name of ${name}`}
      defaultValue={name}
      ref={selectText}
      onBlur={(event) => onFinish(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = name;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
