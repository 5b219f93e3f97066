import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Clip } from '../../shared/clip/clip-schema';
import { formatTimecode, parseTimecode, TIMECODE_FORMATS, type TimecodeFormat, timecodeOf } from '../../shared/clip/timecode';
import { setTimecode } from '../document/commands/set-timecode';
import { useDocument } from '../session/studio-context';
import './timecode.css';

/** Opens the timecode of a clip: how it counts, and at which it starts. `children` is the button. */
export function TimecodeSettingsPopover({ clip, children }: { clip: Clip; children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="timecode-settings" side="top" align="start" sideOffset={6} collisionPadding={8} aria-label="Timecode of the clip">
          <h3 className="panel-title">Timecode of {clip.name}</h3>
          <Fields clip={clip} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Fields({ clip }: { clip: Clip }) {
  const apply = useDocument((state) => state.apply);
  const { format, startFrame } = timecodeOf(clip);
  const shown = formatTimecode(format, startFrame);
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? startFrame : parseTimecode(format, draft);
  const take = (): void => {
    if (typed === null) return;
    apply(setTimecode(clip.id, { format, startFrame: typed }));
    setDraft(null);
  };
  return (
    <>
      <label className="timecode-field">
        <span>Counts</span>
        <select
          className="select-field"
          value={format}
          onChange={(event) => {
            const next = TIMECODE_FORMATS.find((candidate) => candidate === event.currentTarget.value) ?? format;
            apply(setTimecode(clip.id, { format: next, startFrame: sameLabel(next, shown) }));
            setDraft(null);
          }}
        >
          {TIMECODE_FORMATS.map((name) => (
            <option key={name} value={name}>
              {name.replace('NDF', 'non-drop').replace('DF', 'drop-frame')} fps
            </option>
          ))}
        </select>
      </label>
      <label className="timecode-field">
        <span>Starts at</span>
        <input
          type="text"
          className="number"
          value={draft ?? shown}
          aria-invalid={typed === null}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event: KeyboardEvent) => event.key === 'Enter' && take()}
        />
      </label>
      <p className="inspector-note" role="status">
        {typed === null
          ? `This is no timecode at ${format}: type hours:minutes:seconds:frames.`
          : 'The first frame of the sound. Exports carry it where their format can.'}
      </p>
    </>
  );
}

/** The frame with the same label in another way of counting; a frame number that does not exist there becomes the first of its second, or of the next one that does. */
function sameLabel(format: TimecodeFormat, label: string): number {
  const wholeSecond = label.replace(/\d\d$/, '00');
  return parseTimecode(format, label) ?? parseTimecode(format, wholeSecond) ?? parseTimecode(format, label.replace(/\d\d$/, '02')) ?? 0;
}
