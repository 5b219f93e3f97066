import { expect, it } from 'vitest';
import { openCommand } from './open-browser';

it.each([
  ['darwin', ['open', 'http://127.0.0.1:1/#token=a&b']],
  ['win32', ['rundll32', 'url.dll,FileProtocolHandler', 'http://127.0.0.1:1/#token=a&b']],
  ['linux', ['xdg-open', 'http://127.0.0.1:1/#token=a&b']],
] as const)('opens the address as one argument on %s', (platform, command) => {
  expect(openCommand(platform, 'http://127.0.0.1:1/#token=a&b')).toEqual(command);
});
