import { Tooltip } from 'radix-ui';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

/** A push button with words. `kind` says how much it asks for attention. */
export function Button({
  kind = 'plain',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { kind?: 'plain' | 'primary' | 'quiet' | 'track'; 'data-action'?: string }) {
  return <button type="button" className="button" data-kind={kind} {...rest} />;
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string | undefined;
  readonly isPressed?: boolean;
}

/** A push button with a picture; its name and key show on hover. */
export function IconButton({ label, icon, keys, isPressed, className, ...rest }: IconButtonProps) {
  return (
    <Hint label={label} keys={keys}>
      <button type="button" className={className ?? 'icon-button'} aria-label={label} aria-pressed={isPressed} {...rest}>
        {icon}
      </button>
    </Hint>
  );
}

/** Shows a name and a key beside what it wraps. */
export function Hint({ label, keys, children }: { label: string; keys?: string | undefined; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tooltip" sideOffset={6} collisionPadding={8}>
          {label}
          <Key keys={keys} />
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** A key as it is printed on the keyboard; nothing for a command without one. */
export function Key({ keys }: { keys: string | undefined }) {
  return keys === undefined ? null : <kbd className="key">{keys}</kbd>;
}
