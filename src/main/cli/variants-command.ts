import { type Command, Option } from 'commander';
import type { Clip, Take } from '../../shared/clip/clip-schema';
import { AppError } from '../../shared/contract/errors';
import { type CommandContext, runCommand } from './command-context';
import { wholeNumber } from './option-parsers';
import { streamHash } from './project-access';
import { declareReroll, openReroll, type RerollOptions } from './reroll-project';

interface VariantsOptions extends RerollOptions {
  readonly count: number;
}

/** `variants <project> --track head --range a:b --count 8`: adds takes with that range drawn anew, nearest to the current motion first. */
export function addVariantsCommand(program: Command): void {
  declareReroll(program.command('variants').description('add takes with a range drawn anew, nearest to the current motion first'))
    .addOption(new Option('--count <number>', 'how many takes').argParser(wholeNumber(1, 32)).default(8))
    .action((project: string, options: VariantsOptions) => runCommand(options, (context) => addVariants(project, options, context)));
}

async function addVariants(path: string, options: VariantsOptions, context: CommandContext): Promise<void> {
  const { engine, terminal } = context;
  const { track, count } = options;
  if (track === 'mouth' && options.clean)
    throw new AppError('bad-input', 'All clean variants of the mouth would be the same.', 'Use --mouth-variation, or draw it once with resample --clean.');
  const { output, clip, take, request, save } = await openReroll(path, options, context);
  const { variants, affected } = await engine.handlers['clip.variants']({ ...request, count }, context.callContext(0.2, 0.95));
  const takes = variants.map(
    ({ seed, stream }, index): Take => ({
      ...take,
      id: freeId(clip, `${take.id}-${track}-${seed}`),
      name: `${take.name}, ${track} ${index + 1} (seed ${seed})`.slice(0, 200),
      streams: { ...take.streams, [track]: stream },
    }),
  );
  await save({ ...clip, takes: [...clip.takes, ...takes] });
  variants.forEach(({ seed, distance, stream }, index) => {
    const unit = track === 'head' ? 'degrees' : 'coefficient units';
    terminal.result(`${takes[index]?.name}: ${distance.toFixed(3)} ${unit} from the current motion`, 'variant', {
      take: takes[index]?.id,
      seed,
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
