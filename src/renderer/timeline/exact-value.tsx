import { selectText } from '../ui/select-text';
import './exact-value.css';

interface ExactValueProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Where it opens, pixels of the lane. */
  readonly left: number;
  readonly top: number;
  onEnter(value: number): void;
  onClose(): void;
}

/** A field for the value of a key: Enter or leaving it takes the number, Esc leaves the old one. */
export function ExactValue({ label, value, min, max, left, top, onEnter, onClose }: ExactValueProps) {
  const finish = (input: HTMLInputElement): void => {
    const typed = Number(input.value);
    if (input.value.trim() !== '' && Number.isFinite(typed) && typed !== value) onEnter(Math.min(max, Math.max(min, typed)));
    onClose();
  };
  return (
    <input
      className="text-field exact-value number"
      aria-label={label}
      inputMode="decimal"
      style={{ left, top }}
      defaultValue={String(Math.round(value * 1000) / 1000)}
      ref={selectText}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={(event) => finish(event.currentTarget)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = String(value);
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
