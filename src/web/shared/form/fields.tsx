import { type InputHTMLAttributes, type ReactNode, useState } from 'react';
import { Field } from './Field.tsx';
import style from './fields.module.css';
import { problemAt } from './schema-problems.ts';

export interface Common {
  label: string;
  help?: ReactNode | undefined;
  unit?: string | undefined;
  name?: string;
  error?: string | undefined;
  required?: boolean | undefined;
  disabled?: boolean;
}

type Native = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'autoComplete' | 'placeholder' | 'maxLength' | 'inputMode' | 'autoFocus' | 'spellCheck' | 'readOnly'
>;

interface TextProps extends Common, Native {
  value: string | null | undefined;
  onChange: (value: string) => void;
  type?: 'text' | 'tel' | 'search' | 'email';
}

export function TextField({
  label,
  help,
  unit,
  error,
  required,
  value,
  onChange,
  type = 'text',
  ...native
}: TextProps) {
  return (
    <Field {...frame({ label, help, unit, error, required })}>
      {(control) => (
        <input
          {...native}
          {...control}
          type={type}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

interface AreaProps extends Common {
  value: string | null | undefined;
  onChange: (value: string) => void;
  maxLength?: number;
  rows?: number;
}

export function TextAreaField({ label, help, error, required, value, onChange, ...native }: AreaProps) {
  return (
    <Field {...frame({ label, help, error, required })}>
      {(control) => (
        <textarea {...native} {...control} value={value ?? ''} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

export interface Option<Value extends string | number> {
  value: Value;
  label: string;
  note?: string;
  disabled?: boolean;
}

interface SelectProps<Value extends string | number> extends Common {
  value: Value | null | undefined;
  options: ReadonlyArray<Option<Value>>;
  onChange: (value: Value) => void;
  placeholder?: string;
}

export function SelectField<Value extends string | number>(props: SelectProps<Value>) {
  const { label, help, error, required, value, options, onChange, placeholder = '请选择', ...native } = props;
  return (
    <Field choose {...frame({ label, help, error, required })}>
      {(control) => (
        <select
          {...native}
          {...control}
          value={value === null || value === undefined ? '' : String(value)}
          onChange={(event) => {
            const option = options.find((candidate) => String(candidate.value) === event.target.value);
            if (option) onChange(option.value);
          }}
        >
          <option value="" disabled>
            {placeholder}
          </option>
          {options.map((option) => (
            <option key={option.value} value={String(option.value)} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface ChoiceProps<Value extends string | number> extends Common {
  value: Value | null | undefined;
  options: ReadonlyArray<Option<Value>>;
  onChange: (value: Value) => void;
}

/** A choice of one from a few, all visible. */
export function ChoiceField<Value extends string | number>({
  label,
  name = label,
  help,
  error,
  value,
  options,
  onChange,
  disabled,
}: ChoiceProps<Value>) {
  return (
    <fieldset disabled={disabled} className={style.choices}>
      <legend className={style.legend}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={style.choice}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            disabled={option.disabled}
            aria-invalid={error ? true : undefined}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.note && <span className={style.choiceNote}>{option.note}</span>}
          </span>
        </label>
      ))}
      {(error || help) && <p className={error ? style.error : style.help}>{problemAt(label, error, true) ?? help}</p>}
    </fieldset>
  );
}

interface CheckProps extends Common {
  value: boolean | undefined;
  onChange: (value: boolean) => void;
}

export function CheckField({ label, help, error, value, onChange, disabled }: CheckProps) {
  return (
    <label className={style.choice}>
      <input
        type="checkbox"
        checked={value ?? false}
        disabled={disabled}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {(error || help) && <span className={error ? style.error : style.choiceNote}>{error ?? help}</span>}
      </span>
    </label>
  );
}

interface PasswordProps extends Common {
  value: string | null | undefined;
  onChange: (value: string) => void;
  autoComplete: 'current-password' | 'new-password';
}

export function PasswordField({ label, help, error, required, value, onChange, autoComplete }: PasswordProps) {
  const [seen, setSeen] = useState(false);
  return (
    <Field {...frame({ label, help, error, required })}>
      {(control) => (
        <span className={style.password}>
          <input
            {...control}
            type={seen ? 'text' : 'password'}
            autoComplete={autoComplete}
            spellCheck={false}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value)}
          />
          <button type="button" aria-pressed={seen} onClick={() => setSeen(!seen)}>
            {seen ? '隐藏' : '显示'}
          </button>
        </span>
      )}
    </Field>
  );
}

/** Drops the keys that were not given, as exact optional properties require. */
export function frame(given: Common) {
  const { label, help, unit, error, required } = given;
  return { label, error, required, ...(help === undefined ? {} : { help }), ...(unit === undefined ? {} : { unit }) };
}
