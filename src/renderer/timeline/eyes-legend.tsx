import { EYE_EVENT_KINDS } from '../../shared/eye-events/make-events';
import { EVENT_KINDS } from '../document/eye-event-kinds';
import { EYE_ROWS } from './lanes/eye-rows';

/** Names of the rows of the eyes lane, at their height. */
export function EyesLegend() {
  return (
    <div className="eyes-legend" aria-hidden>
      {EYE_EVENT_KINDS.map((kind) => (
        <span key={kind} style={{ top: EYE_ROWS[kind].top, height: EYE_ROWS[kind].height }}>
          {EVENT_KINDS[kind].label}
        </span>
      ))}
    </div>
  );
}
