import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWav } from '../../../shared/audio/write-wav';
import { decodeAudio } from './decode-audio';
import { openAudio } from './read-audio';

const fixtures = resolve(import.meta.dirname, '../../../../test/fixtures/audio');
const WAV_DATA_SIZE_OFFSET = 40;

function ramp(length: number): Float32Array {
  return Float32Array.from({ length }, (_, n) => ((n % 200) - 100) / 128);
}

async function decodeBytes(bytes: Uint8Array, name = 'test') {
  const source = await openAudio({ bytes, name });
  const channels = await decodeAudio(source);
  await source.close();
  return { source, channels };
}

function text(letters: string): Uint8Array {
  return new TextEncoder().encode(letters);
}

function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** A float WAV, since the writer only writes integers. */
function floatWav(samples: Float32Array): Uint8Array {
  const bytes = concatenate(writeWav([new Float32Array(0)], 16000), new Uint8Array(samples.buffer));
  const view = new DataView(bytes.buffer);
  view.setUint16(20, 3, true);
  view.setUint16(34, 32, true);
  view.setUint32(WAV_DATA_SIZE_OFFSET, samples.length * 4, true);
  return bytes;
}

describe('files that give a result', () => {
  it('reads WAV whatever the file is called', async () => {
    const samples = ramp(1000);
    const { source, channels } = await decodeBytes(writeWav([samples, samples.map((x) => -x)], 22050), 'voice.mp3');
    expect(source).toMatchObject({ container: 'wav', sampleRateHz: 22050, channelCount: 2 });
    expect(channels[0]).toEqual(samples);
    expect(channels[1]?.[3]).toBe(-(samples[3] ?? 0));
  });

  it('steps over chunks of odd size', async () => {
    const wav = writeWav([ramp(10)], 8000);
    const odd = concatenate(wav.subarray(0, 12), text('LIST'), Uint8Array.of(3, 0, 0, 0, 1, 2, 3, 0), wav.subarray(12));
    expect((await decodeBytes(odd)).channels[0]).toEqual(ramp(10));
  });

  it('reads a 5-ms file', async () => {
    expect((await decodeBytes(writeWav([ramp(80)], 16000))).channels[0]?.length).toBe(80);
  });

  it('reads what is there of a cut-off WAV and says so', async () => {
    const { source, channels } = await decodeBytes(writeWav([ramp(1000)], 16000).subarray(0, 44 + 1001));
    expect(source.state.isTruncated).toBe(true);
    expect(channels[0]).toEqual(ramp(1000).subarray(0, 500));
  });

  it('reads a recording whose size was never written', async () => {
    const wav = writeWav([ramp(100)], 16000);
    new DataView(wav.buffer).setUint32(4, 0, true);
    new DataView(wav.buffer).setUint32(WAV_DATA_SIZE_OFFSET, 0, true);
    const { source, channels } = await decodeBytes(wav);
    expect(channels[0]?.length).toBe(100);
    expect(source.state.isTruncated).toBe(true);
  });

  it('reads a piped WAV of unknown size', async () => {
    const wav = writeWav([ramp(100)], 16000);
    new DataView(wav.buffer).setUint32(WAV_DATA_SIZE_OFFSET, 0xffffffff, true);
    const { source, channels } = await decodeBytes(wav);
    expect(channels[0]?.length).toBe(100);
    expect(source.state.isTruncated).toBe(false);
  });

  it.each(['voice.mp3', 'voice.flac', 'voice.ogg', 'voice.opus', 'aiff-signed16.aiff'])('reads what is there of a cut-off %s and says so', async (name) => {
    const bytes = await readFile(join(fixtures, name));
    const whole = await decodeBytes(bytes);
    const cut = await decodeBytes(bytes.subarray(0, Math.round(bytes.length * 0.85)));
    expect(whole.source.state.isTruncated).toBe(false);
    expect(cut.source.state).toMatchObject({ isTruncated: true, hasDamage: false });
    const [expected = new Float32Array(0)] = whole.channels;
    const [actual = new Float32Array(0)] = cut.channels;
    expect(actual.length).toBeGreaterThan(0.4 * expected.length);
    expect(actual.length).toBeLessThan(0.98 * expected.length);
    expect(actual).toEqual(expected.subarray(0, actual.length));
  });

  it('reads a source twice with the same result', async () => {
    const source = await openAudio(join(fixtures, 'voice.mp3'));
    const first = await decodeAudio(source);
    expect(await decodeAudio(source)).toEqual(first);
    await source.close();
  });

  it('finds MP3 and FLAC behind an ID3 tag', async () => {
    const tag = concatenate(text('ID3'), Uint8Array.of(4, 0, 0, 0, 0, 1, 0), new Uint8Array(128));
    for (const [name, container] of [
      ['voice-no-tags.mp3', 'mp3'],
      ['voice.flac', 'flac'],
    ] as const) {
      const { source } = await decodeBytes(concatenate(tag, await readFile(join(fixtures, name))));
      expect(source.container).toBe(container);
    }
  });
});

describe('files that give an error', () => {
  const wav = writeWav([ramp(100)], 16000);
  const edited = (offset: number, ...values: number[]) => {
    const copy = wav.slice();
    copy.set(values, offset);
    return copy;
  };
  it.each<[string, Uint8Array, string]>([
    ['0 bytes', new Uint8Array(0), 'empty-audio'],
    ['text renamed .wav', text('Dear diary, today I recorded my voice.'), 'unsupported-audio'],
    ['noise', Uint8Array.from({ length: 9000 }, (_, n) => (n * n * 7919) % 251), 'unsupported-audio'],
    ['a WAV header cut off', wav.subarray(0, 30), 'damaged-audio'],
    ['a WAV without data', wav.subarray(0, 36), 'damaged-audio'],
    ['a WAV with zero samples', writeWav([new Float32Array(0)], 16000), 'empty-audio'],
    ['a WAV at 0 Hz', edited(24, 0, 0, 0, 0), 'damaged-audio'],
    ['a WAV with 0 channels', edited(22, 0, 0), 'damaged-audio'],
    ['a WAV with 0 bits', edited(34, 0, 0), 'unsupported-audio'],
    ['an AIFF header cut off', concatenate(text('FORM'), Uint8Array.of(0, 0, 0, 50), text('AIFFCOMM')), 'damaged-audio'],
    ['an MP4 file', concatenate(Uint8Array.of(0, 0, 0, 32), text('ftypM4A ')), 'unsupported-audio'],
    ['a FLAC header cut off', concatenate(text('fLaC'), Uint8Array.of(0, 0, 0, 34, 1)), 'damaged-audio'],
    ['an Ogg header cut off', concatenate(text('OggS'), new Uint8Array(30)), 'damaged-audio'],
    ['samples that are not numbers', floatWav(Float32Array.of(0, 0.5, Number.NaN)), 'damaged-audio'],
    ['infinite samples', floatWav(Float32Array.of(0, Number.POSITIVE_INFINITY)), 'damaged-audio'],
  ])('%s', async (_, bytes, code) => {
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ name: 'AppError', code, hint: expect.stringMatching(/\w/) });
  });

  it('a FLAC whose sound is missing', async () => {
    const bytes = (await readFile(join(fixtures, 'voice.flac'))).subarray(0, 42);
    await expect(decodeBytes(bytes)).rejects.toMatchObject({ code: 'damaged-audio' });
  });

  it('a path that does not exist, and a folder', async () => {
    await expect(openAudio(join(fixtures, 'missing.wav'))).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(openAudio(fixtures)).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('a file that shrinks while it is read ends early and says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'audio-'));
    const path = join(folder, 'voice.wav');
    await writeFile(path, writeWav([ramp(100_000)], 16000));
    const source = await openAudio(path);
    await writeFile(path, writeWav([ramp(50_000)], 16000));
    expect((await decodeAudio(source))[0]?.length).toBe(50_000);
    expect(source.state.isTruncated).toBe(true);
    await source.close();
    await rm(folder, { recursive: true });
  });
});
