import { Eye, EyeOff } from 'lucide-react';
import type { Take } from '../../../shared/clip/clip-schema';
import { EXPRESSION_OFFSETS, HEAD_OFFSETS, WRINKLE_OFFSETS } from '../../../shared/face/offset-channels';
import { type CurveGroup, channelLabel } from '../../document/curves';
import { activeLayerOf } from '../../session/actions/layers';
import { keyChannel } from '../../session/actions/pose';
import { useCurves, useStudio } from '../../session/studio-context';
import { curveColour } from './curve-colour';

interface ChannelListProps {
  readonly take: Take | undefined;
  readonly groups: readonly CurveGroup[];
}

const CHANNELS = [
  { label: 'Head', channels: HEAD_OFFSETS },
  { label: 'Face', channels: EXPRESSION_OFFSETS },
  { label: 'Wrinkles', channels: WRINKLE_OFFSETS },
] as const;

/** Names of the curves in the graph, by layer: each can be hidden; the list at the end keys another channel of the active layer at the playhead. */
export function ChannelList({ take, groups }: ChannelListProps) {
  const studio = useStudio();
  const activeLayerId = useCurves((curves) => curves.activeLayerId);
  const hidden = useCurves((curves) => curves.hiddenCurves);
  const active = take && activeLayerOf(take, activeLayerId);
  const toggle = (ids: readonly string[], isHidden: boolean): void =>
    studio.curves.setState({ hiddenCurves: isHidden ? hidden.filter((id) => !ids.includes(id)) : [...hidden, ...ids] });
  return (
    <div className="channel-list">
      <div className="channels">
        {groups.map(({ label, layer, curves }) => {
          const ids = curves.map(({ id }) => id);
          const areHidden = ids.length > 0 && ids.every((id) => hidden.includes(id));
          return (
            <section key={layer?.id ?? 'amounts'} aria-label={label}>
              <div className="channel-group" data-active={layer !== null && layer === active}>
                {layer ? (
                  <button type="button" aria-pressed={layer === active} onClick={() => studio.curves.setState({ activeLayerId: layer.id })}>
                    {label}
                    {layer.muted ? ' (off)' : ''}
                  </button>
                ) : (
                  <span>{label}</span>
                )}
                <VisibilityButton label={label} isHidden={areHidden} onToggle={() => toggle(ids, areHidden)} />
              </div>
              {curves.map((curve) => {
                const isHidden = hidden.includes(curve.id);
                return (
                  <div key={curve.id} className="channel" data-hidden={isHidden}>
                    <span className="channel-colour" style={{ background: curveColour(curve.id) }} />
                    <button
                      type="button"
                      onClick={() => studio.curves.setState({ selectedKeys: curve.curve.keys.map(({ frame }) => ({ curveId: curve.id, frame })) })}
                      title="Select its keys"
                    >
                      {curve.label}
                    </button>
                    <VisibilityButton label={curve.label} isHidden={isHidden} onToggle={() => toggle([curve.id], isHidden)} />
                  </div>
                );
              })}
            </section>
          );
        })}
      </div>
      <select
        className="select-field channel-choice"
        aria-label="Key a channel at the playhead"
        value=""
        onChange={(event) => {
          keyChannel(studio, event.currentTarget.value);
          event.currentTarget.blur();
        }}
      >
        <option value="">Key a channel...</option>
        {CHANNELS.map(({ label, channels }) => (
          <optgroup key={label} label={label}>
            {channels.map((channel) => (
              <option key={channel} value={channel}>
                {channelLabel(channel)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function VisibilityButton({ label, isHidden, onToggle }: { label: string; isHidden: boolean; onToggle(): void }) {
  return (
    <button type="button" className="channel-eye" aria-label={`Show ${label}`} aria-pressed={!isHidden} onClick={onToggle}>
      {isHidden ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
    </button>
  );
}
