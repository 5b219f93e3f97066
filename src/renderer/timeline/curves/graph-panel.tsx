import { type RefObject, useEffect, useRef, useState } from 'react';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { setCurves } from '../../document/commands/set-curves';
import { curveGroups } from '../../document/curves';
import { addKey, type KeyPlace, unitOf } from '../../document/keys';
import { useAuditionedTake, useCurves, useDocument, useShownClip, useStudio } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { RULER_HEIGHT } from '../lane-layout';
import { Playhead, TimelineOverlays } from '../overlays';
import { Ruler } from '../ruler';
import { secondsOfX, xOfFrame } from '../time-scale';
import { useLaneWheel, useLaneWidth } from '../use-lane-view';
import { useTimeScale } from '../use-time-scale';
import { ChannelList } from './channel-list';
import { curveColour } from './curve-colour';
import { GraphCurve } from './graph-curve';
import { GraphGrid } from './graph-grid';
import { type GraphScale, pixelsPerUnit, unitsOfY, yOfUnits } from './graph-scale';
import { KeyTools } from './key-tools';
import { nearestCurve } from './nearest-curve';
import { type Box, useKeyGestures } from './use-key-gestures';
import { useValueWheel } from './use-value-wheel';
import './curves.css';

/** The graph editor: all keyed curves of the take over time; a double click on a curve adds a key. */
export function GraphPanel({ hasFitted }: { hasFitted: RefObject<boolean> }) {
  const studio = useStudio();
  const clip = useShownClip();
  const take = useAuditionedTake();
  const apply = useDocument((state) => state.apply);
  const range = useCurves((curves) => curves.graphRange);
  const hiddenCurves = useCurves((curves) => curves.hiddenCurves);
  const selected = useCurves((curves) => curves.selectedKeys);
  const { scale, setScale } = useTimeScale();
  const body = useRef<HTMLDivElement>(null);
  const height = useHeight(body);
  const graph: GraphScale = { ...range, height };
  useLaneWidth(body, hasFitted);
  useLaneWheel(body, scale, setScale, clip?.audio.durationSeconds ?? 0);
  useValueWheel(body, graph, (graphRange) => studio.curves.setState({ graphRange }));
  const groups = take ? curveGroups(take) : [];
  const curves = groups.flatMap((group) => group.curves);
  const shown = curves.filter(({ id }) => !hiddenCurves.includes(id));
  const yOf = (id: string, value: number): number => RULER_HEIGHT + yOfUnits(graph, value / unitOf(id));
  const keysIn = (box: Box): KeyPlace[] =>
    shown.flatMap(({ id, curve }) =>
      curve.keys.filter((key) => isIn(box, xOfFrame(scale, key.frame), yOf(id, key.value))).map(({ frame }) => ({ curveId: id, frame })),
    );
  const gestures = useKeyGestures({ clip, take, scale, unitPixels: pixelsPerUnit(graph), keysIn });
  if (!clip) return null;

  const addKeyAt = (x: number, y: number): void => {
    if (!take) return;
    const frame = Math.min(clip.frameCount - 1, Math.max(0, Math.round(secondsOfX(scale, x) * FRAME_RATE_HZ)));
    const entry = nearestCurve(shown, frame, unitsOfY(graph, y - RULER_HEIGHT));
    if (!entry) return;
    const value = unitsOfY(graph, y - RULER_HEIGHT) * unitOf(entry.id);
    const added = addKey(entry.id, entry.curve, frame, value);
    apply(setCurves({ clipId: clip.id, takeId: take.id }, new Map([[entry.id, added]]), `${entry.label} key added`));
    studio.curves.setState({ selectedKeys: [{ curveId: entry.id, frame }] });
  };

  const { marquee } = gestures;
  return (
    <div className="timeline-body curves-body" ref={body}>
      <ChannelList take={take} groups={groups} />
      <div
        className="lanes key-surface"
        role="application"
        aria-label="Graph of curves"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as an application does
        tabIndex={0}
        {...gestures.surface}
        onDoubleClick={(event) => {
          const { x, y } = localPoint(event.currentTarget, event);
          if (y > RULER_HEIGHT) addKeyAt(x, y);
        }}
      >
        <Ruler clip={clip} scale={scale} />
        <svg className="graph" width={scale.width} height={RULER_HEIGHT + height}>
          <GraphGrid graph={graph} width={scale.width} showsDegrees={shown.some(({ id }) => unitOf(id) !== 1)} />
          {shown.map((entry) => (
            <GraphCurve
              key={entry.id}
              {...entry}
              colour={curveColour(entry.id)}
              scale={scale}
              unitPixels={pixelsPerUnit(graph)}
              yOf={(value) => yOf(entry.id, value)}
              selectedFrames={selected.filter(({ curveId }) => curveId === entry.id).map(({ frame }) => frame)}
              gestures={gestures}
            />
          ))}
          {marquee ? (
            <rect className="marquee" x={marquee.left} y={marquee.top} width={marquee.right - marquee.left} height={marquee.bottom - marquee.top} />
          ) : null}
        </svg>
        {shown.length === 0 ? (
          <p className="curves-empty">
            {curves.length === 0 ? 'No curve has keys yet: choose a channel at the left, or pose the head.' : 'All curves are hidden.'}
          </p>
        ) : null}
        <TimelineOverlays clip={clip} take={undefined} rows={[]} scale={scale} />
        <Playhead scale={scale} />
        <KeyTools />
      </div>
    </div>
  );
}

function isIn(box: Box, x: number, y: number): boolean {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** Height of the graph under its ruler. */
function useHeight(body: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(200);
  useEffect(() => {
    if (!body.current) return;
    const observer = new ResizeObserver(([entry]) => setHeight(Math.max(40, Math.floor(entry?.contentRect.height ?? 224) - RULER_HEIGHT)));
    observer.observe(body.current);
    return () => observer.disconnect();
  }, [body]);
  return height;
}
