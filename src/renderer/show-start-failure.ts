import { AppError } from '../shared/contract/errors';

/** Says in plain page elements why the studio cannot start, for when there is no studio to say it. */
export function showStartFailure(element: HTMLElement, error: unknown): void {
  const known =
    error instanceof AppError ? error : new AppError('internal', 'The studio could not start.', error instanceof Error ? error.message : String(error));
  const box = document.createElement('div');
  box.className = 'start-failure';
  box.setAttribute('role', 'alert');
  const title = document.createElement('h1');
  title.textContent = known.message;
  const hint = document.createElement('p');
  hint.textContent = known.hint;
  box.append(title, hint);
  element.replaceChildren(box);
}
