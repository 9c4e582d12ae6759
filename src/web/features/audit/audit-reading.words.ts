import { auditWords, here } from '#web/shared/desk/registry.ts';

/** The words of all features for their acts, which the page needs. */
export const words = () => here(auditWords);

/** Subjects of acts, for the filter: the word before the dot. */
export function subjectOptions(): Array<{ value: string; label: string }> {
  return Object.entries(words().subjects).map(([value, label]) => ({ value, label }));
}
