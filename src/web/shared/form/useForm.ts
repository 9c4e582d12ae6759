import { type FormEvent, useMemo } from 'react';
import {
  type FieldErrors,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  get,
  type Resolver,
  set,
  useForm as useHookForm,
} from 'react-hook-form';
import type { z } from 'zod';
import { ProblemError } from '../call/problem.ts';
import { type FormProblems, focusFirstProblem, isRequired, problemsFrom, problemsOf } from './schema-problems.ts';

/**
 * The values that a field of the kit accepts. Any field may be empty during filling; the schema decides which may stay
 * so.
 */
export interface FieldProps<Value> {
  name: string;
  value: Value | undefined;
  onChange: (value: Value | null | undefined) => void;
  error: string | undefined;
  required: boolean;
}

/** The fields of an object, by name. */
export type FieldsOf<Values> = { [Name in keyof Values]-?: FieldProps<Exclude<Values[Name], undefined>> };

type Path<Values extends FieldValues> = FieldPath<Values>;

export interface FormState<Values extends FieldValues, Checked> {
  values: Values;
  /** Changes some values of the first level together. */
  set: (patch: { [Name in keyof Values]?: Values[Name] | undefined }) => void;
  /** One field: `name`, `parts.0.code`. */
  field: <Name extends Path<Values>>(path: Name) => FieldProps<Exclude<FieldPathValue<Values, Name>, undefined>>;
  /** Some fields of the first level, for a piece of form that several forms have. */
  fields: <Name extends keyof Values & string>(names: readonly Name[]) => FieldsOf<Pick<Values, Name>>;
  /** The same for an object deeper down: `fieldsIn('parts.0', ['code', 'name'])`. */
  fieldsIn: <Base extends Path<Values>, Name extends keyof FieldPathValue<Values, Base> & string>(
    base: Base,
    names: readonly Name[],
  ) => FieldsOf<Pick<FieldPathValue<Values, Base>, Name>>;
  /** Checks and then runs the act; a problem that the server reports for a field is shown at the field. */
  submit: (act: (values: Checked) => Promise<unknown>) => (event?: FormEvent) => void;
  problems: FormProblems;
  busy: boolean;
  /** Whether something was entered since the form began, or was reset, and is not on its way to the server. */
  isUnsaved: boolean;
  reset: (values: Values) => void;
}

/** The first values of a form; values that are not known yet stay undefined. */
export type Beginning<Values> =
  Values extends ReadonlyArray<infer Element>
    ? ReadonlyArray<Beginning<Element>>
    : Values extends object
      ? { [Name in keyof Values]: Beginning<Values[Name]> | undefined }
      : Values;

/**
 * A form from a schema of the contract: the same rules here and on the server. Problems appear when the person tries to
 * go on, and leave a field as soon as it changes. Fields may lie in objects and lists (`parts.0.code`).
 */
export function useForm<Schema extends z.ZodObject>(
  schema: Schema,
  initial: Beginning<z.input<Schema>>,
): FormState<z.input<Schema>, z.output<Schema>> {
  // Paths are untyped texts inside and typed outside: the library's types of a path fail where a schema is not known
  // yet.
  const form = useHookForm<FieldValues, unknown, z.output<Schema>>({
    defaultValues: initial,
    resolver: useMemo(() => resolverOf(schema), [schema]),
    reValidateMode: 'onSubmit',
    shouldFocusError: false,
  });
  const values = form.watch();
  const problems = flat(form.formState.errors);
  function change(path: string, value: unknown) {
    form.setValue(path, value);
    form.clearErrors([path, 'root']);
  }
  function field(path: string) {
    return {
      name: path,
      value: get(values, path),
      onChange: (value: unknown) => change(path, value),
      error: problems[path],
      required: isRequired(schema, path),
    };
  }
  function submit(act: (checked: z.output<Schema>) => Promise<unknown>) {
    return (event?: FormEvent) => {
      const element = event?.currentTarget as HTMLElement | undefined;
      const send = form.handleSubmit(
        async (checked) => {
          try {
            await act(checked);
          } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            for (const [path, message] of Object.entries(problemsFrom(error))) {
              form.setError(path || 'root', { type: 'server', message });
            }
          }
        },
        () => focusFirstProblem(element),
      );
      void send(event);
    };
  }
  const state = {
    values,
    set: (patch: object) => {
      for (const [name, value] of Object.entries(patch)) change(name, value);
    },
    field,
    fields: (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, field(name)])),
    fieldsIn: (base: string, names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, field(`${base}.${name}`)])),
    submit,
    problems,
    busy: form.formState.isSubmitting,
    // Few forms ask: the values are compared only for them.
    get isUnsaved() {
      return !form.formState.isSubmitting && !isSame(values, form.formState.defaultValues);
    },
    reset: (next: FieldValues) => form.reset(next),
  };
  return state as unknown as FormState<z.input<Schema>, z.output<Schema>>;
}

/** Whether two forms hold the same: a field that nobody touched is missing, null or empty. */
function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, part: unknown) => (part === '' || part == null ? undefined : part));
  return text(one) === text(other);
}

/** Checks with the schema; its sentences are our own, by path. */
function resolverOf<Schema extends z.ZodObject>(schema: Schema): Resolver<FieldValues, unknown, z.output<Schema>> {
  return async (values) => {
    const checked = schema.safeParse(values);
    if (checked.success) return { values: checked.data, errors: {} };
    const errors: FieldErrors = {};
    for (const [path, message] of Object.entries(problemsOf(checked.error, values))) {
      set(errors, path || 'root', { type: 'schema', message });
    }
    return { values: {}, errors };
  };
}

/** The messages of a tree of errors by their paths. */
function flat(errors: object, base = ''): FormProblems {
  const found: Record<string, string> = {};
  for (const [key, error] of Object.entries(errors)) {
    if (typeof error !== 'object' || error === null) continue;
    const path = key === 'root' ? base : base ? `${base}.${key}` : key;
    if ('message' in error && typeof error.message === 'string') found[path] = error.message;
    else Object.assign(found, flat(error, path));
  }
  return found;
}
