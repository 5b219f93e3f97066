/** Rate at which the curves are evaluated: the same as in the metrics of training. */
export const CURVE_RATE_HZ = 60;
