import { copyCodes, pasteCodes } from '../session/actions/carry-codes';
import { stepDoubtful } from '../session/actions/go-to-doubtful';
import { selectedCodes } from '../session/actions/select-codes';
import { stepCode } from '../session/actions/step-code';
import type { Studio } from '../session/studio';
import { needsLockable, needsStream } from './command-problems';
import type { StudioCommand } from './studio-commands';

const hasCells = (studio: Studio): boolean => selectedCodes(studio) !== null;
const hasCopy = (studio: Studio): boolean => studio.codes.getState().clipboard !== null;
const needsCells = (studio: Studio): string | null => (hasCells(studio) ? null : 'No code is selected: click a cell of the head or the mouth first.');
const needsCopy = (studio: Studio): string | null => (hasCopy(studio) ? null : 'No code has been copied.');
const needsOwnCodes = (studio: Studio): string | null => needsLockable(studio) && 'Only the head and the mouth have codes of their own: focus one of them.';
const onCells = { isActive: hasCells, problem: needsCells } as const;

/** Commands on the cells of code strips. */
export const CODE_COMMANDS: readonly StudioCommand[] = [
  { id: 'codes.next', group: 'Animate', label: 'Code: next nearest', keys: ['Alt+ArrowUp'], run: (studio) => void stepCode(studio, 1), ...onCells },
  { id: 'codes.previous', group: 'Animate', label: 'Code: previous nearest', keys: ['Alt+ArrowDown'], run: (studio) => void stepCode(studio, -1), ...onCells },
  { id: 'codes.copy', group: 'Edit', label: 'Copy codes', keys: ['Ctrl+C'], run: (studio) => copyCodes(studio), ...onCells },
  { id: 'codes.cut', group: 'Edit', label: 'Cut codes (they move when pasted)', keys: ['Ctrl+X'], run: (studio) => copyCodes(studio, true), ...onCells },
  {
    id: 'codes.paste',
    group: 'Edit',
    label: 'Paste codes at the playhead',
    keys: ['Ctrl+V'],
    run: (studio) => void pasteCodes(studio),
    isActive: hasCopy,
    problem: needsCopy,
  },
  { id: 'select.next-doubtful', group: 'Select', label: 'Next doubtful code', keys: ['N'], run: (studio) => stepDoubtful(studio, 1), problem: needsStream },
  {
    id: 'select.previous-doubtful',
    group: 'Select',
    label: 'Previous doubtful code',
    keys: ['Shift+N'],
    run: (studio) => stepDoubtful(studio, -1),
    problem: needsStream,
  },
  { id: 'view.codes', group: 'View', label: 'Codes of the focused lane by group', keys: [], run: toggleCodeGroups, problem: needsOwnCodes },
];

function toggleCodeGroups(studio: Studio): void {
  const { focusTrack, tracksWithCodes, update } = studio.view.getState();
  const others = tracksWithCodes.filter((trackId) => trackId !== focusTrack);
  update({ tracksWithCodes: others.length < tracksWithCodes.length ? others : [...others, focusTrack] });
}
