import { Trash2 } from 'lucide-react';
import { Popover, Switch } from 'radix-ui';
import type { SyntheticEvent } from 'react';
import type { Clip, Take } from '../../../shared/clip/clip-schema';
import type { EyeEventKind } from '../../../shared/eye-events/make-events';
import { setEyeEvents } from '../../document/commands/set-eye-events';
import { EVENT_KINDS, type EventKindInfo } from '../../document/eye-event-kinds';
import { type EyeEventOf, eyeEventsOf, inTimeOrder } from '../../document/eye-events';
import { useDocument, useView } from '../../session/studio-context';
import { Button } from '../../ui/button';
import { NumberField } from '../../ui/number-field';

interface EventValuesProps<K extends EyeEventKind> {
  readonly kind: K;
  readonly index: number;
  readonly anchor: Element;
  readonly clip: Clip;
  readonly take: Take;
  onClose(): void;
}

/** What happens in the popover is not a gesture of the lane under it. */
const stop = (event: SyntheticEvent): void => event.stopPropagation();

/** The exact values of an event, each change one undo step. */
export function EventValues<K extends EyeEventKind>({ kind, index, anchor, clip, take, onClose }: EventValuesProps<K>) {
  const apply = useDocument((state) => state.apply);
  const update = useView((view) => view.update);
  const selected = useView((view) => view.selectedEyeEvent);
  const info: EventKindInfo<EyeEventOf[K]> = EVENT_KINDS[kind];
  const events = eyeEventsOf(take.events, kind, clip.audio.durationSeconds);
  // A new start can give the event another place in the list.
  const place = selected?.kind === kind ? selected.index : index;
  const event = events[place];
  if (!event) return null;
  const target = { clipId: clip.id, takeId: take.id };
  const change = (next: EyeEventOf[K], label: string): void => {
    const list = events.with(place, next);
    apply(setEyeEvents(target, kind, list, label));
    update({ selectedEyeEvent: { kind, index: inTimeOrder(list).indexOf(next) } });
  };
  const isAtCamera = 'atCamera' in event && event.atCamera === true;
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={{ current: anchor }} />
      <Popover.Portal>
        <Popover.Content
          className="event-values"
          data-track="eyes"
          side="top"
          sideOffset={8}
          collisionPadding={8}
          aria-label={`Values of the ${info.name.toLowerCase()}`}
          onPointerDown={stop}
          onPointerMove={stop}
          onPointerUp={stop}
          onDoubleClick={stop}
          onKeyDown={stop}
          onContextMenu={stop}
        >
          <h3 className="panel-title">{info.name}</h3>
          {kind === 'gaze' ? (
            <div className="slider-field">
              <span className="slider-field-label">At camera</span>
              <Switch.Root
                className="switch"
                aria-label="At camera"
                checked={isAtCamera}
                onCheckedChange={(on) => change({ ...event, atCamera: on }, on ? 'Gaze at camera' : 'Gaze away from camera')}
              >
                <Switch.Thumb className="switch-thumb" />
              </Switch.Root>
            </div>
          ) : null}
          {info.fields.map((field) =>
            isAtCamera && field.unit === '\u00b0' ? null : (
              <NumberField
                key={field.label}
                label={field.label}
                unit={field.unit}
                min={field.min}
                max={field.max}
                step={field.step}
                value={field.get(event)}
                onChange={(value) => change(field.set(event, value), `${info.name} ${field.label.toLowerCase()}`)}
              />
            ),
          )}
          <Button
            kind="quiet"
            onClick={() => {
              apply(setEyeEvents(target, kind, events.toSpliced(place, 1), `${info.name} removed`));
              onClose();
            }}
          >
            <Trash2 size={14} aria-hidden />
            Remove
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
