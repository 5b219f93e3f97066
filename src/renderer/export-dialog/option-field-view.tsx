import { Switch } from 'radix-ui';
import { SliderField } from '../ui/slider-field';
import type { OptionField } from './export-options';

interface OptionFieldViewProps {
  readonly field: OptionField;
  readonly value: unknown;
  onChange(value: unknown): void;
}

/** The control of one export option. */
export function OptionFieldView({ field, value, onChange }: OptionFieldViewProps) {
  switch (field.kind) {
    case 'choice':
      return (
        <label className="form-row">
          <span>{field.title}</span>
          <select className="select-field number" value={String(value)} onChange={(event) => onChange(event.currentTarget.value)}>
            {field.values.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        </label>
      );
    case 'number':
      return (
        <div className="form-wide">
          <SliderField
            label={field.title}
            value={Number(value)}
            min={field.minimum}
            max={field.maximum}
            step={(field.maximum - field.minimum) / 20}
            defaultValue={field.default}
            onChange={onChange}
          />
        </div>
      );
    case 'flag':
      return <FlagRow title={field.title} isOn={value === true} onChange={onChange} />;
    case 'flags': {
      const flags = value as Readonly<Record<string, boolean>>;
      return (
        <fieldset className="form-group">
          <legend>{field.title}</legend>
          {field.flags.map((flag) => (
            <FlagRow key={flag.name} title={flag.title} isOn={flags[flag.name] === true} onChange={(isOn) => onChange({ ...flags, [flag.name]: isOn })} />
          ))}
        </fieldset>
      );
    }
  }
}

function FlagRow({ title, isOn, onChange }: { title: string; isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <div className="form-row">
      <span>{title}</span>
      <Switch.Root className="switch" aria-label={title} checked={isOn} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
