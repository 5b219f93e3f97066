import { useStore } from 'zustand';
import { useKeyHints } from '../keyboard/use-bindings';
import { type BeforeTake, isBeforeAlone, takeBefore } from '../session/seen-takes';
import { useDocument, useShownClip, useStudio, useView } from '../session/studio-context';
import { Hint } from '../ui/button';
import { Segmented } from '../ui/segmented';
import type { CompareMode } from '../workspace/compare-store';
import { WipeBar } from './wipe-bar';
import './compare-tools.css';

const MODES: readonly { readonly value: CompareMode; readonly label: string }[] = [
  { value: 'one', label: 'One' },
  { value: 'wipe', label: 'Wipe' },
  { value: 'side', label: 'Side by side' },
  { value: 'ghost', label: 'Ghost' },
];

/** A and B over the viewport: which is seen, how both share the picture, and what A is. */
export function CompareTools() {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const compare = useStore(studio.compare);
  const before = useBefore();
  const isAlone = isBeforeAlone(compare);
  const isSplit = !isAlone && (compare.mode === 'wipe' || compare.mode === 'side');
  const showAlone = (isShowingBefore: boolean): void => studio.compare.setState({ isShowingBefore });
  if (!before) return null;
  return (
    <>
      <div className="compare-tools" role="group" aria-label="Compare">
        <TakeChoice />
        <div className="segmented">
          <Hint label={`A, ${before.label}`} keys={keyOf('view.before')}>
            <button type="button" aria-label="See A" aria-pressed={isAlone} onClick={() => showAlone(true)}>
              A
            </button>
          </Hint>
          <Hint label="B, now">
            <button type="button" aria-label="See B" aria-pressed={!isAlone} onClick={() => showAlone(false)}>
              B
            </button>
          </Hint>
        </div>
        <Segmented
          label="Compare A and B"
          value={compare.mode}
          options={MODES}
          onChange={(mode) => studio.compare.setState({ mode, isShowingBefore: false })}
        />
      </div>
      {isAlone || compare.mode !== 'one' ? (
        <div className="compare-names" role="status" aria-label="What is compared" data-mode={isAlone ? 'one' : compare.mode}>
          <span>A, {before.label}</span>
          {isAlone ? null : <span>B, now</span>}
        </div>
      ) : null}
      {isSplit && compare.mode === 'wipe' ? <WipeBar /> : null}
      {isSplit && compare.mode === 'side' ? <div className="side-line" /> : null}
    </>
  );
}

/** Chooses the take that is A, where there is more than one take. */
function TakeChoice() {
  const studio = useStudio();
  const clip = useShownClip();
  const takeId = useStore(studio.compare, (state) => state.takeId);
  const isVisiting = useStore(studio.variants, (state) => state.visit !== null);
  const others = clip?.takes.filter((take) => take.id !== clip.activeTakeId) ?? [];
  if (isVisiting || others.length === 0) return null;
  return (
    <select
      className="select-field"
      aria-label="Take to compare with"
      value={others.some((take) => take.id === takeId) ? (takeId ?? '') : ''}
      onChange={(event) => {
        studio.compare.setState({ takeId: event.currentTarget.value || null });
        // The keys go back to the studio.
        event.currentTarget.blur();
      }}
    >
      <option value="">Before the last change</option>
      {others.map((take) => (
        <option key={take.id} value={take.id}>
          {take.name}
        </option>
      ))}
    </select>
  );
}

/** A, followed through every store that decides it. */
function useBefore(): BeforeTake | undefined {
  const studio = useStudio();
  useDocument((state) => state);
  useView((view) => view.activeClipId);
  useStore(studio.variants);
  useStore(studio.compare);
  return takeBefore(studio);
}
