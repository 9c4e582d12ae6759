import { isOneShort } from '#domain/balance/report/figure-text.ts';
import type { BalanceResult, IndicatorResult, LevelResult } from '#domain/balance/run/result.ts';
import type { BalanceStandard, Verdict } from '#domain/balance/standard/standard.shape.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';

/** The part of a run that everybody in the county may read: it names no school. */
export interface RunSummary {
  readonly levels: Readonly<Record<CompulsoryLevel, LevelSummary>>;
  readonly assumptions: readonly string[];
}

export interface LevelSummary {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly schools: number;
  readonly missingSchools: number;
  readonly compositeCv: number | null;
  readonly compositeLimit: number | null;
  readonly compositePass: boolean | null;
  readonly compliance: { readonly judged: number; readonly passed: number; readonly oneShort: number } | null;
  readonly indicators: readonly IndicatorSummary[];
}

export interface IndicatorSummary {
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly unit: string;
  readonly schools: number;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly cv: number | null;
  readonly limit: number | null;
  readonly pass: boolean | null;
  readonly distance: number | null;
  readonly reason: string | null;
  readonly belowThreshold: number | null;
  readonly unweighted: { readonly mean: number | null; readonly cv: number | null };
}

/** Values by level and indicator, sorted; null if too few schools take part to stay anonymous. */
export type Distribution = Readonly<Record<string, Readonly<Record<string, readonly number[] | null>>>>;

/**
 * Values of fewer schools than this are not shown to any of them: with two schools each would know the other's value.
 */
export const fewestNameless = 5;

export function summaryOf(standard: BalanceStandard, result: BalanceResult): RunSummary {
  const level = (name: CompulsoryLevel) => levelSummary(standard, result.levels[name]);
  return { levels: { primary: level('primary'), junior: level('junior') }, assumptions: result.assumptions };
}

export function distributionOf(result: BalanceResult): Distribution {
  return Object.fromEntries(
    compulsoryLevels.map((level) => [
      level,
      Object.fromEntries(
        result.levels[level].indicators.map((indicator) => {
          const values = valuesOf(indicator).sort((a, b) => a - b);
          return [indicator.key, values.length < fewestNameless ? null : values];
        }),
      ),
    ]),
  );
}

function levelSummary(standard: BalanceStandard, level: LevelResult): LevelSummary {
  const rule = standard.compliance;
  const judged = level.compliance?.filter(({ pass }) => pass !== null) ?? [];
  return {
    verdict: level.verdict,
    reason: level.reason,
    schools: level.schools,
    missingSchools: new Set(level.missing.map(({ code }) => code)).size,
    compositeCv: level.compositeCv,
    compositeLimit: level.compositeLimit,
    compositePass: level.compositePass,
    compliance:
      rule === null || level.compliance === null
        ? null
        : {
            judged: judged.length,
            passed: judged.filter(({ pass }) => pass).length,
            oneShort: judged.filter((school) => isOneShort(school, standard.indicators.length, rule)).length,
          },
    indicators: level.indicators.map((indicator, index) =>
      indicatorSummary(indicator, standard.indicators[index]!.shortName, level),
    ),
  };
}

function indicatorSummary(indicator: IndicatorResult, shortName: string, level: LevelResult): IndicatorSummary {
  const { key, name, unit, mean, standardDeviation, cv, limit, pass, distance, reason } = indicator;
  const values = valuesOf(indicator);
  return {
    ...{ key, name, shortName, unit, schools: values.length },
    ...{ mean, standardDeviation, cv, limit, pass, distance, reason },
    belowThreshold:
      level.compliance === null
        ? null
        : level.compliance.filter(({ values: own, reached }) => own[key] !== null && !reached.includes(key)).length,
    unweighted: unweightedOf(values),
  };
}

function valuesOf(indicator: IndicatorResult): number[] {
  return indicator.schools.flatMap(({ value }) => (value === null ? [] : [value]));
}

/**
 * The unweighted coefficient: every school counts alike, unlike in the official figure. It is shown beside it on
 * request.
 */
function unweightedOf(values: readonly number[]): IndicatorSummary['unweighted'] {
  if (values.length === 0) return { mean: null, cv: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (mean === 0) return { mean, cv: null };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, cv: Math.sqrt(variance) / mean };
}
