import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Clip, Take } from '../../shared/clip/clip-schema';
import { findActiveTake, findClip } from '../document/selectors';
import type { DocumentState } from '../document/store';
import type { CurveState } from '../workspace/curve-store';
import type { EngineState } from '../workspace/engine-store';
import type { Preferences } from '../workspace/preferences-store';
import type { ViewState } from '../workspace/view-store';
import { type ChosenModel, findModel } from './chosen-model';
import { withAudition } from './seen-takes';
import type { Studio } from './studio';

/** Gives panels their studio. */
export const StudioContext = createContext<Studio | null>(null);

/** The studio around a component. Throws outside of one. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error('a panel must be inside a StudioContext');
  return studio;
}

/** A part of the document state; re-renders when that part changes. */
export function useDocument<T>(select: (state: DocumentState) => T): T {
  return useStore(useStudio().document, select);
}

/** A part of the view state. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useStudio().view, select);
}

/** A part of the user's preferences. */
export function usePreferences<T>(select: (state: Preferences) => T): T {
  return useStore(useStudio().preferences, select);
}

/** A part of how curves and layers are looked at. */
export function useCurves<T>(select: (state: CurveState) => T): T {
  return useStore(useStudio().curves, select);
}

/** A part of what is known of the engine. */
export function useEngine<T>(select: (state: EngineState) => T): T {
  return useStore(useStudio().engine, select);
}

/** The model the open project uses, or why there is none. */
export function useChosenModel(): ChosenModel {
  const modelId = useDocument((state) => state.project.modelId);
  const engine = useEngine((state) => state);
  return findModel(engine, modelId);
}

/** The shown clip. */
export function useShownClip(): Clip | undefined {
  const clipId = useView((view) => view.activeClipId);
  return useDocument((state) => findClip(state.project, clipId));
}

/** The shown take of the shown clip. */
export function useShownTake(): Take | undefined {
  const clipId = useView((view) => view.activeClipId);
  return useDocument((state) => findActiveTake(state.project, clipId));
}

/** The shown take with the auditioned variant in it, if Variants are open. */
export function useAuditionedTake(): Take | undefined {
  const take = useShownTake();
  const visit = useStore(useStudio().variants, (state) => state.visit);
  const stream = visit?.chosen?.stream;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the visit only the auditioned stream matters
  return useMemo(() => take && withAudition(take, visit), [take, stream]);
}
