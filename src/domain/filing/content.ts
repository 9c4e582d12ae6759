import { codeOrMark } from '../org/school-code.ts';
import type { FieldValues } from './catalogue.ts';
import { type Cells, explanationsOf } from './cells.ts';

/** What a school puts its name to when it submits. */
export interface SignedContent {
  /** 学校标识码; null where the school has none. */
  readonly code: string | null;
  readonly schoolId: number;
  readonly schoolYear: number;
  /** Edition of the field catalogue. */
  readonly edition: string;
  /** Entered and derived values of the school's fields: `completeValues`. */
  readonly values: FieldValues;
  readonly cells: Cells;
}

/**
 * What the printed hash covers: whose figures of which year these are, in which edition, and what was said about them. A
 * school without a code is told from others by its number.
 */
export function signedContent({ code, schoolId, schoolYear, edition, values, cells }: SignedContent) {
  const explanations = Object.fromEntries(Object.entries(explanationsOf(cells)).map(([key, { text }]) => [key, text]));
  return { code: codeOrMark(code, schoolId), schoolYear, edition, values, explanations };
}
