import { z } from 'zod';
import type { StreamId } from '../clip/clip-schema';
import type { FrameRange } from '../clip/timing';

/** The faults QA looks for. */
export const ruleIdSchema = z.enum(['open-in-silence', 'closed-on-vowel', 'chatter', 'head-jerk', 'head-limits', 'frozen-head', 'sync']);
export type RuleId = z.infer<typeof ruleIdSchema>;

/** What a rule is called and which stream it looks at. */
export interface RuleInfo {
  readonly label: string;
  /** One word for the timeline, where there is little room. */
  readonly mark: string;
  readonly stream: StreamId;
}

export const RULES: Readonly<Record<RuleId, RuleInfo>> = {
  'open-in-silence': { label: 'Open in silence', mark: 'open', stream: 'mouth' },
  'closed-on-vowel': { label: 'Closed on vowel', mark: 'shut', stream: 'mouth' },
  chatter: { label: 'Lip chatter', mark: 'chatter', stream: 'mouth' },
  sync: { label: 'Out of sync', mark: 'sync', stream: 'mouth' },
  'head-jerk': { label: 'Head jerk', mark: 'jerk', stream: 'head' },
  'head-limits': { label: 'Head turned too far', mark: 'limit', stream: 'head' },
  'frozen-head': { label: 'Head frozen', mark: 'frozen', stream: 'head' },
};

/** A fault in a range of frames: what was measured there, and the threshold that it crosses, in the same unit. */
export interface Finding extends FrameRange {
  readonly rule: RuleId;
  /** What was measured, such as 'speed' or 'yaw'. */
  readonly measure: string;
  readonly value: number;
  readonly threshold: number;
  readonly unit: string;
}

/** Names a finding among those of one take. */
export function findingKey({ rule, startFrame, endFrame }: Pick<Finding, 'rule' | 'startFrame' | 'endFrame'>): string {
  return `${rule}:${startFrame}-${endFrame}`;
}
