import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button';

interface ModalProps {
  readonly title: string;
  readonly description?: string;
  readonly width?: 'normal' | 'wide' | 'palette';
  readonly children: ReactNode;
  onClose(): void;
}

/** The first thing to decide gets the focus, else the dialog itself: never its close button, whose name would pop up. */
function focusFirstChoice(event: Event): void {
  event.preventDefault();
  const dialog = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
  (dialog?.querySelector<HTMLElement>('[data-first-focus], .choice') ?? dialog)?.focus();
}

/** A control that is listening for keys uses Escape itself. */
function leaveEscapeToControl(event: KeyboardEvent): void {
  if (document.activeElement?.closest('[data-keeps-escape]')) event.preventDefault();
}

/** A dialog over the studio. Escape and a click outside close it; the focus goes back to where it was. */
export function Modal({ title, description, width = 'normal', children, onClose }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-backdrop" />
        <Dialog.Content
          className="dialog"
          data-width={width}
          onOpenAutoFocus={focusFirstChoice}
          onEscapeKeyDown={leaveEscapeToControl}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="dialog-head">
            <div>
              <Dialog.Title className="dialog-title">{title}</Dialog.Title>
              {description ? <Dialog.Description className="dialog-text">{description}</Dialog.Description> : null}
            </div>
            <Dialog.Close asChild>
              <IconButton label="Close" icon={<X size={15} />} />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
