import type { StreamId } from '../../shared/clip/clip-schema';
import type { GroupLevels } from '../../shared/clip/code-space';
import { AppError } from '../../shared/contract/errors';
import type { ModelInfo } from '../../shared/contract/methods';
import type { EngineState } from '../workspace/engine-store';
import type { Studio } from './studio';

/** The model a project uses: what is known of it, or why it cannot be used. */
export interface ChosenModel {
  readonly info: ModelInfo | null;
  readonly problem: string;
}

/** The model of an id; without one, the model the studio comes with. */
export function findModel({ model, modelProblem, models }: Pick<EngineState, 'model' | 'modelProblem' | 'models'>, modelId: string | null): ChosenModel {
  if (modelId === null || modelId === model?.id) return { info: model, problem: modelProblem };
  const listed = models.find((candidate) => candidate.id === modelId && candidate.info) ?? models.find((candidate) => candidate.id === modelId);
  if (listed) return { info: listed.info, problem: listed.problem };
  return { info: null, problem: `The project uses the model "${modelId}", which is not installed here. Bring it in with "models add", or choose another one.` };
}

/** The model the open project uses. */
export function chosenModel(studio: Studio): ChosenModel {
  return findModel(studio.engine.getState(), studio.document.getState().project.modelId);
}

/** What the codes of a stream are called and how they lie in space, per group. */
export interface Codebook {
  readonly levels: GroupLevels;
  readonly names: readonly string[];
}

/** The codebook of a stream as the model in use knows it; codes of other sizes have numbers for names and lie in a row. */
export function codebookOf(model: ModelInfo | null, streamId: StreamId, groupSizes: readonly number[]): Codebook {
  const known = model?.streams[streamId];
  if (known?.groupSizes.join() === groupSizes.join()) return { levels: known.groupLevels, names: known.groupNames };
  return { levels: groupSizes.map((size) => [size]), names: groupSizes.map((_, group) => `group ${group + 1}`) };
}

/** What is known of the model the open project uses. AppError 'missing-model' when it cannot be used. */
export function modelOrThrow(studio: Studio): ModelInfo {
  const { info, problem } = chosenModel(studio);
  if (!info) throw new AppError('missing-model', 'There is no model to animate with.', problem);
  return info;
}
