import type { z } from 'zod';
import type * as filings from '#contract/filings/filings.ts';
import { filingStateTitles } from '#domain/filing/state.ts';
import { formatNumber } from '#web/shared/format.ts';

export type Progress = z.output<typeof filings.progress.output>;
export type UnitRow = Progress['rows'][number];
type Counts = Omit<UnitRow, 'unitId' | 'unitName' | 'managedBy'>;

/** All units together. */
export function sumOf(rows: readonly UnitRow[]): Counts {
  const sum: Counts = {
    owes: 0,
    untouched: 0,
    draft: 0,
    submitted: 0,
    approved: 0,
    accepted: 0,
    returned: 0,
    late: 0,
    overdue: 0,
    doubts: 0,
    exempt: 0,
  };
  for (const row of rows) for (const key of Object.keys(sum) as Array<keyof Counts>) sum[key] += row[key];
  return sum;
}

/** `47 所学校　已批准 29 · 待审核 12 · 填报中 4 · 未开始 2`; a number of 0 is left out. */
export function progressSentence(counts: Counts): string {
  const parts = [
    [filingStateTitles.accepted, counts.accepted],
    [filingStateTitles.approved, counts.approved],
    [filingStateTitles.submitted, counts.submitted],
    [filingStateTitles.draft, counts.draft],
    ['未开始', counts.untouched],
    ['逾期未报', counts.overdue],
  ] as const;
  const words = parts.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${formatNumber(count)}`);
  return `${formatNumber(counts.owes)} 所学校应报：${words.join(' · ')}`;
}

/**
 * Schools that have not filed: a reminder to all reaches them. A returned filing has been filed once and does not
 * count.
 */
export function owing(counts: Pick<Counts, 'untouched' | 'draft' | 'returned'>): number {
  return counts.untouched + counts.draft - counts.returned;
}
