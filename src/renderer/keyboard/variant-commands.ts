import { auditionVariant, keepVariant, leaveVariants } from '../session/actions/visit-variants';
import type { Studio } from '../session/studio';
import { VARIANT_COUNT } from '../workspace/variants-store';
import type { StudioCommand } from './studio-commands';

const isActive = (studio: Studio): boolean => studio.variants.getState().visit !== null;
const group = 'Variants';

/** What keys mean as long as Variants are open. */
export const VARIANT_COMMANDS: readonly StudioCommand[] = [
  { id: 'variants.current', group, label: 'The current motion', keys: ['0'], run: (studio) => auditionVariant(studio, 0), isActive },
  ...Array.from(
    { length: VARIANT_COUNT },
    (_, index): StudioCommand => ({
      id: `variants.${index + 1}`,
      group,
      label: `Variant ${index + 1}`,
      keys: [String(index + 1)],
      run: (studio) => auditionVariant(studio, index + 1),
      isActive,
    }),
  ),
  { id: 'variants.keep', group, label: 'Keep the variant', keys: ['Enter'], run: keepVariant, isActive },
  { id: 'variants.leave', group, label: 'Leave everything as it was', keys: ['Escape'], run: leaveVariants, isActive },
];
