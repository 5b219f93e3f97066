import { Dices, LayoutGrid, Lock, LockOpen } from 'lucide-react';
import { useStore } from 'zustand';
import { snapToTokens } from '../../shared/clip/timing';
import { isLocked, overlapsLock, streamOfTrack } from '../document/selectors';
import { useKeyHints } from '../keyboard/use-bindings';
import { toggleLock } from '../session/actions/lock-focus';
import { rerollFocusTrack } from '../session/actions/reroll';
import { visitVariants } from '../session/actions/visit-variants';
import { selectionOrWhole } from '../session/studio';
import { useChosenModel, useStudio, useView } from '../session/studio-context';
import { Button, IconButton, Key } from '../ui/button';
import { ProgressBar } from '../ui/progress-bar';
import type { TrackProps } from './track-props';

/** Re-roll and lock of the focus lane; says what it would change. */
export function RerollSection({ clip, take, trackId }: TrackProps) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const selection = useView((view) => view.selection);
  const { info: model } = useChosenModel();
  const job = useStore(studio.jobs, (state) => state.jobs.find((candidate) => candidate.clipId === clip.id));
  const streamId = trackId === 'wrinkles' ? null : streamOfTrack(trackId);
  if (!streamId) {
    return (
      <section className="inspector-section" aria-label="Re-roll">
        <p className="inspector-note">Wrinkles belong to the mouth stream: re-rolling the mouth gives them a new performance too.</p>
      </section>
    );
  }
  const range = snapToTokens(selectionOrWhole(selection, clip.frameCount), take.streams[streamId].framesPerToken, clip.frameCount);
  const locked = isLocked(take, streamId, range);
  const blocked = overlapsLock(take, streamId, range);
  return (
    <section className="inspector-section" aria-label="Re-roll">
      <div className="inspector-buttons">
        <Button kind="track" disabled={blocked || !model || job !== undefined} onClick={() => void rerollFocusTrack(studio)}>
          <Dices size={15} aria-hidden />
          {selection ? 'Re-roll selection' : 'Re-roll whole clip'} <Key keys={keyOf('animate.reroll')} />
        </Button>
        <IconButton
          className="button"
          label={locked ? 'Unlock' : selection ? 'Lock selection' : 'Lock whole clip'}
          keys={keyOf('animate.lock')}
          isPressed={locked}
          icon={locked ? <Lock size={15} /> : <LockOpen size={15} />}
          onClick={() => toggleLock(studio)}
        />
        <Button disabled={blocked || !model || job !== undefined} onClick={() => void visitVariants(studio)}>
          <LayoutGrid size={15} aria-hidden />
          Variants <Key keys={keyOf('animate.variants')} />
        </Button>
      </div>
      {job ? (
        <div className="job-line">
          <span>{job.step || job.label}</span>
          <Button kind="quiet" onClick={job.cancel}>
            Cancel
          </Button>
          <ProgressBar label={job.label} fraction={job.fraction} />
        </div>
      ) : (
        <p className="inspector-note number">
          {blocked
            ? 'Locked: nothing here can be re-rolled.'
            : `Changes frames ${range.startFrame} to ${range.endFrame} of ${streamId === 'head' ? 'the head' : 'the mouth'}, nothing else.`}
          {model ? '' : ' There is no model to re-roll with.'}
        </p>
      )}
    </section>
  );
}
