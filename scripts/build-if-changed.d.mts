/** Builds main process, preload script and studio into `root`/out unless they were built from exactly these sources. Throws with the build's own messages when it fails. */
export function buildIfChanged(root: string): void;
