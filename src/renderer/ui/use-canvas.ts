import { type RefObject, useEffect, useRef } from 'react';
import { usePreferences } from '../session/studio-context';

/** Gives the value of a colour of the theme, such as `--track-head`. */
export type Ink = (name: `--${string}`) => string;

/** The colours an element would have, for what is drawn and not styled. */
export function inkOf(element: Element): Ink {
  const style = window.getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
}

/**
 * Draws on a canvas in CSS pixels, sharp on any screen and in the colours of the theme; called again after every render whose `dependencies` changed:
 * they must name all that `draw` uses.
 */
export function useCanvas(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D, ink: Ink) => void,
  dependencies: readonly unknown[],
): RefObject<HTMLCanvasElement | null> {
  const reference = useRef<HTMLCanvasElement>(null);
  const theme = usePreferences((preferences) => preferences.theme);
  const scale = usePreferences((preferences) => preferences.scalePercent / 100);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `draw` is new with every render; its inputs are the caller's `dependencies`, its colours those of the theme
  useEffect(() => {
    const canvas = reference.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = (window.devicePixelRatio || 1) * scale;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context, inkOf(canvas));
  }, [width, height, theme, scale, ...dependencies]);
  return reference;
}
