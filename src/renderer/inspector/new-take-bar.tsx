import { Sparkles } from 'lucide-react';
import { useStore } from 'zustand';
import type { Clip } from '../../shared/clip/clip-schema';
import { commandById } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { useChosenModel, useStudio } from '../session/studio-context';
import { Button, Key } from '../ui/button';
import { ModelField } from './model-field';

/** Which model to use, and a new take with it: below the inspector, where no scrolling hides them. */
export function NewTakeBar({ clip }: { clip: Clip }) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const { info: model } = useChosenModel();
  const isBusy = useStore(studio.jobs, (state) => state.jobs.some((job) => job.clipId === clip.id));
  const command = commandById('animate.generate');
  return (
    <section className="new-take" aria-label="New take">
      <ModelField />
      <Button disabled={isBusy || !model} onClick={() => command.run(studio)}>
        <Sparkles size={14} aria-hidden />
        {clip.takes.length === 0 ? 'Animate clip' : 'New take of the whole clip'} <Key keys={keyOf(command.id)} />
      </Button>
    </section>
  );
}
