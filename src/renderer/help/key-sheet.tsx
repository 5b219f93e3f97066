import { Fragment } from 'react';
import { printedKeys } from '../keyboard/key-names';
import { STUDIO_COMMANDS } from '../keyboard/studio-commands';
import { useView } from '../session/studio-context';
import { Key } from '../ui/button';
import { Modal } from '../ui/modal';
import './help.css';

const GROUPS = ['Play', 'Select', 'Animate', 'Variants', 'View', 'Edit', 'File', 'Help'] as const;

/** All commands with their keys. */
export function KeySheet() {
  const update = useView((view) => view.update);
  return (
    <Modal title="Keyboard shortcuts" width="wide" onClose={() => update({ openDialog: null })}>
      <div className="key-sheet">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 className="panel-title">{group}</h3>
            <dl>
              {STUDIO_COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map((command) => (
                <Fragment key={command.id}>
                  <dt>{command.label}</dt>
                  <dd>
                    {command.keys.map((keys) => (
                      <Key key={keys} keys={printedKeys(keys)} />
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
