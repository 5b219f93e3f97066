import type { Clip, Take } from '../../shared/clip/clip-schema';
import type { FrameRange } from '../../shared/clip/timing';
import type { Client } from '../../shared/contract/methods';
import type { Shell } from '../../shared/contract/shell';
import { findActiveTake, findClip } from '../document/selectors';
import { createDocumentStore, type DocumentStore } from '../document/store';
import type { TakeTarget } from '../document/update';
import { Transport } from '../playback/transport';
import { type CodesStore, createCodesStore } from '../workspace/codes-store';
import { type CompareStore, createCompareStore } from '../workspace/compare-store';
import { type CurveStore, createCurveStore } from '../workspace/curve-store';
import { createEngineStore, type EngineStore } from '../workspace/engine-store';
import { createGenerationStore, type GenerationStore } from '../workspace/generation-store';
import { createJobStore, type JobStore } from '../workspace/job-store';
import { createMediaStore, type MediaStore } from '../workspace/media-store';
import { createNoticeStore, type NoticeStore } from '../workspace/notice-store';
import { createPreferencesStore, type PreferencesStore } from '../workspace/preferences-store';
import { createQaStore, type QaStore } from '../workspace/qa-store';
import { createQuestionStore, type QuestionStore } from '../workspace/question-store';
import { createTransientStore, type TransientStore } from '../workspace/transient-store';
import { createVariantsStore, type VariantsStore } from '../workspace/variants-store';
import { createViewStore, type ViewStore } from '../workspace/view-store';

/** Everything one open studio is made of; actions take it, panels get it from context. */
export interface Studio {
  readonly client: Client;
  readonly shell: Shell;
  readonly document: DocumentStore;
  readonly view: ViewStore;
  readonly preferences: PreferencesStore;
  readonly transient: TransientStore;
  readonly media: MediaStore;
  readonly jobs: JobStore;
  readonly notices: NoticeStore;
  readonly questions: QuestionStore;
  readonly engine: EngineStore;
  readonly generation: GenerationStore;
  readonly variants: VariantsStore;
  readonly compare: CompareStore;
  readonly qa: QaStore;
  readonly codes: CodesStore;
  readonly curves: CurveStore;
  readonly transport: Transport;
  /** Where the open project was last saved, so that Save writes there again. */
  readonly file: { saveId: string | undefined; fileName: string; isSample: boolean };
}

/** Makes a studio around an engine and a desktop. Nothing runs yet. */
export function createStudio(client: Client, shell: Shell, storage: Storage | null): Studio {
  const transient = createTransientStore();
  return {
    client,
    shell,
    document: createDocumentStore(),
    view: createViewStore(storage),
    preferences: createPreferencesStore(storage),
    transient,
    media: createMediaStore(),
    jobs: createJobStore(),
    notices: createNoticeStore(),
    questions: createQuestionStore(),
    engine: createEngineStore(),
    generation: createGenerationStore(),
    variants: createVariantsStore(),
    compare: createCompareStore(),
    qa: createQaStore(),
    codes: createCodesStore(),
    curves: createCurveStore(),
    transport: new Transport(transient),
    file: { saveId: undefined, fileName: 'Untitled.vividtalker', isSample: false },
  };
}

/** What the user is looking at: the shown clip, its shown take, and their ids for commands. */
export interface Shown {
  readonly clip: Clip;
  readonly take: Take;
  readonly target: TakeTarget;
}

/** The shown clip. */
export function shownClip(studio: Studio): Clip | undefined {
  return findClip(studio.document.getState().project, studio.view.getState().activeClipId);
}

/** The shown clip with its take, or undefined before it is generated. */
export function shownTake(studio: Studio): Shown | undefined {
  const clip = shownClip(studio);
  const take = findActiveTake(studio.document.getState().project, clip?.id ?? null);
  return clip && take && { clip, take, target: { clipId: clip.id, takeId: take.id } };
}

/** The time selection, or the whole clip without one. */
export function selectionOrWhole(selection: FrameRange | null, frameCount: number): FrameRange {
  if (!selection) return { startFrame: 0, endFrame: frameCount };
  return { startFrame: Math.min(selection.startFrame, frameCount - 1), endFrame: Math.min(selection.endFrame, frameCount) };
}
