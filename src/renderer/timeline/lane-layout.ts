import type { TrackId } from '../../shared/clip/clip-schema';
import { TRACK_REGIONS } from '../../shared/face/regions';
import type { AmountId } from '../document/curves';
import type { AudioView } from '../workspace/view-store';
import { EYES_LANE_HEIGHT } from './lanes/eye-rows';

/** A row of the timeline: the ruler, the sound, a track, its code groups and confidence, an amount curve of an unfolded track or of one of its regions, or what QA has found. */
export interface LaneRow {
  readonly kind: 'ruler' | 'audio' | 'track' | 'codes' | 'confidence' | 'amount' | 'qa';
  readonly trackId: TrackId | null;
  /** Whose amount a row of kind 'amount' shows. */
  readonly amountId: AmountId | null;
  readonly top: number;
  readonly height: number;
}

const TRACKS: readonly TrackId[] = ['head', 'mouth', 'wrinkles', 'eyes'];
const TRACK_HEIGHTS: Readonly<Record<TrackId, number>> = { head: 78, mouth: 62, wrinkles: 42, eyes: EYES_LANE_HEIGHT + 1 };
export const RULER_HEIGHT = 24;
const AUDIO_HEIGHTS: Readonly<Record<AudioView, number>> = { waveform: 48, spectrogram: 104 };
const AMOUNT_HEIGHT = 30;
const QA_HEIGHT = 36;
const CONFIDENCE_HEIGHT = 28;
/** A row of one code group, the gap below it, and the margin around all of them. */
export const CODE_ROW = { height: 14, gap: 2, margin: 4 } as const;

/** All rows from top to bottom without gaps. `groupCounts` has the tracks whose code groups are shown, with their number of groups. */
export function laneLayout(
  unfoldedTracks: readonly TrackId[],
  groupCounts: Partial<Record<TrackId, number>> = {},
  audioView: AudioView = 'waveform',
): readonly LaneRow[] {
  const rows: LaneRow[] = [];
  const add = (kind: LaneRow['kind'], trackId: TrackId | null, height: number, amountId: AmountId | null = null): void => {
    const last = rows.at(-1);
    rows.push({ kind, trackId, amountId, top: last ? last.top + last.height : 0, height });
  };
  add('ruler', null, RULER_HEIGHT);
  add('audio', null, AUDIO_HEIGHTS[audioView]);
  for (const trackId of TRACKS) {
    add('track', trackId, TRACK_HEIGHTS[trackId]);
    const groupCount = groupCounts[trackId];
    if (groupCount !== undefined) {
      add('codes', trackId, 2 * CODE_ROW.margin + groupCount * (CODE_ROW.height + CODE_ROW.gap));
      add('confidence', trackId, CONFIDENCE_HEIGHT);
    }
    if (!unfoldedTracks.includes(trackId)) continue;
    for (const amountId of [trackId, ...TRACK_REGIONS[trackId]]) add('amount', trackId, AMOUNT_HEIGHT, amountId);
  }
  add('qa', null, QA_HEIGHT);
  return rows;
}

/** Height of all rows together. */
export function layoutHeight(rows: readonly LaneRow[]): number {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

/** The row at a height, or undefined below the last one. */
export function rowAt(rows: readonly LaneRow[], y: number): LaneRow | undefined {
  return rows.find((row) => y >= row.top && y < row.top + row.height);
}
