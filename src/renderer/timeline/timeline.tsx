import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Take, TrackId } from '../../shared/clip/clip-schema';
import { fitTimeline } from '../session/actions/show-clip';
import { useAuditionedTake, useShownClip, useStudio, useView } from '../session/studio-context';
import { Button } from '../ui/button';
import { localPoint } from '../ui/local-point';
import { ProgressBar } from '../ui/progress-bar';
import { evaluateLanes } from './evaluated-lanes';
import { LaneHeader } from './lane-header';
import { laneLayout, layoutHeight } from './lane-layout';
import { AmountLane } from './lanes/amount-lane';
import { CodeGroupsLane } from './lanes/code-groups-lane';
import { ConfidenceLane } from './lanes/confidence-lane';
import { QaLane } from './lanes/qa-lane';
import { TRACK_LANES } from './lanes/track-lanes';
import { WaveformLane } from './lanes/waveform-lane';
import { Playhead, TimelineOverlays } from './overlays';
import { Ruler } from './ruler';
import { clampScroll, type TimeScale, zoomAt } from './time-scale';
import { TimelineResizer } from './timeline-resizer';
import { TimelineScroll } from './timeline-scroll';
import { TransportBar } from './transport-bar';
import { useTimeScale } from './use-time-scale';
import { useTimeSelection } from './use-time-selection';
import './timeline.css';

/** Transport, ruler, sound and all tracks under one time axis. */
export function Timeline() {
  const clip = useShownClip();
  return (
    <section className="timeline" aria-label="Timeline">
      <TimelineResizer />
      <TransportBar />
      {clip ? <Lanes /> : <div className="timeline-body timeline-empty">Drop a recording of a voice to begin</div>}
      {clip ? <TimelineScroll durationSeconds={clip.audio.durationSeconds} /> : null}
    </section>
  );
}

function Lanes() {
  const clip = useShownClip();
  const take = useAuditionedTake();
  const unfolded = useView((view) => view.unfoldedTracks);
  const focusTrack = useView((view) => view.focusTrack);
  const { scale, setScale } = useTimeScale();
  const tracksWithCodes = useView((view) => view.tracksWithCodes);
  const rows = useMemo(() => laneLayout(unfolded, groupCountsOf(take, tracksWithCodes)), [unfolded, take, tracksWithCodes]);
  const lanes = useMemo(() => take && evaluateLanes(take), [take]);
  const body = useRef<HTMLDivElement>(null);
  useLaneWidth(body);
  useWheel(body, scale, setScale, clip?.audio.durationSeconds ?? 0);
  const select = useTimeSelection(scale, rows, clip?.frameCount ?? 0);
  if (!clip) return null;
  return (
    <div className="timeline-body" ref={body}>
      <div className="lane-headers" style={{ height: layoutHeight(rows) }}>
        {rows.map((row) => (
          <LaneHeader key={`${row.kind}-${row.trackId}`} row={row} clip={clip} take={take} />
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
              key={`${row.kind}-${row.trackId}`}
              className="lane"
              data-kind={row.kind}
              data-track={row.trackId ?? 'audio'}
              data-focused={row.kind === 'track' && row.trackId === focusTrack}
              style={style}
            >
              {row.kind === 'audio' ? <WaveformLane clip={clip} scale={scale} height={row.height - 1} /> : null}
              {row.kind === 'qa' ? <QaLane scale={scale} /> : null}
              {TrackLane && take && lanes ? <TrackLane clip={clip} take={take} lanes={lanes} scale={scale} height={row.height - 1} /> : null}
              {row.kind === 'codes' && take ? <CodeGroupsLane take={take} trackId={row.trackId} scale={scale} /> : null}
              {row.kind === 'confidence' && take ? <ConfidenceLane take={take} trackId={row.trackId} scale={scale} height={row.height - 1} /> : null}
              {row.kind === 'amount' && row.trackId && take ? (
                <AmountLane clip={clip} take={take} trackId={row.trackId} scale={scale} height={row.height - 1} />
              ) : null}
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

function useLaneWidth(body: RefObject<HTMLDivElement | null>): void {
  const studio = useStudio();
  useEffect(() => {
    const lanes = body.current?.querySelector('.lanes');
    if (!lanes) return;
    let isFirst = true;
    const observer = new ResizeObserver(([entry]) => {
      studio.transient.setState({ timelineWidth: Math.max(50, Math.floor(entry?.contentRect.width ?? 800)) });
      if (isFirst) fitTimeline(studio);
      isFirst = false;
    });
    observer.observe(lanes);
    return () => observer.disconnect();
  }, [studio, body]);
}

/** Ctrl+wheel zooms at the pointer, Shift+wheel and sideways wheels pan; a plain wheel scrolls the rows. */
function useWheel(body: RefObject<HTMLDivElement | null>, scale: TimeScale, setScale: (scale: TimeScale) => void, durationSeconds: number): void {
  useEffect(() => {
    const element = body.current;
    const onWheel = (event: WheelEvent): void => {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const lanes = element?.querySelector('.lanes');
        if (lanes) setScale(zoomAt(scale, Math.exp(-event.deltaY * 0.002), localPoint(lanes, event).x, durationSeconds));
      } else if (sideways !== 0) {
        event.preventDefault();
        setScale(clampScroll({ ...scale, scrollSeconds: scale.scrollSeconds + sideways / scale.pixelsPerSecond }, durationSeconds));
      }
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [body, scale, setScale, durationSeconds]);
}
