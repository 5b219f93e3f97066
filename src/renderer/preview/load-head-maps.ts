import type { HeadMaps } from './dress-head';
import { loadMicroNormal } from './skin-light';
import { loadWrinkleMaps } from './wrinkle-maps';

/** Loads what the shaders need beside the head: maps of wrinkles, and of the finest skin for heads in full detail. */
export async function loadHeadMaps(hasWrinkles: boolean, isFull: boolean): Promise<HeadMaps> {
  const [wrinkles, microNormal] = await Promise.all([hasWrinkles ? loadWrinkleMaps() : null, isFull ? loadMicroNormal() : null]);
  return { wrinkles, microNormal };
}
