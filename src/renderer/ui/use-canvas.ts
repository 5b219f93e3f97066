import { type RefObject, useEffect, useRef } from 'react';

/** Draws on a canvas in CSS pixels, sharp on any screen; called again after every render whose `dependencies` changed: they must name all that `draw` uses. */
export function useCanvas(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
  dependencies: readonly unknown[],
): RefObject<HTMLCanvasElement | null> {
  const reference = useRef<HTMLCanvasElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `draw` is new with every render; its inputs are the caller's `dependencies`
  useEffect(() => {
    const canvas = reference.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context);
  }, [width, height, ...dependencies]);
  return reference;
}
