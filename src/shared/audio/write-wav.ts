const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
const LARGEST_DATA_BYTES = 0xffffffff - HEADER_BYTES;

/** 16-bit WAV bytes of samples in -1..1, one array per channel; louder samples are clipped. */
export function writeWav(channels: readonly Float32Array[], sampleRateHz: number): Uint8Array<ArrayBuffer> {
  return wavOfPcm16([interleavePcm16(channels)], channels.length, sampleRateHz);
}

/** Samples in -1..1, one array per channel, as interleaved 16-bit PCM; louder samples are clipped. */
export function interleavePcm16(channels: readonly Float32Array[]): Uint8Array {
  const frameCount = channels[0]?.length ?? 0;
  const bytes = new Uint8Array(frameCount * channels.length * BYTES_PER_SAMPLE);
  const view = new DataView(bytes.buffer);
  channels.forEach((samples, channel) => {
    for (let frame = 0; frame < frameCount; frame++) {
      const level = Math.max(-32768, Math.min(32767, Math.round((samples[frame] ?? 0) * 32768)));
      view.setInt16((frame * channels.length + channel) * BYTES_PER_SAMPLE, level, true);
    }
  });
  return bytes;
}

/** A WAV file around pieces of interleaved 16-bit PCM. RangeError when it would be larger than the format can say. */
export function wavOfPcm16(parts: readonly Uint8Array[], channelCount: number, sampleRateHz: number): Uint8Array<ArrayBuffer> {
  const dataBytes = parts.reduce((sum, part) => sum + part.length, 0);
  if (dataBytes > LARGEST_DATA_BYTES) throw new RangeError('a WAV file cannot be larger than 4 GB');
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  bytes.set(header(dataBytes, channelCount, sampleRateHz));
  let offset = HEADER_BYTES;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function header(dataBytes: number, channelCount: number, sampleRateHz: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const text = (offset: number, letters: string) => bytes.set(new TextEncoder().encode(letters), offset);
  const frameBytes = channelCount * BYTES_PER_SAMPLE;
  text(0, 'RIFF');
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}
