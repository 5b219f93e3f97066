import { useRef, useState } from 'react';
import type { Take } from '../../shared/clip/clip-schema';
import { curveValue } from '../../shared/clip/curve';
import { EXPRESSION_OFFSETS, HEAD_OFFSETS, offsetLimit, WRINKLE_OFFSETS } from '../../shared/face/offset-channels';
import { regionOfExpression, TRACK_REGIONS } from '../../shared/face/regions';
import { channelLabel, isInDegrees } from '../document/curves';
import { REGION_LABELS } from '../document/describe';
import { activeLayerOf } from '../session/actions/layers';
import { type Posing, startPosing } from '../session/actions/pose';
import { useCurves, useStudio } from '../session/studio-context';
import { SliderField } from '../ui/slider-field';
import { useRestingFrame } from './use-resting-frame';

const LIDS = EXPRESSION_OFFSETS.filter((name) => name.startsWith('eyeBlink'));
const GROUPS: readonly { readonly label: string; readonly channels: readonly string[] }[] = [
  { label: 'Head', channels: HEAD_OFFSETS },
  ...TRACK_REGIONS.mouth.map((region) => ({
    label: REGION_LABELS[region],
    channels: EXPRESSION_OFFSETS.filter((name) => !LIDS.includes(name) && regionOfExpression(name) === region),
  })),
  { label: 'Lids', channels: LIDS },
  { label: 'Wrinkles', channels: WRINKLE_OFFSETS },
];

/** Sliders of everything a layer may move: each change is a key of the active layer at the playhead, eased over .3 s on both sides. */
export function PoseSection({ take }: { take: Take }) {
  const studio = useStudio();
  const activeLayerId = useCurves((curves) => curves.activeLayerId);
  const layer = activeLayerOf(take, activeLayerId);
  const frame = useRestingFrame();
  const [openGroups, setOpenGroups] = useState<readonly string[]>(['Head']);
  const posing = useRef<Posing | null>(null);
  const offsetOf = (channel: string): number => {
    const curve = layer?.curves[channel];
    return curve ? curveValue(curve, frame) : 0;
  };
  return (
    <section className="inspector-section" aria-label="Pose">
      <h3 className="panel-title">Offsets at the playhead</h3>
      {GROUPS.map(({ label, channels }) => (
        <details
          key={label}
          className="pose-group"
          open={openGroups.includes(label)}
          onToggle={({ currentTarget: { open } }) => setOpenGroups((groups) => [...groups.filter((group) => group !== label), ...(open ? [label] : [])])}
        >
          <summary>{label}</summary>
          {(openGroups.includes(label) ? channels : []).map((channel) => (
            <SliderField
              key={channel}
              label={channelLabel(channel)}
              value={offsetOf(channel)}
              min={-reach(channel)}
              max={reach(channel)}
              step={isInDegrees(channel) ? 0.1 : 0.01}
              defaultValue={0}
              unit={isInDegrees(channel) ? '°' : ''}
              onBegin={() => {
                posing.current = startPosing(studio, `${channelLabel(channel)} posed`);
              }}
              onChange={(value) => posing.current?.set({ [channel]: value })}
              onCommit={() => posing.current?.commit()}
            />
          ))}
        </details>
      ))}
    </section>
  );
}

/** The head turns further than a slider can show finely: beyond it keys are moved in the graph. */
function reach(channel: string): number {
  return Math.min(45, offsetLimit(channel));
}
