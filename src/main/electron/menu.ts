import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../shared/contract/shell';

/** Sets the application menu. Commands go to the page, which alone knows the document; text fields keep the system's own edit roles. */
export function setMenu(platform: NodeJS.Platform, send: (command: ShellCommand) => void): void {
  // No accelerators: the page handles all keys, so that they work the same in a browser and can be given to other commands.
  const item = (label: string, command: ShellCommand): MenuItemConstructorOptions => ({ label, click: () => send(command) });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file = [item('Open…', 'file.open'), item('Save', 'file.save'), item('Save As…', 'file.save-as')];
  const undo = [item('Undo', 'edit.undo'), item('Redo', 'edit.redo')];
  const roles = (...names: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] => names.map((role) => ({ role }));
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? roles('appMenu') : []),
    {
      label: '&File',
      submenu: [...file, separator, item('Export…', 'file.export'), separator, ...roles(platform === 'darwin' ? 'close' : 'quit')],
    },
    { label: '&Edit', submenu: [...undo, separator, ...roles('cut', 'copy', 'paste', 'selectAll')] },
    { label: '&View', submenu: [...roles('resetZoom', 'zoomIn', 'zoomOut'), separator, ...roles('togglefullscreen')] },
    { label: '&Help', submenu: [item('Keyboard Shortcuts', 'help.shortcuts')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
