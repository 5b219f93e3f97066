import { showTimelinePanel } from '../session/actions/frame-keys';
import { addOffsetLayer } from '../session/actions/layers';
import { togglePosing } from '../session/actions/pose';
import { needsClip, needsTake } from './command-problems';
import type { StudioCommand } from './studio-commands';

/** Commands of layers, keys and pose mode. */
export const CURVE_COMMANDS: readonly StudioCommand[] = [
  { id: 'animate.pose', group: 'Animate', label: 'Pose mode', keys: ['E'], run: togglePosing, problem: needsTake },
  { id: 'animate.add-layer', group: 'Animate', label: 'Add an offset layer', keys: [], run: (studio) => void addOffsetLayer(studio), problem: needsTake },
  { id: 'view.graph', group: 'View', label: 'Graph of curves', keys: ['G'], run: (studio) => showTimelinePanel(studio, 'graph'), problem: needsClip },
  { id: 'view.dope', group: 'View', label: 'Dope sheet', keys: ['Shift+G'], run: (studio) => showTimelinePanel(studio, 'dope'), problem: needsClip },
];
