import type { z } from 'zod';
import type {
  indicatorResult,
  levelResult,
  levelSummary,
  overviewRow,
  runHead,
  standardKind,
  standardName,
} from '#contract/balance/balance.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { shortStandardName } from '#domain/balance/report/figure-text.ts';
import type { IndicatorResult } from '#domain/balance/run/result.ts';
import { nothingApproved } from '#domain/balance/run/run.ts';
import type { BalanceStandard, Verdict } from '#domain/balance/standard/standard.shape.ts';
import { codeOrMark } from '#domain/org/school-code.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { tileOf } from '#domain/org/tile-layout.ts';
import { compositePoint, countySentence, tightestOf, verdictText, withoutFigures } from './balance.words.ts';
import { type RunSchool, sponsorOf } from './run/inputs.shape.ts';
import type { SchoolResultRow } from './run/school-rows.shape.ts';
import type { Distribution, IndicatorSummary, LevelSummary, RunSummary } from './run/summary.shape.ts';
import type { StandardRow } from './standard/standard.store.ts';
import { editionOf, preparedStandard } from './standard/standards.shape.ts';

type Level = z.output<typeof levelResult>;

/** The audit row of an act on one run of a county. */
export function recordOfRun(
  countyId: number,
  runId: string,
  action: string,
  after: Record<string, unknown>,
): AuditEntry {
  return { action, objectType: 'balance-run', objectId: runId, placeId: countyId, after };
}

/** Names of a stored revision for the reply. */
export function presentStandard(row: StandardRow): z.output<typeof standardName> {
  const { standard } = preparedStandard(row.definition);
  return {
    key: row.key,
    revision: row.revision,
    edition: editionOf(row),
    name: row.name,
    shortName: shortStandardName(standard),
    document: row.document,
  };
}

export function presentKind(standard: BalanceStandard): z.output<typeof standardKind> {
  return { composite: standard.compositeLimits !== null, compliance: standard.compliance !== null };
}

/** A run as the stores return it, with the county's name and the year. */
export interface RunRow {
  readonly id: string;
  readonly countyId: number;
  readonly countyName: string;
  readonly schoolYear: number;
  readonly formulaVersion: string;
  readonly inputsHash: string;
  readonly verdict: Verdict;
  readonly provisional: boolean;
  readonly current: boolean;
  readonly runAt: Date;
  readonly runBy: string;
  readonly schoolCount: number;
  readonly excludedCount: number;
  readonly missingCount: number;
}

export function presentRun(run: RunRow, row: StandardRow): z.output<typeof runHead> {
  const { standard } = preparedStandard(row.definition);
  return {
    id: run.id,
    countyId: run.countyId,
    countyName: run.countyName,
    year: run.schoolYear,
    standard: presentStandard(row),
    formulaVersion: run.formulaVersion,
    inputsHash: run.inputsHash,
    verdict: run.verdict,
    verdictText: verdictText(standard, run.verdict),
    provisional: run.provisional,
    current: run.current,
    runAt: run.runAt.toISOString(),
    runBy: run.runBy,
    schools: run.schoolCount,
    excluded: run.excludedCount,
    missing: run.missingCount,
  };
}

/** A county in the overview; without a run its verdict is `unavailable`. */
export function presentOverviewRow(
  standard: BalanceStandard,
  county: { id: number; name: string; shortName: string; tileColumn: number | null; tileRow: number | null },
  run: { id: string; runAt: Date; verdict: Verdict; missingCount: number; summary: RunSummary } | undefined,
): z.output<typeof overviewRow> {
  const verdict = run?.verdict ?? 'unavailable';
  return {
    countyId: county.id,
    name: county.name,
    shortName: county.shortName,
    tile: tileOf(county),
    runId: run?.id ?? null,
    runAt: run?.runAt.toISOString() ?? null,
    verdict,
    verdictText: verdictText(standard, verdict),
    sentence: run ? countySentence(standard, run.summary) : withoutFigures(nothingApproved),
    missingSchools: run?.missingCount ?? 0,
    levels: run ? compulsoryLevels.map((level) => presentLevelSummary(level, run.summary.levels[level])) : [],
  };
}

export function presentLevelSummary(level: CompulsoryLevel, summary: LevelSummary): z.output<typeof levelSummary> {
  return {
    ...{ level, levelName: schoolLevelNames[level], verdict: summary.verdict, schools: summary.schools },
    missingSchools: summary.missingSchools,
    indicators: summary.indicators.map(({ key, name, shortName, cv, limit, pass }) => ({
      key,
      name,
      shortName,
      cv,
      limit,
      pass,
    })),
    compositeCv: summary.compositeCv,
    compositeLimit: summary.compositeLimit,
    compositePass: summary.compositePass,
    compositeDistance: compositePoint(summary)?.distance ?? null,
    compliance: summary.compliance,
    tightest: tightestOf(summary),
  };
}

/** The current runs of the same standard in other years, for the trends. */
export interface YearSummary {
  readonly year: number;
  readonly provisional: boolean;
  readonly summary: RunSummary;
}

export interface LevelParts {
  readonly standard: BalanceStandard;
  readonly level: CompulsoryLevel;
  readonly summary: LevelSummary;
  readonly years: readonly YearSummary[];
  readonly rows: readonly SchoolResultRow[];
  /** By school id; empty for school roles, which read only their own row. */
  readonly schools: ReadonlyMap<number, RunSchool>;
  /** Result with names, school by school; null for school roles. */
  readonly indicators: readonly IndicatorResult[] | null;
  readonly missing: ReadonlyArray<{ readonly code: string; readonly field: string }>;
  /** For school roles only. */
  readonly distribution: Distribution | null;
}

/** One level of the county page: complete for officers; for a school, its own row and values without names. */
export function presentLevel(parts: LevelParts): Level {
  const { level, summary, rows, missing } = parts;
  const { indicators: _, ...shared } = presentLevelSummary(level, summary);
  const known = byMark(rows);
  const gaps = new Map<string, string[]>();
  for (const { code, field } of missing) gaps.set(code, [...(gaps.get(code) ?? []), field]);
  return {
    ...shared,
    indicators: summary.indicators.map((indicator) => presentIndicator(parts, indicator)),
    compositeTrend: parts.years.map(({ year, provisional, summary: of }) => {
      const { compositeCv, compositeLimit, compositePass } = of.levels[level];
      return { year, provisional, cv: compositeCv, limit: compositeLimit, pass: compositePass };
    }),
    rows: rows
      .filter(({ content }) => content !== null)
      .map((row) => presentSchool(row, parts.schools.get(row.schoolId))),
    excluded: rows.flatMap(({ schoolId, code, name, excludedReason }) =>
      excludedReason === null ? [] : [{ schoolId, code, name, reason: excludedReason }],
    ),
    missing: [...gaps].flatMap(([mark, fields]) => {
      const row = known.get(mark);
      return row ? [{ schoolId: row.schoolId, code: row.code, name: row.name, fields }] : [];
    }),
  };
}

/** Rows by the run's internal key of their school, so that two schools without a code stay distinct. */
function byMark(rows: readonly SchoolResultRow[]): ReadonlyMap<string, SchoolResultRow> {
  return new Map(rows.map((row) => [codeOrMark(row.code, row.schoolId), row]));
}

function presentIndicator(parts: LevelParts, summary: IndicatorSummary): z.output<typeof indicatorResult> {
  const { standard, level } = parts;
  const definition = standard.indicators.find(({ key }) => key === summary.key)!;
  const threshold = definition.thresholds?.[level] ?? null;
  const share = standard.compliance?.minimumRatio ?? null;
  return {
    ...summary,
    decimals: definition.decimals,
    formula: formulaText(definition),
    threshold,
    // 0.85 × 4.5 in doubles is 3.8249999999999997: printed limits are decimals, so they are computed as decimals.
    floor: threshold === null || share === null ? null : Number((threshold * share).toPrecision(12)),
    trend: parts.years.map(({ year, provisional, summary: of }) => {
      const found = of.levels[level].indicators.find(({ key }) => key === summary.key);
      const { mean = null, cv = null, limit = null, pass = null } = found ?? {};
      return { year, provisional, mean, cv, limit, pass };
    }),
    contributions: topContributions(parts, summary),
    anonymous: parts.distribution?.[level]?.[summary.key]?.slice() ?? null,
  };
}

/** `高于规定学历教师数 × 100 ÷ 在校生数`. */
export function formulaText(indicator: BalanceStandard['indicators'][number]): string {
  const above = /[+-]/.test(indicator.numerator) ? `（${indicator.numerator}）` : indicator.numerator;
  const factor = indicator.factor === 1 ? '' : ` × ${indicator.factor}`;
  return `${above}${factor} ÷ ${indicator.denominator}${indicator.split ? '（合设学校先按学段拆分）' : ''}`;
}

function topContributions(parts: LevelParts, { key, mean }: IndicatorSummary) {
  const found = parts.indicators?.find((indicator) => indicator.key === key);
  if (!found || mean === null) return [];
  const known = byMark(parts.rows);
  return found.schools
    .flatMap(({ code, value, pupils, contribution }) => {
      const row = known.get(code);
      if (!row || value === null || pupils === null || contribution === null) return [];
      const side = value > mean ? ('above' as const) : value < mean ? ('below' as const) : ('equal' as const);
      return [{ schoolId: row.schoolId, name: row.name, share: contribution, value, pupils, side }];
    })
    .sort((a, b) => b.share - a.share)
    .slice(0, 10);
}

function presentSchool(row: SchoolResultRow, school: RunSchool | undefined): Level['rows'][number] {
  const content = row.content!;
  return {
    schoolId: row.schoolId,
    code: row.code,
    name: row.name,
    schoolTypeName: school ? (schoolType(school.schoolType)?.name ?? school.schoolType) : '',
    urbanClass: school?.urbanClass ?? 'urban',
    sponsor: school ? (sponsorOf(school) ?? '') : '',
    pupils: content.pupils,
    values: { ...content.values },
    reasons: { ...content.reasons },
    ratios: { ...content.ratios },
    shares: { ...content.shares },
    reached: [...content.reached],
    nearly: [...content.nearly],
    met: content.met,
    minimumRatio: content.minimumRatio,
    pass: content.pass,
    oneShort: content.oneShort,
  };
}
