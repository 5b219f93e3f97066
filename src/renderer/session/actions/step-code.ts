import { codesOfToken, framesOfTokens } from '../../../shared/clip/code-cells';
import { nearestCodes } from '../../../shared/clip/code-space';
import { secondsOfFrame } from '../../../shared/clip/timing';
import { formatSeconds, TRACK_LABELS } from '../../document/describe';
import type { CodePlace, CodeWalk } from '../../workspace/codes-store';
import { showError } from '../../workspace/notice-store';
import { codebookOf, modelOrThrow } from '../chosen-model';
import { type Studio, shownTake } from '../studio';
import { selectedCodes } from './select-codes';
import { setCodes } from './set-codes';

/** Steps closer together than this are one undo step. */
const PAUSE_MILLISECONDS = 600;

let walkNumber = 1;

/**
 * Steps the active cell to the next (1) or previous (-1) code in the order of their distance from the one it had; on a folded strip the steps go through all groups of the token.
 * The motion around it follows at once. Steps without a pause are one undo step. `now` is a clock in milliseconds.
 */
export async function stepCode(studio: Studio, direction: 1 | -1, now: () => number = performance.now.bind(performance)): Promise<void> {
  try {
    const walk = nextWalk(studio, direction, now());
    if (!walk) return;
    const isUnderWay = studio.codes.getState().walk?.wantedRank !== studio.codes.getState().walk?.rank;
    studio.codes.setState({ walk });
    // A step that is being decoded takes up what is wanted by then: fast turns of the wheel never pile up.
    if (!isUnderWay) await follow(studio);
  } catch (error) {
    studio.codes.setState({ walk: null });
    showError(studio.notices, error);
  }
}

/** The walk after one more step; it goes on from an earlier one as long as the cell still has the code that one left. */
function nextWalk(studio: Studio, direction: 1 | -1, nowMilliseconds: number): CodeWalk | null {
  const selection = selectedCodes(studio);
  const shown = shownTake(studio);
  if (!selection || !shown) return null;
  const { streamId, active } = selection;
  const stream = shown.take.streams[streamId];
  const codes = codesOfToken(stream, active.token);
  const { walk } = studio.codes.getState();
  const isSamePlace = walk?.takeId === shown.take.id && walk.streamId === streamId && samePlace(walk.place, active);
  if (walk && isSamePlace && (walk.rank !== walk.wantedRank || codesAt(walk, walk.rank).join() === codes.join())) {
    const wantedRank = Math.max(0, Math.min(walk.near.length - 1, walk.wantedRank + direction));
    const isUnderWay = walk.rank !== walk.wantedRank;
    const isBurst = isUnderWay || (walk.reached === stream && nowMilliseconds - walk.steppedAtMilliseconds <= PAUSE_MILLISECONDS);
    return { ...walk, wantedRank, steppedAtMilliseconds: nowMilliseconds, ...(isBurst ? {} : { reached: stream, base: stream, key: newKey() }) };
  }
  const { levels } = codebookOf(modelOrThrow(studio), streamId, stream.groupSizes);
  const groups = Array.from({ length: active.lastGroup - active.firstGroup + 1 }, (_, index) => active.firstGroup + index);
  const near = nearestCodes(levels, codes, groups);
  return {
    takeId: shown.take.id,
    streamId,
    place: active,
    origin: codes,
    near,
    rank: 0,
    wantedRank: Math.max(0, direction),
    reached: stream,
    base: stream,
    key: newKey(),
    steppedAtMilliseconds: nowMilliseconds,
  };
}

/** Decodes until what is shown is what is wanted. */
async function follow(studio: Studio): Promise<void> {
  for (;;) {
    const { walk } = studio.codes.getState();
    const near = walk?.near[walk.wantedRank];
    const shown = shownTake(studio);
    if (!walk || walk.rank === walk.wantedRank) return;
    if (!near || shown?.take.streams[walk.streamId] !== walk.reached) {
      studio.codes.setState({ walk: null });
      return;
    }
    const codes = codesAt(walk, walk.wantedRank);
    const changes = codes.map((code, group) => ({ token: walk.place.token, group, code }));
    const { names } = codebookOf(modelOrThrow(studio), walk.streamId, walk.base.groupSizes);
    const from = codesOfToken(walk.base, walk.place.token)[near.group];
    const seconds = formatSeconds(secondsOfFrame(framesOfTokens(walk.base, walk.place.token, walk.place.token + 1).startFrame));
    const label = `${TRACK_LABELS[walk.streamId]} ${seconds} code ${names[near.group]} ${from} to ${near.code}`;
    await setCodes(studio, { streamId: walk.streamId, changes, join: 'local', label, base: walk.base, key: walk.key });
    const later = studio.codes.getState().walk;
    const reached = shownTake(studio)?.take.streams[walk.streamId];
    if (later?.key === walk.key && reached) studio.codes.setState({ walk: { ...later, rank: walk.wantedRank, reached } });
  }
}

/** Codes of the walk's token at a rank. */
function codesAt(walk: CodeWalk, rank: number): number[] {
  const near = walk.near[rank];
  return walk.origin.map((code, group) => (group === near?.group ? near.code : code));
}

function samePlace(a: CodePlace, b: CodePlace): boolean {
  return a.token === b.token && a.firstGroup === b.firstGroup && a.lastGroup === b.lastGroup;
}

function newKey(): string {
  return `code-walk-${walkNumber++}`;
}
