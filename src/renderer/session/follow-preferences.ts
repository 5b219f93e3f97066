import type { Preferences, PreferencesStore } from '../workspace/preferences-store';

/** What is asked of a media query. */
type SystemSetting = Pick<MediaQueryList, 'matches' | 'addEventListener'>;

/** Puts theme, size and motion on the page, now and with every change; the style sheets do the rest. */
export function followPreferences(preferences: PreferencesStore, page: HTMLElement, prefersReducedMotion: SystemSetting): void {
  const apply = ({ theme, scalePercent, motion }: Preferences): void => {
    const isReduced = motion === 'reduced' || (motion === 'system' && prefersReducedMotion.matches);
    page.dataset.theme = theme;
    page.dataset.motion = isReduced ? 'reduced' : 'full';
    page.style.setProperty('--interface-scale', String(scalePercent / 100));
  };
  apply(preferences.getState());
  preferences.subscribe(apply);
  prefersReducedMotion.addEventListener('change', () => apply(preferences.getState()));
}
