import { DETAIL_NAMES, EXPRESSION_NAMES, type ExpressionName, wrinkleMorphName } from './coefficients';

/** Angles of the head that layers may add to, degrees: pitch + = down, yaw + = to its own left, roll + = to its own right. */
export const HEAD_OFFSETS = ['headPitch', 'headYaw', 'headRoll'] as const;

/** Coefficients that layers may add to: all but the eyeLook ones, which follow the gaze. */
export const EXPRESSION_OFFSETS: readonly ExpressionName[] = EXPRESSION_NAMES.filter((name) => !name.startsWith('eyeLook'));

/** Wrinkle weights that layers may add to. */
export const WRINKLE_OFFSETS: readonly string[] = DETAIL_NAMES.map(wrinkleMorphName);

/** Everything that a layer may move, by the names of exports. */
export const OFFSET_CHANNELS: readonly string[] = [...HEAD_OFFSETS, ...EXPRESSION_OFFSETS, ...WRINKLE_OFFSETS];

/** The furthest that a layer may move a channel either way: degrees of the head, or a share of a coefficient. */
export function offsetLimit(channel: string): number {
  return channel.startsWith('head') ? 90 : 1;
}
