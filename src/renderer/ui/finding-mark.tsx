import type { StreamId } from '../../shared/clip/clip-schema';

const SHAPES: Readonly<Record<StreamId, string>> = { mouth: 'M6.5 1 12.5 12H.5Z', head: 'M6.5 .5 12.5 6.5 6.5 12.5 .5 6.5Z' };

/** The sign of a QA finding: a triangle for the mouth, a diamond for the head, so that they differ without colour. */
export function FindingMark({ stream }: { stream: StreamId }) {
  return (
    <svg className="finding-mark" width={13} height={13} viewBox="0 0 13 13" aria-hidden>
      <path d={SHAPES[stream]} fill="currentColor" />
      <path d={stream === 'mouth' ? 'M6.5 4.5V8.3M6.5 9.7V10.6' : 'M6.5 3.2V7.2M6.5 8.8V9.8'} stroke="var(--surface)" strokeWidth={1.5} />
    </svg>
  );
}
