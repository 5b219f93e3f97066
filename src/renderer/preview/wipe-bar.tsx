import type { KeyboardEvent, PointerEvent } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../session/studio-context';

const STEP = 0.02;
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -STEP, ArrowRight: STEP };

/** The bar between A on its left and B on its right. */
export function WipeBar() {
  const { compare } = useStudio();
  const share = useStore(compare, (state) => state.wipeShare);
  const moveTo = (next: number): void => compare.setState({ wipeShare: Math.min(1, Math.max(0, next)) });
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const area = event.currentTarget.parentElement?.getBoundingClientRect();
    if (area && area.width > 0) moveTo((event.clientX - area.left) / area.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    moveTo(share + step);
  };
  return (
    <div
      className="wipe-bar"
      role="slider"
      tabIndex={0}
      aria-label="Wipe bar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * share)}
      aria-valuetext={`A left of ${Math.round(100 * share)} %`}
      style={{ left: `${100 * share}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
