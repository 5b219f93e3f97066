import { RotateCcw, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { unusableKeys } from '../keyboard/key-bindings';
import { isModifierAlone, keyName, printedKeys } from '../keyboard/key-names';
import { IconButton } from '../ui/button';

interface KeyRowProps {
  readonly label: string;
  readonly keys: readonly string[];
  readonly isChanged: boolean;
  readonly children: ReactNode;
  onChange(keys: readonly string[]): void;
  onReset(): void;
}

/** A command with its keys: each can be removed, another added by pressing it; what needs an answer shows below. */
export function KeyRow({ label, keys, isChanged, children, onChange, onReset }: KeyRowProps) {
  const [isListening, setListening] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const hear = (press: KeyboardEvent): void => {
    const name = keyName(press);
    // Tab goes on to the next control, which ends the listening.
    if (!isListening || isModifierAlone(press) || press.key === 'Tab') return;
    press.preventDefault();
    const problem = unusableKeys(name);
    setRefusal(problem);
    setListening(problem !== null);
    if (!problem && name !== 'Escape' && !keys.includes(name)) onChange([...keys, name]);
  };
  return (
    <div className="key-row" data-changed={isChanged}>
      <span className="key-row-label">{label}</span>
      <span className="key-row-keys">
        {isChanged ? <IconButton label={`Reset the keys of ${label}`} icon={<RotateCcw size={13} />} onClick={onReset} /> : null}
        {keys.map((name) => (
          <button
            key={name}
            type="button"
            className="key key-remove"
            aria-label={`Remove ${printedKeys(name)} from ${label}`}
            onClick={() => onChange(keys.filter((other) => other !== name))}
          >
            {printedKeys(name)}
            <X size={11} aria-hidden />
          </button>
        ))}
        <button
          type="button"
          className="key-add"
          aria-label={isListening ? `Press a key for ${label}` : `Add a key to ${label}`}
          data-listening={isListening}
          data-keeps-escape={isListening || undefined}
          onClick={() => {
            setRefusal(null);
            setListening(true);
          }}
          onKeyDown={hear}
          onBlur={() => setListening(false)}
        >
          {isListening ? 'Press a key' : 'Add'}
        </button>
      </span>
      {refusal ? (
        <p className="key-conflict" role="alert">
          {refusal}
        </p>
      ) : null}
      {children}
    </div>
  );
}
