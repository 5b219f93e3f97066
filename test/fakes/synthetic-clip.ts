import type { Clip, Events, Provenance, Segment, Stream, StreamId, Take } from '../../src/shared/clip/clip-schema';
import { NEUTRAL_EDITS } from '../../src/shared/clip/clip-schema';
import { FRAME_RATE_HZ } from '../../src/shared/clip/timing';
import { HEAD_CHANNELS, MOUTH_CHANNELS } from '../../src/shared/face/coefficients';

const FRAMES_PER_TOKEN: Readonly<Record<StreamId, number>> = { head: 4, mouth: 2 };
const GROUP_SIZES: Readonly<Record<StreamId, number[]>> = { head: [1000], mouth: [1000, 1000, 240, 240] };

/** Provenance of made-up streams. */
export function syntheticProvenance(seed: number, kind: Provenance['kind'] = 'generated'): Provenance {
  return {
    kind,
    modelId: 'synthetic-1',
    predictorSha256: 'a'.repeat(64),
    decoderSha256: 'b'.repeat(64),
    seed,
    temperature: 1,
    guidance: 1,
    steps: 8,
    style: {},
  };
}

/** A segment of smooth made-up motion that depends only on stream, seed and frame. */
export function syntheticSegment(streamId: StreamId, startFrame: number, endFrame: number, seed: number, kind: Provenance['kind'] = 'generated'): Segment {
  const framesPerToken = FRAMES_PER_TOKEN[streamId];
  const groups = GROUP_SIZES[streamId];
  const firstToken = Math.floor(startFrame / framesPerToken);
  const tokenCount = Math.ceil(endFrame / framesPerToken) - firstToken;
  const codes = Uint16Array.from({ length: tokenCount * groups.length }, (_, index) => {
    const group = index % groups.length;
    const token = firstToken + Math.floor(index / groups.length);
    return Math.floor(noise(seed + group, Math.floor(token / 3)) * (groups[group] ?? 2));
  });
  const channels = streamId === 'head' ? HEAD_CHANNELS : MOUTH_CHANNELS;
  const curve = new Float32Array((endFrame - startFrame) * channels.length);
  for (let frame = startFrame; frame < endFrame; frame++) {
    channels.forEach((name, channel) => {
      curve[(frame - startFrame) * channels.length + channel] =
        streamId === 'head' ? headValue(channel, frame / FRAME_RATE_HZ, seed) : mouthValue(name, frame / FRAME_RATE_HZ);
    });
  }
  return { startFrame, endFrame, firstToken, codes, confidence: new Float32Array(codes.length).fill(0.8), curve, provenance: syntheticProvenance(seed, kind) };
}

/** A whole made-up stream. */
export function syntheticStream(streamId: StreamId, frameCount: number, seed: number): Stream {
  return {
    framesPerToken: FRAMES_PER_TOKEN[streamId],
    groupSizes: GROUP_SIZES[streamId],
    channels: [...(streamId === 'head' ? HEAD_CHANNELS : MOUTH_CHANNELS)],
    segments: [syntheticSegment(streamId, 0, frameCount, seed)],
  };
}

/** Made-up blinks and looks, one about every two seconds. */
export function syntheticEvents(frameCount: number, seed: number): Events {
  const count = Math.floor(frameCount / FRAME_RATE_HZ / 2);
  const indices = Array.from({ length: count }, (_, index) => index);
  return {
    seed,
    blinks: indices.map((index) => ({
      startSeconds: 0.7 + 2 * index + noise(seed, index),
      closeSeconds: 0.09,
      holdSeconds: 0.03,
      openSeconds: 0.17,
      strength: 1,
    })),
    gaze: indices.map((index) => ({
      startSeconds: 0.4 + 2 * index,
      yaw: 0.12 * (noise(seed, index + 99) - 0.5),
      pitch: 0.06 * (noise(seed, index + 199) - 0.5),
    })),
    darts: indices.map((index) => ({ startSeconds: 1.1 + 2 * index, durationSeconds: 0.4, yaw: 0.03 * (noise(seed, index + 299) - 0.5), pitch: 0 })),
    breathsPerMinute: 15,
    breathAmount: 1,
  };
}

/** A made-up take. */
export function syntheticTake(frameCount: number, seed: number, id = `take-${seed}`): Take {
  return {
    id,
    name: 'Take 1',
    streams: { head: syntheticStream('head', frameCount, seed), mouth: syntheticStream('mouth', frameCount, seed) },
    events: syntheticEvents(frameCount, seed),
    locks: [],
    ignoredFindings: [],
    edits: { head: NEUTRAL_EDITS, mouth: NEUTRAL_EDITS, wrinkles: NEUTRAL_EDITS, eyes: NEUTRAL_EDITS },
  };
}

/** A made-up clip with one take. */
export function syntheticClip(frameCount = 120, seed = 7, id = 'clip-1'): Clip {
  const take = syntheticTake(frameCount, seed);
  return {
    id,
    name: 'Sample line',
    audio: {
      sha256: 'c'.repeat(64),
      fileName: 'sample.wav',
      durationSeconds: frameCount / FRAME_RATE_HZ,
      sampleRateHz: 16000,
      channelCount: 1,
      channel: 'mix',
    },
    frameCount,
    markers: [],
    takes: [take],
    activeTakeId: take.id,
  };
}

function headValue(channel: number, seconds: number, seed: number): number {
  const sway = Math.sin(seconds * (1.1 + 0.3 * channel) + seed) + 0.5 * Math.sin(seconds * (2.7 + channel) + 2 * seed);
  return channel < 3 ? 0.09 * sway : 0.25 * sway;
}

function mouthValue(name: string, seconds: number): number {
  const syllable = Math.max(0, Math.sin(seconds * 11)) * (0.6 + 0.4 * Math.sin(seconds * 1.7));
  if (name === 'jawOpen') return 0.32 * syllable;
  if (name === 'mouthFunnel') return 0.25 * Math.max(0, Math.sin(seconds * 3.1)) * syllable;
  if (name.startsWith('mouthSmile')) return 0.15 + 0.1 * Math.sin(seconds * 0.9);
  if (name === 'browInnerUp') return 0.4 * Math.max(0, Math.sin(seconds * 1.3));
  if (name === 'seal') return syllable < 0.02 ? 1 : 0;
  if (/forehead|crow|nasolabial/.test(name)) return 0.6 * Math.max(0, Math.sin(seconds * 1.3 + name.length));
  return 0;
}

function noise(seed: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 13)) >>> 0) / 0x100000000;
}
