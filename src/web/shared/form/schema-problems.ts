import type { z } from 'zod';
import { fieldProblems, type ProblemError } from '../call/problem.ts';

/** Sentences by the path of their field (`name`, `parts.0.code`); sentences about no field have the key ''. */
export type FormProblems = Readonly<Record<string, string>>;

/** The problem of a value that is missing; a field says it with its label: `请填写校名。` */
const missing = '请填写。';

/** The problem as a field with this label says it; `choose` where the person chooses instead of writing. */
export function problemAt(label: string, problem: string | undefined, choose = false): string | undefined {
  if (problem !== missing) return problem;
  // A remark in the label, `截止日期（含当日）`, is no part of the name.
  return `${choose ? '请选择' : '请填写'}${label.replace(/（.*?）/g, '')}。`;
}

/** The problems of values under a schema: the first sentence of each field. */
export function problemsOf(error: z.ZodError, values: unknown): FormProblems {
  return Object.fromEntries(
    error.issues.map((issue) => [issue.path.join('.'), sentence(issue, valueAt(values, issue.path))]).reverse(),
  );
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | null | undefined)?.[key], values);
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** The problems that the server reported: by field where it names one, else one sentence for the whole form. */
export function problemsFrom(refusal: ProblemError): FormProblems {
  const byField = fieldProblems(refusal);
  return Object.keys(byField).length > 0 ? byField : { '': refusal.message };
}

/** Whether a field must not be left empty. `path` leads through objects and the elements of arrays. */
export function isRequired(schema: z.ZodObject, path: string): boolean {
  const field = path.split('.').reduce<z.ZodType | undefined>(partOf, schema);
  return field ? !field.safeParse(undefined).success && !field.safeParse('').success : false;
}

function partOf(schema: z.ZodType | undefined, name: string): z.ZodType | undefined {
  if (!schema) return undefined;
  if ('shape' in schema) return (schema as z.ZodObject).shape[name] as z.ZodType | undefined;
  if ('element' in schema) return (schema as z.ZodArray).element as z.ZodType;
  return undefined;
}

/** Zod's own messages are English; a message of the schema itself is shown unchanged. */
function sentence(issue: z.core.$ZodIssue, value: unknown): string {
  if (/[\u4e00-\u9fff]/.test(issue.message)) return issue.message;
  if (isMissing(value)) return missing;
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return `至少 ${issue.minimum} 个字符。`;
      return issue.origin === 'array' ? `至少选择 ${issue.minimum} 项。` : `不能小于 ${issue.minimum}。`;
    case 'too_big':
      return issue.origin === 'string' ? `最多 ${issue.maximum} 个字符。` : `不能大于 ${issue.maximum}。`;
    case 'invalid_value':
      return '请选择。';
    default:
      return '格式不正确。';
  }
}

/** Gives the focus to the first field with a problem, once its mark is drawn. */
export function focusFirstProblem(form: HTMLElement | null | undefined): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
