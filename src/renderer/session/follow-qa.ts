import type { Take } from '../../shared/clip/clip-schema';
import { checkTakeInSteps } from '../../shared/qa/check-take';
import type { HeardSound } from '../../shared/qa/sound-frames';
import { decodedStreamsOf } from '../document/decoded-streams';
import { mediaKey } from '../workspace/media-store';
import { type Studio, shownTake } from './studio';

const STEP_MILLISECONDS = 5;
/** A busy viewport may leave no idle time at all; then QA takes a step this often. */
const LONGEST_WAIT_MILLISECONDS = 200;

/** Runs work when there is time for it; `work` goes on while `hasTime` says so. */
type WhenIdle = (work: (hasTime: () => boolean) => void) => void;

/** Checks the shown take again whenever what it plays changes, in small steps while nothing else has to be done. */
export function followQa(studio: Studio, whenIdle: WhenIdle = runWhenIdle): void {
  let take: Take | undefined;
  let heard: HeardSound | undefined;
  let current: ReturnType<typeof checkTakeInSteps> | null = null;

  const work = (mine: typeof current, hasTime: () => boolean): void => {
    if (!mine || mine !== current) return;
    do {
      const step = mine.next();
      if (!step.done) continue;
      current = null;
      studio.qa.setState({ findings: step.value, isChecking: false });
      return;
    } while (hasTime());
    whenIdle((more) => work(mine, more));
  };

  const refresh = (): void => {
    const shown = shownTake(studio);
    const sound = shown && studio.media.getState().audioByKey[mediaKey(shown.clip.audio)];
    if (sound === heard && (take === shown?.take || (take && shown && playsTheSame(take, shown.take)))) return;
    take = shown?.take;
    heard = sound;
    current = null;
    const isSameTake = take !== undefined && studio.qa.getState().takeId === take.id;
    const findings = isSameTake ? studio.qa.getState().findings : [];
    studio.qa.setState({ takeId: take?.id ?? null, findings, isChecking: take !== undefined && heard !== undefined });
    if (!take || !heard) return;
    const mine = checkTakeInSteps(take, decodedStreamsOf(take), heard);
    current = mine;
    whenIdle((hasTime) => work(mine, hasTime));
  };

  studio.document.subscribe(refresh);
  studio.media.subscribe(refresh);
  studio.view.subscribe(({ activeClipId }, before) => {
    if (activeClipId !== before.activeClipId) refresh();
  });
  refresh();
}

/** True when two takes move alike: names, locks and ignored findings make no difference. */
function playsTheSame(a: Take, b: Take): boolean {
  return a.id === b.id && a.streams === b.streams && a.edits === b.edits;
}

function runWhenIdle(work: (hasTime: () => boolean) => void): void {
  const forAWhile = (): (() => boolean) => {
    const end = performance.now() + STEP_MILLISECONDS;
    return () => performance.now() < end;
  };
  if (typeof requestIdleCallback !== 'function') setTimeout(() => work(forAWhile()));
  else requestIdleCallback((deadline) => work(deadline.didTimeout ? forAWhile() : () => deadline.timeRemaining() > 1), { timeout: LONGEST_WAIT_MILLISECONDS });
}
