import { Fragment, useState } from 'react';
import { fuzzyMatch } from '../keyboard/fuzzy-match';
import { printedKeys } from '../keyboard/key-names';
import { COMMAND_GROUPS, commandById, STUDIO_COMMANDS } from '../keyboard/studio-commands';
import { useBindings } from '../keyboard/use-bindings';
import { useStudio, useView } from '../session/studio-context';
import { Button, Key } from '../ui/button';
import { Modal } from '../ui/modal';
import './help.css';

/** All commands that have a key, as bound now; the search also finds keys (`Ctrl+S`) and commands without one. */
export function KeySheet() {
  const studio = useStudio();
  const update = useView((view) => view.update);
  const bindings = useBindings();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const shown = STUDIO_COMMANDS.map((command) => ({ command, keys: bindings.keysOf(command.id).map(printedKeys) })).filter(({ command, keys }) =>
    wanted === '' ? keys.length > 0 : fuzzyMatch(wanted, command.label) !== null || keys.some((name) => name.toLowerCase() === wanted),
  );
  return (
    <Modal title="Keyboard shortcuts" width="wide" onClose={() => update({ openDialog: null })}>
      <div className="key-sheet-tools">
        <input
          className="text-field"
          type="search"
          data-first-focus
          aria-label="Search shortcuts"
          placeholder="Search a command or a key"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button onClick={() => commandById('edit.keys').run(studio)}>Change keys...</Button>
      </div>
      <div className="key-sheet">
        {COMMAND_GROUPS.map((group) => {
          const rows = shown.filter(({ command }) => command.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group}>
              <h3 className="panel-title">{group}</h3>
              <dl>
                {rows.map(({ command, keys }) => (
                  <Fragment key={command.id}>
                    <dt>{command.label}</dt>
                    <dd>{keys.length > 0 ? keys.map((name) => <Key key={name} keys={name} />) : 'no key'}</dd>
                  </Fragment>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      {shown.length === 0 ? <p className="dialog-text">Nothing is called so, and no command has this key.</p> : null}
    </Modal>
  );
}
