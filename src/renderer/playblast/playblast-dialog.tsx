import { Switch } from 'radix-ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { secondsOfFrame } from '../../shared/clip/timing';
import { formatRange } from '../document/describe';
import { CameraRig } from '../preview/camera-rig';
import { HeadCanvas } from '../preview/head-canvas';
import { ChosenLights } from '../preview/head-lights';
import { type Shown, selectionOrWhole, shownTake } from '../session/studio';
import { useStudio, useView } from '../session/studio-context';
import { Button } from '../ui/button';
import { Modal } from '../ui/modal';
import { ProgressBar } from '../ui/progress-bar';
import { Segmented } from '../ui/segmented';
import { describeEncoding, describeMissing, FILM_FORMATS, type FilmFormatId } from './film-format';
import { FilmHead, type FilmStage } from './film-stage';
import { recordPlayblast } from './record-playblast';
import { useEncodings } from './use-encodings';
import './playblast-dialog.css';

const SIZES = [
  { width: 640, height: 360 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 720, height: 1280 },
  { width: 1080, height: 1080 },
] as const;

/** Films the shown take: what part of it, how large, with what written in. The small picture is the shot; drag in it to frame it. */
export function PlayblastDialog() {
  const studio = useStudio();
  const update = useView((view) => view.update);
  const shown = shownTake(studio);
  return (
    <Modal
      title="Playblast"
      description="A film of the shown take with its sound. Drag in the picture to frame it."
      width="wide"
      onClose={() => update({ openDialog: null })}
    >
      {shown ? <PlayblastForm shown={shown} /> : <p className="dialog-text">Nothing is animated yet: import a recording first.</p>}
    </Modal>
  );
}

function PlayblastForm({ shown }: { shown: Shown }) {
  const studio = useStudio();
  const selection = useView((view) => view.selection);
  const update = useView((view) => view.update);
  const stage = useRef<FilmStage>(null);
  const [isReady, setReady] = useState(false);
  const [isWhole, setWhole] = useState(selection === null);
  const [sizeIndex, setSizeIndex] = useState(1);
  const [format, setFormat] = useState<FilmFormatId>('mp4');
  const [hasSound, setSound] = useState(true);
  const [hasBurnIn, setBurnIn] = useState(true);
  const markReady = useCallback(() => setReady(true), []);
  const job = useStore(studio.jobs, (state) => state.jobs.find((candidate) => candidate.label === 'Playblast'));
  // A film is drawn by this dialog: it ends with it.
  useEffect(
    () => () =>
      studio.jobs
        .getState()
        .jobs.find(({ label }) => label === 'Playblast')
        ?.cancel(),
    [studio],
  );
  const { width, height } = SIZES[sizeIndex] ?? SIZES[1];
  const encodings = useEncodings(width, height);
  const encoding = encodings?.find((candidate) => candidate.format === format) ?? encodings?.[0];
  const frames = selectionOrWhole(isWhole ? null : selection, shown.clip.frameCount);
  const range = { startSeconds: secondsOfFrame(frames.startFrame), endSeconds: secondsOfFrame(frames.endFrame) };
  const record = async (): Promise<void> => {
    if (!stage.current || !encoding) return;
    const isSaved = await recordPlayblast(studio, shown, stage.current, { range, width, height, encoding, hasSound, hasBurnIn });
    if (isSaved) update({ openDialog: null });
  };
  return (
    <div className="playblast">
      <div className="playblast-shot" style={{ aspectRatio: `${width} / ${height}` }}>
        <HeadCanvas camera={{ fov: 26, near: 0.05, far: 10, position: [0.4, 0.13, 0.7] }} aria-label="The shot; drag to turn the camera">
          <CameraRig />
          <ChosenLights />
          <FilmHead ref={stage} take={shown.take} timeSeconds={Math.max(range.startSeconds, studio.transport.positionSeconds)} onReady={markReady} />
        </HeadCanvas>
      </div>
      <div className="playblast-options">
        <div className="form-row">
          <span>Range</span>
          <Segmented<'clip' | 'selection'>
            label="Range"
            value={isWhole ? 'clip' : 'selection'}
            options={[{ value: 'clip', label: 'Whole clip' }, ...(selection ? [{ value: 'selection' as const, label: formatRange(selection) }] : [])]}
            onChange={(value) => setWhole(value === 'clip')}
          />
        </div>
        <label className="form-row">
          <span>Size</span>
          <select className="select-field number" value={sizeIndex} onChange={(event) => setSizeIndex(Number(event.currentTarget.value))}>
            {SIZES.map((size, index) => (
              <option key={`${size.width}x${size.height}`} value={index}>
                {size.width} x {size.height}
              </option>
            ))}
          </select>
        </label>
        {encodings && encoding ? (
          <div className="form-row">
            <span>Format</span>
            <Segmented<FilmFormatId>
              label="Format"
              value={encoding.format}
              options={encodings.map((candidate) => ({ value: candidate.format, label: FILM_FORMATS[candidate.format].label }))}
              onChange={setFormat}
            />
          </div>
        ) : null}
        <Flag label="Sound" isOn={hasSound} onChange={setSound} />
        <Flag label="Burn in timecode and take name" isOn={hasBurnIn} onChange={setBurnIn} />
        <p className="inspector-note number">{frames.endFrame - frames.startFrame} frames at 30 fps</p>
        {encoding ? <p className="inspector-note">{describeEncoding(encoding)}</p> : null}
        {encodings && describeMissing(encodings) ? <p className="inspector-note">{describeMissing(encodings)}</p> : null}
      </div>
      {job ? <ProgressBar label={job.label} fraction={job.fraction} /> : null}
      <div className="dialog-actions">
        {job ? (
          <Button data-action="cancel" onClick={job.cancel}>
            Cancel
          </Button>
        ) : (
          <Button onClick={() => update({ openDialog: null })}>Close</Button>
        )}
        <Button kind="primary" disabled={!isReady || !encoding || job !== undefined} onClick={() => void record()}>
          {job ? 'Filming' : !isReady ? 'Loading the head' : encoding ? `Film .${FILM_FORMATS[encoding.format].fileExtension}` : 'Film'}
        </Button>
      </div>
    </div>
  );
}

function Flag({ label, isOn, onChange }: { label: string; isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <div className="form-row">
      <span>{label}</span>
      <Switch.Root className="switch" aria-label={label} checked={isOn} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
    </div>
  );
}
