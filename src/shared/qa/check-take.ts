import type { Take } from '../clip/clip-schema';
import type { DecodedStreams } from '../clip/decoded-stream';
import type { FrameRange } from '../clip/timing';
import { type Finding, RULES, type RuleId } from './finding';
import { emptyMotion, measureMotion } from './measured-motion';
import { chatter } from './rules/chatter';
import { closedOnVowel } from './rules/closed-on-vowel';
import { frozenHead } from './rules/frozen-head';
import { headJerk } from './rules/head-jerk';
import { headLimits } from './rules/head-limits';
import { openInSilence } from './rules/open-in-silence';
import { sync } from './rules/sync';
import type { CheckedScene } from './scene';
import { type HeardSound, soundFrames } from './sound-frames';

const CHECKS: Readonly<Record<RuleId, (scene: CheckedScene) => Finding[]>> = {
  'open-in-silence': openInSilence,
  'closed-on-vowel': closedOnVowel,
  chatter,
  sync,
  'head-jerk': headJerk,
  'head-limits': headLimits,
  'frozen-head': frozenHead,
};

const FRAMES_PER_STEP = 60;

/**
 * Looks for faults in a take as it plays, edits included; muted tracks are left out. In order of time.
 * A generator, so that a take can be checked in small steps while it plays: each `next()` is a few milliseconds of work for a take of some minutes.
 */
export function* checkTakeInSteps(take: Take, decoded: DecodedStreams, heard: HeardSound): Generator<void, Finding[], void> {
  const { frameCount } = decoded.head;
  const motion = emptyMotion(frameCount);
  for (let startFrame = 0; startFrame < frameCount; startFrame += FRAMES_PER_STEP) {
    measureMotion(take, decoded, { startFrame, endFrame: Math.min(frameCount, startFrame + FRAMES_PER_STEP) }, motion);
    yield;
  }
  const scene = { motion, sound: soundFrames(heard, frameCount) };
  const findings: Finding[] = [];
  for (const rule of Object.keys(CHECKS) as RuleId[]) {
    if (!take.edits[RULES[rule].stream].muted) findings.push(...CHECKS[rule](scene));
    yield;
  }
  return findings.sort((a, b) => a.startFrame - b.startFrame || a.endFrame - b.endFrame);
}

/** The faults of a take, all at once. */
export function checkTake(take: Take, decoded: DecodedStreams, heard: HeardSound): Finding[] {
  const steps = checkTakeInSteps(take, decoded, heard);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** What one rule finds in a part of a take, muted or not; quick enough to try out an edit. */
export function checkPart(take: Take, decoded: DecodedStreams, heard: HeardSound, rule: RuleId, { startFrame, endFrame }: FrameRange): Finding[] {
  const motion = emptyMotion(endFrame - startFrame);
  measureMotion(take, decoded, { startFrame, endFrame }, motion, startFrame);
  const { level, voicing, isSilent } = soundFrames(heard, decoded.head.frameCount);
  const sound = {
    level: level.subarray(startFrame, endFrame),
    voicing: voicing.subarray(startFrame, endFrame),
    isSilent: isSilent.subarray(startFrame, endFrame),
  };
  return CHECKS[rule]({ motion, sound }).map((finding) => ({
    ...finding,
    startFrame: finding.startFrame + startFrame,
    endFrame: finding.endFrame + startFrame,
  }));
}
