import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useKeyHints } from '../keyboard/use-bindings';
import { isBeforeAlone } from '../session/seen-takes';
import { useStudio, useView } from '../session/studio-context';
import { IconButton, Key } from '../ui/button';
import './help.css';

/** Three hints on the first run, over the viewport; they give way to the names of what is compared. */
export function FirstHints() {
  const isDismissed = useView((view) => view.hintsDismissed);
  const keyOf = useKeyHints();
  const update = useView((view) => view.update);
  const isComparing = useStore(useStudio().compare, (compare) => compare.mode !== 'one' || isBeforeAlone(compare));
  if (isDismissed || isComparing) return null;
  return (
    <aside className="first-hints" aria-label="First steps">
      <ul>
        <li>
          <Key keys={keyOf('play.toggle') ?? 'Play'} /> plays the sample
        </li>
        <li>
          <span className="drag-sign">drag</span> in the timeline, then <Key keys={keyOf('animate.reroll') ?? 'Re-roll'} /> re-rolls the head there, the mouth
          stays
        </li>
        <li>
          <Key keys={keyOf('animate.variants') ?? 'Variants'} /> shows eight variants to choose from
        </li>
      </ul>
      <IconButton label="Hide the hints" icon={<X size={14} />} onClick={() => update({ hintsDismissed: true })} />
    </aside>
  );
}
