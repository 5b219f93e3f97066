import { nearestFrame } from '../../shared/clip/timing';
import { toggleMarker } from '../document/commands/toggle-marker';
import { checkSameSeed } from '../session/actions/check-same-seed';
import { chooseAudio } from '../session/actions/import-audio';
import { toggleLock } from '../session/actions/lock-focus';
import { chooseProject, newProject, openSample } from '../session/actions/open-project';
import { rerollFocusTrack } from '../session/actions/reroll';
import { saveProject } from '../session/actions/save-project';
import { fitTimeline, frameSelection } from '../session/actions/show-clip';
import { toggleMute } from '../session/actions/toggle-mute';
import { type Studio, shownClip } from '../session/studio';
import type { CameraPreset } from '../workspace/view-store';
import { QA_COMMANDS } from './qa-commands';

/** One thing the user can do by key or menu. `keys` are alternatives such as `Ctrl+Shift+Z`. */
export interface StudioCommand {
  readonly id: string;
  readonly group: 'File' | 'Edit' | 'Play' | 'Select' | 'Animate' | 'View' | 'Help';
  readonly label: string;
  readonly keys: readonly string[];
  run(studio: Studio): void;
}

const LARGE_STEP_FRAMES = 10;

/** Every command of the studio, the one list behind menus, keyboard and key sheet. */
export const STUDIO_COMMANDS: readonly StudioCommand[] = [
  { id: 'file.new', group: 'File', label: 'New project', keys: [], run: (studio) => void newProject(studio) },
  { id: 'file.open', group: 'File', label: 'Open project...', keys: ['Ctrl+O'], run: (studio) => void chooseProject(studio) },
  { id: 'file.import', group: 'File', label: 'Import audio...', keys: ['Ctrl+I'], run: (studio) => void chooseAudio(studio) },
  { id: 'file.save', group: 'File', label: 'Save', keys: ['Ctrl+S'], run: (studio) => void saveProject(studio) },
  { id: 'file.save-as', group: 'File', label: 'Save as...', keys: ['Ctrl+Shift+S'], run: (studio) => void saveProject(studio, true) },
  { id: 'file.export', group: 'File', label: 'Export...', keys: ['Ctrl+E'], run: (studio) => studio.view.getState().update({ openDialog: 'export' }) },
  { id: 'file.sample', group: 'File', label: 'Open the sample project', keys: [], run: (studio) => void openSample(studio) },
  { id: 'edit.undo', group: 'Edit', label: 'Undo', keys: ['Ctrl+Z'], run: (studio) => studio.document.getState().undo() },
  { id: 'edit.redo', group: 'Edit', label: 'Redo', keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], run: (studio) => studio.document.getState().redo() },

  { id: 'play.toggle', group: 'Play', label: 'Play or pause', keys: ['Space'], run: (studio) => studio.transport.toggle() },
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

  { id: 'select.in', group: 'Select', label: 'Set the in point', keys: ['I', '['], run: (studio) => setEdge(studio, 'in') },
  { id: 'select.out', group: 'Select', label: 'Set the out point', keys: ['O', ']'], run: (studio) => setEdge(studio, 'out') },
  {
    id: 'select.clear',
    group: 'Select',
    label: 'Clear the selection',
    keys: ['X', 'Escape'],
    run: (studio) => studio.view.getState().update({ selection: null, selectedBlink: null }),
  },
  { id: 'select.up', group: 'Select', label: 'Focus the lane above', keys: ['ArrowUp'], run: (studio) => moveFocus(studio, -1) },
  { id: 'select.down', group: 'Select', label: 'Focus the lane below', keys: ['ArrowDown'], run: (studio) => moveFocus(studio, 1) },
  ...QA_COMMANDS,
  { id: 'select.marker', group: 'Select', label: 'Set or remove a marker', keys: ['M'], run: markPlayhead },

  { id: 'animate.reroll', group: 'Animate', label: 'Re-roll the focused lane', keys: ['R'], run: (studio) => void rerollFocusTrack(studio) },
  {
    id: 'animate.same-seed',
    group: 'Animate',
    label: 'Check that the same seed gives the same codes',
    keys: ['Shift+R'],
    run: (studio) => void checkSameSeed(studio),
  },
  { id: 'animate.lock', group: 'Animate', label: 'Lock or unlock', keys: ['Ctrl+L'], run: (studio) => toggleLock(studio) },
  {
    id: 'animate.mute',
    group: 'Animate',
    label: 'Switch the focused lane on or off',
    keys: ['Shift+M'],
    run: (studio) => toggleMute(studio, studio.view.getState().focusTrack),
  },

  { id: 'view.front', group: 'View', label: 'Front', keys: ['1'], run: (studio) => lookFrom(studio, 'front') },
  { id: 'view.three-quarter', group: 'View', label: 'Three-quarter', keys: ['2'], run: (studio) => lookFrom(studio, 'three-quarter') },
  { id: 'view.side', group: 'View', label: 'Side', keys: ['3'], run: (studio) => lookFrom(studio, 'side') },
  { id: 'view.frame', group: 'View', label: 'Zoom to the selection', keys: ['F'], run: frameSelection },
  { id: 'view.all', group: 'View', label: 'Zoom to the whole clip', keys: ['A'], run: fitTimeline },
  { id: 'view.wrinkles', group: 'View', label: 'Wrinkle view', keys: ['W'], run: toggleWrinkleView },
  { id: 'help.shortcuts', group: 'Help', label: 'Keyboard shortcuts', keys: ['?'], run: (studio) => studio.view.getState().update({ openDialog: 'keys' }) },
  { id: 'help.about', group: 'Help', label: 'About VividTalker Studio', keys: [], run: (studio) => studio.view.getState().update({ openDialog: 'about' }) },
];

/** The command with an id; throws for an unknown one, which is a programming error. */
export function commandById(id: string): StudioCommand {
  const command = STUDIO_COMMANDS.find((candidate) => candidate.id === id);
  if (!command) throw new Error(`there is no command '${id}'`);
  return command;
}

const TRACK_ORDER = ['head', 'mouth', 'wrinkles', 'eyes'] as const;

function moveFocus(studio: Studio, steps: number): void {
  const index = TRACK_ORDER.indexOf(studio.view.getState().focusTrack) + steps;
  const focusTrack = TRACK_ORDER[Math.min(TRACK_ORDER.length - 1, Math.max(0, index))];
  if (focusTrack) studio.view.getState().update({ focusTrack });
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

function toggleWrinkleView(studio: Studio): void {
  const { shading, update } = studio.view.getState();
  update({ shading: shading === 'wrinkle' ? 'shaded' : 'wrinkle' });
}
