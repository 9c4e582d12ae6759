import { isTermOver, lastTermDayTold } from '#domain/inspection/terms.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { ListedInspector } from './inspector.list.store.ts';
import { inspectorRules } from './inspector-rules.shape.ts';

/** A row of a list, with what is to be done about the term of somebody at work. */
export function listed(
  row: ListedInspector,
  today: Day,
): ListedInspector & { readonly termAsks: 'expiring' | 'expired' | null } {
  const { state, termTo } = row;
  const isTold = state === 'serving' && termTo !== null && termTo <= lastTermDayTold(inspectorRules, today);
  return { ...row, termAsks: isTold ? (isTermOver(termTo, today) ? 'expired' : 'expiring') : null };
}
