import type { FieldValues } from './catalogue.ts';
import { type Cells, explanationsOf } from './cells.ts';

/** What a school puts its name to when it submits. */
export interface SignedContent {
  /** 学校标识码. */
  readonly code: string;
  readonly schoolYear: number;
  /** Edition of the field catalogue. */
  readonly edition: string;
  /** Entered and derived values of the school's fields: `completeValues`. */
  readonly values: FieldValues;
  readonly cells: Cells;
}

/**
 * What the printed hash covers: whose figures of which year these are, in which edition, and what was said about them.
 */
export function signedContent({ code, schoolYear, edition, values, cells }: SignedContent) {
  const explanations = Object.fromEntries(Object.entries(explanationsOf(cells)).map(([key, { text }]) => [key, text]));
  return { code, schoolYear, edition, values, explanations };
}
