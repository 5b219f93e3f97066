import type { Command } from '../store';

/** Chooses the model of the project for new takes and re-rolls; null is the one the studio comes with. */
export function setModel(modelId: string | null): Command {
  return {
    label: modelId === null ? 'Use the usual model' : `Use the model ${modelId}`,
    run: (project) => (project.modelId === modelId ? project : { ...project, modelId }),
  };
}
