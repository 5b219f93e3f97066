import { TRACK_REGIONS } from '../../shared/face/regions';
import { setAmount } from '../document/commands/set-amount';
import { setSmoothing } from '../document/commands/set-smoothing';
import { AMOUNT_RANGE, type AmountId, amountLabel, amountOf } from '../document/curves';
import { TRACK_LABELS } from '../document/describe';
import { useDocument } from '../session/studio-context';
import { SliderField } from '../ui/slider-field';
import type { TrackProps } from './track-props';

const MOST_SMOOTHING_SECONDS = 0.5;

/** Amount and smoothing of a track, and the amounts of its regions; they change how the stored curve is shown, never the curve itself. */
export function EditSection({ clip, take, trackId }: TrackProps) {
  const apply = useDocument((state) => state.apply);
  const begin = useDocument((state) => state.begin);
  const commit = useDocument((state) => state.commit);
  const target = { clipId: clip.id, takeId: take.id };
  const edits = take.edits[trackId];
  const name = TRACK_LABELS[trackId];
  const amountSlider = (id: AmountId, label: string) => (
    <SliderField
      key={id}
      label={label}
      value={amountOf(take, id).base}
      min={AMOUNT_RANGE.min}
      max={AMOUNT_RANGE.max}
      step={0.01}
      defaultValue={1}
      onBegin={() => begin(`${amountLabel(id)} amount`)}
      onChange={(value) => apply(setAmount(target, id, value))}
      onCommit={commit}
    />
  );
  const regions: readonly AmountId[] = TRACK_REGIONS[trackId];
  const keyed = [trackId, ...regions].filter((id) => amountOf(take, id).keys.length > 0);
  return (
    <section className="inspector-section" aria-label="Edits">
      <h3 className="panel-title">Edits</h3>
      {amountSlider(trackId, 'Amount')}
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
      {regions.length > 0 ? (
        <div className="slider-group" role="group" aria-label={`Amounts of ${name} by region`}>
          <h4 className="panel-subtitle">Amount by region</h4>
          {regions.map((id) => amountSlider(id, amountLabel(id)))}
        </div>
      ) : null}
      {keyed.length > 0 ? <p className="inspector-note">{keyed.map(amountLabel).join(', ')}: amount has keys, the slider moves all of them.</p> : null}
    </section>
  );
}
