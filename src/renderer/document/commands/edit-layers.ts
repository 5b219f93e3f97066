import type { OffsetLayer } from '../../../shared/clip/clip-schema';
import { layersOf } from '../curves';
import type { Command } from '../store';
import { type TakeTarget, updateTake } from '../update';

/** Puts an empty offset layer on top. */
export function addLayer(target: TakeTarget, id: string, name: string): Command {
  return changeLayers(target, `Layer ${name} added`, (layers) => [{ id, name, muted: false, opensLips: false, curves: {} }, ...layers]);
}

/** Renames a layer; a blank name changes nothing. */
export function renameLayer(target: TakeTarget, layer: OffsetLayer, name: string): Command {
  const next = name.trim().slice(0, 200);
  return changeLayer(target, layer, `Layer ${layer.name} renamed`, (current) => (next === '' || next === current.name ? current : { ...current, name: next }));
}

/** Switches a layer off or on, in preview and export. */
export function setLayerMuted(target: TakeTarget, layer: OffsetLayer, muted: boolean): Command {
  return changeLayer(target, layer, `Layer ${layer.name} ${muted ? 'off' : 'on'}`, (current) => (current.muted === muted ? current : { ...current, muted }));
}

/** Lets a layer part lips that a stream seals, or not. */
export function setLayerOpensLips(target: TakeTarget, layer: OffsetLayer, opensLips: boolean): Command {
  const label = `Layer ${layer.name} ${opensLips ? 'may open' : 'keeps'} sealed lips`;
  return changeLayer(target, layer, label, (current) => (current.opensLips === opensLips ? current : { ...current, opensLips }));
}

/** Moves a layer up (-1) or down (1) in the list; at its end it stays. */
export function moveLayer(target: TakeTarget, layer: OffsetLayer, steps: -1 | 1): Command {
  return changeLayers(target, `Layer ${layer.name} moved`, (layers) => {
    const from = layers.findIndex(({ id }) => id === layer.id);
    const [moved, replaced] = [layers[from], layers[from + steps]];
    return moved && replaced ? layers.with(from, replaced).with(from + steps, moved) : layers;
  });
}

/** Takes a layer away with its keys. */
export function removeLayer(target: TakeTarget, layer: OffsetLayer): Command {
  return changeLayers(target, `Layer ${layer.name} deleted`, (layers) =>
    layers.some(({ id }) => id === layer.id) ? layers.filter(({ id }) => id !== layer.id) : layers,
  );
}

function changeLayer(target: TakeTarget, layer: OffsetLayer, label: string, change: (layer: OffsetLayer) => OffsetLayer): Command {
  return changeLayers(target, label, (layers) => {
    const index = layers.findIndex(({ id }) => id === layer.id);
    const current = layers[index];
    const next = current && change(current);
    return next && next !== current ? layers.with(index, next) : layers;
  });
}

function changeLayers(target: TakeTarget, label: string, change: (layers: readonly OffsetLayer[]) => readonly OffsetLayer[]): Command {
  return {
    label,
    run: (project) =>
      updateTake(project, target.clipId, target.takeId, (take) => {
        const layers = change(layersOf(take));
        return layers === layersOf(take) ? take : { ...take, edits: { ...take.edits, layers: [...layers] } };
      }),
  };
}
