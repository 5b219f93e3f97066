import { useEffect, useState } from 'react';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import { type FilmEncoding, findEncodings } from './film-format';

/** The films this browser can encode at a size in pixels; null until it has said so. */
export function useEncodings(width: number, height: number): readonly FilmEncoding[] | null {
  const [encodings, setEncodings] = useState<readonly FilmEncoding[] | null>(null);
  useEffect(() => {
    let isAsked = true;
    void findEncodings({ width, height, frameRate: FRAME_RATE_HZ }).then((found) => {
      if (isAsked) setEncodings(found);
    });
    return () => {
      isAsked = false;
    };
  }, [width, height]);
  return encodings;
}
