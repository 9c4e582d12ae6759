import { codeOrMark } from '../org/school-code.ts';
import type { FieldValues } from './catalogue.ts';
import { type Cells, explanationsOf } from './cells.ts';

/** The content that a school signs when it submits. */
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
 * The content that the printed hash covers: the school, the year, the edition, the figures and their explanations. A
 * school without a code is identified by its number.
 */
export function signedContent({ code, schoolId, schoolYear, edition, values, cells }: SignedContent) {
  const explanations = Object.fromEntries(Object.entries(explanationsOf(cells)).map(([key, { text }]) => [key, text]));
  return { code: codeOrMark(code, schoolId), schoolYear, edition, values, explanations };
}
