import type { KeyboardEvent } from 'react';
import type { Variant } from '../../shared/clip/generation';
import { formatSeed } from '../document/describe';
import { auditionVariant, pointAtVariant } from '../session/actions/visit-variants';
import { useStudio } from '../session/studio-context';
import { VARIANT_COUNT, type VariantsVisit } from '../workspace/variants-store';

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** The choices over the small heads: the current motion and the variants. The pointer previews, a click or an arrow key auditions. */
export function VariantTiles({ visit }: { visit: VariantsVisit }) {
  const studio = useStudio();
  const { variants, chosen } = visit;
  const chosenPlace = chosen ? variants.findIndex((variant) => variant.seed === chosen.seed) + 1 : 0;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const next = chosenPlace + (STEPS[event.key] ?? 0);
    if (next === chosenPlace || next < 0 || next > variants.length) return;
    event.preventDefault();
    auditionVariant(studio, next);
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus();
  };
  return (
    <div className="variant-tiles" role="radiogroup" aria-label="Motion to keep" onKeyDown={onKeyDown} onPointerLeave={() => pointAtVariant(studio, undefined)}>
      <Tile place={0} variant={null} visit={visit} isChosen={chosenPlace === 0} />
      {Array.from({ length: VARIANT_COUNT }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a tile is a place, whatever variant is in it
        <Tile key={index} place={index + 1} variant={variants[index]} visit={visit} isChosen={chosenPlace === index + 1} />
      ))}
    </div>
  );
}

interface TileProps {
  readonly place: number;
  readonly variant: Variant | null | undefined;
  readonly visit: VariantsVisit;
  readonly isChosen: boolean;
}

function Tile({ place, variant, visit, isChosen }: TileProps) {
  const studio = useStudio();
  const name = place === 0 ? 'Current motion' : `Variant ${place}`;
  const note = variant ? `${visit.streamId === 'head' ? `${variant.distance.toFixed(1)}°` : variant.distance.toFixed(2)}` : '';
  return (
    <button
      type="button"
      role="radio"
      className="variant-tile"
      aria-label={variant ? `${name}, ${note} from the current motion, seed ${formatSeed(variant.seed)}` : name}
      aria-checked={isChosen}
      tabIndex={isChosen ? 0 : -1}
      disabled={variant === undefined}
      data-pointed={visit.pointed !== undefined && visit.pointed === variant}
      title={variant ? `Seed ${formatSeed(variant.seed)}; ${note} from the current motion` : undefined}
      // The keys stay with the studio: Enter keeps what is chosen, not what was clicked last.
      onMouseDown={(event) => event.preventDefault()}
      onPointerEnter={() => pointAtVariant(studio, variant)}
      onClick={() => auditionVariant(studio, place)}
    >
      <span className="variant-place number">{place === 0 ? 'now' : place}</span>
      <span className="variant-note number">{note}</span>
    </button>
  );
}
