import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage, encodeMessage } from './codec';
import { AppError } from './errors';

const typedArray = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint16Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.float32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const { value: messageValue } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.string(), number, fc.boolean(), fc.constant(null), typedArray, fc.array(tie('value'), { maxLength: 5 }), tie('record')),
  record: fc
    .array(fc.tuple(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'value', 'arrays', '0')), tie('value')), { maxLength: 5 })
    .map((pairs) => Object.fromEntries(pairs)),
}));

/** The same bytes inside a larger buffer, `offset` bytes in, as a socket may deliver them. */
function atOffset(bytes: Uint8Array, offset: number): Uint8Array {
  const larger = new Uint8Array(bytes.byteLength + offset + 3).fill(0xee);
  larger.set(bytes, offset);
  return larger.subarray(offset, offset + bytes.byteLength);
}

function withHeader(header: unknown, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bodyStart = Math.ceil((8 + json.byteLength) / 8) * 8;
  const bytes = new Uint8Array(bodyStart + body.byteLength);
  bytes.set(new TextEncoder().encode('VTM1'));
  new DataView(bytes.buffer).setUint32(4, json.byteLength, true);
  bytes.set(json, 8);
  bytes.set(body, bodyStart);
  return bytes;
}

describe('codec', () => {
  it('returns any value it was given, wherever the bytes lie', () => {
    fc.assert(
      fc.property(messageValue, fc.integer({ min: 0, max: 17 }), (value, offset) => {
        // Not toStrictEqual: it mistakes a key named 'constructor' for a type.
        deepStrictEqual(decodeMessage(atOffset(encodeMessage(value), offset)), value);
      }),
    );
  });

  it('reads a Node Buffer that shares a pool, and what it gives back shares nothing', () => {
    const bytes = encodeMessage({ curve: new Float32Array([1, 2, 3]) });
    const pooled = Buffer.concat([Buffer.from([1]), bytes]).subarray(1);
    const decoded = decodeMessage(pooled) as { curve: Float32Array };
    pooled.fill(0);
    expect([...decoded.curve]).toEqual([1, 2, 3]);
    expect(decoded.curve.buffer.byteLength).toBe(12);
  });

  it('sends a view, not the buffer behind it', () => {
    const view = new Float32Array([9, 1, 2, 9]).subarray(1, 3);
    expect(decodeMessage(encodeMessage(view))).toStrictEqual(new Float32Array([1, 2]));
  });

  it('sends an array used twice once, and keeps it one object', () => {
    const shared = new Float64Array(1000);
    const bytes = encodeMessage({ first: shared, takes: [{ second: shared }] });
    const decoded = decodeMessage(bytes) as { first: unknown; takes: [{ second: unknown }] };
    expect(bytes.byteLength).toBeLessThan(8300);
    expect(decoded.first).toBe(decoded.takes[0].second);
  });

  it.each([[Number.NaN], [() => 1], [10n], [new Date()], [new Map()], [new Int16Array(1)], [new DataView(new ArrayBuffer(1))]])(
    'refuses to send %s',
    (value) => {
      expect(() => encodeMessage({ value })).toThrow(TypeError);
    },
  );

  it('refuses a value that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => encodeMessage(loop)).toThrow(TypeError);
  });

  it('never does worse than an AppError on damaged bytes', () => {
    const good = encodeMessage({ a: new Float32Array(5), b: ['x', { c: new Uint8Array(3) }] });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.nat(good.length), (changes, length) => {
        const bytes = good.slice(0, length === 0 ? good.length : length);
        for (const [index, value] of changes) if (index < bytes.length) bytes[index] = value;
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a foreign message', new TextEncoder().encode('GET / HTTP/1.1')],
    ['no JSON', withHeader('{')],
    ['no table', withHeader({ value: 1 })],
    ['an unknown kind', withHeader({ value: null, arrays: [['constructor', 0, 0, []]] })],
    ['a range past the end', withHeader({ value: null, arrays: [['f32', 0, 3, []]] }, new Uint8Array(8))],
    ['a negative length', withHeader({ value: null, arrays: [['u8', 0, -1, []]] }, new Uint8Array(8))],
    ['a broken length', withHeader({ value: null, arrays: [['u8', 0, 1.5, []]] }, new Uint8Array(8))],
    ['a huge length', withHeader({ value: null, arrays: [['f64', 0, Number.MAX_SAFE_INTEGER, []]] }, new Uint8Array(8))],
    ['an odd offset', withHeader({ value: null, arrays: [['u8', 4, 1, []]] }, new Uint8Array(8))],
    [
      'ranges that overlap',
      withHeader(
        {
          value: [null, null],
          arrays: [
            ['u8', 0, 8, [0]],
            ['u8', 0, 8, [1]],
          ],
        },
        new Uint8Array(8),
      ),
    ],
    ['a path to nowhere', withHeader({ value: {}, arrays: [['u8', 0, 1, ['a']]] }, new Uint8Array(8))],
    ['a path over a value', withHeader({ value: { a: 1 }, arrays: [['u8', 0, 1, ['a']]] }, new Uint8Array(8))],
    ['a path into the prototype', withHeader({ value: {}, arrays: [['u8', 0, 1, ['__proto__', 'polluted']]] }, new Uint8Array(8))],
    ['a path into an array', withHeader({ value: null, arrays: [['u8', 0, 1, [], [0]]] }, new Uint8Array(8))],
    ['a path that is none', withHeader({ value: null, arrays: [['u8', 0, 1, 'value']] }, new Uint8Array(8))],
  ])('refuses %s', (_name, bytes) => {
    expect(() => decodeMessage(bytes)).toThrow(AppError);
  });
});
