import { stepFinding } from '../session/actions/go-to-finding';
import { shownFindings } from '../session/shown-findings';
import type { Studio } from '../session/studio';
import { needsTake } from './command-problems';
import type { StudioCommand } from './studio-commands';

const problem = (studio: Studio): string | null => needsTake(studio) ?? (shownFindings(studio).open.length > 0 ? null : 'QA has nothing to show in this take.');

/** Commands that go through what QA has found. */
export const QA_COMMANDS: readonly StudioCommand[] = [
  { id: 'select.previous-finding', group: 'Select', label: 'Previous QA finding', keys: ['Alt+,'], run: (studio) => stepFinding(studio, -1), problem },
  { id: 'select.next-finding', group: 'Select', label: 'Next QA finding', keys: ['Alt+.'], run: (studio) => stepFinding(studio, 1), problem },
];
