import type { Studio } from '../studio';

/** Shows the sound as spectrogram or as waveform. */
export function toggleSpectrogram(studio: Studio): void {
  const { audioView, update } = studio.view.getState();
  update({ audioView: audioView === 'spectrogram' ? 'waveform' : 'spectrogram' });
}
