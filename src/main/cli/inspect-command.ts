import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Command } from 'commander';
import type { Clip, Stream, Take } from '../../shared/clip/clip-schema';
import { AppError } from '../../shared/contract/errors';
import { type CommandContext, type CommandOptions, runCommand } from './command-context';
import { describeExport } from './describe-export';
import { sharedOptions } from './option-parsers';
import { openProject, streamHash } from './project-access';

/** `inspect <file>`: what is in a project or in an exported file. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('what is in a project or an exported file')
    .argument('<file>', '.vividtalker, .glb, .fbx or .json')
    .addOption(sharedOptions.json())
    .action((file: string, options: CommandOptions) => runCommand(options, (context) => inspect(file, context)));
}

async function inspect(path: string, context: CommandContext): Promise<void> {
  if (extname(path).toLowerCase() === '.vividtalker') return inspectProject(path, context);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new AppError('file-not-found', `There is no file ${path}.`, 'Check the name and the folder.', { cause: error });
    if (error.code === 'EISDIR') throw new AppError('bad-input', `${path} is a folder.`, 'Give the name of a file.', { cause: error });
    throw error;
  });
  const found = describeExport(bytes);
  context.terminal.result(
    Object.entries(found)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join('\n'),
    'export',
    { file: path, ...found },
  );
}

async function inspectProject(path: string, context: CommandContext): Promise<void> {
  const project = await openProject(path, context);
  const clips = project.clips.map(describeClip);
  const lines = clips.flatMap((clip) => [
    `Clip "${clip.name}": ${clip.durationSeconds.toFixed(2)} s, ${clip.frameCount} frames, sound ${clip.audio.fileName} (sha256 ${clip.audio.sha256.slice(0, 12)}…)`,
    ...clip.takes.flatMap((take) => [
      `  Take "${take.name}"${take.isActive ? ' (active)' : ''}: ${take.blinks} blinks, ${take.locks.length} locks`,
      ...take.streams.map(
        (stream) =>
          `    ${stream.id.padEnd(5)} sha256 ${stream.sha256.slice(0, 16)}… ${stream.segments.map((segment) => `[${segment.startFrame}, ${segment.endFrame}) ${segment.kind} seed ${segment.seed}`).join(', ')}`,
      ),
    ]),
  ]);
  context.terminal.result(lines.join('\n'), 'project', { file: path, formatVersion: project.formatVersion, clips });
}

function describeClip(clip: Clip) {
  return {
    id: clip.id,
    name: clip.name,
    frameCount: clip.frameCount,
    durationSeconds: clip.audio.durationSeconds,
    audio: clip.audio,
    takes: clip.takes.map((take: Take) => ({
      id: take.id,
      name: take.name,
      isActive: take.id === clip.activeTakeId,
      blinks: take.events.blinks.length,
      locks: take.locks,
      streams: (['head', 'mouth'] as const).map((id) => describeStream(id, take.streams[id])),
    })),
  };
}

function describeStream(id: string, stream: Stream) {
  return {
    id,
    sha256: streamHash(stream),
    segments: stream.segments.map(({ startFrame, endFrame, provenance }) => ({ startFrame, endFrame, ...provenance })),
  };
}
