import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import { useStore } from 'zustand';
import type { Clip } from '../../../shared/clip/clip-schema';
import { usePreferences, useStudio } from '../../session/studio-context';
import { inkOf } from '../../ui/use-canvas';
import { mediaKey } from '../../workspace/media-store';
import type { TimeScale } from '../time-scale';

const ZOOM_DELAY_MILLISECONDS = 60;

/** The sound of a clip, drawn from the engine's peaks; it only draws: playing and seeking belong to the transport. */
export function WaveformLane({ clip, scale, height }: { clip: Clip; scale: TimeScale; height: number }) {
  const studio = useStudio();
  const sound = useStore(studio.media, (state) => state.audioByKey[mediaKey(clip.audio)]);
  const container = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer | null>(null);
  const theme = usePreferences((preferences) => preferences.theme);
  const latestScale = useRef(scale);
  latestScale.current = scale;

  useEffect(() => {
    if (!container.current || !sound) return;
    const created = WaveSurfer.create({
      container: container.current,
      height,
      peaks: [sound.peaks],
      duration: clip.audio.durationSeconds,
      ...coloursOf(container.current),
      cursorWidth: 0,
      interact: false,
      autoScroll: false,
      autoCenter: false,
      hideScrollbar: true,
      fillParent: false,
      minPxPerSec: latestScale.current.pixelsPerSecond,
      normalize: true,
      cspNonce: document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '',
    });
    created.on('ready', () => created.setScrollTime(latestScale.current.scrollSeconds));
    wave.current = created;
    return () => {
      wave.current = null;
      created.destroy();
    };
  }, [sound, height, clip.audio.durationSeconds]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme
  useEffect(() => {
    if (container.current) wave.current?.setOptions(coloursOf(container.current));
  }, [theme]);
  useEffect(() => wave.current?.setScrollTime(scale.scrollSeconds), [scale.scrollSeconds]);
  useEffect(() => {
    // Zooming an hour of sound takes a second: wait until the wheel rests.
    const timer = window.setTimeout(() => {
      const created = wave.current;
      if (!created?.getDecodedData()) return;
      created.zoom(scale.pixelsPerSecond);
      created.setScrollTime(latestScale.current.scrollSeconds);
    }, ZOOM_DELAY_MILLISECONDS);
    return () => window.clearTimeout(timer);
  }, [scale.pixelsPerSecond]);

  return <div ref={container} className="waveform" role="img" aria-label={`Waveform of ${clip.name}`} />;
}

function coloursOf(element: Element): { waveColor: string; progressColor: string } {
  const colour = inkOf(element)('--waveform');
  return { waveColor: colour, progressColor: colour };
}
