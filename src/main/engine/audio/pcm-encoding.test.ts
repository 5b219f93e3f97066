import { describe, expect, it } from 'vitest';
import { A_LAW, floatEncoding, MU_LAW, type PcmEncoding, signedEncoding, UNSIGNED_8 } from './pcm-encoding';

function decode(encoding: PcmEncoding | undefined, ...bytes: number[]): number | undefined {
  return encoding?.decode(new DataView(Uint8Array.from(bytes).buffer), 0);
}

describe('pcm encodings', () => {
  it.each([
    [0x00, -32124],
    [0x80, 32124],
    [0x8f, 16764],
    [0xf0, 120],
    [0xfe, 8],
    [0xff, 0],
  ])('expands mu-law code %i as G.711 says', (code, expected) => {
    expect(decode(MU_LAW, code)).toBe(expected / 32768);
  });

  it.each([
    [0x2a, -32256],
    [0xaa, 32256],
    [0xd5, 8],
    [0x55, -8],
    [0xc5, 264],
    [0x95, 2112],
  ])('expands A-law code %i as G.711 says', (code, expected) => {
    expect(decode(A_LAW, code)).toBe(expected / 32768);
  });

  it('reads both byte orders of every width', () => {
    expect(decode(UNSIGNED_8, 0)).toBe(-1);
    expect(decode(signedEncoding(1, true), 0x80)).toBe(-1);
    expect(decode(signedEncoding(2, true), 0x00, 0xc0)).toBe(-0.5);
    expect(decode(signedEncoding(2, false), 0xc0, 0x00)).toBe(-0.5);
    expect(decode(signedEncoding(3, true), 0x01, 0x00, 0xc0)).toBe(-0.5 + 2 ** -23);
    expect(decode(signedEncoding(3, false), 0xc0, 0x00, 0x01)).toBe(-0.5 + 2 ** -23);
    expect(decode(signedEncoding(4, true), 0, 0, 0, 0x40)).toBe(0.5);
    expect(decode(signedEncoding(4, false), 0x40, 0, 0, 0)).toBe(0.5);
    expect(decode(floatEncoding(4, false), 0x3e, 0x80, 0, 0)).toBe(0.25);
    expect(decode(floatEncoding(8, false), 0x3f, 0xd0, 0, 0, 0, 0, 0, 0)).toBe(0.25);
  });

  it.each([0, 5])('knows no integers of %i bytes', (bytesPerSample) => {
    expect(signedEncoding(bytesPerSample, true)).toBeUndefined();
  });
});
