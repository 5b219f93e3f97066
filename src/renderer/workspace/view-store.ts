import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TrackId } from '../../shared/clip/clip-schema';
import type { FrameRange } from '../../shared/clip/timing';
import type { EyeEventKind } from '../../shared/eye-events/make-events';

export type CameraPreset = 'front' | 'three-quarter' | 'side';
export type Shading = 'shaded' | 'clay' | 'wrinkle';
export const LIGHTINGS = ['studio', 'outdoor', 'game'] as const;
export type Lighting = (typeof LIGHTINGS)[number];
export type RulerUnit = 'seconds' | 'timecode';
export type AudioView = 'waveform' | 'spectrogram';
export type HeadDetail = 'auto' | 'full' | 'light';
export type OpenDialog = 'export' | 'playblast' | 'preferences' | 'key-bindings' | 'palette' | 'keys' | 'about' | null;

/** How the user has arranged the studio: never part of the project, never an undo step. */
export interface ViewState {
  readonly activeClipId: string | null;
  readonly focusTrack: TrackId;
  /** Time selection in model frames, painted across all lanes; also the in and out points. */
  readonly selection: FrameRange | null;
  readonly isLooping: boolean;
  readonly pixelsPerSecond: number;
  readonly scrollSeconds: number;
  readonly timelineHeight: number;
  readonly unfoldedTracks: readonly TrackId[];
  readonly rulerUnit: RulerUnit;
  readonly audioView: AudioView;
  /** Tracks whose code groups and confidence have rows of their own. */
  readonly tracksWithCodes: readonly TrackId[];
  readonly camera: CameraPreset;
  /** Grows with every press of a camera button, so that the same preset can be asked for again. */
  readonly cameraRequest: number;
  readonly shading: Shading;
  readonly lighting: Lighting;
  readonly headDetail: HeadDetail;
  /** The event of the eyes lane that keys act on. */
  readonly selectedEyeEvent: { readonly kind: EyeEventKind; readonly index: number } | null;
  /** Id of the clip or take whose name is being typed. */
  readonly renamedId: string | null;
  /** Key of the QA finding whose details are open. */
  readonly selectedFinding: string | null;
  readonly openDialog: OpenDialog;
  readonly hintsDismissed: boolean;
  update(change: Partial<Omit<ViewState, 'update'>>): void;
}

export type ViewStore = StoreApi<ViewState>;

const STORAGE_KEY = 'vividtalker.view';
const KEPT = [
  'isLooping',
  'timelineHeight',
  'unfoldedTracks',
  'tracksWithCodes',
  'rulerUnit',
  'audioView',
  'shading',
  'lighting',
  'headDetail',
  'hintsDismissed',
] as const;
type KeptState = Partial<Pick<ViewState, (typeof KEPT)[number]>>;

/** Makes the view store; what is kept per machine is read from and written to `storage`. */
export function createViewStore(storage: Storage | null): ViewStore {
  const store = createStore<ViewState>((set) => ({
    activeClipId: null,
    focusTrack: 'head',
    selection: null,
    isLooping: false,
    pixelsPerSecond: 100,
    scrollSeconds: 0,
    timelineHeight: 442,
    unfoldedTracks: ['head'],
    rulerUnit: 'seconds',
    audioView: 'waveform',
    tracksWithCodes: [],
    camera: 'three-quarter',
    cameraRequest: 0,
    shading: 'shaded',
    lighting: 'studio',
    headDetail: 'auto',
    selectedEyeEvent: null,
    renamedId: null,
    selectedFinding: null,
    openDialog: null,
    hintsDismissed: false,
    ...readKept(storage),
    update: (change) => set(change),
  }));
  store.subscribe((state, before) => {
    if (KEPT.some((key) => state[key] !== before[key])) storage?.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(KEPT.map((key) => [key, state[key]]))));
  });
  return store;
}

/** A layout of another version or a damaged one is ignored: the defaults are always good. */
function readKept(storage: Storage | null): KeptState {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(STORAGE_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([key]) => KEPT.some((name) => name === key))) as KeptState;
  } catch {
    return {};
  }
}
