import { useEngine, useView } from '../session/studio-context';
import { Modal } from '../ui/modal';
import './help.css';

/** Version, model and device in use. */
export function AboutDialog() {
  const { version, model, modelProblem, device } = useEngine((engine) => engine);
  const update = useView((view) => view.update);
  return (
    <Modal title="VividTalker Studio" description={`Version ${version}`} onClose={() => update({ openDialog: null })}>
      <dl className="facts about">
        <dt>Model</dt>
        <dd>{model ? `${model.id} (${model.licence})` : modelProblem}</dd>
        <dt>Device</dt>
        <dd>{device?.label ?? 'unknown'}</dd>
        <dt>Why</dt>
        <dd>{device?.reason || 'first choice'}</dd>
      </dl>
      <p className="dialog-text">Recordings never leave this computer. Sources and licences are in THIRD_PARTY_NOTICES.</p>
    </Modal>
  );
}
