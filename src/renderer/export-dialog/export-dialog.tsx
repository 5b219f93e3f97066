import { Check, CircleAlert, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { FRAME_RATE_HZ } from '../../shared/clip/timing';
import type { ExporterInfo } from '../../shared/contract/methods';
import { formatRange } from '../document/describe';
import { exportShownTake } from '../session/actions/export-clip';
import { useEngine, useShownClip, useShownTake, useStudio, useView } from '../session/studio-context';
import { Button } from '../ui/button';
import { Modal } from '../ui/modal';
import { ProgressBar } from '../ui/progress-bar';
import { Segmented } from '../ui/segmented';
import { defaultOptions, fieldsOfSchema } from './export-options';
import { OptionFieldView } from './option-field-view';
import { type PreflightItem, preflight } from './preflight';
import './export-dialog.css';

const LEVEL_ICONS = { good: Check, warning: TriangleAlert, problem: CircleAlert } as const;

/** One screen to export the shown take: format, range, options, what to expect, progress. */
export function ExportDialog() {
  const exporters = useEngine((engine) => engine.exporters);
  const update = useView((view) => view.update);
  const [exporterId, setExporterId] = useState(exporters[0]?.id ?? '');
  const exporter = exporters.find((candidate) => candidate.id === exporterId);
  return (
    <Modal title="Export" width="wide" onClose={() => update({ openDialog: null })}>
      {exporter ? (
        <>
          <Segmented
            label="Format"
            value={exporterId}
            options={exporters.map(({ id, label, fileExtension }) => ({ value: id, label: `${label} (.${fileExtension})` }))}
            onChange={setExporterId}
          />
          <ExportForm key={exporter.id} exporter={exporter} />
        </>
      ) : (
        <p className="dialog-text">The engine offers no export formats. Start the studio again.</p>
      )}
    </Modal>
  );
}

function ExportForm({ exporter }: { exporter: ExporterInfo }) {
  const studio = useStudio();
  const clip = useShownClip();
  const take = useShownTake();
  const selection = useView((view) => view.selection);
  const update = useView((view) => view.update);
  const fields = useMemo(() => fieldsOfSchema(exporter.optionsJsonSchema), [exporter]);
  const [options, setOptions] = useState(() => defaultOptions(fields));
  const [rangeChoice, setRangeChoice] = useState<'clip' | 'selection'>(selection ? 'selection' : 'clip');
  const job = useStore(studio.jobs, (state) => state.jobs.find((candidate) => candidate.label.startsWith('Export')));
  if (!clip || !take) return <p className="dialog-text">Nothing is animated yet: import a recording first.</p>;

  const range =
    rangeChoice === 'selection' && selection ? { startSeconds: selection.startFrame / FRAME_RATE_HZ, endSeconds: selection.endFrame / FRAME_RATE_HZ } : null;
  const streams = (options.streams ?? {}) as Readonly<Record<string, boolean>>;
  const items = preflight({ clip, take, range, fps: String(options.fps ?? FRAME_RATE_HZ), streams });
  const isBlocked = items.some((item) => item.level === 'problem');
  const start = async (): Promise<void> => {
    if (await exportShownTake(studio, exporter, { ...options, range })) update({ openDialog: null });
  };
  return (
    <div className="export-form">
      <div className="export-options">
        <div className="form-row">
          <span>Range</span>
          <Segmented<'clip' | 'selection'>
            label="Range"
            value={rangeChoice}
            options={
              selection
                ? [
                    { value: 'clip', label: 'Whole clip' },
                    { value: 'selection', label: formatRange(selection) },
                  ]
                : [{ value: 'clip', label: 'Whole clip' }]
            }
            onChange={setRangeChoice}
          />
        </div>
        {fields.map((field) => (
          <OptionFieldView key={field.name} field={field} value={options[field.name]} onChange={(value) => setOptions({ ...options, [field.name]: value })} />
        ))}
      </div>
      <Preflight items={items} />
      {job ? <ProgressBar label={job.label} fraction={job.fraction} /> : null}
      <div className="dialog-actions">
        {job ? (
          <Button data-action="cancel" onClick={job.cancel}>
            Cancel export
          </Button>
        ) : (
          <Button onClick={() => update({ openDialog: null })}>Close</Button>
        )}
        <Button kind="primary" disabled={isBlocked || job !== undefined} onClick={() => void start()}>
          {job ? 'Exporting' : `Export .${exporter.fileExtension}`}
        </Button>
      </div>
    </div>
  );
}

function Preflight({ items }: { items: readonly PreflightItem[] }) {
  return (
    <ul className="preflight" aria-label="Check before export">
      {items.map((item) => {
        const Icon = LEVEL_ICONS[item.level];
        return (
          <li key={item.text} data-level={item.level}>
            <Icon size={14} aria-hidden />
            <span className="visually-hidden">{item.level}: </span>
            {item.text}
          </li>
        );
      })}
    </ul>
  );
}
