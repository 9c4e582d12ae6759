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
  const [fault, setFault] = useState<string>();
  // Not while a year is still being typed: 2, 20 and 202 are years before the other end as well.
  function settle(day: string | undefined) {
    if (from !== undefined && to !== undefined && from > to) onChange({ from: day, to: day });
  }
  const end = (value: string | undefined, change: (day: string | undefined) => void) => ({
    value: value ?? '',
    onChange: (day: string) => change(day || undefined),
    onBlur: () => settle(value),
    onFault: setFault,
  });
  return (
    <fieldset className={style.range}>
      <legend className="visually-hidden">{label}</legend>
      <label htmlFor={id}>{label}</label>
      <DateInput id={id} aria-label={`${label}，从`} {...end(from, (day) => onChange({ from: day, to }))} />
      <span className="soft">至</span>
      <DateInput aria-label={`${label}，到`} {...end(to, (day) => onChange({ from, to: day }))} />
      {fault !== undefined && (
        <p role="alert" className={style.fault}>
          {fault}
        </p>
      )}
    </fieldset>
  );
}
