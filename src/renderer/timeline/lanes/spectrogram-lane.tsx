import { useMemo, useReducer } from 'react';
import type { Clip } from '../../../shared/clip/clip-schema';
import { usePreferences, useStudio } from '../../session/studio-context';
import { inkOf, useCanvas } from '../../ui/use-canvas';
import { paintSpectrogram, spectrogramColours } from '../paint-spectrogram';
import { levelFor, SpectrogramTiles, spanOf, TILE_COLUMNS, type TileKey, tilesInView } from '../spectrogram-tiles';
import { type TimeScale, xOfSeconds } from '../time-scale';

/** Levels above this are the whole of any sound in one tile. */
const COARSEST_LEVEL = 16;

/** What is in the sound, low to high; the engine computes only the tiles that are looked at. */
export function SpectrogramLane({ clip, scale, height }: { clip: Clip; scale: TimeScale; height: number }) {
  const studio = useStudio();
  const theme = usePreferences((preferences) => preferences.theme);
  const [arrivals, onArrival] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another sound or other colours need other pictures
  const tiles = useMemo(() => {
    const colours = spectrogramColours(inkOf(document.documentElement));
    return new SpectrogramTiles(
      async ({ level, index }) => {
        const part = { firstColumn: index * TILE_COLUMNS, columnCount: TILE_COLUMNS, framesPerColumn: 2 ** level };
        return (await studio.client.call('audio.spectrogram', { audio: clip.audio, ...part })).levels;
      },
      (levels, columnCount) => paintSpectrogram(levels, columnCount, colours),
      onArrival,
    );
  }, [studio, clip.audio, theme]);
  const canvas = useCanvas(
    scale.width,
    height,
    (context) => {
      const wanted = levelFor(scale);
      const draw = (key: TileKey, picture: HTMLCanvasElement): void => {
        const { startSeconds, endSeconds } = spanOf(key);
        const left = xOfSeconds(scale, startSeconds);
        const width = ((xOfSeconds(scale, endSeconds) - left) * picture.width) / TILE_COLUMNS;
        context.drawImage(picture, left, 0, width, height);
      };
      // Coarser tiles that are there already stand in until the wanted ones come.
      for (let level = COARSEST_LEVEL; level >= wanted; level--) {
        for (const key of tilesInView(scale, level, clip.audio.durationSeconds)) {
          const picture = level === wanted ? tiles.get(key) : tiles.peek(key);
          if (picture) draw(key, picture);
        }
      }
    },
    [tiles, arrivals, scale, clip.audio.durationSeconds],
  );
  return <canvas ref={canvas} className="lane-canvas" role="img" aria-label={`Spectrogram of ${clip.name}`} />;
}
