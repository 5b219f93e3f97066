import { type RefObject, useRef } from 'react';
import { curveValue } from '../../../shared/clip/curve';
import { FRAME_RATE_HZ } from '../../../shared/clip/timing';
import { setCurves } from '../../document/commands/set-curves';
import { curveGroups, curveOf } from '../../document/curves';
import { addKey } from '../../document/keys';
import { useAuditionedTake, useCurves, useDocument, useShownClip, useStudio } from '../../session/studio-context';
import { localPoint } from '../../ui/local-point';
import { RULER_HEIGHT } from '../lane-layout';
import { Playhead, TimelineOverlays } from '../overlays';
import { Ruler } from '../ruler';
import { secondsOfX, type TimeScale, xOfFrame } from '../time-scale';
import { useLaneWheel, useLaneWidth } from '../use-lane-view';
import { useTimeScale } from '../use-time-scale';
import { type Diamond, DOPE_ROW_HEIGHT, type DopeRow, dopeRows, keysInBox } from './dope-rows';
import { KeyTools } from './key-tools';
import { type Box, useKeyGestures } from './use-key-gestures';
import './curves.css';

/** The dope sheet: the keys of all layers and amounts as diamonds, a row for each curve and one for each layer as a whole. A double click in a row adds a key. */
export function DopePanel({ hasFitted }: { hasFitted: RefObject<boolean> }) {
  const studio = useStudio();
  const clip = useShownClip();
  const take = useAuditionedTake();
  const apply = useDocument((state) => state.apply);
  const selected = useCurves((curves) => curves.selectedKeys);
  const { scale, setScale } = useTimeScale();
  const body = useRef<HTMLDivElement>(null);
  useLaneWidth(body, hasFitted);
  useLaneWheel(body, scale, setScale, clip?.audio.durationSeconds ?? 0);
  const rows = dopeRows(take ? curveGroups(take) : []);
  const keysIn = (box: Box) =>
    keysInBox(rows, {
      firstFrame: secondsOfX(scale, box.left) * FRAME_RATE_HZ,
      lastFrame: secondsOfX(scale, box.right) * FRAME_RATE_HZ,
      top: box.top - RULER_HEIGHT,
      bottom: box.bottom - RULER_HEIGHT,
    });
  const gestures = useKeyGestures({ clip, take, scale, unitPixels: 0, keysIn });
  if (!clip) return null;
  const { marquee } = gestures;
  const isSelected = ({ places }: Diamond): boolean =>
    places.some((place) => selected.some(({ curveId, frame }) => curveId === place.curveId && frame === place.frame));
  const addKeyAt = (x: number, y: number): void => {
    const row = rows.find(({ top, isGroup }) => !isGroup && y >= top && y < top + DOPE_ROW_HEIGHT);
    const curve = row && take && curveOf(take, row.id);
    if (!row || !curve) return;
    const frame = Math.min(clip.frameCount - 1, Math.max(0, Math.round(secondsOfX(scale, x) * FRAME_RATE_HZ)));
    const added = addKey(row.id, curve, frame, curveValue(curve, frame));
    apply(setCurves({ clipId: clip.id, takeId: take.id }, new Map([[row.id, added]]), `${row.label} key added`));
    studio.curves.setState({ selectedKeys: [{ curveId: row.id, frame }] });
  };
  const height = RULER_HEIGHT + rows.length * DOPE_ROW_HEIGHT;
  return (
    <div className="timeline-body curves-body" ref={body}>
      <div className="dope-names" style={{ height }}>
        <div className="lane-header" data-kind="ruler" style={{ height: RULER_HEIGHT }}>
          <span className="lane-name-plain">Keys</span>
        </div>
        {rows.map((row) => (
          <div key={row.id} className="dope-name" data-group={row.isGroup} style={{ top: RULER_HEIGHT + row.top, height: DOPE_ROW_HEIGHT }}>
            {row.label}
            {row.isGroup && row.isMuted ? ' (off)' : ''}
          </div>
        ))}
      </div>
      <div
        className="lanes key-surface"
        role="application"
        aria-label="Dope sheet"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as an application does
        tabIndex={0}
        style={{ minHeight: `max(100%, ${height}px)` }}
        {...gestures.surface}
        onDoubleClick={(event) => {
          const { x, y } = localPoint(event.currentTarget, event);
          addKeyAt(x, y - RULER_HEIGHT);
        }}
      >
        <Ruler clip={clip} scale={scale} />
        <svg className="dope" width={scale.width} height={rows.length * DOPE_ROW_HEIGHT} style={{ top: RULER_HEIGHT }}>
          {rows.map((row) => (
            <DopeLine key={row.id} row={row} scale={scale} isSelected={isSelected} onGrab={gestures.grabKeys} />
          ))}
          {marquee ? (
            <rect
              className="marquee"
              x={marquee.left}
              y={marquee.top - RULER_HEIGHT}
              width={marquee.right - marquee.left}
              height={marquee.bottom - marquee.top}
            />
          ) : null}
        </svg>
        {rows.length === 0 ? <p className="curves-empty">No keys yet: pose the head, or add keys to the amount of a lane.</p> : null}
        <TimelineOverlays clip={clip} take={undefined} rows={[]} scale={scale} />
        <Playhead scale={scale} />
        <KeyTools />
      </div>
    </div>
  );
}

interface DopeLineProps {
  readonly row: DopeRow;
  readonly scale: TimeScale;
  isSelected(diamond: Diamond): boolean;
  onGrab: ReturnType<typeof useKeyGestures>['grabKeys'];
}

function DopeLine({ row, scale, isSelected, onGrab }: DopeLineProps) {
  const middle = row.top + DOPE_ROW_HEIGHT / 2;
  const size = row.isGroup ? 5 : 6;
  return (
    <g className="dope-row" data-group={row.isGroup} data-muted={row.isMuted} role="list" aria-label={`${row.label} keys`}>
      <rect className="dope-band" x={0} y={row.top} width={scale.width} height={DOPE_ROW_HEIGHT - 1} />
      {row.diamonds.map((diamond, index) => {
        const x = xOfFrame(scale, diamond.frame);
        if (x < -size || x > scale.width + size) return null;
        return (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a dragged key changes its frame, and must stay the same element
            key={index}
            className="diamond"
            role="listitem"
            aria-label={`${row.label} at frame ${diamond.frame}`}
            data-selected={isSelected(diamond)}
            d={`M${x} ${middle - size}l${size} ${size} ${-size} ${size} ${-size} ${-size}z`}
            onPointerDown={(event) => onGrab(event, diamond.places)}
            onDoubleClick={(event) => event.stopPropagation()}
          />
        );
      })}
    </g>
  );
}
