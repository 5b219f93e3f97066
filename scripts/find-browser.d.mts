/** What to do when there is no browser. */
export const BROWSER_HINT: string;
/** The program of an installed Chromium, Chrome or Edge, or null. VIVIDTALKER_BROWSER goes first. */
export function findBrowser(): string | null;
