import { useState } from 'react';
import { DateInput } from '../kit/date/DateInput.tsx';
import { Field } from './Field.tsx';
import { type Common, frame } from './fields.tsx';

interface DateProps extends Common {
  /** `YYYY-MM-DD` or nothing. */
  value: string | null | undefined;
  onChange: (value: string) => void;
  min?: string;
  max?: string;
}

/** A day of a form. It has a file of its own, because the page of the sign-in has fields and no day. */
export function DateField({ label, help, error, required, value, onChange, ...native }: DateProps) {
  const [fault, setFault] = useState<string>();
  return (
    <Field {...frame({ label, help, error: fault ?? error, required })}>
      {(control) => <DateInput {...native} {...control} value={value ?? ''} onChange={onChange} onFault={setFault} />}
    </Field>
  );
}
