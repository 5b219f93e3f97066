import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Take } from '../../shared/clip/clip-schema';
import type { Finding } from '../../shared/qa/finding';
import { isIgnored } from '../../shared/qa/ignored';
import type { QaState } from '../workspace/qa-store';
import { type Studio, shownTake } from './studio';
import { useShownTake, useStudio } from './studio-context';

/** The findings of the shown take, apart from those the user ignores. */
export interface ShownFindings {
  readonly open: readonly Finding[];
  readonly ignored: readonly Finding[];
  readonly isChecking: boolean;
}

function split(take: Take | undefined, { takeId, findings, isChecking }: QaState): ShownFindings {
  if (!take || take.id !== takeId) return { open: [], ignored: [], isChecking };
  const isOpen = (finding: Finding): boolean => !isIgnored(take.ignoredFindings, finding);
  return { open: findings.filter(isOpen), ignored: findings.filter((finding) => !isOpen(finding)), isChecking };
}

/** The findings of the shown take at this moment. */
export function shownFindings(studio: Studio): ShownFindings {
  return split(shownTake(studio)?.take, studio.qa.getState());
}

/** The findings of the shown take, for panels. */
export function useShownFindings(): ShownFindings {
  const take = useShownTake();
  const qa = useStore(useStudio().qa);
  return useMemo(() => split(take, qa), [take, qa]);
}
