import { type RefObject, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Take, TrackId } from '../../shared/clip/clip-schema';
import { useAuditionedTake, useCurves, useShownClip, useStudio, useView } from '../session/studio-context';
import { Button } from '../ui/button';
import { ProgressBar } from '../ui/progress-bar';
import { DopePanel } from './curves/dope-panel';
import { GraphPanel } from './curves/graph-panel';
import { evaluateLanes } from './evaluated-lanes';
import { LaneHeader } from './lane-header';
import { laneLayout, layoutHeight } from './lane-layout';
import { AmountLane } from './lanes/amount-lane';
import { CodeGroupsLane } from './lanes/code-groups-lane';
import { ConfidenceLane } from './lanes/confidence-lane';
import { QaLane } from './lanes/qa-lane';
import { SpectrogramLane } from './lanes/spectrogram-lane';
import { TRACK_LANES } from './lanes/track-lanes';
import { WaveformLane } from './lanes/waveform-lane';
import { Playhead, TimelineOverlays } from './overlays';
import { Ruler } from './ruler';
import { TimelineResizer } from './timeline-resizer';
import { TimelineScroll } from './timeline-scroll';
import { TransportBar } from './transport-bar';
import { useLaneWheel, useLaneWidth } from './use-lane-view';
import { useTimeScale } from './use-time-scale';
import { useTimeSelection } from './use-time-selection';
import './timeline.css';

/** Transport, ruler, sound and all tracks under one time axis. */
export function Timeline() {
  const clip = useShownClip();
  const panel = useCurves((curves) => curves.panel);
  const hasFitted = useRef(false);
  const Panel = PANELS[panel];
  return (
    <section className="timeline" aria-label="Timeline">
      <TimelineResizer />
      <TransportBar />
      {clip ? <Panel hasFitted={hasFitted} /> : <div className="timeline-body timeline-empty">Drop a recording of a voice to begin</div>}
      {clip ? <TimelineScroll durationSeconds={clip.audio.durationSeconds} /> : null}
    </section>
  );
}

function Lanes({ hasFitted }: { hasFitted: RefObject<boolean> }) {
  const clip = useShownClip();
  const take = useAuditionedTake();
  const unfolded = useView((view) => view.unfoldedTracks);
  const focusTrack = useView((view) => view.focusTrack);
  const { scale, setScale } = useTimeScale();
  const tracksWithCodes = useView((view) => view.tracksWithCodes);
  const audioView = useView((view) => view.audioView);
  const rows = useMemo(() => laneLayout(unfolded, groupCountsOf(take, tracksWithCodes), audioView), [unfolded, take, tracksWithCodes, audioView]);
  // Of the events only the breath moves what these lanes draw: a dragged blink evaluates nothing again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the take that the lanes depend on
  const lanes = useMemo(
    () => take && evaluateLanes(take),
    [take?.streams, take?.edits, take?.events.breaths, take?.events.breathAmount, take?.events.breathsPerMinute],
  );
  const body = useRef<HTMLDivElement>(null);
  useLaneWidth(body, hasFitted);
  useLaneWheel(body, scale, setScale, clip?.audio.durationSeconds ?? 0);
  const select = useTimeSelection(scale, rows, clip?.frameCount ?? 0);
  if (!clip) return null;
  const AudioLane = audioView === 'spectrogram' ? SpectrogramLane : WaveformLane;
  return (
    <div className="timeline-body" ref={body}>
      <div className="lane-headers" style={{ height: layoutHeight(rows) }}>
        {rows.map((row) => (
          <LaneHeader key={`${row.kind}-${row.amountId ?? row.trackId}`} row={row} clip={clip} take={take} />
        ))}
      </div>
      <div className="lanes" style={{ height: layoutHeight(rows) }} {...select}>
        <Ruler clip={clip} scale={scale} />
        {rows.map((row) => {
          const style = { top: row.top, height: row.height };
          const TrackLane = row.kind === 'track' && row.trackId ? TRACK_LANES[row.trackId] : null;
          if (row.kind === 'ruler') return null;
          return (
            <div
              key={`${row.kind}-${row.amountId ?? row.trackId}`}
              className="lane"
              data-kind={row.kind}
              data-track={row.trackId ?? 'audio'}
              data-focused={row.kind === 'track' && row.trackId === focusTrack}
              style={style}
            >
              {row.kind === 'audio' ? <AudioLane clip={clip} scale={scale} height={row.height - 1} /> : null}
              {row.kind === 'qa' ? <QaLane scale={scale} /> : null}
              {TrackLane && take && lanes ? <TrackLane clip={clip} take={take} lanes={lanes} scale={scale} height={row.height - 1} /> : null}
              {row.kind === 'codes' && take ? <CodeGroupsLane take={take} trackId={row.trackId} scale={scale} /> : null}
              {row.kind === 'confidence' && take ? <ConfidenceLane take={take} trackId={row.trackId} scale={scale} height={row.height - 1} /> : null}
              {row.amountId && take ? <AmountLane clip={clip} take={take} amountId={row.amountId} scale={scale} height={row.height - 1} /> : null}
            </div>
          );
        })}
        {take ? null : <NotAnimated clipId={clip.id} top={rows[2]?.top ?? 0} height={layoutHeight(rows) - (rows[2]?.top ?? 0)} />}
        <TimelineOverlays clip={clip} take={take} rows={rows} scale={scale} />
        <Playhead scale={scale} />
      </div>
    </div>
  );
}

/** How many code groups the tracks have whose groups are shown. */
function groupCountsOf(take: Take | undefined, tracksWithCodes: readonly TrackId[]): Partial<Record<TrackId, number>> {
  const coded = tracksWithCodes.filter((trackId) => trackId === 'head' || trackId === 'mouth');
  return take ? Object.fromEntries(coded.map((trackId) => [trackId, take.streams[trackId].groupSizes.length])) : {};
}

const PANELS = { lanes: Lanes, graph: GraphPanel, dope: DopePanel } as const;

/** Shown in place of the tracks while a clip has no take yet. */
function NotAnimated({ clipId, top, height }: { clipId: string; top: number; height: number }) {
  const studio = useStudio();
  const job = useStore(studio.jobs, (state) => state.jobs.find((candidate) => candidate.clipId === clipId));
  return (
    <div className="generating" style={{ top, height }} onPointerDown={(event) => event.stopPropagation()}>
      {job ? (
        <>
          <span>{job.step || job.label}</span>
          <ProgressBar label={job.label} fraction={job.fraction} />
          <Button onClick={job.cancel}>Cancel</Button>
        </>
      ) : (
        <span>Not animated yet</span>
      )}
    </div>
  );
}
