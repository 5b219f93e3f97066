import { MEL_BANDS } from '../../shared/audio/mel-scale';
import { secondsOfX, type TimeScale } from './time-scale';

/** Columns of a tile. */
export const TILE_COLUMNS = 512;
/** Feature frames a second; frame k lies around k / 100 s. */
const FRAME_RATE_HZ = 100;
/** Tiles kept, the least used go first: at most 32 MB whatever the length of the sound. */
const MOST_TILES = 48;

/** A tile of the spectrogram: 512 columns of 2^level frames of 10 ms. */
export interface TileKey {
  readonly level: number;
  readonly index: number;
}

/** The finest level whose columns are not thinner than about a pixel. */
export function levelFor(scale: TimeScale): number {
  return Math.max(0, Math.min(16, Math.ceil(Math.log2(FRAME_RATE_HZ / scale.pixelsPerSecond))));
}

/** The part of the sound a tile shows, seconds. */
export function spanOf({ level, index }: TileKey): { readonly startSeconds: number; readonly endSeconds: number } {
  const columnSeconds = 2 ** level / FRAME_RATE_HZ;
  const edge = (column: number): number => column * columnSeconds - 0.5 / FRAME_RATE_HZ;
  return { startSeconds: edge(index * TILE_COLUMNS), endSeconds: edge((index + 1) * TILE_COLUMNS) };
}

/** The tiles of a level that are at least partly in view, left to right. */
export function tilesInView(scale: TimeScale, level: number, durationSeconds: number): TileKey[] {
  const tileSeconds = (TILE_COLUMNS * 2 ** level) / FRAME_RATE_HZ;
  const first = Math.max(0, Math.floor(scale.scrollSeconds / tileSeconds));
  const end = Math.min(durationSeconds, secondsOfX(scale, scale.width));
  const count = Math.max(0, Math.ceil(end / tileSeconds) - first);
  return Array.from({ length: count }, (_, offset) => ({ level, index: first + offset }));
}

/** Gets the levels of a tile from the engine: columns of 80 bands, lowest first. */
export type LoadTile = (key: TileKey) => Promise<Uint8Array>;

/** Tiles of one sound, got when first looked at and forgotten when many others were looked at since. */
export class SpectrogramTiles<Picture> {
  private readonly pictures = new Map<string, Picture>();
  private readonly pending = new Set<string>();

  constructor(
    private readonly load: LoadTile,
    private readonly paint: (levels: Uint8Array, columnCount: number) => Picture,
    private readonly onArrival: () => void,
  ) {}

  /** The picture of a tile that is there already. */
  peek(key: TileKey): Picture | undefined {
    return this.pictures.get(nameOf(key));
  }

  /** The picture of a tile, or undefined while it is on its way; `onArrival` tells when it is there. */
  get(key: TileKey): Picture | undefined {
    const name = nameOf(key);
    const picture = this.pictures.get(name);
    if (picture !== undefined) {
      this.pictures.delete(name);
      this.pictures.set(name, picture);
    } else if (!this.pending.has(name)) void this.fetch(key, name);
    return picture;
  }

  private async fetch(key: TileKey, name: string): Promise<void> {
    this.pending.add(name);
    try {
      const levels = await this.load(key);
      this.pictures.set(name, this.paint(levels, levels.length / MEL_BANDS.count));
      for (const oldest of this.pictures.keys()) {
        if (this.pictures.size <= MOST_TILES) break;
        this.pictures.delete(oldest);
      }
      this.pending.delete(name);
      this.onArrival();
    } catch {
      // The name stays pending: a tile that could not be had is not asked for again with every frame; the engine's own error shows elsewhere.
    }
  }
}

function nameOf({ level, index }: TileKey): string {
  return `${level}/${index}`;
}
