import { Sparkles } from 'lucide-react';
import { useStore } from 'zustand';
import type { Clip } from '../../shared/clip/clip-schema';
import { generateClip } from '../session/actions/generate-clip';
import { useChosenModel, useStudio } from '../session/studio-context';
import { Button } from '../ui/button';
import { SliderField } from '../ui/slider-field';
import { ModelField } from './model-field';
import { VariationFields } from './variation-fields';

/** How the model performs: its style inputs, used by the next take and by re-rolls. */
export function GenerationSection({ clip }: { clip: Clip }) {
  const studio = useStudio();
  const { info: model, problem } = useChosenModel();
  const style = useStore(studio.generation, (state) => state.style);
  const isBusy = useStore(studio.jobs, (state) => state.jobs.some((job) => job.clipId === clip.id));
  if (!model) {
    return (
      <section className="inspector-section" aria-label="Performance">
        <h3 className="panel-title">Performance</h3>
        <ModelField />
        <p className="inspector-note">There is no model to animate with. {problem}</p>
      </section>
    );
  }
  return (
    <section className="inspector-section" aria-label="Performance">
      <h3 className="panel-title">Performance</h3>
      <ModelField />
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
      <Button disabled={isBusy} onClick={() => void generateClip(studio, clip.id)}>
        <Sparkles size={14} aria-hidden />
        {clip.takes.length === 0 ? 'Animate clip' : 'New take of the whole clip'}
      </Button>
    </section>
  );
}
