import type * as filings from '#contract/filings/filings.ts';
import type { RouteOutput } from '#contract/route.ts';
import type { CellValue } from '#domain/filing/catalogue.ts';

/** The value of a field in one school year. */
export interface YearValue {
  readonly year: number;
  readonly value: number;
}

/** A year of the school that was approved, newest first in a reply. */
type PastYear = RouteOutput<typeof filings.schoolYears>['years'][number];

/** This year's value of a field after those of the two years before it that were approved; texts have no bars. */
export function yearsOf(
  schoolYear: number,
  key: string,
  now: CellValue,
  past: readonly Pick<PastYear, 'schoolYear' | 'values'>[],
): YearValue[] {
  const before = past
    .filter((one) => one.schoolYear < schoolYear && one.schoolYear > schoolYear - 3)
    .map((one) => ({ year: one.schoolYear, value: one.values[key] ?? null }))
    .reverse();
  return [...before, { year: schoolYear, value: now }].flatMap(({ year, value }) =>
    typeof value === 'number' ? [{ year, value }] : [],
  );
}
