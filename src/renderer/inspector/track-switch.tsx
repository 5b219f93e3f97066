import { Switch } from 'radix-ui';
import { setMuted } from '../document/commands/set-muted';
import { TRACK_LABELS } from '../document/describe';
import { useDocument } from '../session/studio-context';
import type { TrackProps } from './track-props';

/** On or off: a track that is off stays at rest, in the viewport and in exports. */
export function TrackSwitch({ clip, take, trackId }: TrackProps) {
  const apply = useDocument((state) => state.apply);
  return (
    <Switch.Root
      className="switch"
      aria-label={`${TRACK_LABELS[trackId]} on`}
      checked={!take.edits[trackId].muted}
      onCheckedChange={(on) => apply(setMuted({ clipId: clip.id, takeId: take.id }, trackId, !on))}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
