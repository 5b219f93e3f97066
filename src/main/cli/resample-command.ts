import { basename } from 'node:path';
import type { Command } from 'commander';
import type { Clip, StreamId, Take } from '../../shared/clip/clip-schema';
import { secondsOfFrame } from '../../shared/clip/timing';
import { refuseExisting, writeFileWhole } from '../engine/project/write-file-whole';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { framesOf, type SecondsRange, sharedOptions } from './option-parsers';
import { chooseClip, chooseTake, editedProjectPath, openProject, replaceClip, streamHash } from './project-access';

interface ResampleOptions extends CommandOptions {
  readonly track: StreamId;
  readonly range: SecondsRange;
  readonly seed: number;
  readonly style: Record<string, number>;
  readonly take?: string;
  readonly clip?: string;
  readonly output?: string;
  readonly force?: boolean;
}

/** `resample <project> --track head --range 2.1:3.4 --seed 7`: draws one stream anew in a range, everything else bit for bit the same. */
export function addResampleCommand(program: Command): void {
  program
    .command('resample')
    .description('draw one stream anew in a range; everything else stays bit for bit the same')
    .argument('<project>', '.vividtalker file')
    .addOption(sharedOptions.track())
    .addOption(sharedOptions.range().makeOptionMandatory())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.style())
    .addOption(sharedOptions.take())
    .addOption(sharedOptions.clip())
    .addOption(sharedOptions.output())
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((project: string, options: ResampleOptions) => runCommand(options, (context) => resample(project, options, context)));
}

async function resample(path: string, options: ResampleOptions, context: CommandContext): Promise<void> {
  const { engine, terminal, callContext } = context;
  const output = editedProjectPath(path, options.output, options.force);
  if (!options.force) await refuseExisting(output);
  const project = await openProject(path, context);
  const clip = chooseClip(project, options.clip);
  const take = chooseTake(clip, options.take);
  const { track, seed, style } = options;
  const request = {
    audio: clip.audio,
    streamId: track,
    stream: take.streams[track],
    locks: take.locks,
    range: framesOf(options.range),
    settings: { seed, style },
  };
  const { stream, affected } = await engine.handlers['clip.resample'](request, callContext(0.2, 0.95));
  const edited: Take = { ...take, streams: { ...take.streams, [track]: stream } };
  const editedClip: Clip = { ...clip, takes: clip.takes.map((candidate) => (candidate.id === take.id ? edited : candidate)) };
  await writeFileWhole(output, await engine.projects.pack(replaceClip(project, editedClip)), { overwrite: options.force === true });
  const other: StreamId = track === 'head' ? 'mouth' : 'head';
  const hashes = { before: streamHash(take.streams[other]), after: streamHash(edited.streams[other]) };
  const [start, end] = [secondsOfFrame(affected.startFrame), secondsOfFrame(affected.endFrame)];
  terminal.result(
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
