import type { Adjust, ByYear, Compare, Indicator, Method, MinimumAnswers, Must, RollUp } from './edition.ts';
import { compareWords } from './lists.ts';

/** What a method says: its name, and each of its rules as a line. */
export interface MethodWords {
  readonly name: string;
  readonly lines: readonly string[];
}

const percent = (share: number) => `${Number((share * 100).toPrecision(12))}%`;

/** A scoring method in Chinese words. `conditions` has each condition of the edition in words. */
export function methodWords(indicator: Indicator, conditions: Readonly<Record<string, string>>): MethodWords {
  const { method, unit } = indicator;
  if (!method) {
    return {
      name: '评审打分',
      lines: [indicator.points === 'none' ? '由评审人员判定，不计分' : '由评审人员在分值以内打分'],
    };
  }
  return { name: methodNames[method.kind], lines: linesOf(method, unit === undefined ? '' : ` ${unit}`, conditions) };
}

/** What a relaxation puts into the place of parts of an indicator. */
export function replacedWords(replace: Partial<Indicator>, conditions: Readonly<Record<string, string>>): string {
  const { method, unit, threshold, formula, applies, text, note, must, adjust = [] } = replace;
  return [
    ...(threshold === undefined ? [] : [`标准：${thresholdText(threshold, unit)}`]),
    ...(method ? [methodNames[method.kind], ...linesOf(method, unit === undefined ? '' : ` ${unit}`, conditions)] : []),
    ...(formula === undefined ? [] : [`公式：${formula}`]),
    ...(applies === undefined ? [] : [`适用：${applies}`]),
    ...(must ? [mustWords(must)] : []),
    ...adjust.map((one) => adjustWords(one, conditions)),
    ...(text === undefined ? [] : [text]),
    ...(note === undefined ? [] : [note]),
  ].join('；');
}

export const methodNames: Readonly<Record<Method['kind'], string>> = {
  ladder: '分等计分',
  bands: '分档计分',
  linear: '按比例计分',
  threshold: '达标计分',
  elements: '要素计分',
  deduction: '扣分',
  bonus: '加分',
  yesNo: '是否计分',
  choice: '选项计分',
  relative: '相对计分',
  years: '逐年比较',
  formula: '公式计分',
  result: '引用评估结果',
  survey: '满意度测评',
  judgement: '评审打分',
};

function linesOf(method: Method, unit: string, conditions: Readonly<Record<string, string>>): string[] {
  switch (method.kind) {
    case 'ladder':
      return method.levels.map(({ level, text, share, points, range }) => {
        const given =
          points !== undefined
            ? `${points} 分`
            : share !== undefined
              ? `得分值的 ${percent(share)}`
              : range
                ? rangeText(range)
                : '按判定';
        return `${level}：${given}${text ? `。${text}` : ''}`;
      });
    case 'bands': {
      const word = method.better === 'high' ? '达到' : '不超过';
      return [
        ...byYearLines(method.byYear),
        ...method.bands.map(
          ({ at, points, grade }) => `${word} ${at}${unit}：${points} 分${grade ? `，${grade}` : ''}`,
        ),
        `其余：${method.rest} 分（各档含本数）`,
      ];
    }
    case 'linear':
      return [
        ...byYearLines(method.byYear),
        `${method.target}${unit} 得满分，${method.floor}${unit} 得 ${method.below} 分，之间按比例计算`,
        `${method.floor < method.target ? '低于' : '高于'} ${method.floor}${unit} 的得 ${method.below} 分，超过满分线的不再加分`,
      ];
    case 'threshold':
      return [
        ...(method.parts
          ? method.parts.map(({ name, compare, value }) => `${name}${compareWords[compare]} ${value}${unit}`)
          : [`${compareWords[method.compare]} ${method.value}${unit} 为达标`]),
        `${method.scale ? `等级由低到高：${method.scale.join('、')}。` : ''}未达标得 ${method.unmet} 分`,
      ];
    case 'elements':
      return [
        ...method.elements.map(({ text, formula }, at) => `${at + 1}. ${text}${formula ? `（${formula}）` : ''}`),
        `共 ${method.elements.length} 项，每缺一项扣 ${method.cost} 分，最低 ${method.floor} 分`,
      ];
    case 'deduction':
      return [
        ...method.items.map(({ text, cost, cap, per }, at) => {
          const each = typeof cost === 'number' ? `${cost}` : `${cost.from} 至 ${cost.to}`;
          const step = per
            ? `，从 ${per.from} 起每${per.better === 'high' ? '低' : '高'} ${per.step}${unit}`
            : '，每次';
          return `${at + 1}. ${text}${step}扣 ${each} 分${cap === undefined ? '' : `，最多扣 ${cap} 分`}`;
        }),
        ...(method.factorIf ?? []).map(({ when, factor }) => `${conditions[when] ?? when}的，按 ${factor} 倍扣分`),
        method.start === 'full' ? `从满分起扣，扣到 ${method.floor} 分为止` : `从零分起扣，最低 ${method.floor} 分`,
      ];
    case 'bonus':
      return [
        ...method.items.map(
          ({ text, points, highestOnly }) => `${text}：加 ${points} 分${highestOnly ? '，同一成果只计最高一级' : ''}`,
        ),
        method.cap === null ? '加分上限未见' : `合计最多加 ${method.cap} 分`,
      ];
    case 'yesNo':
      return [`是：${method.yes} 分；否：${method.no} 分`];
    case 'choice':
      return [
        ...method.options.map(({ key, text, points, grade }) => {
          const given = [points === undefined ? '' : `${points} 分`, grade ?? ''].filter(Boolean).join('，');
          return `${key}：${text === key ? '' : text}${given === '' ? '' : `（${given}）`}`;
        }),
        ...(method.notApplicable ? ['可以选“不适用”'] : []),
      ];
    case 'relative': {
      const order = method.better === 'high' ? '由高到低' : '由低到高';
      const ties = { best: '取较高的名次', mean: '取名次的平均', worst: '取较低的名次' }[method.ties];
      const against = method.full?.against;
      const base =
        against === undefined
          ? ''
          : against === 'mean'
            ? '全体平均'
            : typeof against === 'number'
              ? `${against}${unit}`
              : against.fact;
      return [
        ...(method.full ? [`${compareWords[method.full.compare]}${base}的得满分`] : []),
        method.rule === 'rank'
          ? `按名次（${order}）依次得 ${method.points.join('、')} 分，其后${method.beyond === 'last' ? '同最后一档' : '得零分'}`
          : `按与第一名的比例计分（${order}）`,
        `并列的${ties}；全部评估对象提交以前只有暂时得分`,
      ];
    }
    case 'years': {
      const rule = {
        increase: '每年高于上年',
        notDecrease: '每年不低于上年',
        notIncrease: '每年不高于上年',
        nonNegative: '每年不低于零',
      }[method.rule];
      const span = method.spanBy === 'tenure' ? '任职以来' : `近 ${method.span} 年`;
      return [
        `${span}${rule}的年数决定得分`,
        ...method.pointsByYearsMet.map((points, met) => `${met} 年达到：${points} 分`),
        ...(method.skipNotApplicable ? ['没有该项的不计'] : []),
      ];
    }
    case 'formula':
      return [
        method.result === 'share'
          ? `得分为分值乘以公式的值，公式的值取 ${method.min} 至 ${method.max}`
          : `得分为公式的值，取 ${method.min} 至 ${method.max}`,
      ];
    case 'result': {
      const what = { rate: '得分率', grade: '等次', total: '总分' }[method.measure];
      return [
        `引用评估“${method.evaluation}”的${what}${method.lookBackYears ? `，回看 ${method.lookBackYears} 年` : ''}`,
        ...byWorth(method.map).map(([grade, points]) => `${grade}：${points} 分`),
        ...(method.linear ? [`${method.linear.target} 得满分，${method.linear.floor} 得零分，之间按比例计算`] : []),
        ...(method.improved ? [`比上一次提高的加 ${method.improved.add} 分，最多 ${method.improved.max} 分`] : []),
      ];
    }
    case 'survey': {
      const of = method.measure === 'share' ? '满意比例（%）' : '平均分';
      return [
        `测评“${method.survey}”的${of}${method.groups ? `，对象：${method.groups.join('、')}` : ''}`,
        `${method.linear.target} 得满分，${method.linear.floor} 得 ${method.linear.below} 分，之间按比例计算`,
        ...byWorth(method.grades).map(([grade, points]) => `${grade}计 ${points} 分`),
        ...(method.minimumAnswers ? [leastAnswers(method.minimumAnswers)] : []),
        ...(method.parentShare === undefined ? [] : [`家长的答卷不少于 ${percent(method.parentShare)}`]),
      ];
    }
    case 'judgement':
      return [
        `由评审人员打分，每 ${method.step} 分一档`,
        ...(method.reasonBelow === undefined ? [] : [`低于分值的 ${percent(method.reasonBelow)} 须写明理由`]),
        ...(method.hints ?? []),
      ];
  }
}

/** Grades with their points, the best first: a stored edition keeps no order of names. */
function byWorth(grades: Readonly<Record<string, number>> = {}): Array<[grade: string, points: number]> {
  return Object.entries(grades).sort(([one, points], [other, others]) => others - points || (one < other ? -1 : 1));
}

function leastAnswers({ least, share }: MinimumAnswers): string {
  return `至少 ${least} 份答卷${share === undefined ? '' : `，且不少于“${share.of.slice(share.of.indexOf(':') + 1)}”的 ${share.perThousand}‰`}`;
}

function rangeText({ from, to, of }: { from: number; to: number | null; of: 'share' | 'points' }): string {
  const text = (value: number) => (of === 'share' ? percent(value) : `${value} 分`);
  return to === null ? `${text(from)} 以上，上限未见` : `${text(from)} 至 ${text(to)}，由评审人员定`;
}

function byYearLines(byYear: ByYear | undefined): string[] {
  if (!byYear) return [];
  const how = byYear.measure === 'actual-target' ? '实际值减目标值' : '实际值除以目标值';
  return [
    `每年以${how}计分，再按权重合计`,
    ...byYear.years.map((year) => {
      const target = byYear.targets[year] ?? null;
      const weight = byYear.weights[year];
      return `${year} 年：目标 ${target === null ? '未填' : `${target}${byYear.unit ?? ''}`}，权重 ${weight === undefined ? '未填' : percent(weight)}`;
    }),
  ];
}

/** What must hold beside the points. */
export function mustWords(must: Must): string {
  if (must.by === 'full') return '必达项：须得满分';
  if (must.by === 'rate') return `必达项：得分率须达到 ${percent(must.least)}`;
  if (must.by === 'value') return `必达项：数值须${compareWords[must.compare]} ${must.value}`;
  return `必达项：不得为${must.options.map((option) => `“${option}”`).join('、')}`;
}

const plain = (text: string) => text.replaceAll(/\s/g, '').replaceAll('减', '扣');

/** What becomes of the points under a condition: in the words of the document, with the effect where they do not name it. */
export function adjustWords(adjust: Adjust, conditions: Readonly<Record<string, string>>): string {
  const effect = {
    cap: () => `最高得 ${'points' in adjust ? adjust.points : ''} 分`,
    take: () => `扣 ${'points' in adjust ? adjust.points : ''} 分`,
    add: () => `加 ${'points' in adjust ? adjust.points : ''} 分`,
    zero: () => '不得分',
    lowerBand: () => '按下一档计',
    times: () => `按 ${'factor' in adjust ? adjust.factor : ''} 倍计`,
  }[adjust.effect]();
  // The document's own words say it all; the condition is their translation for the machine.
  if (plain(adjust.text).includes(plain(effect))) return adjust.text;
  return adjust.text.trim() === ''
    ? `${conditions[adjust.when] ?? adjust.when}：${effect}`
    : `${adjust.text}（${effect}）`;
}

/** How the points of a node come from those below it. */
export function rollUpWords(rollUp: RollUp | undefined): string {
  const rule = {
    sum: '下级得分相加',
    weighted: rollUp?.weights === 'ratio' ? '下级按权重的比例合成' : '下级按权重合成',
    meanOfRates: '下级得分率的平均',
    minimum: '取下级的最低分',
    counts: '统计下级各等次的项数',
    all: '下级全部达到才算达到',
    letter: '由下级的等次定出等次',
  }[rollUp?.rule ?? 'sum'];
  const more = [
    rollUp?.convertTo === undefined ? '' : `折算为 ${rollUp.convertTo} 分`,
    rollUp?.cap === undefined ? '' : `最高 ${rollUp.cap} 分`,
    rollUp?.floor === undefined ? '' : `最低 ${rollUp.floor} 分`,
    rollUp?.round === undefined ? '' : `四舍五入到 ${rollUp.round} 位小数`,
  ].filter(Boolean);
  return [rule, ...more].join('，');
}

/**
 * A threshold as people say it: `不高于 50 人` for `<= 50`. What is written in words stays as it is.
 * @param unit what the indicator is counted in; it stands behind a threshold that is one number
 */
export function thresholdText(threshold: string, unit?: string): string {
  const words = threshold.replaceAll(/(<=|>=|<>|<|>|=)\s*/g, (_, sign: Compare) => `${compareWords[sign]} `);
  const isNumber = /^(<=|>=|<>|[<>=≥≤])?\s*-?[\d.]+$/.test(threshold.trim());
  return isNumber && unit !== undefined && unit !== '比例' ? `${words} ${unit}` : words;
}
