/**
 * Runs the HeadAudio worklet and its animation step offline. Arguments: rows at 60 Hz, latency in seconds to take back.
 * stdin: float32 samples at 16 kHz; stdout: float32 viseme values, [rows, 15].
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const SAMPLE_RATE_HZ = 16000;
const BLOCK_SAMPLES = 128;
const RATE_HZ = 60;

/** The two ends of the message channel between a worklet and its node, delivered at once. */
const toNode = { onmessage: null, postMessage: (data) => toWorklet.onmessage?.({ data }) };
const toWorklet = { onmessage: null, postMessage: (data) => toNode.onmessage?.({ data }) };

let Worklet;
Object.assign(globalThis, {
  sampleRate: SAMPLE_RATE_HZ,
  AudioWorkletProcessor: class {
    port = toWorklet;
  },
  AudioWorkletNode: class {
    port = toNode;
  },
  registerProcessor: (_name, worklet) => {
    Worklet = worklet;
  },
});
const { HeadAudio } = await import('@met4citizen/headaudio/modules/headaudio.mjs');
await import('@met4citizen/headaudio/modules/headworklet.mjs');
const model = createRequire(import.meta.url).resolve('@met4citizen/headaudio/dist/model-en-mixed.bin');
globalThis.fetch = async () => new Response(await readFile(model)); // the tool loads its model by fetch

// Parameters of the example in the tool's README, the others at their defaults.
const chosen = { vadGateActiveDb: -40, vadGateInactiveDb: -60 };
const parameters = Object.fromEntries(Worklet.parameterDescriptors.map(({ name, defaultValue }) => [name, [chosen[name] ?? defaultValue]]));
const worklet = new Worklet({ processorOptions: {}, parameterData: chosen });
const node = new HeadAudio({}, { processorOptions: {}, parameterData: chosen });
await node.loadModel(model);

const [rows, latencySeconds] = process.argv.slice(2).map(Number);
const bytes = readFileSync(0);
const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const output = new Float32Array(rows * node.visemeNames.length);
const current = new Float32Array(node.visemeNames.length);
node.onvalue = (name, value) => {
  current[node.visemeNames.indexOf(name)] = value;
};

let read = 0;
const skipped = Math.round(latencySeconds * RATE_HZ);
for (let row = 0; row < rows + skipped; row += 1) {
  const due = (row / RATE_HZ) * SAMPLE_RATE_HZ;
  for (; read + BLOCK_SAMPLES <= Math.min(due, samples.length); read += BLOCK_SAMPLES) {
    worklet.process([[samples.subarray(read, read + BLOCK_SAMPLES)]], [], parameters);
  }
  node.update(1000 / RATE_HZ);
  if (row >= skipped) output.set(current, (row - skipped) * current.length);
}
process.stdout.write(new Uint8Array(output.buffer));
