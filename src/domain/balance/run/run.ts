import { type Missing, missing, missingSentence, missingSentences } from '../../kit/value.ts';
import { type CompulsoryLevel, schoolLevelNames } from '../../org/school-level.ts';
import { withAttachedClasses } from '../school/attached-classes.ts';
import { hasLevel, membershipOf } from '../school/membership.ts';
import { type BalanceSchool, readSchool } from '../school/school.ts';
import { type Figure, figuresOf, type SchoolFigures } from '../school/school-figures.ts';
import type { PreparedIndicator, PreparedLevel, PreparedStandard } from '../standard/prepared-standard.ts';
import type { Verdict } from '../standard/standard.shape.ts';
import { assumptionTexts } from './assumptions.ts';
import { coefficientOfVariation, contributions } from './coefficient-of-variation.ts';
import { complianceOf } from './compliance.ts';
import type { BalanceResult, ComplianceResult, IndicatorResult, LevelResult } from './result.ts';
import { compositeWithinLimit, distanceTo, exactVariationSquared, withinLimit } from './threshold.ts';

/** This version is raised whenever the same inputs could give another figure. Each run stores it. */
export const formulaVersion = '3';

/** Why a county without any approved filing has no verdict: nothing was computed, so nothing is provisional. */
export const nothingApproved = '还没有已批准的填报';

/**
 * Judges one county in one school year: which schools are in the set, every 差异系数, every school's compliance, and the
 * verdicts. Pure: the same schools, standard and formula version give the same result, so a run can be repeated and
 * compared. An aggregate of a formula runs over the schools of the set in an indicator, over all that have the level in
 * an exclusion (the set is not known yet), over all schools in an assumption.
 * @param filed every school located in the county, one entry each, codes distinct
 */
export function runBalance(prepared: PreparedStandard, filed: readonly BalanceSchool[]): BalanceResult {
  const schools = filed.map(withAttachedClasses);
  const isUnfiled = schools.length > 0 && schools.every((school) => school.filed === false);
  const levels = {
    primary: runLevel(prepared, 'primary', schools, isUnfiled),
    junior: runLevel(prepared, 'junior', schools, isUnfiled),
  };
  return {
    standard: prepared.standard.key,
    formulaVersion,
    levels,
    assumptions: assumptionTexts(prepared, schools, levels),
    verdict: joinVerdicts(levels.primary.verdict, levels.junior.verdict),
  };
}

function runLevel(
  prepared: PreparedStandard,
  level: CompulsoryLevel,
  schools: readonly BalanceSchool[],
  isUnfiled: boolean,
): LevelResult {
  const { standard } = prepared;
  const preparedLevel = prepared.levels[level];
  const withLevel = schools.filter((school) => hasLevel(school, level)).map(readSchool);
  const excluded: Array<{ code: string; name: string; reason: string }> = [];
  const inside: Array<{ school: BalanceSchool; undecided: readonly Missing[] }> = [];
  for (const school of schools) {
    const membership = membershipOf(school, preparedLevel, withLevel);
    if (membership.kind === 'excluded') {
      excluded.push({ code: school.code, name: school.name, reason: membership.reason });
    }
    if (membership.kind === 'included') inside.push({ school, undecided: [] });
    if (membership.kind === 'undecided') inside.push({ school, undecided: membership.lacks });
  }
  const set = inside.map(({ school }) => readSchool(school));
  const members = inside.map(({ school, undecided }) =>
    figuresOf(school, preparedLevel, standard.splitWeights, undecided, set),
  );
  const indicators = preparedLevel.indicators.map((indicator, index) => runIndicator(indicator, index, members));
  const compliance = standard.compliance
    ? members.map((member) => complianceOf(member, preparedLevel, standard.compliance!))
    : null;
  const meanCv = meanOf(indicators.map(({ cv }) => cv));
  const { compositeLimit } = preparedLevel;
  const compositePass =
    compositeLimit === null || meanCv === null ? null : withinComposite(meanCv, compositeLimit, preparedLevel, members);
  const incomplete = members.filter(({ lacking }) => lacking.length > 0);
  const { verdict, reason } = isUnfiled
    ? ({ verdict: 'unavailable', reason: nothingApproved } as const)
    : judge(preparedLevel, members, indicators, compositePass, compliance, incomplete.length);
  return {
    schools: members.length,
    included: members.map(({ school }) => ({ code: school.code, name: school.name })),
    excluded,
    missing: members.flatMap(({ school, lacking }) => lacking.map((field) => ({ code: school.code, field }))),
    notFiled: members.filter(({ school }) => school.filed === false).map(({ school }) => school.code),
    indicators,
    compositeCv: compositeLimit === null ? null : meanCv,
    compositeLimit,
    compositePass,
    meanCv,
    compliance,
    verdict,
    reason,
  };
}

function runIndicator(indicator: PreparedIndicator, index: number, members: readonly SchoolFigures[]): IndicatorResult {
  const figures = members.map((member) => member.figures[index]!);
  const resources = Float64Array.from(figures, (figure) => (figure.kind === 'figure' ? figure.resources : Number.NaN));
  const pupils = Float64Array.from(figures, (figure) => (figure.kind === 'figure' ? figure.pupils : Number.NaN));
  const { mean, standardDeviation, cv, reason } = coefficientOfVariation(resources, pupils);
  const shares = mean === null ? [] : contributions(resources, pupils, mean);
  const { limit } = indicator;
  const pass = cv === null || limit === null ? null : withinLimit(cv, limit, () => exactParts(figures));
  return {
    key: indicator.key,
    name: indicator.name,
    unit: indicator.unit,
    mean,
    standardDeviation,
    cv,
    limit,
    pass,
    distance: cv === null || limit === null || pass === null ? null : distanceTo(limit, cv, pass),
    reason: reason === null ? null : missingSentence(missing(reason)),
    schools: figures.map((figure, row) => ({
      code: members[row]!.school.code,
      pupils: figure.kind === 'figure' ? figure.pupils : null,
      resources: figure.kind === 'figure' ? figure.resources : null,
      value: figure.kind === 'figure' ? figure.resources / figure.pupils : null,
      contribution: shares[row] ?? null,
      trace: figure.kind === 'figure' ? figure.trace() : null,
      reason: figure.kind === 'lacking' ? missingSentences(figure.lacks) : null,
    })),
  };
}

function exactParts(figures: readonly Figure[]) {
  return figures.flatMap((figure) => (figure.kind === 'figure' ? [figure.exactly()] : []));
}

/** Each indicator has its own schools: if some schools lack an input, the composite is that of the others. */
function withinComposite(
  composite: number,
  limit: number,
  { indicators }: PreparedLevel,
  members: readonly SchoolFigures[],
): boolean {
  return compositeWithinLimit(composite, limit, () =>
    indicators.map((_, index) => exactVariationSquared(exactParts(members.map((member) => member.figures[index]!)))),
  );
}

/**
 * Missing figures keep a verdict provisional, because they may still change it. If no figure is missing, one certain
 * failure decides, even if another indicator has no 差异系数 because its mean is 0.
 */
function judge(
  prepared: PreparedLevel,
  members: readonly SchoolFigures[],
  indicators: readonly IndicatorResult[],
  compositePass: boolean | null,
  compliance: readonly ComplianceResult[] | null,
  incomplete: number,
): { verdict: Verdict; reason: string | null } {
  if (members.length === 0) {
    return { verdict: 'unavailable', reason: `没有计入${schoolLevelNames[prepared.level]}的学校` };
  }
  const blank = indicators.find(({ cv }) => cv === null);
  const why = blank && `${blank.name}：${blank.reason}`;
  if (incomplete > 0) {
    return { verdict: 'provisional', reason: [`有 ${incomplete} 所学校缺少数据`, ...(why ? [why] : [])].join('；') };
  }
  const fails =
    compositePass === false ||
    indicators.some(({ pass }) => pass === false) ||
    compliance?.some(({ pass }) => pass === false) === true;
  if (fails) return { verdict: 'fail', reason: null };
  return why ? { verdict: 'unavailable', reason: why } : { verdict: 'pass', reason: null };
}

/**
 * Both levels must pass. If one level fails on complete figures, the county fails. Otherwise a level that cannot be
 * computed or is still incomplete keeps the county's verdict open.
 */
function joinVerdicts(...verdicts: Verdict[]): Verdict {
  const order: readonly Verdict[] = ['fail', 'unavailable', 'provisional'];
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

function meanOf(values: ReadonlyArray<number | null>): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return values.length === 0 ? null : total / values.length;
}
