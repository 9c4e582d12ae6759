import { useId, useState } from 'react';
import { DateInput } from '../date/DateInput.tsx';
import style from './DateRange.module.css';

interface Span {
  /** `YYYY-MM-DD`, both days included; open at an end that is absent. */
  from: string | undefined;
  to: string | undefined;
}

interface DateRangeProps extends Span {
  /** The name of the span: `日期`. */
  label: string;
  onChange: (span: Span) => void;
}

/** A span of days in a line of filters. If the two ends cross, the end that was left last moves the other one. */
export function DateRange({ label, from, to, onChange }: DateRangeProps) {
  const id = useId();
  const [fromFault, setFromFault] = useState<string>();
  const [toFault, setToFault] = useState<string>();
  // Not while a year is still being typed: 2, 20 and 202 are years before the other end as well.
  function settle(day: string | undefined) {
    if (from !== undefined && to !== undefined && from > to) onChange({ from: day, to: day });
  }
  const end = (value: string | undefined, fault: string | undefined, change: (day: string | undefined) => void) => ({
    value: value ?? '',
    onChange: (day: string) => change(day || undefined),
    onBlur: () => settle(value),
    'aria-invalid': fault === undefined ? undefined : (true as const),
  });
  return (
    <fieldset className={style.range}>
      <legend className="visually-hidden">{label}</legend>
      <label htmlFor={id}>{label}</label>
      <DateInput
        id={id}
        aria-label={`${label}，从`}
        aria-describedby={fromFault === undefined ? undefined : `${id}-from`}
        onFault={setFromFault}
        {...end(from, fromFault, (day) => onChange({ from: day, to }))}
      />
      <span className={`soft ${style.between}`}>至</span>
      <DateInput
        aria-label={`${label}，到`}
        aria-describedby={toFault === undefined ? undefined : `${id}-to`}
        onFault={setToFault}
        {...end(to, toFault, (day) => onChange({ from, to: day }))}
      />
      <Fault id={`${id}-from`} sentence={fromFault} />
      <Fault id={`${id}-to`} sentence={toFault} />
    </fieldset>
  );
}

/** What is wrong with one end of the span; the other end has a sentence of its own. */
function Fault({ id, sentence }: { id: string; sentence: string | undefined }) {
  if (sentence === undefined) return null;
  return (
    <p id={id} role="alert" className={style.fault}>
      {sentence}
    </p>
  );
}
