import { AppError } from '../../src/shared/contract/errors';
import type { Handlers } from '../../src/shared/contract/methods';

/** What a test can see of and do to the stub engine. */
export interface StubEngine {
  readonly handlers: Partial<Handlers>;
  /** Resolves when a running `audio.import` saw its cancel. */
  readonly sawCancel: Promise<void>;
}

/** An engine of a few handlers that shows each rule of the contract: bytes in and out, a user error, an internal error, progress, cancel, a broken output. */
export function createStubEngine(): StubEngine {
  let tellCancel = (): void => undefined;
  const sawCancel = new Promise<void>((done) => {
    tellCancel = done;
  });
  return {
    sawCancel,
    handlers: {
      'upload.append': async ({ bytes }) => ({ receivedBytes: bytes.reduce((sum, byte) => sum + byte, 0) }),
      'head.load': async ({ detail }) => {
        const curve = Float32Array.from({ length: detail === 'full' ? 400_000 : 5 }, (_, index) => index / 7);
        return { bytes: new Uint8Array(curve.buffer), manifest: { morphs: ['jawOpen'], scale: 0.01 } };
      },
      'audio.playable': async ({ sha256 }) => {
        throw new AppError('unknown-audio', `There is no sound ${sha256}.`, 'Import it again.');
      },
      'project.sample': async () => {
        throw new Error('secret: /home/someone/private.wav');
      },
      'exporters.list': async (_input, context) => {
        for (let step = 0; step <= 50; step++) context.reportProgress(step / 50, `step ${step}`);
        return { exporters: [] };
      },
      'audio.import': (_input, context) =>
        new Promise((_done, fail) => {
          context.signal.addEventListener('abort', () => {
            tellCancel();
            fail(new AppError('cancelled', 'Cancelled.'));
          });
          context.reportProgress(0, 'started');
        }),
      'upload.open': async () => ({ uploadId: '' }),
      'upload.discard': async () => ({}),
    },
  };
}
