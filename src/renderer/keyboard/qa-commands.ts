import { stepFinding } from '../session/actions/go-to-finding';
import type { StudioCommand } from './studio-commands';

/** Commands that go through what QA has found. */
export const QA_COMMANDS: readonly StudioCommand[] = [
  { id: 'select.previous-finding', group: 'Select', label: 'Previous QA finding', keys: ['Alt+,'], run: (studio) => stepFinding(studio, -1) },
  { id: 'select.next-finding', group: 'Select', label: 'Next QA finding', keys: ['Alt+.'], run: (studio) => stepFinding(studio, 1) },
];
