import { formatRange, TRACK_LABELS } from '../document/describe';
import { useCurves, useShownClip, useShownTake, useView } from '../session/studio-context';
import { EditSection } from './edit-section';
import { EyesSection } from './eyes-section';
import { GenerationSection } from './generation-section';
import { LayersSection } from './layers-section';
import { NewTakeBar } from './new-take-bar';
import { PoseSection } from './pose-section';
import { ProvenanceSection } from './provenance-section';
import { RerollSection } from './reroll-section';
import { TrackSwitch } from './track-switch';
import './inspector.css';

/** Settings of the focus lane and of the next generation; which model, and a new take, are always in reach below them. */
export function Inspector() {
  const clip = useShownClip();
  const take = useShownTake();
  const trackId = useView((view) => view.focusTrack);
  const isPosing = useCurves((curves) => curves.isPosing);
  const selection = useView((view) => view.selection);
  return (
    <aside className="inspector" aria-label="Inspector" data-track={trackId}>
      <div className="inspector-body">
        <div className="inspector-head">
          <h2 className="inspector-track">
            <span>{TRACK_LABELS[trackId]}</span>
            {clip && take ? <TrackSwitch clip={clip} take={take} trackId={trackId} /> : null}
          </h2>
          <p className="inspector-range number">{selection ? formatRange(selection) : 'Whole clip'}</p>
        </div>
        {clip && take && isPosing ? (
          <>
            <LayersSection clip={clip} take={take} />
            <PoseSection take={take} />
          </>
        ) : clip && take ? (
          <>
            {trackId === 'eyes' ? <EyesSection clip={clip} take={take} /> : <RerollSection clip={clip} take={take} trackId={trackId} />}
            <EditSection clip={clip} take={take} trackId={trackId} />
            <LayersSection clip={clip} take={take} />
          </>
        ) : null}
        {clip ? <GenerationSection /> : <p className="inspector-section inspector-note">Import a recording to begin: drop it anywhere in the window.</p>}
        {take ? <ProvenanceSection take={take} trackId={trackId} /> : null}
      </div>
      {clip ? <NewTakeBar clip={clip} /> : null}
    </aside>
  );
}
