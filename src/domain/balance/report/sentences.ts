import { firstNamed } from '../../kit/first-named.ts';
import { type CompulsoryLevel, schoolLevelNames } from '../../org/school-level.ts';
import type { LevelComparison } from '../run/comparison.ts';
import type { BalanceResult, IndicatorResult, LevelResult } from '../run/result.ts';
import { distanceTo } from '../run/threshold.ts';
import type { BalanceStandard } from '../standard/standard.shape.ts';
import { cvText, distanceText, isOneShort, limitText } from './figure-text.ts';

/** So many names stand in a sentence; the rest is counted. */
const named = 6;

/** `甲校、乙校`, and `等 9 所` behind the first where there are many. */
function names(all: readonly string[]): string {
  return `${all.slice(0, named).join('、')}${all.length > named ? `等 ${all.length} 所` : ''}`;
}

/** The verdict of the county, and of each level with the number of its schools. */
export function verdictSentences(standard: BalanceStandard, { verdict, levels }: BalanceResult): string[] {
  const ofLevels = Object.entries(levels).map(([level, { schools, verdict: own, reason }]) => {
    const name = schoolLevelNames[level as CompulsoryLevel];
    return `${name}计入 ${schools} 所，${standard.verdictNames[own]}${reason === null ? '' : `（${reason}）`}`;
  });
  return [`测算结论：${standard.verdictNames[verdict]}。`, `${ofLevels.join('；')}。`];
}

/** What is beyond its limit and by how much, the worst first; what has no coefficient, and why. */
export function overSentences(level: CompulsoryLevel, result: LevelResult): string[] {
  if (result.schools === 0) return [];
  const name = schoolLevelNames[level];
  const { compositeCv: cv, compositeLimit: limit, compositePass: pass } = result;
  const over = overOf(result);
  const blank = result.indicators.filter((indicator) => indicator.cv === null);
  const [first] = blank;
  return [
    ...(cv !== null && limit !== null && pass === false
      ? [
          `${name}综合差异系数 ${cvText(cv, limit)}，高于限值 ${limitText(limit)}（${distanceText(distanceTo(limit, cv, pass))}）。`,
        ]
      : []),
    ...(over.length === 0
      ? []
      : [
          `${name}有 ${over.length} 项差异系数高于限值：${over
            .map((one) => `${one.name} ${cvText(one.cv!, one.limit)}（${distanceText(one.distance!)}）`)
            .join('、')}。`,
        ]),
    ...(first === undefined
      ? []
      : [`${name}${blank.map((one) => one.name).join('、')}的差异系数无法计算：${first.reason ?? '没有数据'}。`]),
  ];
}

/** The indicators beyond their limit, the worst first. */
function overOf({ indicators }: Pick<LevelResult, 'indicators'>): IndicatorResult[] {
  return indicators
    .filter(({ pass, distance }) => pass === false && distance !== null)
    .sort((one, other) => one.distance! - other.distance!);
}

/** A coefficient that moved so that it reads otherwise. */
interface Move {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly limit: number | null;
}

const moveText = ({ name, before, after, limit }: Move) =>
  `${name}（${cvText(before, limit)} 变为 ${cvText(after, limit)}）`;

/**
 * What changed against the year before: the verdict, what crossed a limit, what moved most, who came and went. Nothing
 * where nothing changed.
 */
export function changeSentences(
  standard: BalanceStandard,
  changes: Readonly<Record<CompulsoryLevel, LevelComparison>>,
): string[] {
  return (['primary', 'junior'] as const).flatMap((level) => {
    const { verdict, composite, indicators, entered, left } = changes[level];
    const name = schoolLevelNames[level];
    const moves = indicators.flatMap(({ cv: [before, after], limit, pass, name: indicator }) =>
      before === null || after === null || cvText(before, limit[1]) === cvText(after, limit[1])
        ? []
        : [{ name: indicator, before, after, limit: limit[1], pass }],
    );
    const worse = moves.filter(({ pass }) => pass[0] === true && pass[1] === false);
    const better = moves.filter(({ pass }) => pass[0] === false && pass[1] === true);
    const widest = moves.reduce<Move | null>(furtherUp, null);
    const narrowest = moves.reduce<Move | null>(furtherDown, null);
    const whole =
      composite !== null && composite.cv[0] !== null && composite.cv[1] !== null
        ? { name: '综合差异系数', before: composite.cv[0], after: composite.cv[1], limit: composite.limit[1] }
        : null;
    const isMoved = whole !== null && cvText(whole.before, whole.limit) !== cvText(whole.after, whole.limit);
    return [
      verdict[0] !== verdict[1] &&
        `${name}由上年的“${standard.verdictNames[verdict[0]]}”变为“${standard.verdictNames[verdict[1]]}”。`,
      isMoved &&
        `${name}综合差异系数由 ${cvText(whole.before, whole.limit)} 变为 ${cvText(whole.after, whole.limit)}。`,
      worse.length > 0 && `${name}上年不超限、今年超限的：${worse.map(moveText).join('、')}。`,
      better.length > 0 && `${name}上年超限、今年不超限的：${better.map(moveText).join('、')}。`,
      widest !== null && `${name}差异扩大最多的是${moveText(widest)}。`,
      narrowest !== null && `${name}差异缩小最多的是${moveText(narrowest)}。`,
      entered.length > 0 && `${name}比上年新计入 ${entered.length} 所：${names(entered.map((one) => one.name))}。`,
      left.length > 0 && `${name}比上年不再计入 ${left.length} 所：${names(left.map((one) => one.name))}。`,
    ].filter((sentence) => sentence !== false);
  });
}

function furtherUp(best: Move | null, move: Move): Move | null {
  const rise = move.after - move.before;
  return rise > 0 && (best === null || rise > best.after - best.before) ? move : best;
}

function furtherDown(best: Move | null, move: Move): Move | null {
  const fall = move.before - move.after;
  return fall > 0 && (best === null || fall > best.before - best.after) ? move : best;
}

/** A school that makes up less of the difference than this is not named for it. */
const leastShare = 0.1;

/**
 * The schools that weigh most in what is beyond its limit, at most three for each, with their share of the difference and
 * on which side of the mean they lie. Where 综合差异系数 alone is limited and exceeded, it is the widest indicator.
 */
export function weightSentences(level: CompulsoryLevel, result: LevelResult): string[] {
  const widest = [...result.indicators].sort((one, other) => (other.cv ?? 0) - (one.cv ?? 0)).slice(0, 1);
  const asked = result.compositePass === false ? widest : overOf(result);
  const schoolNames = new Map(result.included.map(({ code, name }) => [code, name]));
  return asked.flatMap(({ name, mean, schools }) => {
    const heavy = schools
      .flatMap(({ code, value, contribution }) =>
        value === null || mean === null || contribution === null || contribution < leastShare
          ? []
          : [{ school: schoolNames.get(code) ?? '', contribution, side: value > mean ? '高于均值' : '低于均值' }],
      )
      .sort((one, other) => other.contribution - one.contribution)
      .slice(0, 3);
    if (heavy.length === 0) return [];
    const parts = heavy.map((one) => `${one.school}（占 ${Math.round(one.contribution * 100)}%，${one.side}）`);
    return [`${schoolLevelNames[level]}${name}的差异，主要来自${parts.join('、')}。`];
  });
}

/**
 * The schools that do not reach the standard among those that could be judged, and how many of them lack only one
 * indicator; nothing where all do.
 */
export function schoolSentences(standard: BalanceStandard, level: CompulsoryLevel, result: LevelResult): string[] {
  const { compliance } = result;
  const rule = standard.compliance;
  if (rule === null || compliance === null) return [];
  // A school that lacks figures is neither: the city's sentence counts it as little.
  const judged = compliance.filter(({ pass }) => pass !== null);
  const failing = judged.filter(({ pass }) => pass === false);
  if (failing.length === 0) return [];
  const short = failing.filter((school) => isOneShort(school, standard.indicators.length, rule));
  const oneShort =
    short.length === 0 ? '' : `其中 ${short.length} 所只差一项：${names(short.map(({ name }) => name))}。`;
  const all = `${schoolLevelNames[level]}判定 ${judged.length} 所学校，${failing.length} 所不达标：${names(failing.map(({ name }) => name))}。`;
  return [`${all}${oneShort}`];
}

/** The schools that have the level and are left out, by reason. */
export function excludedSentences(level: CompulsoryLevel, { excluded }: LevelResult): string[] {
  if (excluded.length === 0) return [];
  const reasons = [...new Set(excluded.map(({ reason }) => reason))].map((reason) => {
    const schools = excluded.filter((one) => one.reason === reason).map(({ name }) => name);
    return `${reason} ${schools.length} 所（${names(schools)}）`;
  });
  return [`${schoolLevelNames[level]}不计入 ${excluded.length} 所：${reasons.join('；')}。`];
}

/** The schools without approved figures, and those of which single figures are missing. */
export function missingSentences(level: CompulsoryLevel, result: LevelResult): string[] {
  const schoolNames = new Map(result.included.map(({ code, name }) => [code, name]));
  const unfiled = new Set(result.notFiled);
  const lacking = [...new Set(result.missing.map(({ code }) => code))].filter((code) => !unfiled.has(code));
  const levelName = schoolLevelNames[level];
  const partly = lacking.map((code) => {
    const fields = result.missing.filter((one) => one.code === code).map(({ field }) => field);
    return `${schoolNames.get(code) ?? ''}（${firstNamed(fields, 3)}）`;
  });
  const none = [...unfiled].map((code) => schoolNames.get(code) ?? '');
  return [
    none.length > 0 && `${levelName}有 ${none.length} 所学校没有已批准的填报：${names(none)}。`,
    partly.length > 0 && `${levelName}有 ${partly.length} 所学校数据不全：${names(partly)}。`,
  ].filter((sentence) => sentence !== false);
}
