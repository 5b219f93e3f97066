import { type KeyboardEvent, useId, useState } from 'react';
import { type FuzzyMatch, fuzzyMatch } from '../keyboard/fuzzy-match';
import { STUDIO_COMMANDS, type StudioCommand } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { useStudio, useView } from '../session/studio-context';
import { Key } from '../ui/button';
import { Modal } from '../ui/modal';
import './help.css';

interface Found {
  readonly command: StudioCommand;
  readonly match: FuzzyMatch;
}

/** Finds any command by a few letters and runs it; says why one can do nothing now. */
export function CommandPalette() {
  const studio = useStudio();
  const update = useView((view) => view.update);
  const keyOf = useKeyHints();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const found = findCommands(query);
  const run = ({ command }: Found): void => {
    if (command.problem?.(studio)) return;
    update({ openDialog: null });
    command.run(studio);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((index) => (index + step + found.length) % Math.max(1, found.length));
    }
    const picked = found[chosen];
    if (event.key === 'Enter' && picked) run(picked);
  };
  return (
    <Modal title="Find a command" width="palette" onClose={() => update({ openDialog: null })}>
      <input
        className="text-field palette-query"
        data-first-focus
        role="combobox"
        aria-expanded
        aria-label="Command"
        aria-controls={listId}
        aria-activedescendant={found[chosen] ? `${listId}-${chosen}` : undefined}
        placeholder="Type a few letters, such as 'rr' for re-roll"
        value={query}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className="palette-list" role="listbox" aria-label="Commands">
        {found.map((item, index) => {
          const problem = item.command.problem?.(studio) ?? null;
          return (
            <button
              type="button"
              key={item.command.id}
              id={`${listId}-${index}`}
              ref={index === chosen ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              className="palette-item"
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              aria-disabled={problem !== null}
              onPointerMove={() => setChosen(index)}
              onClick={() => run(item)}
            >
              <span className="palette-group">{item.command.group}</span>
              <span>
                <Marked text={item.command.label} places={item.match.places} />
                {problem ? <span className="palette-problem">{problem}</span> : null}
              </span>
              <Key keys={keyOf(item.command.id)} />
            </button>
          );
        })}
      </div>
      {found.length === 0 ? <p className="dialog-text">No command has these letters.</p> : null}
    </Modal>
  );
}

/** Commands whose name has the letters, the best first; all in the order of the table while nothing is typed. */
function findCommands(query: string): readonly Found[] {
  const found = STUDIO_COMMANDS.filter((command) => command.id !== 'help.palette').flatMap((command) => {
    const match = fuzzyMatch(query, command.label);
    return match ? [{ command, match }] : [];
  });
  return query.trim() === '' ? found : found.sort((a, b) => b.match.score - a.match.score);
}

function Marked({ text, places }: { text: string; places: readonly number[] }) {
  return (
    <span className="palette-label">
      {[...text].map((letter, index) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a letter is its place
        places.includes(index) ? <mark key={index}>{letter}</mark> : letter,
      )}
    </span>
  );
}
