import { nearestFrame } from '../../shared/clip/timing';
import { duplicateTake } from '../document/commands/duplicate-take';
import { toggleMarker } from '../document/commands/toggle-marker';
import { checkSameSeed } from '../session/actions/check-same-seed';
import { frameEverything, frameKeysOrSelection } from '../session/actions/frame-keys';
import { generateClip } from '../session/actions/generate-clip';
import { chooseAudio } from '../session/actions/import-audio';
import { toggleLock } from '../session/actions/lock-focus';
import { chooseProject, newProject, openSample } from '../session/actions/open-project';
import { rerollFocusTrack, rerollProblem } from '../session/actions/reroll';
import { saveProject } from '../session/actions/save-project';
import { selectedCodes } from '../session/actions/select-codes';
import { toggleMute } from '../session/actions/toggle-mute';
import { toggleSpectrogram } from '../session/actions/toggle-spectrogram';
import { variantsProblem, visitVariants } from '../session/actions/visit-variants';
import { type Studio, shownClip, shownTake } from '../session/studio';
import { COMPARE_MODES } from '../workspace/compare-store';
import type { Theme } from '../workspace/preferences-store';
import { type CameraPreset, LIGHTINGS, type OpenDialog } from '../workspace/view-store';
import { CODE_COMMANDS } from './code-commands';
import { comparesNothing, generateProblem, needsClip, needsLockable, needsStream, needsTake, nothingToRedo, nothingToUndo } from './command-problems';
import { CURVE_COMMANDS } from './curve-commands';
import { EYES_COMMANDS } from './eyes-commands';
import { QA_COMMANDS } from './qa-commands';
import { VARIANT_COMMANDS } from './variant-commands';

export const COMMAND_GROUPS = ['Play', 'Select', 'Animate', 'Variants', 'View', 'Edit', 'File', 'Help'] as const;

/** One thing the user can do by key, menu or palette. `keys` are the studio's own, alternatives such as `Ctrl+Shift+Z`; presets and the user may give others. */
export interface StudioCommand {
  readonly id: string;
  readonly group: (typeof COMMAND_GROUPS)[number];
  readonly label: string;
  readonly keys: readonly string[];
  run(studio: Studio): void;
  /** Why the command can do nothing now, or null; one without it can always do something. */
  problem?(studio: Studio): string | null;
  /** For commands that last as long as their key is down: what happens when it comes up. */
  release?(studio: Studio): void;
  /** For commands that take their keys only at times, before any other command. */
  isActive?(studio: Studio): boolean;
}

const LARGE_STEP_FRAMES = 10;

/** Every command of the studio, the one list behind menus, keyboard, palette and key sheet. */
export const STUDIO_COMMANDS: readonly StudioCommand[] = [
  { id: 'file.new', group: 'File', label: 'New project', keys: [], run: (studio) => void newProject(studio) },
  { id: 'file.open', group: 'File', label: 'Open project...', keys: ['Ctrl+O'], run: (studio) => void chooseProject(studio) },
  { id: 'file.import', group: 'File', label: 'Import audio...', keys: ['Ctrl+I'], run: (studio) => void chooseAudio(studio) },
  { id: 'file.save', group: 'File', label: 'Save', keys: ['Ctrl+S'], run: (studio) => void saveProject(studio) },
  { id: 'file.save-as', group: 'File', label: 'Save as...', keys: ['Ctrl+Shift+S'], run: (studio) => void saveProject(studio, true) },
  { id: 'file.export', group: 'File', label: 'Export...', keys: ['Ctrl+E'], run: open('export'), problem: needsTake },
  { id: 'file.playblast', group: 'File', label: 'Playblast...', keys: [], run: open('playblast'), problem: needsTake },
  { id: 'file.sample', group: 'File', label: 'Open the sample project', keys: [], run: (studio) => void openSample(studio) },
  { id: 'edit.undo', group: 'Edit', label: 'Undo', keys: ['Ctrl+Z'], run: (studio) => studio.document.getState().undo(), problem: nothingToUndo },
  {
    id: 'edit.redo',
    group: 'Edit',
    label: 'Redo',
    keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
    run: (studio) => studio.document.getState().redo(),
    problem: nothingToRedo,
  },
  { id: 'edit.rename-take', group: 'Edit', label: 'Rename the take', keys: ['F2'], run: renameShownTake, problem: needsTake },
  { id: 'edit.duplicate-take', group: 'Edit', label: 'Duplicate the take', keys: ['Ctrl+D'], run: duplicateShownTake, problem: needsTake },
  { id: 'edit.preferences', group: 'Edit', label: 'Preferences...', keys: ['Ctrl+,'], run: open('preferences') },
  { id: 'edit.keys', group: 'Edit', label: 'Change keyboard shortcuts...', keys: [], run: open('key-bindings') },

  { id: 'play.toggle', group: 'Play', label: 'Play or pause', keys: ['Space'], run: (studio) => studio.transport.toggle(), problem: needsClip },
  { id: 'play.backward', group: 'Play', label: 'Play backward (again: faster)', keys: ['J'], run: (studio) => studio.transport.shuttle(-1) },
  { id: 'play.stop', group: 'Play', label: 'Stop', keys: ['K'], run: (studio) => studio.transport.pause() },
  { id: 'play.forward', group: 'Play', label: 'Play forward (again: faster)', keys: ['L'], run: (studio) => studio.transport.shuttle(1) },
  { id: 'play.previous', group: 'Play', label: 'One frame back', keys: ['ArrowLeft'], run: (studio) => studio.transport.step(-1) },
  { id: 'play.next', group: 'Play', label: 'One frame on', keys: ['ArrowRight'], run: (studio) => studio.transport.step(1) },
  { id: 'play.previous-ten', group: 'Play', label: 'Ten frames back', keys: ['Shift+ArrowLeft'], run: (studio) => studio.transport.step(-LARGE_STEP_FRAMES) },
  { id: 'play.next-ten', group: 'Play', label: 'Ten frames on', keys: ['Shift+ArrowRight'], run: (studio) => studio.transport.step(LARGE_STEP_FRAMES) },
  { id: 'play.start', group: 'Play', label: 'To the start', keys: ['Home'], run: (studio) => studio.transport.seek(0) },
  { id: 'play.end', group: 'Play', label: 'To the end', keys: ['End'], run: (studio) => studio.transport.seek(Number.MAX_SAFE_INTEGER) },
  {
    id: 'play.loop',
    group: 'Play',
    label: 'Loop the selection',
    keys: ['/'],
    run: (studio) => studio.view.getState().update({ isLooping: !studio.view.getState().isLooping }),
  },

  { id: 'select.in', group: 'Select', label: 'Set the in point', keys: ['I', '['], run: (studio) => setEdge(studio, 'in'), problem: needsClip },
  { id: 'select.out', group: 'Select', label: 'Set the out point', keys: ['O', ']'], run: (studio) => setEdge(studio, 'out'), problem: needsClip },
  {
    id: 'select.clear',
    group: 'Select',
    label: 'Clear the selection',
    keys: ['X', 'Escape'],
    run: clearSelection,
  },
  { id: 'select.up', group: 'Select', label: 'Focus the lane above', keys: ['ArrowUp'], run: (studio) => moveFocus(studio, -1) },
  { id: 'select.down', group: 'Select', label: 'Focus the lane below', keys: ['ArrowDown'], run: (studio) => moveFocus(studio, 1) },
  ...QA_COMMANDS,
  { id: 'select.marker', group: 'Select', label: 'Set or remove a marker', keys: ['M'], run: markPlayhead, problem: needsClip },

  { id: 'animate.generate', group: 'Animate', label: 'New take of the whole clip', keys: [], run: generateShownClip, problem: generateProblem },
  {
    id: 'animate.reroll',
    group: 'Animate',
    label: 'Re-roll the focused lane',
    keys: ['R'],
    run: (studio) => void rerollFocusTrack(studio),
    problem: (studio) => rerollProblem(studio)?.message ?? null,
  },
  {
    id: 'animate.variants',
    group: 'Animate',
    label: 'Variants of the focused lane',
    keys: ['V'],
    run: (studio) => void visitVariants(studio),
    problem: (studio) => variantsProblem(studio)?.message ?? null,
  },
  {
    id: 'animate.same-seed',
    group: 'Animate',
    label: 'Check that the same seed gives the same codes',
    keys: ['Shift+R'],
    run: (studio) => void checkSameSeed(studio),
    problem: needsStream,
  },
  { id: 'animate.lock', group: 'Animate', label: 'Lock or unlock', keys: ['Ctrl+L'], run: (studio) => toggleLock(studio), problem: needsLockable },
  {
    id: 'animate.mute',
    group: 'Animate',
    label: 'Switch the focused lane on or off',
    keys: ['Shift+M'],
    run: (studio) => toggleMute(studio, studio.view.getState().focusTrack),
    problem: needsTake,
  },

  ...CODE_COMMANDS,

  ...EYES_COMMANDS,

  ...VARIANT_COMMANDS,
  ...CURVE_COMMANDS,

  {
    id: 'view.before',
    group: 'View',
    label: 'See A, what was before (hold)',
    keys: ['`'],
    run: (studio) => studio.compare.setState({ isHoldingBefore: true }),
    release: (studio) => studio.compare.setState({ isHoldingBefore: false }),
    problem: (studio) => comparesNothing(studio) ?? 'It lasts as long as its key is held down.',
  },
  {
    id: 'view.compare',
    group: 'View',
    label: 'Compare A and B: one, wipe, side by side, ghost',
    keys: ['Shift+C'],
    run: changeCompareMode,
    problem: comparesNothing,
  },
  { id: 'view.front', group: 'View', label: 'Front', keys: ['1'], run: (studio) => lookFrom(studio, 'front') },
  { id: 'view.three-quarter', group: 'View', label: 'Three-quarter', keys: ['2'], run: (studio) => lookFrom(studio, 'three-quarter') },
  { id: 'view.side', group: 'View', label: 'Side', keys: ['3'], run: (studio) => lookFrom(studio, 'side') },
  { id: 'view.frame', group: 'View', label: 'Zoom to the selection', keys: ['F'], run: frameKeysOrSelection },
  { id: 'view.all', group: 'View', label: 'Zoom to the whole clip', keys: ['A'], run: frameEverything },
  { id: 'view.wrinkles', group: 'View', label: 'Wrinkle view', keys: ['W'], run: toggleWrinkleView },
  { id: 'view.next-light', group: 'View', label: 'Next light of the head', keys: [], run: changeLighting },
  { id: 'view.spectrogram', group: 'View', label: 'Spectrogram or waveform', keys: ['Shift+W'], run: toggleSpectrogram },
  { id: 'view.dark', group: 'View', label: 'Theme: dark', keys: [], run: wear('dark') },
  { id: 'view.light', group: 'View', label: 'Theme: light', keys: [], run: wear('light') },
  { id: 'view.contrast', group: 'View', label: 'Theme: high contrast', keys: [], run: wear('contrast') },
  { id: 'help.palette', group: 'Help', label: 'Find a command...', keys: ['Ctrl+K'], run: open('palette') },
  { id: 'help.shortcuts', group: 'Help', label: 'Keyboard shortcuts', keys: ['?'], run: open('keys') },
  { id: 'help.about', group: 'Help', label: 'About VividTalker Studio', keys: [], run: open('about') },
];

/** The command with an id; throws for an unknown one, which is a programming error. */
export function commandById(id: string): StudioCommand {
  const command = STUDIO_COMMANDS.find((candidate) => candidate.id === id);
  if (!command) throw new Error(`there is no command '${id}'`);
  return command;
}

function open(openDialog: NonNullable<OpenDialog>): StudioCommand['run'] {
  return (studio) => studio.view.getState().update({ openDialog });
}

function wear(theme: Theme): StudioCommand['run'] {
  return (studio) => studio.preferences.setState({ theme });
}

function generateShownClip(studio: Studio): void {
  const clip = shownClip(studio);
  if (clip) void generateClip(studio, clip.id);
}

const TRACK_ORDER = ['head', 'mouth', 'wrinkles', 'eyes'] as const;

function moveFocus(studio: Studio, steps: number): void {
  const index = TRACK_ORDER.indexOf(studio.view.getState().focusTrack) + steps;
  const focusTrack = TRACK_ORDER[Math.min(TRACK_ORDER.length - 1, Math.max(0, index))];
  if (focusTrack) studio.view.getState().update({ focusTrack });
}

/** Items first: cells and the blink; once none is selected, the time. */
function clearSelection(studio: Studio): void {
  const { selectedEyeEvent, update } = studio.view.getState();
  if (selectedCodes(studio) || selectedEyeEvent !== null) {
    studio.codes.setState({ selection: null });
    update({ selectedEyeEvent: null });
  } else update({ selection: null });
}

function setEdge(studio: Studio, edge: 'in' | 'out'): void {
  const clip = shownClip(studio);
  if (!clip) return;
  const { selection, update } = studio.view.getState();
  const frame = Math.min(clip.frameCount - 1, nearestFrame(studio.transport.positionSeconds));
  // 'out' is the first frame not included, so the frame under the playhead is the last one in.
  if (edge === 'in') update({ selection: { startFrame: frame, endFrame: selection && selection.endFrame > frame ? selection.endFrame : clip.frameCount } });
  else update({ selection: { startFrame: selection && selection.startFrame <= frame ? selection.startFrame : 0, endFrame: frame + 1 } });
}

function markPlayhead(studio: Studio): void {
  const clip = shownClip(studio);
  if (clip) studio.document.getState().apply(toggleMarker(clip.id, nearestFrame(studio.transport.positionSeconds)));
}

function lookFrom(studio: Studio, camera: CameraPreset): void {
  studio.view.getState().update({ camera, cameraRequest: studio.view.getState().cameraRequest + 1 });
}

function renameShownTake(studio: Studio): void {
  const shown = shownTake(studio);
  if (shown) studio.view.getState().update({ renamedId: shown.target.takeId });
}

function duplicateShownTake(studio: Studio): void {
  const shown = shownTake(studio);
  if (shown) studio.document.getState().apply(duplicateTake(shown.target.clipId, shown.target.takeId, crypto.randomUUID()));
}

function changeCompareMode(studio: Studio): void {
  const { mode } = studio.compare.getState();
  const next = COMPARE_MODES[(COMPARE_MODES.indexOf(mode) + 1) % COMPARE_MODES.length];
  studio.compare.setState({ mode: next ?? 'one', isShowingBefore: false });
}

function changeLighting(studio: Studio): void {
  const { lighting, update } = studio.view.getState();
  update({ lighting: LIGHTINGS[(LIGHTINGS.indexOf(lighting) + 1) % LIGHTINGS.length] ?? 'studio' });
}

function toggleWrinkleView(studio: Studio): void {
  const { shading, update } = studio.view.getState();
  update({ shading: shading === 'wrinkle' ? 'shaded' : 'wrinkle' });
}
