import { Menubar } from 'radix-ui';
import { Fragment } from 'react';
import { currentEntry } from '../document/history';
import { commandById, type StudioCommand } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { useDocument, useStudio, useView } from '../session/studio-context';
import type { HeadDetail } from '../workspace/view-store';

const SEPARATOR = '-';
const MENUS: readonly { readonly name: string; readonly items: readonly string[] }[] = [
  {
    name: 'File',
    items: [
      'file.new',
      'file.open',
      'file.import',
      SEPARATOR,
      'file.save',
      'file.save-as',
      SEPARATOR,
      'file.export',
      'file.playblast',
      SEPARATOR,
      'file.sample',
    ],
  },
  {
    name: 'Edit',
    items: [
      'edit.undo',
      'edit.redo',
      SEPARATOR,
      'edit.rename-take',
      'edit.duplicate-take',
      SEPARATOR,
      'select.marker',
      'select.in',
      'select.out',
      'select.clear',
      SEPARATOR,
      'select.previous-finding',
      'select.next-finding',
      SEPARATOR,
      'edit.preferences',
    ],
  },
  {
    name: 'Animate',
    items: [
      'animate.generate',
      SEPARATOR,
      'animate.reroll',
      'animate.variants',
      'animate.same-seed',
      SEPARATOR,
      'eyes.reroll',
      'eyes.camera',
      'eyes.blink',
      'eyes.look',
      'eyes.dart',
      'eyes.breath',
      SEPARATOR,
      'animate.lock',
      'animate.mute',
    ],
  },
  {
    name: 'View',
    items: [
      'view.front',
      'view.three-quarter',
      'view.side',
      'view.wrinkles',
      'view.next-light',
      SEPARATOR,
      'view.spectrogram',
      SEPARATOR,
      'view.compare',
      SEPARATOR,
      'view.frame',
      'view.all',
    ],
  },
  { name: 'Help', items: ['help.palette', 'help.shortcuts', 'help.about'] },
];
const HEAD_DETAILS: readonly { readonly value: HeadDetail; readonly label: string }[] = [
  { value: 'auto', label: 'Head detail: automatic' },
  { value: 'full', label: 'Head detail: full' },
  { value: 'light', label: 'Head detail: light' },
];

/** The studio's menus; every entry is a command. */
export function MenuBar() {
  return (
    <Menubar.Root className="menu-bar" aria-label="Main menu">
      {MENUS.map((menu) => (
        <Menubar.Menu key={menu.name}>
          <Menubar.Trigger className="menu-bar-trigger">{menu.name}</Menubar.Trigger>
          <Menubar.Portal>
            <Menubar.Content className="menu" align="start" sideOffset={4}>
              {menu.items.map((id, index) =>
                id === SEPARATOR ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: separators never move
                  <Menubar.Separator key={`line-${index}`} className="menu-separator" />
                ) : (
                  <Fragment key={id}>
                    <CommandItem command={commandById(id)} />
                  </Fragment>
                ),
              )}
              {menu.name === 'View' ? <HeadDetailItems /> : null}
            </Menubar.Content>
          </Menubar.Portal>
        </Menubar.Menu>
      ))}
    </Menubar.Root>
  );
}

function CommandItem({ command }: { command: StudioCommand }) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const history = useDocument((state) => state.history);
  const undone = history.entries[history.index + 1]?.label;
  const problem = command.problem?.(studio) ?? null;
  const detail = command.id === 'edit.undo' && history.index > 0 ? currentEntry(history).label : command.id === 'edit.redo' ? undone : undefined;
  return (
    <Menubar.Item className="menu-item" disabled={problem !== null} title={problem ?? undefined} onSelect={() => command.run(studio)}>
      <span className="menu-item-label">{detail ? `${command.label}: ${detail}` : command.label}</span>
      <span className="menu-item-keys">{keyOf(command.id)}</span>
    </Menubar.Item>
  );
}

function HeadDetailItems() {
  const update = useView((view) => view.update);
  const headDetail = useView((view) => view.headDetail);
  return (
    <>
      <Menubar.Separator className="menu-separator" />
      <Menubar.RadioGroup value={headDetail}>
        {HEAD_DETAILS.map((detail) => (
          <Menubar.RadioItem key={detail.value} value={detail.value} className="menu-item" onSelect={() => update({ headDetail: detail.value })}>
            <span className="menu-item-label">{detail.label}</span>
            <Menubar.ItemIndicator>•</Menubar.ItemIndicator>
          </Menubar.RadioItem>
        ))}
      </Menubar.RadioGroup>
    </>
  );
}
