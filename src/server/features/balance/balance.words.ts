import { cvText, distanceText, limitText } from '#domain/balance/report/figure-text.ts';
import { distanceTo } from '#domain/balance/run/threshold.ts';
import type { BalanceStandard, Verdict } from '#domain/balance/standard/standard.shape.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import type { LevelSummary, RunSummary } from './run/summary.shape.ts';

/**
 * The result of a level in sentences: the failures and their size or, without failures, how close the level is to a
 * limit. No school is named.
 */
export function levelSentences(standard: BalanceStandard, level: CompulsoryLevel, summary: LevelSummary): string[] {
  const name = schoolLevelNames[level];
  if (summary.verdict === 'unavailable') return [`${name}无法计算：${summary.reason ?? '没有数据'}。`];
  const open =
    summary.verdict === 'provisional'
      ? `${name}缺 ${summary.missingSchools} 所学校的数据，以下按已批准的数据计算，不是结论：`
      : '';
  const faults = faultsOf(standard, summary);
  if (faults.length > 0) return [`${open}${name}${faults.join('；')}。`];
  return [`${open}${name}${comfort(standard, summary)}。`];
}

/** One sentence for a county: the obstacles at each level, or that there are none. */
export function countySentence(standard: BalanceStandard, summary: RunSummary): string {
  const levels = compulsoryLevels.map((level) => summary.levels[level]);
  const { reason } = summary.levels.primary;
  if (levels.every((one) => one.verdict === 'unavailable' && one.reason === reason)) return withoutFigures(reason);
  const parts = compulsoryLevels.flatMap((level): string[] => {
    const figures = summary.levels[level];
    if (figures.verdict === 'pass') return [];
    const name = schoolLevelNames[level];
    if (figures.verdict === 'unavailable') return [`${name}无法计算（${figures.reason ?? '没有数据'}）`];
    const faults = faultsOf(standard, figures).join('，');
    if (figures.verdict === 'fail') return [`${name}${faults}`];
    const soFar = faults === '' ? (blankText(figures) ?? '已有数据未见超限') : `按已有数据，${faults}`;
    return [`${name}缺 ${figures.missingSchools} 校数据，${soFar}`];
  });
  if (parts.length > 0) return `${parts.join('；')}。`;
  return `${compulsoryLevels.map((level) => `${schoolLevelNames[level]}${comfort(standard, summary.levels[level])}`).join('；')}。`;
}

/** A county of which no level can be computed, for one reason. */
export function withoutFigures(reason: string | null): string {
  return `无法计算：${reason ?? '没有数据'}。`;
}

/** The verdict in the words of the edition; it claims no more than a coefficient can show. */
export function verdictText(standard: BalanceStandard, verdict: Verdict): string {
  return standard.verdictNames[verdict];
}

function faultsOf(standard: BalanceStandard, summary: LevelSummary): string[] {
  const faults: string[] = [];
  const composite = compositePoint(summary);
  if (composite?.pass === false) {
    const { cv, limit, distance } = composite;
    faults.push(`综合差异系数 ${cvText(cv, limit)}，高于 ${limitText(limit)}（${distanceText(distance)}）`);
  }
  const over = limitedPoints(summary).filter(({ pass }) => !pass);
  const worstFirst = over.sort((a, b) => a.distance - b.distance);
  for (const { name, cv, limit } of worstFirst.slice(0, 3)) {
    faults.push(`${name}差异系数 ${cvText(cv, limit)}，高于 ${limitText(limit)}`);
  }
  if (over.length > 3) faults.push(`另有 ${over.length - 3} 项差异系数超限`);
  const schools = summary.compliance;
  if (standard.compliance && schools && schools.passed < schools.judged) {
    const oneShort = schools.oneShort > 0 ? `，其中 ${schools.oneShort} 所只差一项` : '';
    faults.push(`有 ${schools.judged - schools.passed} 所学校不达标，共判定 ${schools.judged} 所${oneShort}`);
  }
  return faults;
}

function comfort(standard: BalanceStandard, summary: LevelSummary): string {
  const blank = blankText(summary);
  if (blank) return blank;
  const composite = compositePoint(summary);
  if (composite) return `综合差异系数 ${cvText(composite.cv, composite.limit)}，不高于 ${limitText(composite.limit)}`;
  const nearest = tightestOf(summary);
  const schools = summary.compliance;
  const all = standard.compliance && schools ? `，${schools.judged} 所学校全部达标` : '';
  if (!nearest) return `各项差异系数没有限值${all}`;
  return `各项差异系数都不超限，最高的${nearest.name} ${cvText(nearest.cv, nearest.limit)}，限值 ${limitText(nearest.limit)}${all}`;
}

/** The coefficients that do not exist, and why; undefined if all exist. */
function blankText({ indicators }: LevelSummary): string | undefined {
  const blank = indicators.filter(({ cv }) => cv === null);
  const [first] = blank;
  if (!first) return undefined;
  const names = blank.map(({ shortName }) => shortName).join('、');
  const which = blank.length === indicators.length ? '各项差异系数都' : `${names}差异系数`;
  return `${which}无法计算（${first.reason ?? '没有数据'}）`;
}

/** A coefficient against its limit; the sign of `distance` and `pass` never disagree. */
interface LimitedPoint {
  readonly name: string;
  readonly cv: number;
  readonly limit: number;
  readonly distance: number;
  readonly pass: boolean;
}

/** The coefficient that is nearest to its limit or furthest beyond it; the composite where that alone is limited. */
export function tightestOf(summary: LevelSummary): LimitedPoint | null {
  const composite = compositePoint(summary);
  const points = [...limitedPoints(summary), ...(composite ? [composite] : [])];
  return points.sort((a, b) => a.distance - b.distance)[0] ?? null;
}

function limitedPoints(summary: LevelSummary): LimitedPoint[] {
  return summary.indicators.flatMap(({ shortName, cv, limit, distance, pass }) =>
    cv === null || limit === null || distance === null || pass === null
      ? []
      : [{ name: shortName, cv, limit, distance, pass }],
  );
}

/** 综合差异系数 against its limit; null where the standard limits none or there is no figure. */
export function compositePoint(summary: LevelSummary): LimitedPoint | null {
  const { compositeCv: cv, compositeLimit: limit, compositePass: pass } = summary;
  if (cv === null || limit === null || pass === null) return null;
  return { name: '综合', cv, limit, distance: distanceTo(limit, cv, pass), pass };
}
