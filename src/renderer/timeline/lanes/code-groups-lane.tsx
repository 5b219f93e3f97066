import { useMemo } from 'react';
import type { Take, TrackId } from '../../../shared/clip/clip-schema';
import { groupRows } from '../code-rows';
import { CodeStrip } from '../code-strip';
import { CODE_ROW } from '../lane-layout';
import type { TimeScale } from '../time-scale';
import { HEAD_STRIP } from './head-lane';
import { MOUTH_STRIP } from './mouth-lane';

/** The codes of a track, a row per group, so that one of them can be chosen alone. */
export function CodeGroupsLane({ take, trackId, scale }: { take: Take; trackId: TrackId | null; scale: TimeScale }) {
  const streamId = trackId === 'head' ? 'head' : 'mouth';
  const stream = take.streams[streamId];
  const layout = useMemo(() => ({ rows: groupRows(stream), rowHeight: CODE_ROW.height, rowGap: CODE_ROW.gap }), [stream]);
  const { hue } = streamId === 'head' ? HEAD_STRIP : MOUTH_STRIP;
  return (
    <CodeStrip
      streamId={streamId}
      stream={stream}
      takeId={take.id}
      scale={scale}
      layout={layout}
      top={CODE_ROW.margin}
      hue={hue}
      isMuted={take.edits[streamId].muted}
    />
  );
}
