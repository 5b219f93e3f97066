import { useEffect, useState } from 'react';
import { nearestFrame } from '../../shared/clip/timing';
import { useStudio } from '../session/studio-context';

const REST_MILLISECONDS = 120;

/** The frame under the playhead once it rests: while it moves nothing is rendered. */
export function useRestingFrame(): number {
  const { transient } = useStudio();
  const [frame, setFrame] = useState(() => nearestFrame(transient.getState().playheadSeconds));
  useEffect(() => {
    let timer = 0;
    const follow = (): void => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const { isPlaying, playheadSeconds } = transient.getState();
        if (!isPlaying) setFrame(nearestFrame(playheadSeconds));
      }, REST_MILLISECONDS);
    };
    follow();
    const stop = transient.subscribe(follow);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [transient]);
  return frame;
}
