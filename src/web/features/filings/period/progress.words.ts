import type { z } from 'zod';
import type * as filings from '#contract/filings/filings.ts';
import { filingSituations, filingSituationTitles } from '#domain/filing/situation.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import { filingMarks } from '../desk/state-marks.ts';

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
    ...[...filingSituations].reverse().map((key) => [filingSituationTitles[key], counts[key]] as const),
    [filingMarks.overdue.word, counts.overdue] as const,
  ];
  const words = parts.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${formatNumber(count)}`);
  return `${formatNumber(counts.owes)} 所学校应报：${words.join(' · ')}`;
}

/** Schools that have not filed. A returned filing has been filed once and does not count. */
export function owing(counts: Pick<Counts, 'untouched' | 'draft'>): number {
  return counts.untouched + counts.draft;
}

/**
 * The 市直 schools beside or among those of a county, which the city reviews: the reason why two figures of one county
 * differ. Empty where there are none, or where the rows are of the city alone.
 */
export function cityManagedNote(
  rows: ReadonlyArray<Pick<UnitRow, 'managedBy' | 'owes'>>,
  how: '其中' | '另有',
): string {
  const schools = rows.filter(({ managedBy }) => managedBy === 'city').reduce((sum, { owes }) => sum + owes, 0);
  const county = rows.some(({ managedBy, owes }) => managedBy === 'county' && owes > 0);
  return schools > 0 && county ? `（${how}市直 ${formatNumber(schools)} 所，由市级审核）` : '';
}

export type Remindable = z.output<typeof filings.remindable.output>;
type RemindableUnit = Remindable['units'][number];

/** The number of schools in these units. */
export function schoolsOf(units: readonly RemindableUnit[]): number {
  return units.reduce((sum, { schools }) => sum + schools, 0);
}

/** The 市直 schools of a list that a reminder leaves to the city. */
function beyondReach(cityManaged: number): string {
  return `另有市直 ${formatNumber(cityManaged)} 所由市级催报`;
}

/** `鲤城区 12 所、丰泽区 3 所、市直学校 2 所。…`: whom a reminder reaches. */
export function remindedWords(units: readonly RemindableUnit[], cityManaged: number): string {
  // The 市直 schools stand last: their filings go to the city, and no county answers for them.
  const listed = [...units].sort((one, other) => Number(one.managedBy === 'city') - Number(other.managedBy === 'city'));
  const each = listed.map(
    ({ unitName, managedBy, schools }) => `${managedBy === 'city' ? '市直学校' : unitName} ${formatNumber(schools)} 所`,
  );
  const others = cityManaged > 0 ? `${beyondReach(cityManaged)}，不在其内。` : '';
  return `将提醒：${each.join('、')}。${others}今天已催报过的学校不再提醒。`;
}

/**
 * What the sender reads: how many schools were reminded, corrected, left because they were reminded today, or left to
 * the city.
 */
export function remindedSentence({
  reminded,
  corrected,
  skippedToday,
  cityManaged,
}: z.output<typeof filings.remind.output>): string {
  const parts = [
    ...(reminded > 0 || corrected === 0 ? [`已催报 ${formatNumber(reminded)} 所学校`] : []),
    ...(corrected > 0 ? [`${formatNumber(corrected)} 所今天已催过，附言改为这一条`] : []),
    ...(skippedToday > 0 ? [`${formatNumber(skippedToday)} 所今天已催过，没有再催`] : []),
    ...(cityManaged > 0 ? [beyondReach(cityManaged)] : []),
  ];
  return parts.join('，');
}
