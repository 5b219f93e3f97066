import { describe, expect, it } from 'vitest';
import { MEL_BANDS, melHeight } from '../../../shared/audio/mel-scale';
import { writeWav } from '../../../shared/audio/write-wav';
import { analyseAudio } from './analyse-audio';
import { FEATURE_COUNT } from './features/features';
import { spectrogramLevels } from './spectrogram';

describe('spectrogram', () => {
  it('shows a tone at its height, and its ticks say which', async () => {
    const features = { frameCount: 4, values: new Float32Array(4 * FEATURE_COUNT).fill(-1.8) };
    features.values[1 * FEATURE_COUNT + 7] = 0.5;
    features.values[3 * FEATURE_COUNT + 70] = 9;
    const fine = spectrogramLevels(features, { firstColumn: 0, columnCount: 9, framesPerColumn: 1 });
    expect(fine).toHaveLength(4 * MEL_BANDS.count);
    expect(fine[MEL_BANDS.count + 7]).toBeGreaterThan(150);
    expect(fine[3 * MEL_BANDS.count + 70]).toBe(255);
    expect(fine.filter((level) => level > 0)).toHaveLength(2);
    const coarse = spectrogramLevels(features, { firstColumn: 1, columnCount: 9, framesPerColumn: 2 });
    expect(coarse).toHaveLength(MEL_BANDS.count);
    expect(coarse[70]).toBe(255);
    expect(spectrogramLevels(features, { firstColumn: 9, columnCount: 2, framesPerColumn: 1 })).toHaveLength(0);
  });

  it('agrees with the frequency axis on a real sine', async () => {
    for (const frequencyHz of [250, 1000, 4000]) {
      const samples = Float32Array.from({ length: 16_000 }, (_, n) => 0.3 * Math.sin((2 * Math.PI * frequencyHz * n) / 16_000));
      const { features } = await analyseAudio({ bytes: writeWav([samples], 16_000), name: 'tone.wav' });
      const column = spectrogramLevels(features, { firstColumn: 50, columnCount: 1, framesPerColumn: 1 });
      const loudest = column.indexOf(Math.max(...column));
      expect(Math.abs((loudest + 0.5) / MEL_BANDS.count - melHeight(frequencyHz)), `${frequencyHz} Hz`).toBeLessThan(1.5 / MEL_BANDS.count);
    }
  });
});
