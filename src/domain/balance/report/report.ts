import type { CompulsoryLevel } from '../../org/school-level.ts';
import type { BalanceResult, ComplianceResult, IndicatorResult, LevelResult } from '../run/result.ts';
import type { Verdict } from '../standard/standard.shape.ts';

/** The JSON that `dudao balance --json` prints and other systems read. Keys and their order are a contract. */
export interface BalanceReport {
  standard: string;
  levels: Record<CompulsoryLevel, LevelReport>;
  assumptions: readonly string[];
  verdict: Verdict;
}

interface LevelReport {
  schools: number;
  excluded: ReadonlyArray<{ code: string; name: string; reason: string }>;
  missing: ReadonlyArray<{ code: string; field: string }>;
  indicators: IndicatorReport[];
  compositeCv: number | null;
  compositeLimit: number | null;
  compliance?: ComplianceReport[];
  verdict: Verdict;
  reason?: string;
}

interface IndicatorReport {
  key: string;
  name: string;
  mean: number | null;
  standardDeviation: number | null;
  cv: number | null;
  limit: number | null;
  pass: boolean | null;
  reason?: string;
}

interface ComplianceReport {
  code: string;
  values: Readonly<Record<string, number | null>>;
  met: number;
  minimumRatio: number | null;
  pass: boolean | null;
  reason?: string;
}

/**
 * Turns a result into the published JSON: indicators in the order of the standard, numbers unrounded, with a `reason`
 * beside the null of a figure that cannot exist. A `limit` or `compositeLimit` null means that the standard has none;
 * `compliance` is absent where the standard has no rule for the single school.
 */
export function balanceReport(result: BalanceResult): BalanceReport {
  return {
    standard: result.standard,
    levels: { primary: level(result.levels.primary), junior: level(result.levels.junior) },
    assumptions: result.assumptions,
    verdict: result.verdict,
  };
}

function level(result: LevelResult): LevelReport {
  const lacksComposite = result.compositeLimit !== null && result.compositeCv === null;
  return {
    schools: result.schools,
    excluded: result.excluded,
    missing: result.missing,
    indicators: result.indicators.map(indicator),
    compositeCv: result.compositeCv,
    compositeLimit: result.compositeLimit,
    ...(result.compliance === null ? {} : { compliance: result.compliance.map(compliance) }),
    verdict: result.verdict,
    ...(lacksComposite ? { reason: result.reason ?? '' } : {}),
  };
}

function indicator({ key, name, mean, standardDeviation, cv, limit, pass, reason }: IndicatorResult): IndicatorReport {
  return { key, name, mean, standardDeviation, cv, limit, pass, ...(reason === null ? {} : { reason }) };
}

function compliance({ code, values, met, minimumRatio, pass, reason }: ComplianceResult): ComplianceReport {
  return { code, values, met, minimumRatio, pass, ...(reason === null ? {} : { reason }) };
}
