import * as balance from '#contract/balance/balance.ts';
import { serving } from '#core/access/serve.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { problem } from '#domain/kit/problem.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { listSchoolYears } from '../balance.read.store.ts';
import { formulaText, presentKind, presentStandard } from '../balance.shape.ts';
import { type BalanceHandle, findSchool } from '../balance.store.ts';
import { newestOf } from '../balance-selection.act.ts';
import { preparedStandard } from '../standard/standards.shape.ts';
import type { SchoolContent } from './school-rows.shape.ts';
import type { IndicatorSummary } from './summary.shape.ts';

const on = serving<BalanceHandle>();

type SchoolYear = Awaited<ReturnType<typeof listSchoolYears>>[number];

export const balanceSchoolRoutes = [
  on(balance.school, async (ctx, { params, query }) => {
    const own = ctx.scope.schools;
    ctx.authorize(own === null || own.includes(params.schoolId), problem('thing.notFound', { what: '所学校' }));
    const { row } = await newestOf(ctx, query.standard);
    const { standard } = preparedStandard(row.definition);
    const years = await listSchoolYears(ctx.db, ctx.scope.places, params.schoolId, row.key);
    // A school that moved away keeps the years in which it lay here; a school without runs must lie here now.
    const newest = years[0] ?? (await findSchool(ctx.db, ctx.scope.places, params.schoolId));
    if (!newest) throw problem('thing.notFound', { what: '所学校' });
    return {
      schoolId: params.schoolId,
      name: newest.name,
      countyId: newest.countyId,
      standard: presentStandard(row),
      kind: presentKind(standard),
      levels: compulsoryLevels.flatMap((level) => {
        const ofLevel = years.filter((year) => year.level === level);
        if (ofLevel.length === 0) return [];
        return [
          { level, levelName: schoolLevelNames[level], years: ofLevel.map((year) => presentYear(standard, year)) },
        ];
      }),
    };
  }),
];

function presentYear(standard: BalanceStandard, year: SchoolYear) {
  const { level, content } = year;
  const summary = year.summary.levels[level];
  const distribution = year.distribution[level] ?? {};
  return {
    year: year.schoolYear,
    runId: year.runId,
    provisional: year.provisional,
    excludedReason: year.excludedReason,
    pupils: content?.pupils ?? null,
    met: content?.met ?? null,
    minimumRatio: content?.minimumRatio ?? null,
    pass: content?.pass ?? null,
    schools: summary.schools,
    indicators: summary.indicators.map((indicator) =>
      presentPlace(standard, level, indicator, content, distribution[indicator.key] ?? null),
    ),
  };
}

function presentPlace(
  standard: BalanceStandard,
  level: CompulsoryLevel,
  indicator: IndicatorSummary,
  content: SchoolContent | null,
  peers: readonly number[] | null,
) {
  const definition = standard.indicators.find(({ key }) => key === indicator.key);
  const threshold = definition?.thresholds?.[level] ?? null;
  const share = standard.compliance?.minimumRatio ?? null;
  const value = content?.values[indicator.key] ?? null;
  return {
    key: indicator.key,
    name: indicator.name,
    unit: indicator.unit,
    decimals: definition?.decimals ?? 2,
    value,
    reason: value === null ? (content?.reasons[indicator.key] ?? null) : null,
    formula: definition ? formulaText(definition) : null,
    trace: content?.traces?.[indicator.key] ?? null,
    mean: indicator.mean,
    threshold,
    floor: threshold === null || share === null ? null : Number((threshold * share).toPrecision(12)),
    ratio: content?.ratios[indicator.key] ?? null,
    // Schools with the same value share the better place.
    rank: value === null || peers === null ? null : 1 + peers.filter((peer) => peer > value).length,
    peers: peers === null ? null : [...peers],
  };
}
