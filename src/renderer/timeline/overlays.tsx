import { type PointerEvent, useEffect, useRef } from 'react';
import type { Clip, Take } from '../../shared/clip/clip-schema';
import { nearestFrame, snapToTokens } from '../../shared/clip/timing';
import { useChosenModel, useStudio, useView } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import type { LaneRow } from './lane-layout';
import { secondsOfX, type TimeScale, xOfFrame, xOfSeconds } from './time-scale';

interface OverlayProps {
  readonly clip: Clip;
  readonly take: Take | undefined;
  readonly rows: readonly LaneRow[];
  readonly scale: TimeScale;
}

/** Time selection across all lanes, the affected range of the focus lane, locks, and the end of the clip. */
export function TimelineOverlays(props: OverlayProps) {
  const { clip, scale } = props;
  return (
    <>
      <div className="clip-end" style={{ left: Math.max(0, xOfFrame(scale, clip.frameCount)) }} />
      <Locks {...props} />
      <AffectedRange {...props} />
      <SelectionBand clip={clip} scale={scale} />
    </>
  );
}

function SelectionBand({ clip, scale }: { clip: Clip; scale: TimeScale }) {
  const selection = useView((view) => view.selection);
  const update = useView((view) => view.update);
  if (!selection) return null;
  const left = xOfFrame(scale, selection.startFrame);
  const drag = (edge: 'in' | 'out') => (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const lanes = event.currentTarget.closest('.lanes');
    if (!lanes) return;
    const frame = Math.min(clip.frameCount, Math.max(0, nearestFrame(secondsOfX(scale, localPoint(lanes, event).x))));
    const startFrame = edge === 'in' ? Math.min(frame, selection.endFrame - 1) : selection.startFrame;
    const endFrame = edge === 'out' ? Math.max(frame, selection.startFrame + 1) : selection.endFrame;
    update({ selection: { startFrame, endFrame } });
  };
  const grab = (event: PointerEvent): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  return (
    <div className="selection" style={{ left, width: Math.max(1, xOfFrame(scale, selection.endFrame) - left) }}>
      <div className="selection-edge" data-edge="in" onPointerDown={grab} onPointerMove={drag('in')} />
      <div className="selection-edge" data-edge="out" onPointerDown={grab} onPointerMove={drag('out')} />
    </div>
  );
}

/** What a re-roll would change: the selection snapped to codes, with the seam shaded at both ends. */
function AffectedRange({ clip, take, rows, scale }: OverlayProps) {
  const selection = useView((view) => view.selection);
  const focusTrack = useView((view) => view.focusTrack);
  const { info: model } = useChosenModel();
  const row = rows.find((candidate) => candidate.kind === 'track' && candidate.trackId === focusTrack);
  if (!selection || !take || !row || (focusTrack !== 'head' && focusTrack !== 'mouth')) return null;
  const range = snapToTokens(selection, take.streams[focusTrack].framesPerToken, clip.frameCount);
  const left = xOfFrame(scale, range.startFrame);
  const width = xOfFrame(scale, range.endFrame) - left;
  const seamFrames = Math.min(model?.streams[focusTrack]?.seamFrames ?? 0, (range.endFrame - range.startFrame) / 3);
  const style: Record<string, string | number> = {
    left,
    width,
    top: row.top + 2,
    height: row.height - 5,
    '--seam': `${(seamFrames / 30) * scale.pixelsPerSecond}px`,
  };
  return <div className="affected" data-track={focusTrack} data-affected={`${range.startFrame}-${range.endFrame}`} style={style} />;
}

function Locks({ take, rows, scale }: OverlayProps) {
  return (take?.locks ?? []).map((lock) => {
    const row = rows.find((candidate) => candidate.kind === 'track' && candidate.trackId === lock.stream);
    if (!row) return null;
    const left = xOfFrame(scale, lock.startFrame);
    return (
      <div
        key={`${lock.stream}-${lock.startFrame}`}
        className="lock-span"
        role="img"
        aria-label={`Locked ${lock.stream} frames ${lock.startFrame} to ${lock.endFrame}`}
        style={{ left, width: xOfFrame(scale, lock.endFrame) - left, top: row.top, height: row.height - 1 }}
      />
    );
  });
}

/** The playhead line; it follows the transient store without React, and turns the page when playback leaves the view. */
export function Playhead({ scale }: { scale: TimeScale }) {
  const { transient, view } = useStudio();
  const reference = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = ({ playheadSeconds, isPlaying }: { playheadSeconds: number; isPlaying: boolean }): void => {
      const x = xOfSeconds(scale, playheadSeconds);
      if (reference.current) {
        reference.current.style.transform = `translateX(${x}px)`;
        reference.current.style.visibility = x < 0 || x > scale.width ? 'hidden' : 'visible';
      }
      if (isPlaying && (x > scale.width || x < 0)) view.getState().update({ scrollSeconds: playheadSeconds });
    };
    move(transient.getState());
    return transient.subscribe(move);
  }, [transient, view, scale]);
  return <div ref={reference} className="playhead" />;
}
