import { ChevronDown, ChevronRight } from 'lucide-react';
import type { Clip, Take, TrackId } from '../../shared/clip/clip-schema';
import { timecodeOf } from '../../shared/clip/timecode';
import { amountLabel } from '../document/curves';
import { TRACK_LABELS } from '../document/describe';
import { isLocked } from '../document/selectors';
import { useKeyHints } from '../keyboard/use-bindings';
import { toggleLock } from '../session/actions/lock-focus';
import { toggleMute } from '../session/actions/toggle-mute';
import { codebookOf } from '../session/chosen-model';
import { useChosenModel, useShownTake, useStudio, useView } from '../session/studio-context';
import { Hint } from '../ui/button';
import { AudioViewButton, FrequencyTicks } from './audio-header';
import { EyesLegend } from './eyes-legend';
import type { LaneRow } from './lane-layout';
import { HEAD_CURVES } from './lanes/head-lane';

/** Names of the rows that are no track. */
const ROW_NAMES: Readonly<Record<LaneRow['kind'], string>> = {
  ruler: '',
  audio: 'Audio',
  track: '',
  codes: '',
  confidence: 'Confidence',
  amount: 'Amount',
  qa: 'QA',
};

interface LaneHeaderProps {
  readonly row: LaneRow;
  readonly clip: Clip;
  readonly take: Take | undefined;
}

/** Name of a row with its badges: C shows its code groups, M switches the track off, L locks it, the arrow unfolds its amounts. */
export function LaneHeader({ row, clip, take }: LaneHeaderProps) {
  const focusTrack = useView((view) => view.focusTrack);
  const update = useView((view) => view.update);
  const isSpectrogram = useView((view) => view.audioView === 'spectrogram');
  const { trackId } = row;
  const isFocused = row.kind === 'track' && trackId === focusTrack;
  const style = row.kind === 'ruler' ? { height: row.height } : { top: row.top, height: row.height };
  if (trackId && row.kind === 'codes') {
    return (
      <div className="lane-header" data-kind="codes" data-track={trackId} style={style}>
        <CodeRowNames trackId={trackId} />
      </div>
    );
  }
  if (!trackId || row.kind !== 'track') {
    return (
      <div className="lane-header" data-kind={row.kind} data-track={trackId ?? 'audio'} style={style}>
        <span
          className={row.kind === 'amount' || row.kind === 'confidence' ? 'lane-name' : row.kind === 'ruler' ? 'lane-name-plain' : 'lane-name lane-name-plain'}
        >
          {row.kind === 'ruler' ? <RulerUnitButton clip={clip} /> : row.amountId && row.amountId !== trackId ? amountLabel(row.amountId) : ROW_NAMES[row.kind]}
        </span>
        {row.kind === 'audio' ? <AudioViewButton /> : null}
        {row.kind === 'audio' && isSpectrogram ? <FrequencyTicks height={row.height - 1} /> : null}
      </div>
    );
  }
  return (
    <div className="lane-header" data-kind="track" data-track={trackId} data-focused={isFocused} style={style}>
      <span className="lane-name">
        <UnfoldButton trackId={trackId} />
        <button type="button" aria-pressed={isFocused} aria-label={`Focus ${TRACK_LABELS[trackId]}`} onClick={() => update({ focusTrack: trackId })}>
          {TRACK_LABELS[trackId]}
        </button>
      </span>
      {take ? <Badges trackId={trackId} clip={clip} take={take} /> : null}
      {trackId === 'head' ? <HeadLegend /> : null}
      {trackId === 'eyes' ? <EyesLegend /> : null}
    </div>
  );
}

/** Says what the ruler counts, and changes between seconds and timecode. */
function RulerUnitButton({ clip }: { clip: Clip }) {
  const rulerUnit = useView((view) => view.rulerUnit);
  const update = useView((view) => view.update);
  const isTimecode = rulerUnit === 'timecode';
  return (
    <Hint label={isTimecode ? 'Count seconds' : 'Count timecode'}>
      <button type="button" className="ruler-unit" onClick={() => update({ rulerUnit: isTimecode ? 'seconds' : 'timecode' })}>
        {isTimecode ? `Timecode ${timecodeOf(clip).format}` : 'Seconds'}
      </button>
    </Hint>
  );
}

function UnfoldButton({ trackId }: { trackId: TrackId }) {
  const unfolded = useView((view) => view.unfoldedTracks);
  const update = useView((view) => view.update);
  const isUnfolded = unfolded.includes(trackId);
  const Icon = isUnfolded ? ChevronDown : ChevronRight;
  return (
    <button
      type="button"
      aria-expanded={isUnfolded}
      aria-label={`Amount rows of ${TRACK_LABELS[trackId]}`}
      onClick={() => update({ unfoldedTracks: isUnfolded ? unfolded.filter((id) => id !== trackId) : [...unfolded, trackId] })}
    >
      <Icon size={14} aria-hidden />
    </button>
  );
}

function Badges({ trackId, clip, take }: { trackId: TrackId; clip: Clip; take: Take }) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const isMuted = take.edits[trackId].muted;
  const canLock = trackId === 'head' || trackId === 'mouth';
  const name = TRACK_LABELS[trackId];
  return (
    <span className="lane-badges">
      {canLock ? <CodesBadge trackId={trackId} /> : null}
      <Hint label={isMuted ? `Switch ${name} on` : `Switch ${name} off`}>
        <button
          type="button"
          className="lane-badge"
          data-badge="mute"
          aria-label={`Mute ${name}`}
          aria-pressed={isMuted}
          onClick={() => toggleMute(studio, trackId)}
        >
          M
        </button>
      </Hint>
      {canLock ? (
        <Hint label={`Lock ${name} (selection or all)`} keys={keyOf('animate.lock')}>
          <button
            type="button"
            className="lane-badge"
            data-badge="lock"
            aria-label={`Lock ${name}`}
            aria-pressed={isLocked(take, trackId, { startFrame: 0, endFrame: clip.frameCount })}
            onClick={() => toggleLock(studio, trackId)}
          >
            L
          </button>
        </Hint>
      ) : null}
    </span>
  );
}

function CodesBadge({ trackId }: { trackId: 'head' | 'mouth' }) {
  const shown = useView((view) => view.tracksWithCodes);
  const update = useView((view) => view.update);
  const isShown = shown.includes(trackId);
  const name = TRACK_LABELS[trackId];
  return (
    <Hint label={isShown ? `Hide the codes of ${name} by group` : `Show the codes of ${name} by group, and how sure they are`}>
      <button
        type="button"
        className="lane-badge"
        data-badge="codes"
        aria-label={`Codes of ${name}`}
        aria-pressed={isShown}
        onClick={() => update({ tracksWithCodes: isShown ? shown.filter((id) => id !== trackId) : [...shown, trackId] })}
      >
        C
      </button>
    </Hint>
  );
}

function CodeRowNames({ trackId }: { trackId: TrackId }) {
  const { info: model } = useChosenModel();
  const take = useShownTake();
  if (!take || (trackId !== 'head' && trackId !== 'mouth')) return null;
  const { names } = codebookOf(model, trackId, take.streams[trackId].groupSizes);
  return (
    <div className="code-row-names">
      {names.map((name) => (
        <span key={name}>{name}</span>
      ))}
    </div>
  );
}

function HeadLegend() {
  return (
    <div className="lane-legend" aria-hidden>
      {HEAD_CURVES.map((curve) => (
        <span key={curve.key}>
          <svg width={18} height={4}>
            <line x1={0} x2={18} y1={2} y2={2} stroke={`var(${curve.colour})`} strokeWidth={1.6} strokeDasharray={curve.dash.join(' ')} />
          </svg>
          {curve.label}
        </span>
      ))}
    </div>
  );
}
