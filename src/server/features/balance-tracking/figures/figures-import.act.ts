import type { figuresImport } from '#contract/balance-tracking/figures.ts';
import { rowsImporting } from '#core/imports/rows-importing.act.ts';
import { exchangedText, figureFault, looksExchanged, schoolsKey } from '#domain/balance-tracking/published-figure.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, schoolYearName } from '#domain/kit/school-year.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { readDayText } from '#domain/text/day-text.ts';
import { listOurs, type TrackHandle } from '../published.store.ts';
import type { TrackContext } from '../track.act.ts';
import { findSchoolYear, listCounties, registerDay, type SchoolYearRow } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';
import { type EnteredFigures, enterFigures } from './figures.act.ts';
import { findStanding, type PublishedFigure } from './publication.store.ts';

/** A row of the table: one county of one year. */
interface FiguresLine {
  readonly year: number;
  readonly countyName: string;
  /** The county that is meant; null where nobody in reach has the name. */
  readonly countyId: number | null;
  readonly documentNumber: string;
  readonly edition: string;
  readonly publishedOn: Day;
  readonly source: string;
  readonly reason: string;
  /** The publication that stood when the table was looked at. */
  readonly replaces: string | null;
  readonly figures: readonly PublishedFigure[];
}

/** The figures of a table with their columns; single indicators are entered on the page. */
const figureColumns = compulsoryLevels.flatMap((level) => [
  { name: `${schoolLevelNames[level]}综合差异系数`, level, indicator: 'composite' },
  { name: `${schoolLevelNames[level]}学校数`, level, indicator: schoolsKey },
]);

export const figuresColumns = [
  { name: '学年' },
  { name: '县（市、区）', aliases: ['县', '县区', '单位'] },
  { name: '文号', aliases: ['文件号', '文件文号'] },
  { name: '公布日期', isDay: true },
  { name: '来源', aliases: ['数据来源'] },
  { name: '口径', aliases: ['版本'], optional: true },
  ...figureColumns.map(({ name }) => ({ name, optional: true })),
  { name: '更正原因', optional: true },
];

const longestText = 500;
const longestEdition = 60;

type County = Awaited<ReturnType<typeof listCounties>>[number];

const isNamed =
  (text: string) =>
  ({ name, shortName }: County) =>
    name === text || shortName === text;

/** The years of a table, each read once: its period, and the counties of its register's day, which the taking asks too. */
function yearsOf(ctx: TrackContext) {
  const known = new Map<number, Promise<{ period: SchoolYearRow | undefined; counties: County[] }>>();
  async function read(year: number) {
    const period = await findSchoolYear(ctx.db, year);
    const counties = await listCounties(ctx.db, ctx.scope, period ? registerDay(period) : ctx.today);
    return { period, counties };
  }
  return (year: number) => {
    const found = known.get(year) ?? read(year);
    known.set(year, found);
    return found;
  };
}

/** The counties of a year that have figures neither in the table nor in the system. */
function missingSentence(year: number, missing: readonly County[]): string {
  const names = missing.map(({ name }) => name).join('、');
  return `${schoolYearName(year)}还缺 ${missing.length} 个县（市、区）的数据，文件里没有，系统中也没有：${names}。`;
}

/** Counties whose figures of 小学 and 初中 look exchanged; asked only where a row has both. */
async function exchangedIn(ctx: TrackContext, period: SchoolYearRow, all: readonly FiguresLine[]): Promise<string[]> {
  const rows = all.filter(
    ({ year, figures }) => year === period.year && new Set(figures.map(({ level }) => level)).size > 1,
  );
  if (rows.length === 0) return [];
  const ours = await listOurs(ctx.db, ctx.scope, period.id, trackingRules.standard);
  const doubted = rows.filter(
    ({ countyId, figures }) =>
      countyId !== null &&
      looksExchanged(
        figures,
        ours.filter((one) => one.countyId === countyId),
      ),
  );
  return doubted.map(
    ({ countyName }) => `${countyName} ${schoolYearName(period.year)}：${exchangedText}请核对后再导入。`,
  );
}

/** The table of what the province published: all rows or none; a cell left empty is missing, and never zero. */
export const figuresImporting = rowsImporting<typeof figuresImport, TrackHandle, FiguresLine>({
  ...{ columns: figuresColumns, things: 'others', faulty: '不能导入的数据', longestText },

  understand(row) {
    const year = /^(\d{4})(?!\d)/.exec(row.text('学年'))?.[1];
    if (year === undefined) row.fault('学年', '看不出学年', '如 2025（即 2025—2026 学年）');
    const countyName = row.text('县（市、区）');
    if (countyName === '') row.fault('县（市、区）', '缺少县（市、区）', '辖区内县（市、区）的全称');
    const documentNumber = row.text('文号');
    if (documentNumber.length < 2 || documentNumber.length > 60) row.fault('文号', '缺少文号或过长', '2 至 60 字');
    const typed = row.text('公布日期');
    const publishedOn = readDayText(typed);
    if (publishedOn === null) row.fault('公布日期', `“${typed}”不是日期`, '如 2026-03-31');
    const source = row.text('来源');
    if (source.length < 2 || source.length > longestText) row.fault('来源', '缺少来源或过长', '2 至 500 字');
    const edition = row.text('口径');
    if (edition.length > longestEdition) row.fault('口径', '口径过长', `最多 ${longestEdition} 字`);
    const reason = row.text('更正原因');
    if (reason.length > longestText) row.fault('更正原因', '更正原因过长', `最多 ${longestText} 字`);
    const figures = figureColumns.flatMap(({ name, level, indicator }) => {
      const value = row.text(name);
      if (value === '') return [];
      const fault = figureFault(indicator, value);
      if (fault) row.fault(name, fault.rule, fault.allowed);
      return [{ level, indicator, value }];
    });
    if (figures.length === 0) row.fault(figureColumns[0]!.name, '这一行没有数据', '至少填写一项');
    return {
      ...{ year: Number(year ?? 0), countyName, countyId: null, documentNumber, edition },
      ...{ publishedOn: publishedOn ?? '', source, reason, replaces: null, figures },
    };
  },

  async compare(ctx, read) {
    const years = yearsOf(ctx);
    const seen = new Set<string>();
    const found: { readonly at: number; readonly placeId: number; readonly periodId: number }[] = [];
    for (const [at, { row, fault }] of read.entries()) {
      const { period, counties } = await years(row.year);
      const county = counties.find(isNamed(row.countyName));
      if (row.countyName !== '' && !county) {
        fault('县（市、区）', `“${row.countyName}”不在辖区内`, counties.map(({ name }) => name).join('、'));
      }
      if (row.year > 0 && !period) fault('学年', `系统中没有 ${schoolYearName(row.year)}`, null);
      if (period?.archivedOn) fault('学年', `${schoolYearName(row.year)}已归档，只能查阅`, '没有归档的学年');
      if (!county || !period) continue;
      const key = `${county.id}:${row.year}`;
      if (seen.has(key)) fault('县（市、区）', '同一学年有两行', '一县一学年一行');
      seen.add(key);
      found.push({ at, placeId: county.id, periodId: period.id });
    }
    const periods = [...new Set(found.map(({ periodId }) => periodId))];
    const standing = await findStanding(ctx.db, ctx.scope, periods, trackingRules.standard);
    const rows = read.map(({ row, fault }, at) => {
      const own = found.find((one) => one.at === at);
      const replaces =
        standing.find(({ placeId, periodId }) => placeId === own?.placeId && periodId === own.periodId)?.id ?? null;
      if (replaces !== null && row.reason.length < 2) {
        fault('更正原因', '这个县本学年的数据已经录入', '写明更正原因');
      }
      return { ...row, countyId: own?.placeId ?? null, replaces };
    });
    const remarks: string[] = [];
    for (const year of new Set(rows.map((row) => row.year))) {
      const { period, counties } = await years(year);
      const there = [...found, ...standing].filter(({ periodId }) => periodId === period?.id);
      const missing = counties.filter(({ id }) => !there.some(({ placeId }) => placeId === id));
      if (period && missing.length > 0) remarks.push(missingSentence(year, missing));
      if (period) remarks.push(...(await exchangedIn(ctx, period, rows)));
    }
    return { rows, remarks };
  },

  place: ({ unitId }) => ({ placeId: unitId ?? 0, schoolId: null, subject: null }),

  async take(ctx, lines) {
    const entries = lines.map((line): EnteredFigures => {
      const { countyId, reason } = line;
      // Entering asks again whether the county is in reach in that year.
      if (countyId === null) throw problem('tracking.noCounty', { name: line.countyName });
      return { ...line, countyId, reason: reason === '' ? undefined : reason, schools: [] };
    });
    const written = await enterFigures(ctx, entries);
    const revised = written.filter((one) => one.revised).length;
    return { entered: written.length - revised, revised };
  },
});
