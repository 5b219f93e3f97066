import { useEffect, useState } from 'react';
import { CLEAN_TEMPERATURE } from '../../shared/clip/generation';
import { nearestFrame } from '../../shared/clip/timing';
import { formatSeed } from '../document/describe';
import { segmentAt, streamOfTrack } from '../document/selectors';
import { useStudio, useView } from '../session/studio-context';
import type { TrackProps } from './track-props';

/** Where the frame under the playhead (or the start of the selection) comes from. */
export function ProvenanceSection({ take, trackId }: Omit<TrackProps, 'clip'>) {
  const { transient } = useStudio();
  const selection = useView((view) => view.selection);
  const streamId = streamOfTrack(trackId);
  const stream = streamId && take.streams[streamId];
  const frameOf = (): number => selection?.startFrame ?? nearestFrame(transient.getState().playheadSeconds);
  const [segmentIndex, setSegmentIndex] = useState(0);
  useEffect(() => {
    // The playhead moves with every frame; React hears only of a change of segment.
    const follow = (): void =>
      setSegmentIndex(
        stream
          ? Math.max(
              0,
              stream.segments.findIndex((segment) => frameOf() < segment.endFrame),
            )
          : 0,
      );
    follow();
    return transient.subscribe(follow);
  });
  const segment = stream ? (stream.segments[segmentIndex] ?? segmentAt(stream, 0)) : undefined;
  return (
    <section className="inspector-section" aria-label="Provenance">
      <h3 className="panel-title">Made by</h3>
      <dl className="facts number">
        <dt>Seed</dt>
        <dd>{formatSeed(segment?.provenance.seed ?? take.events.seed)}</dd>
        {segment && stream ? (
          <>
            <dt>How</dt>
            <dd>{segment.provenance.kind === 'swapped' ? 'codes set by hand' : segment.provenance.kind}</dd>
            <dt>Variation</dt>
            <dd>{segment.provenance.temperature === CLEAN_TEMPERATURE ? 'clean' : segment.provenance.temperature.toFixed(2)}</dd>
            <dt>Model</dt>
            <dd title={segment.provenance.modelId}>{segment.provenance.modelId}</dd>
            <dt>Pieces</dt>
            <dd>{stream.segments.length}</dd>
          </>
        ) : (
          <>
            <dt>Blinks</dt>
            <dd>{take.events.blinks.length}</dd>
          </>
        )}
      </dl>
    </section>
  );
}
