import type { OffsetLayer, Take } from '../../../shared/clip/clip-schema';
import { addLayer } from '../../document/commands/edit-layers';
import { layersOf } from '../../document/curves';
import { type Studio, shownTake } from '../studio';

/** The layer that new offsets go to: the chosen one, else the newest. */
export function activeLayerOf(take: Take, activeLayerId: string | null): OffsetLayer | undefined {
  return layersOf(take).find(({ id }) => id === activeLayerId) ?? layersOf(take)[0];
}

/** The active layer of the shown take. */
export function activeLayer(studio: Studio): OffsetLayer | undefined {
  const take = shownTake(studio)?.take;
  return take && activeLayerOf(take, studio.curves.getState().activeLayerId);
}

/** Adds an empty layer on top and makes it the active one. */
export function addOffsetLayer(studio: Studio): OffsetLayer | undefined {
  const shown = shownTake(studio);
  if (!shown) return undefined;
  const id = crypto.randomUUID();
  studio.document.getState().apply(addLayer(shown.target, id, freeName(shown.take)));
  studio.curves.setState({ activeLayerId: id });
  return activeLayer(studio);
}

function freeName(take: Take): string {
  const names = new Set(layersOf(take).map(({ name }) => name));
  let number = 1;
  while (names.has(`Layer ${number}`)) number++;
  return `Layer ${number}`;
}
