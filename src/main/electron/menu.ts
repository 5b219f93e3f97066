import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../shared/contract/shell';

/** Sets the application menu. Commands go to the page, which alone knows the document; text fields keep the system's own edit roles. */
export function setMenu(platform: NodeJS.Platform, send: (command: ShellCommand) => void): void {
  // registerAccelerator false: the page handles these keys itself, so that they work the same in a browser.
  const item = (label: string, command: ShellCommand, accelerator: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file = [item('Open…', 'file.open', 'CmdOrCtrl+O'), item('Save', 'file.save', 'CmdOrCtrl+S'), item('Save As…', 'file.save-as', 'CmdOrCtrl+Shift+S')];
  const undo = [item('Undo', 'edit.undo', 'CmdOrCtrl+Z'), item('Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z')];
  const roles = (...names: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] => names.map((role) => ({ role }));
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? roles('appMenu') : []),
    {
      label: '&File',
      submenu: [...file, separator, item('Export…', 'file.export', 'CmdOrCtrl+E'), separator, ...roles(platform === 'darwin' ? 'close' : 'quit')],
    },
    { label: '&Edit', submenu: [...undo, separator, ...roles('cut', 'copy', 'paste', 'selectAll')] },
    { label: '&View', submenu: [...roles('resetZoom', 'zoomIn', 'zoomOut'), separator, ...roles('togglefullscreen')] },
    { label: '&Help', submenu: [item('Keyboard Shortcuts', 'help.shortcuts', '?')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
