import { Dices, Eye } from 'lucide-react';
import { EYE_EVENT_KINDS, type EyeEventKind, usualRates } from '../../shared/eye-events/make-events';
import { setEvents } from '../document/commands/set-events';
import { formatSeed } from '../document/describe';
import { EVENT_KINDS } from '../document/eye-event-kinds';
import { ratesOf } from '../document/eye-events';
import { useKeyHints } from '../keyboard/use-bindings';
import { gazeAtCamera } from '../session/actions/add-eye-event';
import { rerollEyes, setEventRate } from '../session/actions/reroll-eyes';
import { useDocument, useStudio, useView } from '../session/studio-context';
import { Button, Key } from '../ui/button';
import { SliderField } from '../ui/slider-field';
import type { TrackProps } from './track-props';

const MOST_PER_MINUTE: Readonly<Record<EyeEventKind, number>> = { blinks: 60, gaze: 40, darts: 90, breaths: 30 };

/** Seed and rates of the eye events, and drawing them anew. */
export function EyesSection({ clip, take }: Omit<TrackProps, 'trackId'>) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const selection = useView((view) => view.selection);
  const begin = useDocument((state) => state.begin);
  const apply = useDocument((state) => state.apply);
  const commit = useDocument((state) => state.commit);
  const { events } = take;
  const rates = ratesOf(events, clip.audio.durationSeconds);
  const usual = usualRates(events);
  return (
    <section className="inspector-section" aria-label="Eye events">
      <div className="eyes-buttons">
        <Button kind="track" onClick={() => rerollEyes(studio)}>
          <Dices size={15} aria-hidden />
          {selection ? 'Re-roll eyes in selection' : 'Re-roll eyes'} <Key keys={keyOf('animate.reroll')} />
        </Button>
        <Button onClick={() => gazeAtCamera(studio)}>
          <Eye size={15} aria-hidden />
          Gaze at camera <Key keys={keyOf('eyes.camera')} />
        </Button>
      </div>
      <p className="inspector-note number">Seed {formatSeed(events.seed)}. Head and mouth never change these.</p>
      <h3 className="panel-title">Events per minute</h3>
      {EYE_EVENT_KINDS.map((kind) => (
        <SliderField
          key={kind}
          label={EVENT_KINDS[kind].label}
          value={rates[kind]}
          min={0}
          max={MOST_PER_MINUTE[kind]}
          step={1}
          defaultValue={Math.round(usual[kind])}
          onBegin={() => begin(`${EVENT_KINDS[kind].label} per minute`)}
          onChange={(value) => setEventRate(studio, kind, value)}
          onCommit={commit}
        />
      ))}
      <SliderField
        label="Breath depth"
        value={events.breathAmount}
        min={0}
        max={3}
        step={0.05}
        defaultValue={1}
        onBegin={() => begin('Breath depth')}
        onChange={(breathAmount) =>
          apply(setEvents({ clipId: clip.id, takeId: take.id }, (before) => ({ ...before, breathAmount }), `Breath depth ${breathAmount.toFixed(2)}`))
        }
        onCommit={commit}
      />
      <p className="inspector-note">A new rate draws that kind again; undo brings your own events back.</p>
      <p className="inspector-note">In the lane: double-click adds, drag moves, an edge changes the length, a right click or Enter opens exact values.</p>
    </section>
  );
}
