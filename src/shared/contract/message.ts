import { z } from 'zod';
import { ERROR_CODES } from './errors';

const callId = z.number().int().min(0);

/** What a client sends: a call, or the cancel of one. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callId, method: z.string().max(200), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: callId }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** What the engine sends: the value or error that ends a call, and progress (fraction 0..1) before it. */
export const engineMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('value'), id: callId, value: z.unknown() }),
  z.object({ type: z.literal('error'), id: callId, error: z.object({ code: z.enum(ERROR_CODES), message: z.string(), hint: z.string() }) }),
  z.object({ type: z.literal('progress'), id: callId, fraction: z.number(), label: z.string() }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;
