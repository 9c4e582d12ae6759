import { type Missing, missingSentences } from '../../kit/value.ts';
import type { SchoolFigures } from '../school/school-figures.ts';
import type { PreparedLevel } from '../standard/prepared-standard.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';
import type { ComplianceResult } from './result.ts';
import { reaches, reachesShare } from './threshold.ts';

/**
 * One school against the thresholds of its level (教督〔2017〕6号: at least six of seven reached, the rest at least 85 %).
 * If an input is missing, the answer is "no" only if the other indicators already decide it; otherwise it stays open.
 */
export function complianceOf(
  { school, figures }: SchoolFigures,
  prepared: PreparedLevel,
  rule: NonNullable<BalanceStandard['compliance']>,
): ComplianceResult {
  const values: Record<string, number | null> = {};
  const ratios: Record<string, number | null> = {};
  const reached: string[] = [];
  const nearly: string[] = [];
  let below = 0;
  let unknown = 0;
  const lacks: Missing[] = [];
  let minimumRatio = Number.POSITIVE_INFINITY;
  prepared.indicators.forEach((indicator, index) => {
    const figure = figures[index]!;
    if (figure.kind === 'lacking') {
      values[indicator.key] = null;
      ratios[indicator.key] = null;
      unknown += 1;
      lacks.push(...figure.lacks);
      return;
    }
    const value = figure.resources / figure.pupils;
    const threshold = indicator.threshold!;
    values[indicator.key] = value;
    ratios[indicator.key] = value / threshold;
    minimumRatio = Math.min(minimumRatio, value / threshold);
    if (reaches(value, threshold, figure.exactly)) reached.push(indicator.key);
    else if (reachesShare(value, threshold, rule.minimumRatio, figure.exactly)) nearly.push(indicator.key);
    else below += 1;
  });
  const certainlyFails = below > 0 || reached.length + unknown < rule.minimumMet;
  return {
    code: school.code,
    name: school.name,
    values,
    ratios,
    reached,
    nearly,
    met: reached.length,
    minimumRatio: unknown > 0 ? null : minimumRatio,
    pass: certainlyFails ? false : unknown > 0 ? null : true,
    reason: unknown > 0 ? missingSentences(lacks) : null,
  };
}
