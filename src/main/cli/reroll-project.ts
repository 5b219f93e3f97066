import type { Command } from 'commander';
import type { Clip, StreamId, Take } from '../../shared/clip/clip-schema';
import type { MethodParsedInput } from '../../shared/contract/methods';
import { refuseExisting, writeFileWhole } from '../engine/project/write-file-whole';
import type { CommandContext, CommandOptions } from './command-context';
import { framesOf, type SecondsRange, sharedOptions } from './option-parsers';
import { chooseClip, chooseTake, editedProjectPath, openProject, replaceClip } from './project-access';
import { temperaturesOf, type VariationOptions } from './variation-options';

/** What every command that draws a range of a saved project anew is told. */
export interface RerollOptions extends CommandOptions, VariationOptions {
  readonly track: StreamId;
  readonly range: SecondsRange;
  readonly seed: number;
  readonly style: Record<string, number>;
  readonly model?: string;
  readonly take?: string;
  readonly clip?: string;
  readonly output?: string;
  readonly force?: boolean;
}

/** The take a re-roll starts from, what to ask of the engine, and how to store the edited clip. */
export interface OpenedReroll {
  readonly output: string;
  readonly clip: Clip;
  readonly take: Take;
  readonly request: MethodParsedInput<'clip.resample'>;
  save(edited: Clip): Promise<void>;
}

/** Declares the project argument and the options of RerollOptions. */
export function declareReroll(command: Command): Command {
  return command
    .argument('<project>', '.vividtalker file')
    .addOption(sharedOptions.track())
    .addOption(sharedOptions.range().makeOptionMandatory())
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.style())
    .addOption(sharedOptions.headVariation())
    .addOption(sharedOptions.mouthVariation())
    .addOption(sharedOptions.clean())
    .addOption(sharedOptions.take())
    .addOption(sharedOptions.clip())
    .addOption(sharedOptions.output())
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.model())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json());
}

/** Opens the project and finds the take. Refuses an output that exists before any work is done. */
export async function openReroll(path: string, options: RerollOptions, context: CommandContext): Promise<OpenedReroll> {
  const output = editedProjectPath(path, options.output, options.force);
  if (!options.force) await refuseExisting(output);
  const project = await openProject(path, context);
  const clip = chooseClip(project, options.clip);
  const take = chooseTake(clip, options.take);
  const { track, seed, style } = options;
  return {
    output,
    clip,
    take,
    request: {
      audio: clip.audio,
      streamId: track,
      stream: take.streams[track],
      locks: take.locks,
      range: framesOf(options.range),
      settings: { seed, style, ...temperaturesOf(options), modelId: options.model ?? project.modelId ?? undefined },
    },
    save: async (edited) => writeFileWhole(output, await context.engine.projects.pack(replaceClip(project, edited)), { overwrite: options.force === true }),
  };
}
