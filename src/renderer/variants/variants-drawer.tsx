import { Check, Dices, X } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Take } from '../../shared/clip/clip-schema';
import { formatRange, TRACK_LABELS } from '../document/describe';
import type { VariantOrder } from '../document/variant-order';
import { useKeyHints } from '../keyboard/use-bindings';
import { HeadStrip } from '../preview/head-strip';
import { keepVariant, leaveVariants, sortVariants, visitVariants } from '../session/actions/visit-variants';
import { withStream } from '../session/seen-takes';
import { useShownTake, useStudio } from '../session/studio-context';
import { Button, IconButton, Key } from '../ui/button';
import { ProgressBar } from '../ui/progress-bar';
import { Segmented } from '../ui/segmented';
import { VARIANT_COUNT, type VariantsVisit } from '../workspace/variants-store';
import { VariantTiles } from './variant-tiles';
import './variants.css';

const ORDERS: readonly { readonly value: VariantOrder; readonly label: string }[] = [
  { value: 'near', label: 'Near' },
  { value: 'different', label: 'Different' },
  { value: 'energy', label: 'Energy' },
];

/** The drawer under the viewport as long as Variants are open. */
export function VariantsDrawer() {
  const studio = useStudio();
  const visit = useStore(studio.variants, (state) => state.visit);
  const take = useShownTake();
  return visit && take ? <Drawer visit={visit} take={take} /> : null;
}

function Drawer({ visit, take }: { visit: VariantsVisit; take: Take }) {
  const studio = useStudio();
  const keyOf = useKeyHints();
  const order = useStore(studio.variants, (state) => state.order);
  const { streamId, affected, variants, isDrawing, fraction, chosen } = visit;
  const takes = useMemo(() => {
    return [take, ...Array.from({ length: VARIANT_COUNT }, (_, index) => variants[index] && withStream(take, streamId, variants[index].stream))];
  }, [take, streamId, variants]);
  return (
    <section className="variants" aria-label="Variants" data-track={streamId}>
      <div className="variants-head">
        <h2 className="panel-title">Variants</h2>
        <span className="variants-range number">
          {TRACK_LABELS[streamId]} {formatRange(affected)}
        </span>
        {isDrawing ? (
          <span className="variants-progress">
            <ProgressBar label="Drawing variants" fraction={fraction} />
            <Button kind="quiet" onClick={visit.stop}>
              Stop
            </Button>
          </span>
        ) : (
          <Segmented label="Sort" value={order} options={ORDERS} onChange={(next) => sortVariants(studio, next)} />
        )}
        <span className="variants-actions">
          <IconButton
            label="Draw others"
            keys={keyOf('animate.variants')}
            icon={<Dices size={15} />}
            disabled={isDrawing}
            onClick={() => void visitVariants(studio)}
          />
          <Button kind="track" disabled={!chosen} onClick={() => keepVariant(studio)}>
            <Check size={14} aria-hidden /> Keep <Key keys={keyOf('variants.keep')} />
          </Button>
          <IconButton label="Leave everything as it was" keys={keyOf('variants.leave')} icon={<X size={15} />} onClick={() => leaveVariants(studio)} />
        </span>
      </div>
      <div className="variants-row">
        <HeadStrip takes={takes} />
        <VariantTiles visit={visit} />
      </div>
    </section>
  );
}
