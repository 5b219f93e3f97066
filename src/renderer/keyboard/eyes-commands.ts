import { addEyeEventAtPlayhead, gazeAtCamera } from '../session/actions/add-eye-event';
import { rerollEyes } from '../session/actions/reroll-eyes';
import { needsTake } from './command-problems';
import type { StudioCommand } from './studio-commands';

/** Commands that make eye events; `R` re-rolls them too while the eyes lane has the focus. */
export const EYES_COMMANDS: readonly StudioCommand[] = [
  { id: 'eyes.reroll', group: 'Animate', label: 'Re-roll eyes', keys: [], run: (studio) => rerollEyes(studio), problem: needsTake },
  {
    id: 'eyes.blink',
    group: 'Animate',
    label: 'Blink at the playhead',
    keys: ['B'],
    run: (studio) => addEyeEventAtPlayhead(studio, 'blinks'),
    problem: needsTake,
  },
  {
    id: 'eyes.look',
    group: 'Animate',
    label: 'Look away at the playhead',
    keys: [],
    run: (studio) => addEyeEventAtPlayhead(studio, 'gaze'),
    problem: needsTake,
  },
  { id: 'eyes.camera', group: 'Animate', label: 'Gaze at camera (selection, or from the playhead)', keys: ['Shift+B'], run: gazeAtCamera, problem: needsTake },
  {
    id: 'eyes.dart',
    group: 'Animate',
    label: 'Eye dart at the playhead',
    keys: [],
    run: (studio) => addEyeEventAtPlayhead(studio, 'darts'),
    problem: needsTake,
  },
  {
    id: 'eyes.breath',
    group: 'Animate',
    label: 'Breath at the playhead',
    keys: [],
    run: (studio) => addEyeEventAtPlayhead(studio, 'breaths'),
    problem: needsTake,
  },
];
