import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Stream, StreamId } from '../../shared/clip/clip-schema';
import { confidenceOfToken } from '../../shared/clip/code-cells';
import { formatSeconds, TRACK_LABELS } from '../document/describe';
import { moveSelection, placeAtPlayhead, selectCodes } from '../session/actions/select-codes';
import { stepCode } from '../session/actions/step-code';
import { codebookOf } from '../session/chosen-model';
import { useChosenModel, useStudio } from '../session/studio-context';
import { localPoint } from '../ui/local-point';
import { useCanvas } from '../ui/use-canvas';
import type { CodePlace } from '../workspace/codes-store';
import { boxOf, placeAt, rowOfPlace, type StripLayout, stripHeight } from './code-rows';
import { CodeTip } from './code-tip';
import { drawCells } from './draw-cells';
import { drawCodes } from './draw-codes';
import type { TimeScale } from './time-scale';
import { useCellDrag } from './use-cell-drag';
import './code-strip.css';

interface CodeStripProps {
  readonly streamId: StreamId;
  readonly stream: Stream;
  readonly takeId: string;
  readonly scale: TimeScale;
  readonly layout: StripLayout;
  readonly top: number;
  readonly hue: number;
  readonly isMuted: boolean;
}

/** The wheel turns by about this much per notch; a trackpad sends small parts of it. */
const NOTCH_PIXELS = 60;
const NOTHING: readonly never[] = [];
/** Tokens and groups that a key goes on by. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The codes of a stream, one cell per code: click selects, Shift extends, Ctrl adds or removes, a drag moves (with Alt it copies), Alt+wheel steps to the nearest codes.
 * With the focus, arrows move the selection.
 */
export function CodeStrip({ streamId, stream, takeId, scale, layout, top, hue, isMuted }: CodeStripProps) {
  const studio = useStudio();
  const { info: model } = useChosenModel();
  const { levels } = codebookOf(model, streamId, stream.groupSizes);
  const selection = useStore(studio.codes, (state) => (state.selection?.takeId === takeId && state.selection.streamId === streamId ? state.selection : null));
  const cutCells = useStore(studio.codes, ({ clipboard }) =>
    clipboard?.cutFrom?.takeId === takeId && clipboard.streamId === streamId ? clipboard.cutFrom.cells : NOTHING,
  );
  const [hovered, setHovered] = useState<CodePlace | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const optionId = useId();
  const drag = useCellDrag({ studio, streamId, stream, layout, scale, selection, onHover: setHovered });
  const height = stripHeight(layout);
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      context.globalAlpha = isMuted ? 0.3 : 1;
      layout.rows.forEach((row, index) => {
        drawCodes(context, ink, stream, levels, scale, { ...row, top: index * (layout.rowHeight + layout.rowGap), height: layout.rowHeight, hue });
      });
      drawCells(context, ink, { stream, layout, scale, selected: selection?.cells ?? NOTHING, cut: cutCells, shift: drag.shift });
    },
    [stream, levels.join(), scale, layout, hue, isMuted, selection, cutCells, drag.shift],
  );
  useCodeWheel(strip, (event) => {
    const point = localPoint(strip.current as Element, event);
    const place = placeAt(layout, stream, scale, point.x, point.y);
    if (!place) return;
    if (!selection || !isSame(selection.active, place)) selectCodes(studio, streamId, place);
    setHovered(place);
    void stepCode(studio, event.deltaY < 0 ? 1 : -1);
  });
  const active = selection && rowOfPlace(layout, selection.active) >= 0 ? selection.active : null;
  const box = active && boxOf(layout, stream, scale, rowOfPlace(layout, active), active.token, active.token + 1);
  const isFolded = layout.rows.length === 1;
  // The tip over a cell takes Escape from the window; the strip still hears it.
  const clearOn = (event: KeyboardEvent): boolean => {
    if (event.key !== 'Escape' || !selection) return false;
    studio.codes.setState({ selection: null });
    return true;
  };
  return (
    <div
      ref={strip}
      className="code-strip"
      role="listbox"
      tabIndex={0}
      aria-multiselectable
      aria-label={`${TRACK_LABELS[streamId]} codes${isFolded ? '' : ' by group'}`}
      aria-activedescendant={optionId}
      data-selected-count={selection?.cells.length ?? 0}
      style={{ top, height }}
      onKeyDown={(event) => {
        if (drag.cancelOn(event) || clearOn(event) || moveOn(event, active, () => placeAtPlayhead(studio, streamId))) event.preventDefault();
      }}
      {...drag.handlers}
    >
      <canvas ref={canvas} className="lane-canvas" aria-hidden />
      <div
        id={optionId}
        className="code-active"
        role="option"
        tabIndex={-1}
        aria-selected={active !== null}
        aria-label={active ? nameOf(stream, active) : 'No code is selected'}
        data-shown={box !== null}
        style={box ?? { left: 0, top: 0, width: 1, height: 1 }}
      />
      {hovered ? (
        <CodeTip
          streamId={streamId}
          stream={stream}
          place={hovered}
          box={boxOf(layout, stream, scale, Math.max(0, rowOfPlace(layout, hovered)), hovered.token, hovered.token + 1)}
        />
      ) : null}
    </div>
  );

  function moveOn({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent, from: CodePlace | null, start: () => CodePlace | null): boolean {
    const [tokens, groups] = ARROWS[key] ?? [0, 0];
    if (altKey || ctrlKey || metaKey || (tokens === 0 && (groups === 0 || isFolded))) return false;
    if (from && selection) moveSelection(studio, selection, tokens, groups, shiftKey ? 'extend' : 'replace');
    else {
      const place = start();
      if (place) selectCodes(studio, streamId, { ...place, ...layout.rows[0] });
    }
    return true;
  }
}

function nameOf(stream: Stream, { token, firstGroup, lastGroup }: CodePlace): string {
  const confidence = confidenceOfToken(stream, token).slice(firstGroup, lastGroup + 1);
  return `Code ${token + 1} at ${formatSeconds((token * stream.framesPerToken) / 30)}, confidence ${confidence.map((value) => `${(100 * value).toFixed(0)} %`).join(', ')}`;
}

function isSame(a: CodePlace, b: CodePlace): boolean {
  return a.token === b.token && a.firstGroup === b.firstGroup && a.lastGroup === b.lastGroup;
}

/** Calls back for every notch of the wheel with Alt; without Alt the wheel stays the timeline's. React's own wheel handler could not keep the page from scrolling. */
function useCodeWheel(strip: RefObject<HTMLElement | null>, onNotch: (event: WheelEvent) => void): void {
  const latest = useRef(onNotch);
  latest.current = onNotch;
  useEffect(() => {
    const element = strip.current;
    let turned = 0;
    const onWheel = (event: WheelEvent): void => {
      if (!event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      turned += event.deltaY;
      if (Math.abs(turned) < NOTCH_PIXELS) return;
      turned = 0;
      latest.current(event);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [strip]);
}
