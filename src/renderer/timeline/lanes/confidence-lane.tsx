import { useMemo } from 'react';
import type { Take, TrackId } from '../../../shared/clip/clip-schema';
import { doubtfulSpots, tokenConfidences } from '../../../shared/clip/doubtful-spots';
import { useCanvas } from '../../ui/use-canvas';
import { type TimeScale, visibleFrames, xOfFrame } from '../time-scale';

interface ConfidenceLaneProps {
  readonly take: Take;
  readonly trackId: TrackId | null;
  readonly scale: TimeScale;
  readonly height: number;
}

/** Bottom of the lane; with hundreds of codes to choose from even a good one may have a hundredth. The scale is logarithmic. */
const LEAST = 0.001;
const MARK_HEIGHT = 4;

/** How sure the model was of every code of a track, from 0.1 % at the bottom to 100 % at the top; a bar below marks the doubtful spots. */
export function ConfidenceLane({ take, trackId, scale, height }: ConfidenceLaneProps) {
  const stream = take.streams[trackId === 'head' ? 'head' : 'mouth'];
  const confidences = useMemo(() => tokenConfidences(stream), [stream]);
  const spots = useMemo(() => doubtfulSpots(confidences), [confidences]);
  const canvas = useCanvas(
    scale.width,
    height,
    (context, ink) => {
      const bottom = height - MARK_HEIGHT - 3;
      const { first, end } = visibleFrames(scale, confidences.length * stream.framesPerToken);
      const stride = Math.max(1, Math.floor(30 / scale.pixelsPerSecond / stream.framesPerToken));
      context.fillStyle = ink(trackId === 'head' ? '--track-head' : '--track-mouth');
      context.globalAlpha = 0.65;
      for (let token = Math.floor(first / stream.framesPerToken); token * stream.framesPerToken < end && token < confidences.length; token += stride) {
        let least = 1;
        for (let i = token; i < Math.min(confidences.length, token + stride); i++) least = Math.min(least, confidences[i] ?? 1);
        const share = Math.max(0, 1 - Math.log(Math.max(LEAST, least)) / Math.log(LEAST));
        const left = xOfFrame(scale, token * stream.framesPerToken);
        const width = xOfFrame(scale, (token + stride) * stream.framesPerToken) - left;
        context.fillRect(left, 2 + (bottom - 2) * (1 - share), Math.max(0.5, width - (width > 5 ? 1 : 0)), Math.max(1, (bottom - 2) * share));
      }
      context.globalAlpha = 1;
      context.fillStyle = ink('--warning');
      for (const { startToken, endToken } of spots) {
        const left = xOfFrame(scale, startToken * stream.framesPerToken);
        context.fillRect(left, bottom + 2, Math.max(2, xOfFrame(scale, endToken * stream.framesPerToken) - left - 1), MARK_HEIGHT);
      }
    },
    [confidences, spots, scale, trackId],
  );
  return <canvas ref={canvas} className="lane-canvas" role="img" aria-label={`Confidence of the codes: ${spots.length} doubtful spots`} />;
}
