import { useState } from 'react';
import { fuzzyMatch } from '../keyboard/fuzzy-match';
import { giveKeys, holderOf, presetKeysOf } from '../keyboard/key-bindings';
import { printedKeys } from '../keyboard/key-names';
import { KEY_PRESET_LABELS } from '../keyboard/key-presets';
import { COMMAND_GROUPS, commandById, STUDIO_COMMANDS } from '../keyboard/studio-commands';
import { useBindings } from '../keyboard/use-bindings';
import { usePreferences, useStudio } from '../session/studio-context';
import { Button } from '../ui/button';
import { Segmented } from '../ui/segmented';
import { KEY_PRESETS } from '../workspace/preferences-store';
import { KeyRow } from './key-row';

/** Keys a command should get although another command holds one of them. */
interface Wish {
  readonly commandId: string;
  readonly keys: readonly string[];
}

/** The keys of every command: a preset to start from, and changes of one's own. */
export function KeysPage() {
  const { preferences } = useStudio();
  const choice = usePreferences((state) => state);
  const bindings = useBindings();
  const [query, setQuery] = useState('');
  const [wish, setWish] = useState<Wish | null>(null);
  const holder = wish && holderOf(STUDIO_COMMANDS, bindings, wish.commandId, wish.keys);
  const give = ({ commandId, keys }: Wish): void => {
    preferences.setState({ ownKeys: giveKeys(STUDIO_COMMANDS, choice, commandId, keys) });
    setWish(null);
  };
  const ask = (asked: Wish): void => {
    if (holderOf(STUDIO_COMMANDS, bindings, asked.commandId, asked.keys)) setWish(asked);
    else give(asked);
  };
  const found = STUDIO_COMMANDS.filter((command) => fuzzyMatch(query, command.label) !== null);
  return (
    <div className="preferences-page">
      <div className="form-row">
        <span>Keys as in</span>
        <Segmented
          label="Keys as in"
          value={choice.keyPreset}
          options={KEY_PRESETS.map((value) => ({ value, label: KEY_PRESET_LABELS[value] }))}
          onChange={(keyPreset) => preferences.setState({ keyPreset })}
        />
      </div>
      <div className="key-sheet-tools">
        <input
          className="text-field"
          type="search"
          aria-label="Search commands"
          placeholder="Search a command"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <Button disabled={Object.keys(choice.ownKeys).length === 0} onClick={() => preferences.setState({ ownKeys: {} })}>
          Reset all keys
        </Button>
      </div>
      {COMMAND_GROUPS.map((group) => (
        <section key={group} aria-label={group} hidden={!found.some((command) => command.group === group)}>
          <h3 className="panel-title">{group}</h3>
          {found
            .filter((command) => command.group === group)
            .map((command) => (
              <KeyRow
                key={command.id}
                label={command.label}
                keys={bindings.keysOf(command.id)}
                isChanged={Object.hasOwn(choice.ownKeys, command.id)}
                onChange={(keys) => ask({ commandId: command.id, keys })}
                onReset={() => ask({ commandId: command.id, keys: presetKeysOf(command, choice) })}
              >
                {wish?.commandId === command.id && holder ? (
                  <div className="key-conflict" role="alert">
                    <span>
                      <b>{printedKeys(holder.keys)}</b> is held by “{commandById(holder.commandId).label}”.
                    </span>
                    <Button kind="primary" onClick={() => give(wish)}>
                      Take it over
                    </Button>
                    <Button kind="quiet" onClick={() => setWish(null)}>
                      Leave it
                    </Button>
                  </div>
                ) : null}
              </KeyRow>
            ))}
        </section>
      ))}
    </div>
  );
}
