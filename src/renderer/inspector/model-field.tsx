import { setModel } from '../document/commands/set-model';
import { useDocument, useEngine } from '../session/studio-context';

/** Which model the project uses; shown once there is something to choose, or something missing. */
export function ModelField() {
  const modelId = useDocument((state) => state.project.modelId);
  const apply = useDocument((state) => state.apply);
  const usual = useEngine((engine) => engine.model);
  const models = useEngine((engine) => engine.models);
  const others = models.filter((model) => model.origin === 'user');
  const isUnknown = modelId !== null && modelId !== usual?.id && !others.some((model) => model.id === modelId);
  if (others.length === 0 && !isUnknown) return null;
  return (
    <label className="model-field">
      <span className="slider-field-label">Model</span>
      <select
        className="select-field"
        value={modelId === usual?.id ? '' : (modelId ?? '')}
        onChange={(event) => apply(setModel(event.currentTarget.value === '' ? null : event.currentTarget.value))}
      >
        <option value="">{usual ? `${usual.id} (comes with the studio)` : 'the one that comes with the studio'}</option>
        {others.map((model) => (
          <option key={model.id} value={model.id} disabled={model.info === null} title={model.problem}>
            {model.info ? model.id : `${model.id} (cannot be used)`}
          </option>
        ))}
        {isUnknown ? <option value={modelId}>{modelId} (not installed)</option> : null}
      </select>
    </label>
  );
}
