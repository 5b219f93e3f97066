import { Switch } from 'radix-ui';
import { useStore } from 'zustand';
import { CLEAN_TEMPERATURE, VARIATION_RANGES } from '../../shared/clip/generation';
import type { ModelInfo } from '../../shared/contract/methods';
import { useStudio } from '../session/studio-context';
import { SliderField } from '../ui/slider-field';

const STEP = 0.05;

/** How freely the next take is drawn: a variation for each stream, and a clean mouth that is the same for every seed. */
export function VariationFields({ model }: { model: ModelInfo }) {
  const { generation } = useStudio();
  const temperatures = useStore(generation, (state) => state.temperatures);
  const change = (changed: typeof temperatures): void => generation.setState({ temperatures: { ...temperatures, ...changed } });
  const { head, mouth } = model.streams;
  const mouthTemperature = temperatures.mouthTemperature ?? mouth.temperature;
  const isClean = mouthTemperature === CLEAN_TEMPERATURE;
  // A model may be clean by itself; its slider still needs a place to start from.
  const usualMouth = Math.max(mouth.temperature, VARIATION_RANGES.mouth.min);
  return (
    <>
      <SliderField
        label="Head variation"
        value={temperatures.headTemperature ?? head.temperature}
        {...VARIATION_RANGES.head}
        step={STEP}
        defaultValue={head.temperature}
        onChange={(value) => change({ headTemperature: value })}
      />
      <SliderField
        label="Mouth variation"
        value={isClean ? usualMouth : mouthTemperature}
        {...VARIATION_RANGES.mouth}
        step={STEP}
        defaultValue={usualMouth}
        disabled={isClean}
        onChange={(value) => change({ mouthTemperature: value })}
      />
      <div className="slider-field">
        <span className="slider-field-label" title="The most probable mouth: the same for every seed">
          Clean mouth
        </span>
        <Switch.Root
          className="switch"
          aria-label="Clean mouth"
          checked={isClean}
          onCheckedChange={(on) => change({ mouthTemperature: on ? CLEAN_TEMPERATURE : usualMouth })}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
    </>
  );
}
