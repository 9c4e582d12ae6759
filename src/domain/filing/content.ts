import { canonicalJson } from '#domain/kit/canonical-json.ts';
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
 * The content of a filing in one fixed spelling, of which the printed hash is taken: whose figures of which year these
 * are, in which edition, and what was said about them.
 */
export function contentText({ code, schoolYear, edition, values, cells }: SignedContent): string {
  const explanations = Object.fromEntries(Object.entries(explanationsOf(cells)).map(([key, { text }]) => [key, text]));
  return canonicalJson({ code, schoolYear, edition, values, explanations });
}
