import { cvText, distanceText, limitText } from '#domain/balance/figure-text.ts';
import type { BalanceStandard, Verdict } from '#domain/balance/standard.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import type { LevelSummary, RunSummary } from './balance.summary.ts';

/** What a level shows, in sentences: first what fails and by how much, else how close it came. No school is named. */
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

/** One sentence for a county: what stands in its way at each level, or that nothing does. */
export function countySentence(standard: BalanceStandard, summary: RunSummary): string {
  const parts = compulsoryLevels.flatMap((level): string[] => {
    const figures = summary.levels[level];
    if (figures.verdict === 'pass') return [];
    const name = schoolLevelNames[level];
    if (figures.verdict === 'unavailable') return [`${name}无法计算（${figures.reason ?? '没有数据'}）`];
    const faults = faultsOf(standard, figures).join('，');
    if (figures.verdict === 'fail') return [`${name}${faults}`];
    const soFar = faults === '' ? '已有数据未见超限' : `按已有数据，${faults}`;
    return [`${name}缺 ${figures.missingSchools} 校数据，${soFar}`];
  });
  if (parts.length > 0) return `${parts.join('；')}。`;
  return `${compulsoryLevels.map((level) => `${schoolLevelNames[level]}${comfort(standard, summary.levels[level])}`).join('；')}。`;
}

/** The verdict in the words of the edition; it claims no more than a coefficient can show. */
export function verdictText(standard: BalanceStandard, verdict: Verdict): string {
  return standard.verdictNames[verdict];
}

function faultsOf(standard: BalanceStandard, summary: LevelSummary): string[] {
  const faults: string[] = [];
  const { compositeCv, compositeLimit } = summary;
  if (compositeCv !== null && compositeLimit !== null && compositeCv > compositeLimit) {
    const against = `高于 ${limitText(compositeLimit)}（${distanceText(compositeLimit - compositeCv)}）`;
    faults.push(`综合差异系数 ${cvText(compositeCv, compositeLimit)}，${against}`);
  }
  const over = summary.indicators.flatMap(({ shortName, cv, limit, pass }) =>
    pass === false && cv !== null && limit !== null ? [{ shortName, cv, limit }] : [],
  );
  const worstFirst = over.sort((a, b) => a.limit - a.cv - (b.limit - b.cv));
  for (const { shortName, cv, limit } of worstFirst.slice(0, 3)) {
    faults.push(`${shortName}差异系数 ${cvText(cv, limit)}，高于 ${limitText(limit)}`);
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
  const { compositeCv, compositeLimit } = summary;
  if (compositeCv !== null && compositeLimit !== null) {
    return `综合差异系数 ${cvText(compositeCv, compositeLimit)}，不高于 ${limitText(compositeLimit)}`;
  }
  const nearest = tightestOf(summary);
  const schools = summary.compliance;
  const all = standard.compliance && schools ? `，${schools.judged} 所学校全部达标` : '';
  if (!nearest) return `各项差异系数没有限值${all}`;
  return `各项差异系数都不超限，最高的${nearest.name} ${cvText(nearest.cv, nearest.limit)}，限值 ${limitText(nearest.limit)}${all}`;
}

/** The coefficient that is nearest to its limit or furthest beyond it; the composite where that alone is limited. */
export function tightestOf(summary: LevelSummary) {
  const { compositeCv, compositeLimit } = summary;
  const points = summary.indicators.flatMap(({ shortName, cv, limit, distance }) =>
    cv === null || limit === null || distance === null ? [] : [{ name: shortName, cv, limit, distance }],
  );
  if (compositeCv !== null && compositeLimit !== null) {
    points.push({ name: '综合', cv: compositeCv, limit: compositeLimit, distance: compositeLimit - compositeCv });
  }
  return points.sort((a, b) => a.distance - b.distance)[0] ?? null;
}
