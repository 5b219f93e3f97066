import { basename } from 'node:path';
import type { Command } from 'commander';
import type { StreamId, Take } from '../../shared/clip/clip-schema';
import { secondsOfFrame } from '../../shared/clip/timing';
import { type CommandContext, runCommand } from './command-context';
import { streamHash } from './project-access';
import { declareReroll, openReroll, type RerollOptions } from './reroll-project';

/** `resample <project> --track head --range 2.1:3.4 --seed 7`: draws one stream anew in a range, everything else bit for bit the same. */
export function addResampleCommand(program: Command): void {
  declareReroll(program.command('resample').description('draw one stream anew in a range; everything else stays bit for bit the same')).action(
    (project: string, options: RerollOptions) => runCommand(options, (context) => resample(project, options, context)),
  );
}

async function resample(path: string, options: RerollOptions, context: CommandContext): Promise<void> {
  const { track, seed } = options;
  const { output, clip, take, request, save } = await openReroll(path, options, context);
  const { stream, affected } = await context.engine.handlers['clip.resample'](request, context.callContext(0.2, 0.95));
  const edited: Take = { ...take, streams: { ...take.streams, [track]: stream } };
  await save({ ...clip, takes: clip.takes.map((candidate) => (candidate.id === take.id ? edited : candidate)) });
  const other: StreamId = track === 'head' ? 'mouth' : 'head';
  const hashes = { before: streamHash(take.streams[other]), after: streamHash(edited.streams[other]) };
  const [start, end] = [secondsOfFrame(affected.startFrame), secondsOfFrame(affected.endFrame)];
  context.terminal.result(
    `${basename(output)}: ${track} drawn anew from ${start.toFixed(3)} s to ${end.toFixed(3)} s with seed ${seed}.\n${other} ${hashes.before === hashes.after ? 'unchanged' : 'CHANGED'}: sha256 ${hashes.after}`,
    'done',
    {
      output,
      track,
      seed,
      affected,
      headSha256: streamHash(edited.streams.head),
      mouthSha256: streamHash(edited.streams.mouth),
      [`${other}Sha256Before`]: hashes.before,
    },
  );
}
