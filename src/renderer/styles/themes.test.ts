import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { THEMES } from '../workspace/preferences-store';

const CSS = readFileSync(new URL('./themes.css', import.meta.url), 'utf8');
const [dark = {}, ...others] = [...CSS.matchAll(/\{([^}]*)\}/g)].map(([, block]) =>
  Object.fromEntries([...(block ?? '').matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value ?? ''])),
);
const COLOURS = Object.fromEntries(THEMES.map((theme, index) => [theme, index === 0 ? dark : (others[index - 1] ?? {})]));

type Colour = readonly number[];

function parse(hex: string): Colour {
  if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`'${hex}' is no colour of six digits`);
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance). */
function contrast(a: Colour, b: Colour): number {
  const luminance = (colour: Colour): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dim = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dim + 0.05);
}

/** color-mix(in srgb, a share, b). */
function mix(a: Colour, share: number, b: Colour): Colour {
  return a.map((byte, index) => byte * share + (b[index] ?? 0) * (1 - share));
}

const SURFACES = ['canvas', 'surface', 'surface-raised', 'surface-hover', 'surface-active', 'lane', 'lane-audio', 'lane-amount', 'tooltip'];
const TRACKS = ['head', 'mouth', 'wrinkles', 'eyes', 'audio'].map((track) => `track-${track}`);

test('every theme names every colour', () => {
  for (const theme of THEMES) expect(Object.keys(COLOURS[theme] ?? {}), theme).toEqual(Object.keys(dark));
});

test.each(THEMES)('%s: text can be read on its surfaces', (theme) => {
  const colour = (name: string): Colour => parse(COLOURS[theme]?.[name] ?? '');
  const least = theme === 'contrast' ? 7 : 4.5;
  const pairs = [
    ...SURFACES.flatMap((surface) => ['text', 'text-dim', 'text-faint'].map((text) => [text, surface] as const)),
    ...['canvas', 'surface', 'surface-raised', 'surface-hover'].flatMap((surface) =>
      ['accent', 'danger', 'warning', 'success'].map((text) => [text, surface] as const),
    ),
    ...['accent-strong', 'accent-hover'].map((surface) => ['on-accent', surface] as const),
    ['accent', 'surface-active'] as const,
    ['warning', 'lane-audio'] as const,
    ['on-danger', 'danger'] as const,
    ['on-warning', 'warning'] as const,
    ['lane-text', 'lane'] as const,
    ['lane-text', 'surface'] as const,
  ];
  const unreadable = pairs
    .map(([text, surface]) => ({ text, surface, contrast: contrast(colour(text), colour(surface)) }))
    .filter((pair) => pair.contrast < least);
  expect(unreadable).toEqual([]);
});

test.each(THEMES)('%s: buttons in the colour of a track can be read', (theme) => {
  const colour = (name: string): Colour => parse(COLOURS[theme]?.[name] ?? '');
  const unreadable = TRACKS.flatMap((track) =>
    [0.18, 0.3].map((share) => ({
      track,
      share,
      contrast: contrast(mix(colour(track), 0.55, colour('text')), mix(colour(track), share, colour('surface-raised'))),
    })),
  ).filter((pair) => pair.contrast < 4.5);
  expect(unreadable).toEqual([]);
});

test.each(THEMES)('%s: words can be read on the head and on the marks of QA', (theme) => {
  const colour = (name: string): Colour => parse(COLOURS[theme]?.[name] ?? '');
  const [, red = '', green = '', blue = '', percent = ''] = /^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/.exec(COLOURS[theme]?.well ?? '') ?? [];
  const wellOn = (stage: Colour): Colour => (percent ? mix([Number(red), Number(green), Number(blue)], Number(percent) / 100, stage) : colour('well'));
  const least = theme === 'contrast' ? 7 : 4.5;
  const contrasts = [
    ...['stage-near', 'stage-far'].flatMap((stage) => ['text-dim', 'text-faint'].map((text) => contrast(colour(text), wellOn(colour(stage))))),
    contrast(colour('text'), mix(colour('warning'), 0.2, colour('lane-audio'))),
  ];
  expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(least);
});

test.each(THEMES)('%s: curves, marks and the focus ring stand out from what they lie on', (theme) => {
  const colour = (name: string): Colour => parse(COLOURS[theme]?.[name] ?? '');
  const pairs = [
    ...[...TRACKS, 'track-head-pale', 'track-head-deep', 'playhead', 'marker'].map((mark) => [mark, 'lane'] as const),
    ['waveform', 'lane-audio'] as const,
    ...['canvas', 'surface', 'surface-raised', 'surface-hover', 'lane'].map((surface) => ['accent', surface] as const),
  ];
  const faint = pairs.map(([mark, surface]) => ({ mark, surface, contrast: contrast(colour(mark), colour(surface)) })).filter((pair) => pair.contrast < 3);
  expect(faint).toEqual([]);
});
