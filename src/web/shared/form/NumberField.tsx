import { useState } from 'react';
import { inexactNumber, readNumberText } from '#domain/kit/number-text.ts';
import { Field } from './Field.tsx';
import style from './fields.module.css';
import { type Common, frame } from './fields.tsx';

interface NumberProps extends Common {
  value: number | null | undefined;
  /** `null` where the field is empty; an empty field is never 0. */
  onChange: (value: number | null) => void;
  placeholder?: string;
}

/**
 * Keeps the typed text until the field is left; accepts full-width digits and thousands separators. It has a file of its
 * own, because the page of the sign-in has fields and no number.
 */
export function NumberField({ label, help, unit, error, required, value, onChange, ...native }: NumberProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const fault = typed === null ? undefined : numberFault(typed);
  return (
    <Field {...frame({ label, help, unit, error: fault ?? error, required })}>
      {(control) => (
        <input
          {...native}
          {...control}
          className={style.number}
          inputMode="decimal"
          autoComplete="off"
          value={typed ?? (value === null || value === undefined ? '' : String(value))}
          onChange={(event) => {
            setTyped(event.target.value);
            onChange(readNumber(event.target.value));
          }}
          onBlur={() => fault === undefined && setTyped(null)}
        />
      )}
    </Field>
  );
}

/** What is wrong with the text of a field that takes a number; an empty field has no fault of its own. */
export function numberFault(text: string): string | undefined {
  const { kind } = readNumberText(text);
  if (kind === 'inexact') return `数字${inexactNumber}。`;
  return kind === 'unreadable' ? '请填写数字。' : undefined;
}

/** A number as people type it: `１，２０４` and `1,204` are 1204; null where the text is not a number. */
export function readNumber(text: string): number | null {
  const read = readNumberText(text);
  return read.kind === 'number' ? read.value : null;
}
