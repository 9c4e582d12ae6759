import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { fieldProblems, ProblemError } from '../problem.ts';

export interface FieldProps<Value> {
  name: string;
  value: Value;
  onChange: (value: Value) => void;
  error: string | undefined;
  required: boolean;
}

export interface FormState<Schema extends z.ZodObject> {
  values: z.input<Schema>;
  set: (patch: Partial<z.input<Schema>>) => void;
  field: <Name extends keyof z.input<Schema> & string>(name: Name) => FieldProps<z.input<Schema>[Name]>;
  /** Checks, then does it; what the server refuses by field is shown at the field. */
  submit: (act: (values: z.output<Schema>) => Promise<unknown>) => (event?: FormEvent) => void;
  /** Sentences by field name, and what concerns no field under ''. */
  problems: Record<string, string>;
  dirty: boolean;
  busy: boolean;
  reset: (values: z.input<Schema>) => void;
}

/**
 * A form from a schema of the contract: the same rules here and on the server. Problems appear when the person tries to
 * go on, and leave a field as soon as it changes.
 */
export function useForm<Schema extends z.ZodObject>(schema: Schema, initial: z.input<Schema>): FormState<Schema> {
  const [values, setValues] = useState(initial);
  const [start, setStart] = useState(initial);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  function set(patch: Partial<z.input<Schema>>) {
    setValues((before) => ({ ...before, ...patch }));
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([name]) => name && !(name in patch))));
  }

  function submit(act: (checked: z.output<Schema>) => Promise<unknown>) {
    return (event?: FormEvent) => {
      event?.preventDefault();
      const checked = schema.safeParse(values);
      if (!checked.success) {
        setProblems(
          Object.fromEntries(checked.error.issues.map((issue) => [issue.path.join('.'), sentence(issue)]).reverse()),
        );
        focusFirst(event?.currentTarget as HTMLFormElement | undefined);
        return;
      }
      setBusy(true);
      setProblems({});
      act(checked.data)
        .catch((error: unknown) => {
          if (!(error instanceof ProblemError)) throw error;
          const byField = fieldProblems(error);
          setProblems(Object.keys(byField).length > 0 ? byField : { '': error.message });
        })
        .finally(() => setBusy(false));
    };
  }

  return {
    values,
    set,
    field: (name) => ({
      name,
      value: (values as Record<string, never>)[name] as never,
      onChange: (value) => set({ [name]: value } as never),
      error: problems[name],
      required: required(schema, name),
    }),
    submit,
    problems,
    dirty: JSON.stringify(values) !== JSON.stringify(start),
    busy,
    reset: (next) => {
      setValues(next);
      setStart(next);
      setProblems({});
    },
  };
}

function required(schema: z.ZodObject, name: string): boolean {
  const field = schema.shape[name] as z.ZodType | undefined;
  return field ? !field.safeParse(undefined).success && !field.safeParse('').success : false;
}

/** Zod's own words are English; a schema's own message, where it has one, stands as it is. */
function sentence(issue: z.core.$ZodIssue): string {
  if (/[\u4e00-\u9fff]/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return issue.minimum === 1 ? '请填写。' : `至少 ${issue.minimum} 个字符。`;
      return issue.origin === 'array' ? `至少选择 ${issue.minimum} 项。` : `不能小于 ${issue.minimum}。`;
    case 'too_big':
      return issue.origin === 'string' ? `最多 ${issue.maximum} 个字符。` : `不能大于 ${issue.maximum}。`;
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? '请填写。' : '格式不正确。';
    case 'invalid_value':
      return '请选择。';
    default:
      return '格式不正确。';
  }
}

function focusFirst(form: HTMLFormElement | undefined) {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
