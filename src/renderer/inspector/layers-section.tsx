import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Switch } from 'radix-ui';
import type { Clip, OffsetLayer, Take } from '../../shared/clip/clip-schema';
import { moveLayer, removeLayer, setLayerOpensLips } from '../document/commands/edit-layers';
import { layersOf } from '../document/curves';
import { activeLayerOf, addOffsetLayer } from '../session/actions/layers';
import { useCurves, useDocument, useStudio } from '../session/studio-context';
import { IconButton } from '../ui/button';
import { LayerRow } from './layer-row';
import './layers.css';

/** Offset layers of a take, newest on top: keys that are added to what the codes give and stay when the codes change. */
export function LayersSection({ clip, take }: { clip: Clip; take: Take }) {
  const studio = useStudio();
  const activeLayerId = useCurves((curves) => curves.activeLayerId);
  const layers = layersOf(take);
  const active = activeLayerOf(take, activeLayerId);
  return (
    <section className="inspector-section" aria-label="Offset layers">
      <div className="layers-head">
        <h3 className="panel-title">Offset layers</h3>
        <IconButton label="Add a layer" icon={<Plus size={15} />} onClick={() => addOffsetLayer(studio)} />
      </div>
      {active ? (
        <>
          <ul className="layers" aria-label="Layers">
            {layers.map((layer) => (
              <LayerRow key={layer.id} clip={clip} take={take} layer={layer} isActive={layer === active} />
            ))}
          </ul>
          <ActiveLayer clip={clip} take={take} layer={active} />
        </>
      ) : (
        <p className="inspector-note">Keys on top of the codes: they stay when you re-roll. Add a layer, or pose the head.</p>
      )}
    </section>
  );
}

/** What can be done with the active layer. */
function ActiveLayer({ clip, take, layer }: { clip: Clip; take: Take; layer: OffsetLayer }) {
  const apply = useDocument((state) => state.apply);
  const target = { clipId: clip.id, takeId: take.id };
  const layers = layersOf(take);
  return (
    <div className="layer-tools" role="group" aria-label={`Layer ${layer.name}`}>
      <span className="layer-switch">
        <Switch.Root
          className="switch"
          aria-label="May open sealed lips"
          checked={layer.opensLips}
          onCheckedChange={(opensLips) => apply(setLayerOpensLips(target, layer, opensLips))}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
        May open sealed lips
      </span>
      <IconButton label="Move up" icon={<ArrowUp size={14} />} disabled={layer === layers[0]} onClick={() => apply(moveLayer(target, layer, -1))} />
      <IconButton label="Move down" icon={<ArrowDown size={14} />} disabled={layer === layers.at(-1)} onClick={() => apply(moveLayer(target, layer, 1))} />
      <IconButton label="Delete layer" icon={<Trash2 size={14} />} onClick={() => apply(removeLayer(target, layer))} />
    </div>
  );
}
