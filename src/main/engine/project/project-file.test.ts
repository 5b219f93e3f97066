import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { NEUTRAL_EDITS, PROJECT_FORMAT_VERSION, type Project, type Stream, type Take } from '../../../shared/clip/clip-schema';
import { migrateProject } from './migrations';
import { type ProjectContent, packProject, unpackProject } from './project-file';

const SOUND = strToU8('not really a sound');
const SHA256 = createHash('sha256').update(SOUND).digest('hex');

function stream(seed: number, curve: Float32Array<ArrayBuffer>): Stream {
  const provenance = {
    kind: 'generated' as const,
    modelId: 'm',
    predictorSha256: '',
    decoderSha256: '',
    seed,
    temperature: 1,
    guidance: 1,
    steps: 8,
    style: { $array: 3 },
  };
  const frames = curve.length / 2;
  return {
    framesPerToken: 4,
    groupSizes: [9, 5],
    channels: ['x', 'y'],
    segments: [
      { startFrame: 0, endFrame: frames, firstToken: 0, codes: Uint16Array.of(1, 2, 3, 4), confidence: Float32Array.of(0.5, 1, 0, 0.25), curve, provenance },
    ],
  };
}

function take(id: string, head: Stream, mouth: Stream): Take {
  return {
    id,
    name: `Take ${id}`,
    streams: { head, mouth },
    events: {
      seed: 1,
      blinks: [{ startSeconds: 0.1, closeSeconds: 0.1, holdSeconds: 0, openSeconds: 0.2, strength: 0.5 }],
      gaze: [
        { startSeconds: 0.05, yaw: 0.1, pitch: 0 },
        { startSeconds: 0.1, durationSeconds: 0.1, yaw: 0, pitch: 0, atCamera: true, easeSeconds: 0.3 },
      ],
      darts: [{ startSeconds: 0.2, durationSeconds: 0.1, yaw: 0.01, pitch: -0.02 }],
      breaths: [{ startSeconds: 0, inhaleSeconds: 1, exhaleSeconds: 2, depth: 1.25 }],
      rates: { blinks: 20, gaze: 16, darts: 30 },
      breathsPerMinute: 14,
      breathAmount: 1,
    },
    locks: [{ stream: 'head', startFrame: 1, endFrame: 3 }],
    ignoredFindings: [{ rule: 'chatter', startFrame: 2, endFrame: 4 }],
    edits: {
      head: NEUTRAL_EDITS,
      mouth: NEUTRAL_EDITS,
      wrinkles: NEUTRAL_EDITS,
      eyes: NEUTRAL_EDITS,
      regions: { lips: { base: 0.8, keys: [{ frame: 1, value: 1.2, tangent: 'flat' }] } },
      layers: [
        {
          id: 'l',
          name: 'Layer 1',
          muted: false,
          opensLips: true,
          curves: { headYaw: { base: 0, keys: [{ frame: 2, value: -12, tangent: 'free', slope: 0.5 }] } },
        },
      ],
    },
  };
}

function content(curve: Float32Array<ArrayBuffer> = Float32Array.from({ length: 16 }, (_, i) => Math.fround(i / 3))): ProjectContent {
  const mouth = stream(1, curve);
  const project: Project = {
    formatVersion: 2,
    modelId: 'studio-1',
    clips: [
      {
        id: 'c',
        name: 'Zeile „eins“ 🎙',
        audio: { sha256: SHA256, fileName: 'a.wav', durationSeconds: 0.26, sampleRateHz: 8000, channelCount: 1, channel: 'mix' },
        frameCount: curve.length / 2,
        markers: [],
        timecode: { format: '29.97 DF', startFrame: 107_892 },
        takes: [take('1', stream(1, curve), mouth), take('2', stream(2, curve.slice().reverse()), mouth)],
        activeTakeId: '1',
      },
    ],
  };
  return { project, audio: [{ sha256: SHA256, fileExtension: 'wav', bytes: SOUND }] };
}

/** The packed project with some of its files changed. */
function altered(change: (files: Record<string, Uint8Array>) => void): Uint8Array {
  const files = unzipSync(packProject(content()));
  change(files);
  return zipSync(files);
}

const alteredDocument = (change: (document: { version: number; project: Project; arrays: { offset: number; length: number }[] }) => void): Uint8Array =>
  altered((files) => {
    const document = JSON.parse(strFromU8(files['project.json'] as Uint8Array));
    change(document);
    files['project.json'] = strToU8(JSON.stringify(document));
  });

describe('project file', () => {
  it('gives back exactly what went in, and the same bytes each time', () => {
    const bits = fc
      .array(fc.float({ noNaN: false }), { minLength: 2, maxLength: 60 })
      .map((values) => Float32Array.from(values.length % 2 === 0 ? values : values.slice(1)));
    fc.assert(
      fc.property(bits, (curve) => {
        const before = content(curve);
        const bytes = packProject(before);
        const after = unpackProject(bytes);
        expect(after).toEqual(before);
        const written = new Uint8Array(after.project.clips[0]?.takes[0]?.streams.head.segments[0]?.curve.buffer as ArrayBuffer);
        expect(written).toEqual(new Uint8Array(curve.buffer));
        expect(packProject(after)).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  it('stores a shared array once and shares it again', () => {
    const { project } = unpackProject(packProject(content()));
    const [first, second] = project.clips[0]?.takes ?? [];
    expect(second?.streams.mouth.segments[0]?.curve).toBe(first?.streams.mouth.segments[0]?.curve);
    const document = JSON.parse(strFromU8(unzipSync(packProject(content()))['project.json'] as Uint8Array));
    expect(document.arrays).toHaveLength(4);
  });

  it('refuses every truncated file and every flipped byte of its content', () => {
    const bytes = packProject(content());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(() => unpackProject(bytes.slice(0, length))).toThrow(expect.objectContaining({ code: 'damaged-project' }));
      }),
    );
    const before = content();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (position, mask) => {
        const broken = bytes.slice();
        broken[position] = (broken[position] ?? 0) ^ mask;
        // A flip in a date or another unused field of the zip changes nothing; everything else is refused. Never something else than the project.
        let read: unknown;
        try {
          read = unpackProject(broken);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(damaged-project|project-too-new)$/) });
          return;
        }
        expect(read).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['text', strToU8('RIFF....WAVE this is no zip at all')],
    ['an empty file', new Uint8Array(0)],
    ['another zip', zipSync({ 'readme.txt': strToU8('hello') })],
    ['a path out of the archive', altered((files) => Object.assign(files, { ['../evil.txt']: SOUND }))],
    ['an absolute path', altered((files) => Object.assign(files, { ['/etc/evil']: SOUND }))],
    ['a changed sound', altered((files) => Object.assign(files, { [`audio/${SHA256}.wav`]: strToU8('other') }))],
    ['a missing sound', altered((files) => void delete files[`audio/${SHA256}.wav`])],
    ['missing streams', altered((files) => void delete files['streams.bin'])],
    ['a gap in a stream', alteredDocument((document) => Object.assign(document.project.clips[0] ?? {}, { frameCount: 99 }))],
    ['an array past the end', alteredDocument((document) => Object.assign(document.arrays[0] ?? {}, { offset: 1e9 }))],
    ['an unknown lock', alteredDocument((document) => Object.assign(document.project.clips[0]?.takes[0]?.locks[0] ?? {}, { stream: 'nose' }))],
  ])('refuses %s', (_, bytes) => {
    expect(() => unpackProject(bytes)).toThrow(expect.objectContaining({ code: 'damaged-project' }));
  });

  it('refuses a file that unpacks to more than it says, without unpacking it', () => {
    const bytes = zipSync({ 'project.json': new Uint8Array(50_000_000) });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const central = view.getUint32(bytes.length - 6, true);
    view.setUint32(central + 24, 10, true);
    expect(() => unpackProject(bytes)).toThrow(expect.objectContaining({ code: 'damaged-project' }));
    view.setUint32(central + 24, 0xffffffff, true);
    expect(() => unpackProject(bytes)).toThrow(/more than a project can hold/);
  });

  it('says when a newer studio wrote it', () => {
    expect(() => unpackProject(alteredDocument((document) => Object.assign(document, { version: PROJECT_FORMAT_VERSION + 1 })))).toThrow(
      expect.objectContaining({ code: 'project-too-new', hint: 'Update the studio to open it.' }),
    );
  });

  it('opens a project saved before findings could be ignored', () => {
    const bytes = alteredDocument((document) => {
      for (const saved of document.project.clips[0]?.takes ?? []) Reflect.deleteProperty(saved, 'ignoredFindings');
    });
    const takes = unpackProject(bytes).project.clips[0]?.takes ?? [];
    expect(takes.map((saved) => saved.ignoredFindings)).toEqual([[], []]);
  });

  it('opens a project saved before regions and layers, and refuses a layer that moves what there is not', () => {
    const older = alteredDocument((document) => {
      for (const { edits } of document.project.clips[0]?.takes ?? []) for (const field of ['regions', 'layers']) Reflect.deleteProperty(edits, field);
    });
    expect(Object.keys(unpackProject(older).project.clips[0]?.takes[0]?.edits ?? {})).toEqual(['head', 'mouth', 'wrinkles', 'eyes']);
    const unknown = alteredDocument((document) => {
      Object.assign(document.project.clips[0]?.takes[0]?.edits.layers?.[0] ?? {}, { curves: { tail: { base: 0, keys: [] } } });
    });
    expect(() => unpackProject(unknown)).toThrow(expect.objectContaining({ code: 'damaged-project' }));
  });

  it('opens a project of the first version, which knew one model only', () => {
    const bytes = alteredDocument((document) => {
      document.version = 1;
      document.project = { formatVersion: 1, clips: document.project.clips } as unknown as Project;
    });
    expect(unpackProject(bytes).project).toEqual({ ...content().project, modelId: null });
  });

  it('migrates step by step', () => {
    const steps = [(document: unknown) => `${document}b`, (document: unknown) => `${document}c`];
    expect(migrateProject('a', 1, steps)).toBe('abc');
    expect(migrateProject('a', 2, steps)).toBe('ac');
    expect(migrateProject('a', 3, steps)).toBe('a');
  });
});
