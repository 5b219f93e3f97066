import { type Command, Option } from 'commander';
import type { Clip, StreamId, Take } from '../../shared/clip/clip-schema';
import { refuseExisting, writeFileWhole } from '../engine/project/write-file-whole';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { framesOf, type SecondsRange, sharedOptions, wholeNumber } from './option-parsers';
import { chooseClip, chooseTake, editedProjectPath, openProject, replaceClip, streamHash } from './project-access';

interface VariantsOptions extends CommandOptions {
  readonly track: StreamId;
  readonly range: SecondsRange;
  readonly count: number;
  readonly seed: number;
  readonly style: Record<string, number>;
  readonly take?: string;
  readonly clip?: string;
  readonly output?: string;
  readonly force?: boolean;
}

/** `variants <project> --track head --range a:b --count 8`: adds takes with that range drawn anew, nearest to the current motion first. */
export function addVariantsCommand(program: Command): void {
  program
    .command('variants')
    .description('add takes with a range drawn anew, nearest to the current motion first')
    .argument('<project>', '.vividtalker file')
    .addOption(sharedOptions.track())
    .addOption(sharedOptions.range().makeOptionMandatory())
    .addOption(new Option('--count <number>', 'how many takes').argParser(wholeNumber(1, 32)).default(8))
    .addOption(sharedOptions.seed())
    .addOption(sharedOptions.style())
    .addOption(sharedOptions.take())
    .addOption(sharedOptions.clip())
    .addOption(sharedOptions.output())
    .addOption(sharedOptions.device())
    .addOption(sharedOptions.models())
    .addOption(sharedOptions.force())
    .addOption(sharedOptions.json())
    .action((project: string, options: VariantsOptions) => runCommand(options, (context) => addVariants(project, options, context)));
}

async function addVariants(path: string, options: VariantsOptions, context: CommandContext): Promise<void> {
  const { engine, terminal, callContext } = context;
  const output = editedProjectPath(path, options.output, options.force);
  if (!options.force) await refuseExisting(output);
  const project = await openProject(path, context);
  const clip = chooseClip(project, options.clip);
  const take = chooseTake(clip, options.take);
  const { track, seed, style, count } = options;
  const request = {
    audio: clip.audio,
    streamId: track,
    stream: take.streams[track],
    locks: take.locks,
    range: framesOf(options.range),
    settings: { seed, style },
    count,
  };
  const { variants, affected } = await engine.handlers['clip.variants'](request, callContext(0.2, 0.95));
  const takes = variants.map(
    ({ seed: variantSeed, stream }, index): Take => ({
      ...take,
      id: freeId(clip, `${take.id}-${track}-${variantSeed}`),
      name: `${take.name}, ${track} ${index + 1} (seed ${variantSeed})`.slice(0, 200),
      streams: { ...take.streams, [track]: stream },
    }),
  );
  const editedClip: Clip = { ...clip, takes: [...clip.takes, ...takes] };
  await writeFileWhole(output, await engine.projects.pack(replaceClip(project, editedClip)), { overwrite: options.force === true });
  variants.forEach(({ seed: variantSeed, distance, stream }, index) => {
    const unit = track === 'head' ? 'degrees' : 'coefficient units';
    terminal.result(`${takes[index]?.name}: ${distance.toFixed(3)} ${unit} from the current motion`, 'variant', {
      take: takes[index]?.id,
      seed: variantSeed,
      distance,
      sha256: streamHash(stream),
    });
  });
  terminal.result(output, 'done', { output, track, affected, count: variants.length, mouthSha256: streamHash(take.streams.mouth) });
}

function freeId(clip: Clip, wanted: string): string {
  const isTaken = (id: string): boolean => clip.takes.some((take) => take.id === id);
  let id = wanted;
  for (let number = 2; isTaken(id); number++) id = `${wanted}-${number}`;
  return id;
}
