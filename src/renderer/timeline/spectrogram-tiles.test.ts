import { expect, test } from 'vitest';
import { levelFor, SpectrogramTiles, spanOf, TILE_COLUMNS, type TileKey, tilesInView } from './spectrogram-tiles';

const arrival = (): Promise<void> => new Promise((done) => setImmediate(done));

test('an hour at any zoom needs few tiles, which follow each other without gaps and cover the view', () => {
  for (const pixelsPerSecond of [0.3, 2, 8, 33, 100, 420, 1200]) {
    const scale = { pixelsPerSecond, scrollSeconds: 1234, width: 1600 };
    const level = levelFor(scale);
    const tiles = tilesInView(scale, level, 3600);
    expect(tiles.length, `${pixelsPerSecond} px/s`).toBeLessThanOrEqual(1 + Math.ceil((2 * 1600) / TILE_COLUMNS));
    expect(spanOf(tiles[0] as TileKey).startSeconds).toBeLessThanOrEqual(1234);
    expect(spanOf(tiles.at(-1) as TileKey).endSeconds + 0.01).toBeGreaterThanOrEqual(Math.min(3600, 1234 + 1600 / pixelsPerSecond));
    for (const [index, tile] of tiles.slice(1).entries()) expect(spanOf(tile).startSeconds).toBe(spanOf(tiles[index] as TileKey).endSeconds);
  }
});

test('a tile is asked for once, and memory stays bounded however far one scrolls', async () => {
  const asked: string[] = [];
  let arrivals = 0;
  const tiles = new SpectrogramTiles<number>(
    async ({ level, index }) => {
      asked.push(`${level}/${index}`);
      return new Uint8Array(TILE_COLUMNS * 80);
    },
    (_, columnCount) => columnCount,
    () => arrivals++,
  );
  expect(tiles.get({ level: 0, index: 0 })).toBeUndefined();
  expect(tiles.get({ level: 0, index: 0 })).toBeUndefined();
  await arrival();
  expect(tiles.get({ level: 0, index: 0 })).toBe(TILE_COLUMNS);
  expect([asked, arrivals]).toEqual([['0/0'], 1]);
  for (let index = 1; index < 400; index++) {
    tiles.get({ level: 0, index });
    await arrival();
  }
  const kept = Array.from({ length: 400 }, (_, index) => tiles.peek({ level: 0, index })).filter((picture) => picture !== undefined);
  expect(kept.length).toBeLessThan(60);
  expect(tiles.peek({ level: 0, index: 399 })).toBe(TILE_COLUMNS);
});

test('a tile that cannot be had is not asked for with every frame', async () => {
  let asked = 0;
  const tiles = new SpectrogramTiles<number>(
    async () => {
      asked++;
      throw new Error('gone');
    },
    () => 1,
    () => undefined,
  );
  tiles.get({ level: 2, index: 3 });
  await arrival();
  tiles.get({ level: 2, index: 3 });
  expect(asked).toBe(1);
});
