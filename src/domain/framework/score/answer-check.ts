import { compare, divide, exact, isWhole, toNumber } from '../../kit/decimal.ts';
import { keepsNumber } from '../../kit/number-text.ts';
import type { Indicator, Method } from '../edition.ts';
import { rangeOf } from './method/chosen.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The keys of an answer, the first of which says its kind; `points` may stand beside `level`, `parts` beside `value`. */
export const answerKeys = [
  'points',
  'value',
  'parts',
  'level',
  'option',
  'met',
  'series',
  'missing',
  'occurrences',
  'notApplicable',
  'grades',
] as const;

type AnswerKey = (typeof answerKeys)[number];

const words: Readonly<Record<AnswerKey, string>> = {
  points: '分数 points',
  value: '数值 value',
  parts: '分项数值 parts',
  level: '等级 level',
  option: '选项 option',
  met: '是否达到 met',
  series: '逐年数值 series',
  missing: '缺项 missing',
  occurrences: '次数 occurrences',
  notApplicable: '不适用 notApplicable',
  grades: '各等次人数 grades',
};

const byMethod: Readonly<Record<Method['kind'], readonly AnswerKey[]>> = {
  ladder: ['level'],
  bands: ['value'],
  linear: ['value'],
  threshold: ['value', 'met'],
  elements: ['missing'],
  deduction: ['occurrences'],
  bonus: ['occurrences'],
  yesNo: ['met'],
  choice: ['option'],
  relative: ['value'],
  years: ['series'],
  formula: ['value'],
  result: ['value'],
  survey: ['value'],
  judgement: [],
};

/** The kinds of answer that an indicator takes beside `notApplicable`, which any leaf does. */
export function kindsFor({ method, points }: Indicator): readonly AnswerKey[] {
  const own: readonly AnswerKey[] = method ? kindsOf(method) : [];
  return points === 'none' ? own : ['points', ...own];
}

function kindsOf(method: Method): readonly AnswerKey[] {
  // One figure says nothing of several parts or years.
  if (method.kind === 'threshold') return method.parts ? ['met', 'parts'] : ['value', 'met'];
  if ((method.kind === 'bands' || method.kind === 'linear') && method.byYear) return ['series'];
  return [...byMethod[method.kind], ...furtherKinds(method)];
}

function furtherKinds(method: Method): readonly AnswerKey[] {
  if (method.kind === 'deduction') return method.items.some((item) => item.per) ? ['value', 'parts'] : [];
  if (method.kind === 'result') return method.map ? ['level', 'option'] : [];
  if (method.kind === 'survey') return method.grades ? ['grades'] : [];
  return [];
}

/**
 * What is wrong with an answer as it was read: an unknown key, a kind that the method does not take, a level or option
 * that it lacks, points beyond what the leaf gives. Sentences; none where the answer fits.
 */
export function answerFaults(indicator: Indicator, given: unknown): string[] {
  if (!isFields(given)) return ['答案要写成对象，例如 {"points": 2}'];
  const keys = Object.keys(given);
  const unknown = keys.filter((key) => !(answerKeys as readonly string[]).includes(key));
  if (unknown.length > 0) return [`没有名为“${unknown.join('”“')}”的键，可用的有 ${answerKeys.join('、')}`];
  const kind =
    keys.find((key) => key !== 'points' && key !== 'parts') ?? keys.find((key) => key === 'parts') ?? keys[0];
  if (kind === undefined) return ['答案是空的'];
  const beside = keys.filter((key) => key !== kind && besides[kind] !== key);
  if (beside.length > 0)
    return [`${words[kind as AnswerKey]} 与 ${beside.map((key) => words[key as AnswerKey]).join('、')} 不能同时写`];
  if (kind === 'notApplicable') return given[kind] === true ? [] : ['不适用只能写 true；适用的请直接作答'];
  const kinds = kindsFor(indicator);
  if (!(kinds as readonly string[]).includes(kind)) {
    const wanted = [...kinds, 'notApplicable' as const].map((one) => words[one]).join('、');
    return [`这项指标不能用${words[kind as AnswerKey]}作答，请用 ${wanted}`];
  }
  return checks[kind as AnswerKey](indicator, given);
}

const besides: Readonly<Record<string, string>> = { level: 'points', value: 'parts' };

const checks: Readonly<Record<AnswerKey, (indicator: Indicator, given: Fields) => string[]>> = {
  points: (indicator, { points }) => pointFaults(indicator, points),
  value: (indicator, { value, parts }) => [
    ...valueFaults(indicator, value),
    ...(parts === undefined ? [] : partFaults(indicator, parts)),
  ],
  parts: (indicator, { parts }) => partFaults(indicator, parts),
  level: levelFaults,
  option: optionFaults,
  met: (_, { met }) => (typeof met === 'boolean' ? [] : ['是否达到要写 true 或 false']),
  series: (_, { series }) =>
    Array.isArray(series) && series.length > 0 && series.every((one) => one === null || isFigure(one))
      ? []
      : ['逐年数值要写成数组，由早到晚，缺的年份写 null'],
  missing: missingFaults,
  occurrences: occurrenceFaults,
  notApplicable: () => [],
  grades: gradeFaults,
};

function pointFaults({ points, method }: Indicator, given: unknown): string[] {
  if (!isFigure(given)) return [`分数要写数字（最多 15 位），不能写 ${JSON.stringify(given)}`];
  const beside =
    method?.kind === 'bonus' ? method.cap : method?.kind === 'deduction' && method.start === 'zero' ? 0 : null;
  const most = beside ?? (typeof points === 'number' && method?.kind !== 'bonus' ? points : null);
  const least = method?.kind === 'deduction' && method.start === 'zero' ? method.floor : 0;
  if (most !== null && given > most) return [`${given} 分超过满分 ${most} 分`];
  if (given < least) return [`${given} 分低于最低分 ${least} 分`];
  if (method?.kind !== 'judgement') return [];
  const steps = divide(exact(given), exact(method.step));
  return isWhole(steps) ? [] : [`${given} 分不是 ${method.step} 分的整数倍`];
}

function valueFaults({ method }: Indicator, value: unknown): string[] {
  if (method?.kind === 'threshold' && method.scale) {
    return typeof value === 'string' && method.scale.includes(value)
      ? []
      : [`没有“${String(value)}”这一级，可用的有 ${method.scale.join('、')}`];
  }
  return isFigureOrText(value) ? [] : [`数值要写数字（最多 15 位），不能写 ${JSON.stringify(value)}`];
}

function partFaults({ method }: Indicator, parts: unknown): string[] {
  const names =
    method?.kind === 'threshold'
      ? (method.parts ?? []).map(({ name }) => name)
      : method?.kind === 'deduction'
        ? method.items.flatMap(({ per }) => (per?.of === undefined ? [] : [per.of]))
        : [];
  if (!isFields(parts)) return ['分项数值要写成对象'];
  if (names.length === 0) return ['这项指标没有分项'];
  return Object.entries(parts).flatMap(([name, value]) => {
    if (!names.includes(name)) return [`没有名为“${name}”的分项，可用的有 ${names.join('、')}`];
    const scale = method?.kind === 'threshold' ? method.scale : undefined;
    const fits = scale ? typeof value === 'string' && scale.includes(value) : isFigureOrText(value);
    return fits ? [] : [`分项“${name}”的数值有误`];
  });
}

function levelFaults(indicator: Indicator, { level, points }: Fields): string[] {
  const { method } = indicator;
  if (method?.kind === 'result') return oneOf('等次', level, Object.keys(method.map ?? {}));
  if (method?.kind !== 'ladder') return [];
  const faults = oneOf(
    '等级',
    level,
    method.levels.map((one) => one.level),
  );
  if (faults.length > 0 || points === undefined) return faults;
  if (!isFigure(points)) return ['分数要写数字'];
  const { range } = method.levels.find((one) => one.level === level)!;
  if (!range) return [`等级“${String(level)}”的分数由指标体系规定，不能另写分数`];
  const max = typeof indicator.points === 'number' ? exact(indicator.points) : null;
  const [from, to] = rangeOf(range, max);
  const outside = compare(exact(points), from) < 0 || (to !== null && compare(exact(points), to) > 0);
  if (!outside) return [];
  return [
    `等级“${String(level)}”的分数在 ${toNumber(from)} 与 ${to === null ? '上限未知' : toNumber(to)} 之间，不能是 ${points}`,
  ];
}

function optionFaults({ method }: Indicator, { option }: Fields): string[] {
  if (method?.kind === 'result') return oneOf('等次', option, Object.keys(method.map ?? {}));
  return method?.kind === 'choice'
    ? oneOf(
        '选项',
        option,
        method.options.map(({ key }) => key),
      )
    : [];
}

function oneOf(what: string, given: unknown, known: readonly string[]): string[] {
  return known.includes(given as string) ? [] : [`没有${what}“${String(given)}”，可用的有 ${known.join('、')}`];
}

function missingFaults({ method }: Indicator, { missing }: Fields): string[] {
  const all = method?.kind === 'elements' ? method.elements.length : 0;
  if (typeof missing === 'number') return isCount(missing) && missing <= all ? [] : [`缺项数要在 0 与 ${all} 之间`];
  if (!Array.isArray(missing)) return ['缺项要写项数，或缺少的各项序号的数组'];
  const wrong = missing.filter((one) => !isCount(one) || one < 1 || one > all);
  if (wrong.length > 0) return [`没有第 ${wrong.map(String).join('、')} 项，共 ${all} 项`];
  return new Set(missing).size === missing.length ? [] : ['同一项写了两次'];
}

function occurrenceFaults({ method }: Indicator, { occurrences }: Fields): string[] {
  if (method?.kind !== 'deduction' && method?.kind !== 'bonus') return [];
  const all = method.items.length;
  if (typeof occurrences === 'number') {
    if (!isCount(occurrences)) return ['次数要写不小于 0 的整数'];
    return all === 1 || occurrences === 0 ? [] : [`有 ${all} 项，次数要按项写，例如 {"1": ${occurrences}}`];
  }
  if (!isFields(occurrences)) return ['次数要写整数，或按项序号写成对象'];
  return Object.entries(occurrences).flatMap(([item, times]) => {
    if (!/^[1-9]\d*$/.test(item) || Number(item) > all) return [`没有第 ${item} 项，共 ${all} 项`];
    return isCount(times) ? [] : [`第 ${item} 项的次数要写不小于 0 的整数`];
  });
}

function gradeFaults({ method }: Indicator, { grades }: Fields): string[] {
  const known = Object.keys(method?.kind === 'survey' ? (method.grades ?? {}) : {});
  if (!isFields(grades)) return ['各等次人数要写成对象'];
  return Object.entries(grades).flatMap(([grade, count]) => [
    ...oneOf('等次', grade, known),
    ...(isCount(count) ? [] : [`等次“${grade}”的人数要写不小于 0 的整数`]),
  ]);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A number, or a decimal written as text, that is kept with all its digits. */
function isFigureOrText(value: unknown): boolean {
  if (typeof value === 'string') return /^[+-]?\d+(\.\d+)?$/.test(value.trim()) && keepsNumber(value.trim());
  return isFigure(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
