import { DETAIL_COUNT, DETAIL_NAMES, MOUTH_CHANNELS } from '../../src/shared/face/coefficients';
import type { ImageDifference } from './compare-images';
import type { ClipMotion } from './read-motion';
import type { DrawnSheet } from './sheet-data';

interface ClipDescription {
  readonly id: string;
  readonly who: string;
  readonly text: string;
}

/** What was seen on the pictures, and with which models (SHA-256 of their manifest). */
interface Observations {
  readonly manifestSha256: string;
  readonly clips: Readonly<Record<string, string>>;
  readonly overall: string;
}

const FIRST_DETAIL = MOUTH_CHANNELS.indexOf(DETAIL_NAMES[0]);
/** A wrinkle that moves less than this (standard deviation) has no correlation worth a number. */
const LEAST_DEVIATION = 0.01;

/** The numbers and words that go with the pictures. */
export function watchingReport(
  clips: readonly ClipDescription[],
  motions: readonly ClipMotion[],
  rules: readonly (readonly (readonly number[])[])[],
  drawn: readonly DrawnSheet[],
  observations: Observations,
  manifestSha256: string,
) {
  const predicted = motions.map(({ mouthRows }) => mouthRows.map((row) => row.slice(FIRST_DETAIL, FIRST_DETAIL + DETAIL_COUNT)));
  return {
    manifestSha256,
    areObservationsCurrent: observations.manifestSha256 === manifestSha256,
    clips: clips.map((clip, index) => ({
      ...clip,
      image: `watching-${clip.id}.jpg`,
      observation: observations.clips[clip.id] ?? '',
      differences: drawn[index] && { rule: described(drawn[index].differences.rule), predicted: described(drawn[index].differences.predicted) },
    })),
    wrinkles: DETAIL_NAMES.map((name, column) => {
      const own = predicted.flatMap((rows) => rows.map((row) => row[column] ?? 0));
      const rule = rules.flatMap((rows) => rows.map((row) => row[column] ?? 0));
      return {
        name,
        correlation: correlation(own, rule),
        meanPredicted: rounded(mean(own)),
        meanRule: rounded(mean(rule)),
        fastestPredicted: rounded(Math.max(...predicted.map((rows) => largestStep(rows, column)))),
        fastestRule: rounded(Math.max(...rules.map((rows) => largestStep(rows, column)))),
      };
    }),
    overall: observations.overall,
  };
}

/** Mean differences in grey levels of 255; `insideShare` of the whole difference, `regionShare` of the pixels of the head. */
function described({ inside, outside, insidePixels, outsidePixels, largestOutside }: ImageDifference) {
  return {
    insideShare: rounded(inside / (inside + outside)),
    regionShare: rounded(insidePixels / (insidePixels + outsidePixels)),
    meanInside: rounded(inside / insidePixels),
    meanOutside: rounded(outside / outsidePixels),
    largestOutside: rounded(largestOutside),
  };
}

/** Largest change of one weight from frame to frame. */
function largestStep(rows: readonly (readonly number[])[], column: number): number {
  return Math.max(...rows.slice(1).map((row, index) => Math.abs((row[column] ?? 0) - (rows[index]?.[column] ?? 0))));
}

function correlation(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, index) => (value - meanA) * ((b[index] ?? 0) - meanB)));
  const [deviationA, deviationB] = [Math.sqrt(mean(a.map((value) => (value - meanA) ** 2))), Math.sqrt(mean(b.map((value) => (value - meanB) ** 2)))];
  return Math.min(deviationA, deviationB) < LEAST_DEVIATION ? null : rounded(covariance / (deviationA * deviationB));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;
