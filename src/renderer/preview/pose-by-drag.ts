/** Degrees of pitch, yaw and roll. */
export interface HeadTurn {
  readonly headPitch: number;
  readonly headYaw: number;
  readonly headRoll: number;
}

const DEGREES_PER_PIXEL = 0.3;

/**
 * How a drag of some pixels turns the head, seen from an azimuth (radians; 0 = from the front, + = from its own left): the near side of the head follows the pointer.
 * With `isRolling` the head turns around the line of sight instead.
 */
export function turnByDrag(right: number, down: number, azimuth: number, isRolling: boolean): HeadTurn {
  const [sine, cosine] = [Math.sin(azimuth), Math.cos(azimuth)];
  if (isRolling) {
    const turn = -right * DEGREES_PER_PIXEL;
    return { headPitch: turn * sine, headYaw: 0, headRoll: turn * cosine };
  }
  const tilt = down * DEGREES_PER_PIXEL;
  return { headPitch: tilt * cosine, headYaw: right * DEGREES_PER_PIXEL, headRoll: -tilt * sine };
}
