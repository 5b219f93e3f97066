import { AMOUNT_RANGE, setAmount } from '../document/commands/set-amount';
import { setSmoothing } from '../document/commands/set-smoothing';
import { TRACK_LABELS } from '../document/describe';
import { useDocument } from '../session/studio-context';
import { SliderField } from '../ui/slider-field';
import type { TrackProps } from './track-props';

const MOST_SMOOTHING_SECONDS = 0.5;

/** Amount and smoothing of a track; they change how the stored curve is shown, never the curve itself. */
export function EditSection({ clip, take, trackId }: TrackProps) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const target = { clipId: clip.id, takeId: take.id };
  const edits = take.edits[trackId];
  const name = TRACK_LABELS[trackId];
  return (
    <section className="inspector-section" aria-label="Edits">
      <h3 className="panel-title">Edits</h3>
      <SliderField
        label="Amount"
        value={edits.amount.base}
        min={AMOUNT_RANGE.min}
        max={AMOUNT_RANGE.max}
        step={0.01}
        defaultValue={1}
        onBegin={() => begin(`${name} amount`)}
        onChange={(value) => apply(setAmount(target, trackId, value))}
        onCommit={commit}
      />
      {trackId === 'eyes' ? null : (
        <SliderField
          label="Smoothing"
          value={edits.smoothingSeconds}
          min={0}
          max={MOST_SMOOTHING_SECONDS}
          step={0.01}
          defaultValue={0}
          unit=" s"
          onBegin={() => begin(`${name} smoothing`)}
          onChange={(value) => apply(setSmoothing(target, trackId, value))}
          onCommit={commit}
        />
      )}
      {edits.amount.keys.length > 0 ? <p className="inspector-note">{edits.amount.keys.length} amount keys: the slider moves all of them.</p> : null}
    </section>
  );
}
