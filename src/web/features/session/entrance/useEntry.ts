import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { ProblemError } from '#web/shared/call/problem.ts';
import { type FormProblems, focusFirstProblem, problemsFrom, problemsOf } from '#web/shared/form/schema-problems.ts';

/**
 * Checks the few texts of the sign-in like any form, but without the form library: nobody should wait for it on the
 * first page.
 */
export function useEntry<Schema extends z.ZodObject, Name extends keyof z.input<Schema> & string>(
  schema: Schema,
  initial: Record<Name, string>,
) {
  const [values, setValues] = useState(initial);
  const [problems, setProblems] = useState<FormProblems>({});
  const [busy, setBusy] = useState(false);
  function change(name: Name, value: string) {
    setValues((before) => ({ ...before, [name]: value }));
    setProblems((before) => Object.fromEntries(Object.entries(before).filter(([key]) => key && key !== name)));
  }
  return {
    problems,
    busy,
    change,
    field: (name: Name) => ({
      name,
      value: values[name],
      onChange: (value: string) => change(name, value),
      error: problems[name],
    }),
    submit: (act: (checked: z.output<Schema>) => Promise<unknown>) => async (event: FormEvent) => {
      event.preventDefault();
      const form = event.currentTarget as HTMLElement;
      const checked = schema.safeParse(values);
      if (!checked.success) {
        setProblems(problemsOf(checked.error, values));
        focusFirstProblem(form);
        return;
      }
      setBusy(true);
      setProblems({});
      try {
        await act(checked.data);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        setProblems(problemsFrom(error));
      } finally {
        setBusy(false);
      }
    },
  };
}
