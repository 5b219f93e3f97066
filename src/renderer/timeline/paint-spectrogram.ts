import { MEL_BANDS } from '../../shared/audio/mel-scale';
import type { Ink } from '../ui/use-canvas';

/** Colours of the levels 0..255, four bytes each, from the ground of the lane over the colour of the sound to that of text. */
export function spectrogramColours(ink: Ink): Uint8ClampedArray {
  const strip = canvasOf(256, 1);
  const context = strip.getContext('2d', { willReadFrequently: true });
  if (!context) return new Uint8ClampedArray(1024);
  const gradient = context.createLinearGradient(0, 0, 256, 0);
  gradient.addColorStop(0, ink('--lane-audio'));
  gradient.addColorStop(0.25, ink('--lane-audio'));
  gradient.addColorStop(0.6, ink('--track-audio'));
  gradient.addColorStop(0.82, ink('--track-head'));
  gradient.addColorStop(1, ink('--text'));
  context.fillStyle = gradient;
  context.fillRect(0, 0, 256, 1);
  return context.getImageData(0, 0, 256, 1).data;
}

/** A picture of levels (columns of 80 bands, lowest first): one pixel a level, low frequencies at the bottom. */
export function paintSpectrogram(levels: Uint8Array, columnCount: number, colours: Uint8ClampedArray): HTMLCanvasElement {
  const canvas = canvasOf(Math.max(1, columnCount), MEL_BANDS.count);
  const context = canvas.getContext('2d');
  if (!context || columnCount === 0) return canvas;
  const image = context.createImageData(columnCount, MEL_BANDS.count);
  for (let column = 0; column < columnCount; column++) {
    for (let band = 0; band < MEL_BANDS.count; band++) {
      const colour = 4 * (levels[column * MEL_BANDS.count + band] ?? 0);
      image.data.set(colours.subarray(colour, colour + 4), 4 * ((MEL_BANDS.count - 1 - band) * columnCount + column));
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
