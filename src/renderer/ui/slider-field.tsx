import { Slider } from 'radix-ui';
import { useRef } from 'react';

interface SliderFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly defaultValue: number;
  readonly unit?: string;
  readonly disabled?: boolean;
  /** Called once before the first change of a drag. */
  onBegin?(): void;
  onChange(value: number): void;
  /** Called once after the last change of a drag. */
  onCommit?(): void;
}

/** A labelled slider with its value; a double click on the name puts the default back. */
export function SliderField({ label, value, min, max, step, defaultValue, unit = '', disabled = false, onBegin, onChange, onCommit }: SliderFieldProps) {
  const isChanging = useRef(false);
  const endsWithNextChange = useRef(false);
  const change = (next: number): void => {
    if (!isChanging.current) onBegin?.();
    isChanging.current = true;
    onChange(next);
    if (endsWithNextChange.current) commit();
  };
  const commit = (): void => {
    // A key press is told as ended before it is told as a change.
    endsWithNextChange.current = !isChanging.current;
    if (!isChanging.current) return;
    isChanging.current = false;
    onCommit?.();
  };
  const reset = (): void => {
    change(defaultValue);
    commit();
  };
  const digits = step < 0.1 ? 2 : step < 1 ? 1 : 0;
  return (
    <div className="slider-field">
      <span className="slider-field-label" title="Double-click to reset" onDoubleClick={reset}>
        {label}
      </span>
      <span className="slider-field-value number">
        {value.toFixed(digits)}
        {unit}
      </span>
      <Slider.Root
        className="slider"
        min={min}
        max={max}
        step={step}
        value={[value]}
        disabled={disabled}
        onValueChange={([next]) => change(next ?? value)}
        onValueCommit={commit}
        // A drag that ends where it began is not told as ended.
        onLostPointerCapture={() => isChanging.current && commit()}
      >
        <Slider.Track className="slider-rail">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={label} aria-valuetext={`${value.toFixed(digits)}${unit}`} />
      </Slider.Root>
    </div>
  );
}
