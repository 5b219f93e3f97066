import { useStore } from 'zustand';
import { useChosenModel, useStudio } from '../session/studio-context';
import { SliderField } from '../ui/slider-field';
import { VariationFields } from './variation-fields';

/** How the model performs: its style inputs, used by the next take and by re-rolls. */
export function GenerationSection() {
  const studio = useStudio();
  const { info: model, problem } = useChosenModel();
  const style = useStore(studio.generation, (state) => state.style);
  return (
    <section className="inspector-section" aria-label="Performance">
      <h3 className="panel-title">Performance</h3>
      {model ? (
        <>
          {model.style.map((control) => (
            <SliderField
              key={control.name}
              label={control.label}
              value={style[control.name] ?? control.default}
              min={control.min}
              max={control.max}
              step={(control.max - control.min) / 100}
              defaultValue={control.default}
              onChange={(value) => studio.generation.setState({ style: { ...style, [control.name]: value } })}
            />
          ))}
          <VariationFields model={model} />
          <p className="inspector-note">Used by the next take and the next re-roll.</p>
        </>
      ) : (
        <p className="inspector-note">There is no model to animate with. {problem}</p>
      )}
    </section>
  );
}
