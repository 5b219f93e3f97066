import { useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: string;
  onChange(value: number): void;
}

const DIGITS = 3;

/** A number to type. Enter or leaving the field takes it, Escape forgets it, the arrows step; what is no number is put back. */
export function NumberField({ label, value, min, max, step, unit, onChange }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = String(Number(value.toFixed(DIGITS)));
  const offer = (next: number): void => {
    const clamped = Math.min(max, Math.max(min, next));
    if (Number.isFinite(clamped) && Math.abs(clamped - value) > 1e-9) onChange(clamped);
  };
  const take = (): void => {
    if (draft !== null && draft.trim() !== '' && draft !== shown) offer(Number(draft.replace(',', '.')));
    setDraft(null);
  };
  return (
    <label className="number-field">
      <span>{label}</span>
      <input
        type="text"
        inputMode="decimal"
        value={draft ?? shown}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
          else if (event.key === 'Escape' && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            setDraft(null);
            offer(value + (event.key === 'ArrowUp' ? step : -step));
          }
        }}
      />
      <span className="number-field-unit">{unit}</span>
    </label>
  );
}
