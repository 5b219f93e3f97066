import { AudioLines } from 'lucide-react';
import { melHeight } from '../../shared/audio/mel-scale';
import { useKeyHints } from '../keyboard/use-bindings';
import { toggleSpectrogram } from '../session/actions/toggle-spectrogram';
import { useStudio, useView } from '../session/studio-context';
import { IconButton } from '../ui/button';

/** Changes between waveform and spectrogram. */
export function AudioViewButton() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const isSpectrogram = useView((view) => view.audioView === 'spectrogram');
  return (
    <IconButton
      className="lane-badge"
      label={isSpectrogram ? 'Show the waveform' : 'Show the spectrogram'}
      keys={keyOf('view.spectrogram')}
      isPressed={isSpectrogram}
      icon={<AudioLines size={12} aria-hidden />}
      onClick={() => toggleSpectrogram(studio)}
    />
  );
}

const TICKS_HZ = [125, 250, 500, 1000, 2000, 4000, 7000];

/** The frequencies of the spectrogram, at their height. */
export function FrequencyTicks({ height }: { height: number }) {
  return (
    <div className="frequency-ticks" aria-hidden>
      {TICKS_HZ.map((frequencyHz) => (
        <span key={frequencyHz} style={{ top: height * (1 - melHeight(frequencyHz)) }}>
          {frequencyHz < 1000 ? frequencyHz : `${frequencyHz / 1000}k`}
        </span>
      ))}
      <span className="frequency-unit">Hz</span>
    </div>
  );
}
