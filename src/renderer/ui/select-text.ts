/** Puts the caret into a field that has just appeared, all of its text selected. */
export function selectText(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}
