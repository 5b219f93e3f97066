import type { Stream } from '../../../shared/clip/clip-schema';
import {
  type CodeCell,
  type CodeChange,
  clampShift,
  codesOfToken,
  findToken,
  framesOfTokens,
  moveChanges,
  tokenCountOf,
} from '../../../shared/clip/code-cells';
import { AppError } from '../../../shared/contract/errors';
import { formatRange, formatSeconds, TRACK_LABELS } from '../../document/describe';
import type { CodeClipboard, CodeSelection } from '../../workspace/codes-store';
import { showError, showNotice } from '../../workspace/notice-store';
import { type Studio, shownTake } from '../studio';
import { placeAtPlayhead, selectCells, selectedCodes } from './select-codes';
import { setCodes } from './set-codes';

/** Copies the selected cells; cut ones stay where they are until they are pasted, because a stream has no gaps. */
export function copyCodes(studio: Studio, isCut = false): void {
  const selection = selectedCodes(studio);
  const take = shownTake(studio)?.take;
  const first = selection?.cells[0];
  if (!selection || !take || !first) return;
  const stream = take.streams[selection.streamId];
  const origin = findToken(stream, first.token)?.segment.provenance;
  if (!origin) return;
  const clipboard: CodeClipboard = {
    streamId: selection.streamId,
    modelId: origin.modelId,
    decoderSha256: origin.decoderSha256,
    codes: copiedFrom(stream, selection.cells, first.token),
    cutFrom: isCut ? { takeId: take.id, cells: selection.cells } : null,
  };
  studio.codes.setState({ clipboard });
}

/** Puts the copied codes at the playhead, in the shown take of whichever clip; cut ones move there when they come from it. One undo step. */
export async function pasteCodes(studio: Studio): Promise<void> {
  const { clipboard } = studio.codes.getState();
  const take = shownTake(studio)?.take;
  const place = clipboard && placeAtPlayhead(studio, clipboard.streamId);
  if (!clipboard || !take || !place) return;
  const { streamId, cutFrom } = clipboard;
  const isMove = cutFrom?.takeId === take.id;
  if (isMove) studio.codes.setState({ clipboard: { ...clipboard, cutFrom: null } });
  await shown(studio, async () => {
    if (isMove) await placeCells(studio, { streamId, cells: cutFrom.cells }, place.token - (cutFrom.cells[0]?.token ?? 0), false);
    else await insertCodes(studio, clipboard, place.token, 'pasted');
  });
}

/** Moves the selected cells by a number of tokens, or copies them there. Moved codes change places with those they land on. One undo step. */
export async function dragCodes(studio: Studio, shift: number, isCopy: boolean): Promise<void> {
  const selection = selectedCodes(studio);
  if (selection) await shown(studio, () => placeCells(studio, selection, shift, isCopy));
}

async function placeCells(studio: Studio, { streamId, cells }: Pick<CodeSelection, 'streamId' | 'cells'>, shift: number, isCopy: boolean): Promise<void> {
  const stream = shownTake(studio)?.take.streams[streamId];
  if (!stream) return;
  const room = clampShift(stream, cells, shift);
  const moved = cells.map((cell) => ({ ...cell, token: cell.token + room }));
  const changes = isCopy ? copiedFrom(stream, cells, -room) : moveChanges(stream, cells, room);
  const isChanged = await setCodes(studio, {
    streamId,
    changes,
    join: 'seam',
    label: labelOf(stream, streamId, cells, `${isCopy ? 'copied' : 'moved'} to ${timeOf(stream, moved)}`),
  });
  if (isChanged) selectCells(studio, streamId, moved);
}

async function insertCodes(studio: Studio, clipboard: CodeClipboard, token: number, verb: string): Promise<void> {
  const { streamId, codes } = clipboard;
  const stream = shownTake(studio)?.take.streams[streamId];
  if (!stream) return;
  const placed = codes.map((change) => ({ ...change, token: change.token + token }));
  const changes = placed.filter((change) => change.token < tokenCountOf(stream));
  refuseOtherCodebook(stream, clipboard, changes);
  if (await setCodes(studio, { streamId, changes, join: 'seam', label: labelOf(stream, streamId, changes, verb) })) {
    const left = new Set(placed.slice(changes.length).map((change) => change.token)).size;
    if (left > 0) showNotice(studio.notices, 'warning', `${left} of the copied cells lie after the end of the clip and were left out.`);
  }
  selectCells(
    studio,
    streamId,
    changes.map(({ token: at, group }) => ({ token: at, group })),
  );
}

/** A code means something only to the decoder it was made for. */
function refuseOtherCodebook(stream: Stream, { streamId, modelId, decoderSha256 }: CodeClipboard, changes: readonly CodeChange[]): void {
  const foreign = changes.map(({ token }) => findToken(stream, token)?.segment.provenance).find((found) => found && found.decoderSha256 !== decoderSha256);
  if (!foreign) return;
  throw new AppError(
    'bad-input',
    `The copied codes of the ${streamId} come from the model "${modelId}" and mean something else in this take, which the model "${foreign.modelId}" made.`,
    `Paste them into a take of "${modelId}", or animate this clip with that model. Nothing was changed.`,
  );
}

function copiedFrom(stream: Stream, cells: readonly CodeCell[], firstToken: number): CodeChange[] {
  return cells.map(({ token, group }) => ({ token: token - firstToken, group, code: codesOfToken(stream, token)[group] ?? 0 }));
}

function timeOf(stream: Stream, cells: readonly CodeCell[]): string {
  return formatSeconds(((cells[0]?.token ?? 0) * stream.framesPerToken) / 30);
}

function labelOf(stream: Stream, streamId: CodeClipboard['streamId'], cells: readonly CodeCell[], what: string): string {
  const range = framesOfTokens(stream, cells[0]?.token ?? 0, (cells.at(-1)?.token ?? 0) + 1);
  return `${TRACK_LABELS[streamId]} codes ${formatRange(range)} ${what}`;
}

async function shown(studio: Studio, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    showError(studio.notices, error);
  }
}
