import { CircleHelp } from 'lucide-react';
import { useStore } from 'zustand';
import { commandById } from '../keyboard/studio-commands';
import { useKeyHints } from '../keyboard/use-bindings';
import { useChosenModel, useEngine, useStudio } from '../session/studio-context';
import { IconButton } from '../ui/button';
import { ProgressBar } from '../ui/progress-bar';
import './status-bar.css';

/** Engine, model and device on the left, running work on the right. */
export function StatusBar() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const isConnected = useEngine((engine) => engine.isConnected);
  const isStarting = useEngine((engine) => engine.isStarting);
  const { info: model } = useChosenModel();
  const device = useEngine((engine) => engine.device);
  const jobs = useStore(studio.jobs, (state) => state.jobs);
  const job = jobs[0];
  return (
    <footer className="status-bar">
      <span className="status-light" data-state={!isConnected ? 'lost' : isStarting ? 'starting' : model ? 'ready' : 'limited'} />
      <span>{!isConnected ? 'Engine lost: start the studio again' : isStarting ? 'Starting' : model ? 'Ready' : 'No model: nothing new can be animated'}</span>
      {model ? <span className="status-faint">Model {model.id}</span> : null}
      {device ? (
        <span className="status-faint" title={device.reason}>
          {device.label}
        </span>
      ) : null}
      <span className="status-spring" />
      {job ? (
        <span className="status-job" role="status">
          {job.label}
          {job.step ? `: ${job.step.toLowerCase()}` : ''}
          <ProgressBar label={job.label} fraction={job.fraction} />
          <button type="button" onClick={job.cancel}>
            Cancel
          </button>
        </span>
      ) : null}
      <IconButton
        label="Keyboard shortcuts"
        keys={keyOf('help.shortcuts')}
        icon={<CircleHelp size={14} />}
        onClick={() => commandById('help.shortcuts').run(studio)}
      />
    </footer>
  );
}
