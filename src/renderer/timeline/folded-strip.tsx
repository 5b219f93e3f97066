import { useMemo } from 'react';
import type { StreamId, Take } from '../../shared/clip/clip-schema';
import { foldedRows } from './code-rows';
import { CodeStrip } from './code-strip';
import type { TimeScale } from './time-scale';

interface FoldedStripProps {
  readonly streamId: StreamId;
  readonly take: Take;
  readonly scale: TimeScale;
  /** Pixels from the lane's top, height in pixels, and the middle of the hues in degrees. */
  readonly place: { readonly top: number; readonly height: number; readonly hue: number };
  readonly isMuted: boolean;
}

/** The codes of a stream as one row at the top of its lane. */
export function FoldedStrip({ streamId, take, scale, place, isMuted }: FoldedStripProps) {
  const stream = take.streams[streamId];
  const layout = useMemo(() => ({ rows: foldedRows(stream), rowHeight: place.height, rowGap: 0 }), [stream, place.height]);
  return <CodeStrip streamId={streamId} stream={stream} takeId={take.id} scale={scale} layout={layout} top={place.top} hue={place.hue} isMuted={isMuted} />;
}
