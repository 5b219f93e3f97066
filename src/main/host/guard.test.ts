import { describe, expect, it } from 'vitest';
import { createGuard, createToken } from './guard';

const token = createToken();
const guard = createGuard(4100, token);
const socketHeaders = { host: '127.0.0.1:4100', origin: 'http://127.0.0.1:4100', 'sec-websocket-protocol': `vividtalker, token.${token}` };

describe('guard', () => {
  it('makes tokens that are long and never the same', () => {
    expect(createToken()).toMatch(/^[\w-]{43}$/);
    expect(createToken()).not.toBe(createToken());
  });

  it.each(['127.0.0.1:4100', 'localhost:4100', 'LOCALHOST:4100'])('lets pages for %s in', (host) => {
    expect(guard.refusePage({ method: 'GET', headers: { host } })).toBeNull();
  });

  it.each([undefined, '', 'evil.example', 'evil.example:4100', '127.0.0.1', '127.0.0.1:4101', '127.0.0.1:4100.evil.example', '0.0.0.0:4100'])(
    'refuses the host %s',
    (host) => {
      expect(guard.refusePage({ method: 'GET', headers: { host } })).toBe(403);
      expect(guard.refuseSocket({ headers: { ...socketHeaders, host } })).toBe(403);
    },
  );

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:4100', 'http://127.0.0.1:4101', 'file://'])('refuses the origin %s', (origin) => {
    expect(guard.refusePage({ method: 'GET', headers: { host: '127.0.0.1:4100', origin } })).toBe(403);
    expect(guard.refuseSocket({ headers: { ...socketHeaders, origin } })).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', undefined])('refuses the method %s', (method) => {
    expect(guard.refusePage({ method, headers: { host: '127.0.0.1:4100' } })).toBe(405);
  });

  it('lets a socket with origin and token in', () => {
    expect(guard.refuseSocket({ headers: socketHeaders })).toBeNull();
  });

  it('refuses a socket without an origin', () => {
    expect(guard.refuseSocket({ headers: { ...socketHeaders, origin: undefined } })).toBe(403);
  });

  it.each([
    undefined,
    '',
    'vividtalker',
    `token.${token}`,
    'vividtalker, token.',
    `vividtalker, token.${token.slice(0, -1)}`,
    `vividtalker, token.${token}x`,
    `vividtalker, ${token}`,
  ])('refuses the protocols %s', (protocols) => {
    expect(guard.refuseSocket({ headers: { ...socketHeaders, 'sec-websocket-protocol': protocols } })).toBe(401);
  });
});
