import { useEffect, useId, useRef, useState } from 'react';
import type { Day } from '#domain/kit/school-year.ts';
import { readDayText } from '#domain/text/day-text.ts';
import { unreachable } from '../../call/problem.ts';
import { toast } from '../feedback/toast.ts';
import { late, useLate } from '../late.tsx';
import style from './DateInput.module.css';

interface DateInputProps {
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  /** Called with a day that exists, or with nothing while no such day is written. */
  onChange: (day: string) => void;
  /** Called with a sentence when what was written is no day, and with nothing once it is put right. */
  onFault?: (sentence: string | undefined) => void;
  onBlur?: () => void;
  min?: Day | undefined;
  max?: Day | undefined;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

const calendar = late(() => import('./DateCalendar.tsx'));

function faultOf(text: string, min: Day | undefined, max: Day | undefined): string | undefined {
  if (text.trim() === '') return;
  const day = readDayText(text);
  if (day === null) return `“${text.trim()}”不是日期，请按“年-月-日”填写，如 2026-09-01。`;
  if (min !== undefined && day < min) return `日期不能早于 ${min}，请改为这一天或以后。`;
  if (max !== undefined && day > max) return `日期不能晚于 ${max}，请改为这一天或以前。`;
}

/**
 * A day, written as `YYYY-MM-DD` or chosen in a calendar. The browser's own input shows day and month in the order of
 * its language, so that 09/01 is one day here and another there.
 */
export function DateInput({ value, onChange, onFault, onBlur, min, max, ...control }: DateInputProps) {
  const popupId = useId();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const field = useRef<HTMLSpanElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const part = useLate(calendar);
  useEffect(() => {
    if (value !== sent.current) setText(value);
    sent.current = value;
  }, [value]);

  function write(next: string) {
    setText(next);
    const day = readDayText(next) ?? '';
    if (next.trim() === '' || day !== '') onFault?.(undefined);
    if (day === sent.current) return;
    sent.current = day;
    onChange(day);
  }
  function leave() {
    const day = readDayText(text);
    if (day !== null) setText(day);
    onFault?.(faultOf(text, min, max));
    onBlur?.();
  }
  function show() {
    setOpen(true);
    calendar.load().catch((error: unknown) => {
      setOpen(false);
      toast.problem(unreachable(error));
    });
  }
  return (
    <span ref={field} className={style.date}>
      <input
        {...control}
        ref={input}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="年-月-日"
        aria-keyshortcuts="Alt+ArrowDown"
        value={text}
        onChange={(event) => write(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (!event.altKey || event.key !== 'ArrowDown') return;
          event.preventDefault();
          show();
        }}
      />
      {/* The keyboard opens it with Alt and the arrow, so that a form has one stop for a day. */}
      <button
        type="button"
        tabIndex={-1}
        className={style.opener}
        aria-label="日历"
        title="日历（Alt ↓）"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open && part ? popupId : undefined}
        onClick={() => (open ? setOpen(false) : show())}
      >
        <svg viewBox="0 0 14 14" aria-hidden="true">
          <path
            d="M1.5 3h11v9.5h-11zM1.5 5.8h11M4.3 1.2v3M9.7 1.2v3"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.2"
          />
        </svg>
      </button>
      {open && part && (
        <part.DateCalendar
          id={popupId}
          field={field}
          input={input}
          value={readDayText(text)}
          min={min}
          max={max}
          onClose={() => setOpen(false)}
          onChoose={(day) => {
            setOpen(false);
            write(day);
            onFault?.(faultOf(day, min, max));
          }}
        />
      )}
    </span>
  );
}
