import { auditionVariant, keepVariant, leaveVariants } from '../session/actions/visit-variants';
import type { Studio } from '../session/studio';
import { VARIANT_COUNT } from '../workspace/variants-store';
import type { StudioCommand } from './studio-commands';

const isActive = (studio: Studio): boolean => studio.variants.getState().visit !== null;
const problem = (studio: Studio): string | null => (isActive(studio) ? null : 'Variants are not open: draw variants of a lane first.');
const shared = { group: 'Variants', isActive, problem } as const;

/** What keys mean as long as Variants are open. */
export const VARIANT_COMMANDS: readonly StudioCommand[] = [
  { id: 'variants.current', label: 'The current motion', keys: ['0'], run: (studio) => auditionVariant(studio, 0), ...shared },
  ...Array.from(
    { length: VARIANT_COUNT },
    (_, index): StudioCommand => ({
      id: `variants.${index + 1}`,
      label: `Variant ${index + 1}`,
      keys: [String(index + 1)],
      run: (studio) => auditionVariant(studio, index + 1),
      ...shared,
    }),
  ),
  { id: 'variants.keep', label: 'Keep the variant', keys: ['Enter'], run: keepVariant, ...shared },
  { id: 'variants.leave', label: 'Leave everything as it was', keys: ['Escape'], run: leaveVariants, ...shared },
];
