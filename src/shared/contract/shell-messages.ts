import { z } from 'zod';
import { AppError } from './errors';
import { SHELL_COMMANDS } from './shell';

const identifier = z.string().min(1).max(200);
const fileName = z.string().min(1).max(500);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes');
const heldFile = z.object({ fileId: identifier, fileName, sizeBytes: z.number().int().min(0), saveId: identifier });

/** A file the main process holds for the page; the page knows it by `fileId` and never sees a path. */
export type HeldFile = z.infer<typeof heldFile>;

/** What the page of the Electron window may ask of its main process, beside the engine. Same idea as `methods`: data, parsed on arrival. */
export const shellRequests = {
  chooseFiles: {
    input: z.object({ title: z.string().max(200), extensions: z.array(z.string().regex(/^[a-z0-9]{1,16}$/i)).max(50), multiple: z.boolean() }),
    output: z.array(heldFile),
  },
  readFile: { input: z.object({ fileId: identifier, startByte: z.number().int().min(0), endByte: z.number().int().min(0) }), output: z.instanceof(Uint8Array) },
  saveFile: {
    input: z.object({ suggestedName: fileName, bytes, saveId: identifier.optional() }),
    output: z.object({ saveId: identifier, fileName }).nullable(),
  },
  revealFile: { input: z.object({ saveId: identifier }), output: z.null() },
  /** Files the system asked for before the page listened; later ones come as events. */
  takeWaitingFiles: { input: z.object({}), output: z.array(heldFile) },
  setDocumentState: { input: z.object({ title: z.string().max(500), isModified: z.boolean() }), output: z.null() },
} as const;

export type ShellRequestName = keyof typeof shellRequests;
export type ShellInput<R extends ShellRequestName> = z.output<(typeof shellRequests)[R]['input']>;
export type ShellOutput<R extends ShellRequestName> = z.output<(typeof shellRequests)[R]['output']>;

/** One function per request. */
export type ShellAnswers = { readonly [R in ShellRequestName]: (input: ShellInput<R>) => Promise<ShellOutput<R>> };

/** Checks what a page asks. Throws AppError 'unknown-method' or 'bad-input'. */
export function parseShellRequest(request: unknown, input: unknown): { name: ShellRequestName; input: unknown } {
  if (typeof request !== 'string' || !Object.hasOwn(shellRequests, request)) throw new AppError('unknown-method', 'The window has no such request.');
  const name = request as ShellRequestName;
  const schema: z.ZodType = shellRequests[name].input;
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new AppError('bad-input', `${name}: ${parsed.error.issues[0]?.message ?? 'the input is wrong'}`);
  return { name, input: parsed.data };
}

/** What the main process tells the page unasked. */
export const shellEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('command'), command: z.enum(SHELL_COMMANDS) }),
  z.object({ type: z.literal('open-file'), file: heldFile }),
]);
export type ShellEvent = z.infer<typeof shellEventSchema>;
