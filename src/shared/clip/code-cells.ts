import type { Segment, Stream } from './clip-schema';
import type { FrameRange } from './timing';

/** One code of a stream: a group of a token. */
export interface CodeCell {
  readonly token: number;
  readonly group: number;
}

/** A cell and the code it gets. */
export interface CodeChange extends CodeCell {
  readonly code: number;
}

/** How many tokens the frames of a stream have; the last may reach past the end. */
export function tokenCountOf(stream: Stream): number {
  return Math.ceil((stream.segments.at(-1)?.endFrame ?? 0) / stream.framesPerToken);
}

/** Frames of tokens `[startToken, endToken)`, at most to the end of the stream. */
export function framesOfTokens(stream: Stream, startToken: number, endToken: number): FrameRange {
  const frameCount = stream.segments.at(-1)?.endFrame ?? 0;
  return { startFrame: startToken * stream.framesPerToken, endFrame: Math.min(frameCount, endToken * stream.framesPerToken) };
}

/** The segment whose frames begin a token, and where its codes stand in it; undefined outside the stream. */
export function findToken(stream: Stream, token: number): { readonly segment: Segment; readonly offset: number } | undefined {
  const frame = token * stream.framesPerToken;
  const segment = stream.segments.find((candidate) => frame >= candidate.startFrame && frame < candidate.endFrame);
  return segment && { segment, offset: (token - segment.firstToken) * stream.groupSizes.length };
}

/** Codes of a token, one per group; empty outside the stream. */
export function codesOfToken(stream: Stream, token: number): readonly number[] {
  const found = findToken(stream, token);
  return found ? [...found.segment.codes.subarray(found.offset, found.offset + stream.groupSizes.length)] : [];
}

/** Confidences of a token, 0..1, one per group; empty outside the stream. */
export function confidenceOfToken(stream: Stream, token: number): readonly number[] {
  const found = findToken(stream, token);
  return found ? [...found.segment.confidence.subarray(found.offset, found.offset + stream.groupSizes.length)] : [];
}

/** The changes that really change something, at most one per cell: the last given counts. */
export function effectiveChanges(stream: Stream, changes: readonly CodeChange[]): CodeChange[] {
  const byCell = new Map(changes.map((change) => [cellKey(change), change]));
  return [...byCell.values()].filter(({ token, group, code }) => codesOfToken(stream, token)[group] !== code);
}

/** Cells in order of time, then of group, each once. */
export function sortedCells(cells: readonly CodeCell[]): CodeCell[] {
  const byKey = new Map(cells.map((cell) => [cellKey(cell), cell]));
  return [...byKey.values()].sort((a, b) => a.token - b.token || a.group - b.group);
}

/** Names a cell within its stream. */
export function cellKey({ token, group }: CodeCell): string {
  return `${token}:${group}`;
}

/**
 * What moving cells by a number of tokens means: each code goes to its new place, and the codes that stood there go to the places left free, in order and group by group.
 * So no code is lost and none doubled, and everything between stays where it is. The shift is shortened to what the stream has room for.
 */
export function moveChanges(stream: Stream, cells: readonly CodeCell[], shift: number): CodeChange[] {
  const clamped = clampShift(stream, cells, shift);
  const codeAt = ({ token, group }: CodeCell): number => codesOfToken(stream, token)[group] ?? 0;
  const isMoved = new Set(cells.map(cellKey));
  const targets = sortedCells(cells).map((cell) => ({ ...cell, token: cell.token + clamped }));
  const isTarget = new Set(targets.map(cellKey));
  const changes = targets.map((target) => ({ ...target, code: codeAt({ ...target, token: target.token - clamped }) }));
  for (const group of new Set(cells.map((cell) => cell.group))) {
    const displaced = targets.filter((cell) => cell.group === group && !isMoved.has(cellKey(cell)));
    const vacated = sortedCells(cells).filter((cell) => cell.group === group && !isTarget.has(cellKey(cell)));
    changes.push(...vacated.map((cell, index) => ({ ...cell, code: codeAt(displaced[index] ?? cell) })));
  }
  return changes;
}

/** A shift of cells shortened so that all of them stay inside the stream. */
export function clampShift(stream: Stream, cells: readonly CodeCell[], shift: number): number {
  const [first, last] = cells.reduce(([low, high], { token }) => [Math.min(low, token), Math.max(high, token)], [tokenCountOf(stream), 0]);
  return Math.max(-first, Math.min(tokenCountOf(stream) - 1 - last, shift));
}
