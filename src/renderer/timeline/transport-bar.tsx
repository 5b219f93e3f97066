import { ChevronFirst, ChevronLast, Clock, Pause, Play, Repeat, StepBack, StepForward, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { TimecodeSettings } from '../../shared/clip/clip-schema';
import { DEFAULT_TIMECODE, timecodeAt, timecodeOf } from '../../shared/clip/timecode';
import { secondsOfFrame } from '../../shared/clip/timing';
import { formatSeconds } from '../document/describe';
import { commandById } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { showTimelinePanel } from '../session/actions/frame-keys';
import { useCurves, useShownClip, useStudio, useView } from '../session/studio-context';
import { IconButton } from '../ui/button';
import { Segmented } from '../ui/segmented';
import type { TimelinePanel } from '../workspace/curve-store';
import { zoomAt } from './time-scale';
import { TimecodeSettingsPopover } from './timecode-settings';
import { useTimeScale } from './use-time-scale';

const PANELS: readonly { readonly value: TimelinePanel; readonly label: string }[] = [
  { value: 'lanes', label: 'Lanes' },
  { value: 'graph', label: 'Graph' },
  { value: 'dope', label: 'Keys' },
];

/** Play controls, timecode, in and out, zoom. */
export function TransportBar() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const clip = useShownClip();
  const timecode = clip ? timecodeOf(clip) : DEFAULT_TIMECODE;
  const selection = useView((view) => view.selection);
  const isLooping = useView((view) => view.isLooping);
  const isPlaying = useStore(studio.transient, (state) => state.isPlaying);
  const rate = useStore(studio.transient, (state) => state.playbackRate);
  const panel = useCurves((curves) => curves.panel);
  const { scale, setScale } = useTimeScale();
  const run = (id: string) => () => commandById(id).run(studio);
  const zoom = (factor: number): void => setScale(zoomAt(scale, factor, scale.width / 2, clip?.audio.durationSeconds ?? 0));
  return (
    <div className="transport" role="toolbar" aria-label="Transport">
      <div className="transport-group">
        <Timecode settings={timecode} />
        {clip ? (
          <TimecodeSettingsPopover clip={clip}>
            <IconButton label={`Timecode: ${timecode.format} fps`} icon={<Clock size={14} />} />
          </TimecodeSettingsPopover>
        ) : null}
        <span className="readout number">
          of<b>{formatSeconds(clip?.audio.durationSeconds ?? 0)}</b>
        </span>
      </div>
      <div className="transport-group">
        <IconButton label="To the start" keys={keyOf('play.start')} icon={<ChevronFirst size={17} />} onClick={run('play.start')} />
        <IconButton label="One frame back" keys={keyOf('play.previous')} icon={<StepBack size={16} />} onClick={run('play.previous')} />
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          keys={keyOf('play.toggle')}
          className="play-button"
          disabled={!clip}
          icon={isPlaying ? <Pause size={16} fill="currentColor" /> : <Play size={16} fill="currentColor" />}
          onClick={run('play.toggle')}
        />
        <IconButton label="One frame on" keys={keyOf('play.next')} icon={<StepForward size={16} />} onClick={run('play.next')} />
        <IconButton label="To the end" keys={keyOf('play.end')} icon={<ChevronLast size={17} />} onClick={run('play.end')} />
        <IconButton label="Loop the selection" keys={keyOf('play.loop')} icon={<Repeat size={15} />} isPressed={isLooping} onClick={run('play.loop')} />
        {isPlaying && rate !== 1 ? <span className="badge number">{rate}x</span> : null}
      </div>
      <div className="transport-group">
        <span className="readout number" role="status" aria-label="Time selection">
          {selection ? (
            <>
              in<b>{timecodeAt(timecode, secondsOfFrame(selection.startFrame))}</b> out<b>{timecodeAt(timecode, secondsOfFrame(selection.endFrame))}</b>
              <b>{selection.endFrame - selection.startFrame} f</b>
            </>
          ) : (
            'Drag in the timeline to select a range'
          )}
        </span>
        <Segmented
          label="Timeline shows"
          value={panel}
          options={PANELS}
          onChange={(chosen) => (chosen === panel ? undefined : showTimelinePanel(studio, chosen))}
        />
        <span className="transport-zoom">
          <IconButton label="Zoom out" keys="Ctrl+wheel" icon={<ZoomOut size={15} />} onClick={() => zoom(1 / 1.5)} />
          <IconButton label="Zoom in" keys="Ctrl+wheel" icon={<ZoomIn size={15} />} onClick={() => zoom(1.5)} />
        </span>
      </div>
    </div>
  );
}

/** The playhead's time; written into the page directly, because it changes with every frame. */
function Timecode({ settings }: { settings: TimecodeSettings }) {
  const { transient } = useStudio();
  const reference = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    const write = ({ playheadSeconds }: { playheadSeconds: number }): void => {
      if (reference.current) reference.current.textContent = timecodeAt(settings, playheadSeconds);
    };
    write(transient.getState());
    return transient.subscribe(write);
  }, [transient, settings]);
  return <output ref={reference} className="timecode number" aria-label="Playhead" />;
}
