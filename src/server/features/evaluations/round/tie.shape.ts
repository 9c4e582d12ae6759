import { dayInLetter } from '#domain/kit/school-year.ts';
import type { TieRulingRow } from './tie.store.ts';

/** A ruling as the ground of the conclusions that rest on it: it names no other subject. */
export function ruledWords({
  tied,
  chosen,
  grade,
  ruledOn,
  reason,
}: Pick<TieRulingRow, 'tied' | 'chosen' | 'grade' | 'ruledOn' | 'reason'>): string {
  return `${tied.length} 个对象并列，争“${grade}”的 ${chosen.length} 个名额，督导机构 ${dayInLetter(ruledOn)}作出认定：${reason}`;
}
