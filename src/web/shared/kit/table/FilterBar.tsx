import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useLow, useNarrow } from '../../page/useNarrow.ts';
import { Button } from '../action/Button.tsx';
import style from './FilterBar.module.css';

interface FilterBarProps {
  /** Clears every filter; the button shows only when this is given. */
  onClear?: (() => void) | undefined;
  /** At the far end: counts, a view switch. */
  end?: ReactNode;
  children: ReactNode;
}

/**
 * The line of filters above a list. All its values are in the address. A phone and a low window show the first search and
 * one button; more than two are folded behind it, so that the list begins on the first screen.
 */
export function FilterBar({ onClear, end, children }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const bar = useRef<HTMLElement>(null);
  const [many, setMany] = useState(false);
  // Counted as they are drawn: one part of a page may draw several filters, and a filter may be absent for this post.
  useLayoutEffect(() => setMany((bar.current?.querySelectorAll(':scope > :not([data-beside])').length ?? 0) > 2));
  const [narrow, low] = [useNarrow(), useLow()];
  const folds = many && (narrow || low);
  return (
    <search ref={bar} className={`${style.bar} screen-only`} data-folded={(folds && !open) || undefined}>
      {children}
      {folds && (
        <span className={style.fold} data-beside>
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? '收起筛选' : onClear ? '筛选（已设条件）' : '筛选'}
          </Button>
        </span>
      )}
      {onClear && (
        <span className={style.fold} data-beside>
          <Button kind="quiet" onClick={onClear}>
            清除筛选
          </Button>
        </span>
      )}
      {end && (
        <div className={style.end} data-beside>
          {end}
        </div>
      )}
    </search>
  );
}

interface FilterSelectProps<Value extends string | number> {
  label: string;
  value: Value | undefined;
  options: ReadonlyArray<{ value: Value; label: string }>;
  onChange: (value: Value | undefined) => void;
  /** The text for no choice. */
  all?: string;
}

export function FilterSelect<Value extends string | number>({
  label,
  value,
  options,
  onChange,
  all = '全部',
}: FilterSelectProps<Value>) {
  const id = useId();
  return (
    <div className={style.filter}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value === undefined ? '' : String(value)}
        data-set={value !== undefined || undefined}
        onChange={(event) => onChange(options.find((option) => String(option.value) === event.target.value)?.value)}
      >
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={String(option.value)}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FilterSearchProps {
  label?: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  placeholder?: string;
}

/** Searches for a text 300 ms after the last key, and not while an input method is composing. */
export function FilterSearch({ label = '查找', value, onChange, placeholder }: FilterSearchProps) {
  const id = useId();
  const [text, setText] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);
  const composing = useRef(false);
  useEffect(() => {
    if (value !== sent.current) setText(value ?? '');
    sent.current = value;
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function later(next: string, wait: number) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const trimmed = next.trim() || undefined;
      if (trimmed === sent.current) return;
      sent.current = trimmed;
      onChange(trimmed);
    }, wait);
  }

  return (
    <div className={`${style.filter} ${style.search}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="search"
        value={text}
        placeholder={placeholder}
        autoComplete="off"
        onCompositionStart={() => {
          composing.current = true;
        }}
        onCompositionEnd={(event) => {
          composing.current = false;
          later(event.currentTarget.value, 300);
        }}
        onChange={(event) => {
          setText(event.target.value);
          if (!composing.current) later(event.target.value, 300);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') later(text, 0);
        }}
      />
    </div>
  );
}

interface FilterToggleProps {
  label: string;
  value: boolean | undefined;
  /** `undefined` when it is switched off, so that the address stays short. */
  onChange: (value: true | undefined) => void;
}

export function FilterToggle({ label, value, onChange }: FilterToggleProps) {
  return (
    <label className={style.toggle}>
      <input
        type="checkbox"
        checked={value ?? false}
        onChange={(event) => onChange(event.target.checked || undefined)}
      />
      {label}
    </label>
  );
}
