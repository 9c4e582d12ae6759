import type { Indicator, Method } from '#domain/framework/edition.ts';
import type { PartField } from './part-fields.ts';

const compare = {
  '>=': '不低于（含本数）',
  '>': '高于',
  '<=': '不高于（含本数）',
  '<': '低于',
  '=': '等于',
  '<>': '不等于',
};
const better = { high: '越高越好', low: '越低越好' };

const byYear: PartField = {
  ...{ key: 'byYear', label: '逐年目标', kind: 'group', optional: true },
  empty: { years: [], targets: {}, weights: {}, measure: 'actual/target' },
  fields: [
    { key: 'years', label: '年度（一行一个）', kind: 'texts' },
    { key: 'targets', label: '各年目标（如 2025 90；没有定的写 ?）', kind: 'record', unknown: true },
    { key: 'weights', label: '各年权重（如 2025 0.5）', kind: 'record' },
    {
      ...{ key: 'measure', label: '怎样比较', kind: 'choice' },
      options: { 'actual/target': '实际值除以目标值', 'actual-target': '实际值减目标值' },
    },
    { key: 'unit', label: '单位', kind: 'text', optional: true },
  ],
};

/** What the form of each scoring method asks for. */
export const methodFields: Readonly<Record<Method['kind'], readonly PartField[]>> = {
  ladder: [
    {
      ...{ key: 'levels', label: '等级', kind: 'rows', empty: { level: '' } },
      fields: [
        { key: 'level', label: '等级', kind: 'text' },
        { key: 'points', label: '得分', kind: 'number', optional: true },
        { key: 'share', label: '或占分值（0—1）', kind: 'number', optional: true },
        {
          ...{ key: 'range', label: '或分数区间', kind: 'group', optional: true },
          empty: { from: 0, to: null, of: 'points' },
          fields: [
            { key: 'from', label: '从', kind: 'number' },
            { key: 'to', label: '到', kind: 'number', unknown: '上限未见' },
            { key: 'of', label: '按', kind: 'choice', options: { points: '分', share: '分值的比例' } },
          ],
        },
        { key: 'text', label: '标准', kind: 'text', optional: true, long: true },
      ],
    },
  ],
  bands: [
    { key: 'better', label: '方向', kind: 'choice', options: better },
    {
      ...{ key: 'bands', label: '各档（含本数）', kind: 'rows', empty: { at: 0, points: 0 } },
      fields: [
        { key: 'at', label: '界限', kind: 'number' },
        { key: 'points', label: '得分', kind: 'number' },
        { key: 'grade', label: '等次', kind: 'text', optional: true },
      ],
    },
    { key: 'rest', label: '其余得分', kind: 'number' },
    byYear,
  ],
  linear: [
    { key: 'floor', label: '起点', kind: 'number' },
    { key: 'target', label: '满分值', kind: 'number' },
    { key: 'below', label: '起点以下得分', kind: 'number' },
    byYear,
    { key: 'minimumLessons', label: '最少课时（如 小学 4）', kind: 'record', optional: true },
  ],
  threshold: [
    { key: 'compare', label: '要求', kind: 'choice', options: compare },
    { key: 'value', label: '标准值或等级', kind: 'value' },
    { key: 'unmet', label: '未达标得分', kind: 'number' },
    { key: 'scale', label: '等级由低到高（一行一个）', kind: 'texts', optional: true },
    {
      ...{
        key: 'parts',
        label: '分项要求',
        kind: 'rows',
        optional: true,
        empty: { name: '', compare: '>=', value: 0 },
      },
      fields: [
        { key: 'name', label: '名称', kind: 'text' },
        { key: 'compare', label: '要求', kind: 'choice', options: compare },
        { key: 'value', label: '标准值或等级', kind: 'value' },
      ],
    },
  ],
  elements: [
    {
      ...{ key: 'elements', label: '要素', kind: 'rows', empty: { text: '' } },
      fields: [
        { key: 'text', label: '要素', kind: 'text', long: true },
        { key: 'formula', label: '公式', kind: 'text', optional: true },
        { key: 'applies', label: '适用条件', kind: 'text', optional: true },
      ],
    },
    { key: 'cost', label: '每缺一项扣', kind: 'number' },
    { key: 'floor', label: '最低得分', kind: 'number' },
  ],
  deduction: [
    { key: 'start', label: '起扣', kind: 'choice', options: { full: '从满分起扣', zero: '从零分起扣' } },
    { key: 'floor', label: '最低得分', kind: 'number' },
    {
      ...{ key: 'items', label: '扣分项', kind: 'rows', empty: { text: '', cost: 1 } },
      fields: [
        { key: 'text', label: '情形', kind: 'text', long: true },
        { key: 'cost', label: '每次扣（或范围，如 1-3）', kind: 'cost' },
        { key: 'cap', label: '最多扣', kind: 'number', optional: true },
        {
          ...{ key: 'per', label: '按数值递扣', kind: 'group', optional: true },
          empty: { from: 0, step: 1, better: 'high', count: 'begun' },
          fields: [
            { key: 'of', label: '数值', kind: 'text', optional: true },
            { key: 'from', label: '从', kind: 'number' },
            { key: 'step', label: '每', kind: 'number' },
            { key: 'better', label: '方向', kind: 'choice', options: better },
            {
              ...{ key: 'count', label: '不足一步', kind: 'choice' },
              options: { begun: '按一步算', full: '不算', proportional: '按比例算' },
            },
          ],
        },
      ],
    },
    {
      ...{ key: 'factorIf', label: '加重', kind: 'rows', optional: true, empty: { when: '', factor: 2 } },
      fields: [
        { key: 'when', label: '条件', kind: 'text' },
        { key: 'factor', label: '倍数', kind: 'number' },
      ],
    },
  ],
  bonus: [
    {
      ...{ key: 'items', label: '加分项', kind: 'rows', empty: { text: '', points: 1 } },
      fields: [
        { key: 'text', label: '情形', kind: 'text', long: true },
        { key: 'points', label: '加分', kind: 'number' },
        { key: 'highestOnly', label: '同一成果只计最高一级', kind: 'flag' },
      ],
    },
    { key: 'cap', label: '合计最多加', kind: 'number', unknown: '上限未见' },
  ],
  yesNo: [
    { key: 'yes', label: '是，得分', kind: 'number' },
    { key: 'no', label: '否，得分', kind: 'number' },
  ],
  choice: [
    {
      ...{ key: 'options', label: '选项', kind: 'rows', empty: { key: '', text: '' } },
      fields: [
        { key: 'key', label: '选项', kind: 'text' },
        { key: 'text', label: '说明', kind: 'text', long: true },
        { key: 'points', label: '得分', kind: 'number', optional: true },
        { key: 'grade', label: '等次', kind: 'text', optional: true },
      ],
    },
    { key: 'notApplicable', label: '可以选“不适用”', kind: 'flag' },
  ],
  relative: [
    { key: 'better', label: '方向', kind: 'choice', options: better },
    { key: 'rule', label: '办法', kind: 'choice', options: { rank: '按名次', proportion: '按与第一名的比例' } },
    { key: 'points', label: '依次得分（如 10、8、6）', kind: 'numbers' },
    { key: 'beyond', label: '其后名次', kind: 'choice', options: { last: '同最后一档', zero: '得零分' } },
    {
      ...{ key: 'ties', label: '并列', kind: 'choice' },
      options: { best: '取较高的名次', mean: '取名次的平均', worst: '取较低的名次' },
    },
    {
      ...{
        key: 'full',
        label: '达到即得满分',
        kind: 'group',
        optional: true,
        empty: { compare: '>=', against: 'mean' },
      },
      fields: [
        { key: 'compare', label: '要求', kind: 'choice', options: compare },
        { key: 'against', label: '与什么比（mean 为全体平均，或数字，或事实:名称）', kind: 'value' },
      ],
    },
  ],
  years: [
    {
      ...{ key: 'rule', label: '要求', kind: 'choice' },
      options: {
        increase: '每年高于上年',
        notDecrease: '每年不低于上年',
        notIncrease: '每年不高于上年',
        nonNegative: '每年不低于零',
      },
    },
    { key: 'span', label: '年数', kind: 'number' },
    { key: 'pointsByYearsMet', label: '0 年起各年数的得分（如 0、1、2、3）', kind: 'numbers' },
    { key: 'skipNotApplicable', label: '没有该项的年度不计', kind: 'flag' },
  ],
  formula: [
    { key: 'result', label: '公式的值', kind: 'choice', options: { share: '是得分率', points: '就是得分' } },
    { key: 'min', label: '下限', kind: 'number' },
    { key: 'max', label: '上限', kind: 'number' },
  ],
  result: [
    { key: 'evaluation', label: '引用的评估', kind: 'text' },
    { key: 'measure', label: '取什么', kind: 'choice', options: { rate: '得分率', grade: '等次', total: '总分' } },
    { key: 'map', label: '等次与得分（如 优秀 10）', kind: 'record', optional: true },
    {
      ...{ key: 'linear', label: '按比例', kind: 'group', optional: true, empty: { floor: 0, target: 100 } },
      fields: [
        { key: 'floor', label: '得零分', kind: 'number' },
        { key: 'target', label: '得满分', kind: 'number' },
      ],
    },
    {
      ...{ key: 'improved', label: '比上次提高', kind: 'group', optional: true, empty: { add: 1, max: 1 } },
      fields: [
        { key: 'add', label: '加分', kind: 'number' },
        { key: 'max', label: '最多', kind: 'number' },
      ],
    },
    { key: 'lookBackYears', label: '回看年数', kind: 'number', optional: true },
  ],
  survey: [
    { key: 'survey', label: '测评名称', kind: 'text' },
    { key: 'measure', label: '取什么', kind: 'choice', options: { share: '满意比例（%）', mean: '平均分' } },
    {
      ...{ key: 'linear', label: '换算', kind: 'group', empty: { floor: 0, target: 100, below: 0 } },
      fields: [
        { key: 'floor', label: '起点', kind: 'number' },
        { key: 'target', label: '满分值', kind: 'number' },
        { key: 'below', label: '起点以下得分', kind: 'number' },
      ],
    },
    { key: 'scale', label: '量表满分', kind: 'number', optional: true },
    { key: 'grades', label: '等次与分数（如 优秀 95）', kind: 'record', optional: true },
    { key: 'groups', label: '测评对象（一行一个）', kind: 'texts', optional: true },
    {
      ...{ key: 'minimumAnswers', label: '最少答卷', kind: 'group', optional: true, empty: { least: 100 } },
      fields: [
        { key: 'least', label: '份数', kind: 'number' },
        {
          ...{ key: 'share', label: '且不少于人口的千分数', kind: 'group', optional: true },
          empty: { of: '事实:常住人口', perThousand: 1.5 },
          fields: [
            { key: 'of', label: '人口', kind: 'text' },
            { key: 'perThousand', label: '‰', kind: 'number' },
          ],
        },
      ],
    },
  ],
  judgement: [
    { key: 'step', label: '每档', kind: 'number' },
    { key: 'reasonBelow', label: '低于分值的多少须写理由（0—1）', kind: 'number', optional: true },
    { key: 'hints', label: '评分提示（一行一条）', kind: 'texts', optional: true },
  ],
};

/** A method to begin with, with points that the leaf allows. */
export function emptyMethod(kind: Method['kind'], { points }: Pick<Indicator, 'points'>): Method {
  const full = typeof points === 'number' ? points : 0;
  switch (kind) {
    case 'ladder':
      return {
        kind,
        levels: [
          { level: '优秀', points: full },
          { level: '合格', points: 0 },
        ],
      };
    case 'bands':
      return { kind, better: 'high', bands: [{ at: 100, points: full }], rest: 0 };
    case 'linear':
      return { kind, floor: 0, target: 100, below: 0 };
    case 'threshold':
      return { kind, compare: '>=', value: 100, unmet: 0 };
    case 'elements':
      return { kind, elements: [{ text: '要素一' }], cost: full || 1, floor: 0 };
    case 'deduction':
      return { kind, start: 'full', floor: 0, items: [{ text: '每发现一起', cost: 1 }] };
    case 'bonus':
      return { kind, items: [{ text: '获得表彰', points: full || 1 }], cap: full || 1 };
    case 'yesNo':
      return { kind, yes: full, no: 0 };
    case 'choice':
      return {
        kind,
        options: [
          { key: 'A', text: '符合', points: full },
          { key: 'B', text: '不符合', points: 0 },
        ],
      };
    case 'relative':
      return { kind, better: 'high', rule: 'rank', points: [full], beyond: 'last', ties: 'best' };
    case 'years':
      return { kind, rule: 'increase', span: 1, pointsByYearsMet: [0, full] };
    case 'formula':
      return { kind, result: 'share', min: 0, max: 1 };
    case 'result':
      return { kind, evaluation: '评估名称', measure: 'rate', linear: { floor: 0, target: 100 } };
    case 'survey':
      return { kind, survey: '测评名称', measure: 'share', linear: { floor: 0, target: 100, below: 0 } };
    case 'judgement':
      return { kind, step: 0.5 };
  }
}

export const mustFields: Readonly<Record<string, readonly PartField[]>> = {
  full: [],
  rate: [{ key: 'least', label: '得分率不低于（0—1）', kind: 'number' }],
  value: [
    { key: 'compare', label: '数值', kind: 'choice', options: compare },
    { key: 'value', label: '标准值', kind: 'number' },
  ],
  notOption: [{ key: 'options', label: '不得为（一行一个选项）', kind: 'texts' }],
};

export const rollUpFields: readonly PartField[] = [
  {
    ...{ key: 'rule', label: '合成方式', kind: 'choice' },
    options: {
      sum: '下级得分相加',
      weighted: '下级按权重合成',
      meanOfRates: '下级得分率的平均',
      minimum: '取下级的最低分',
      counts: '统计下级各等次的项数',
      all: '下级全部达到才算达到',
      letter: '由下级的等次定出等次',
    },
  },
  {
    key: 'weights',
    label: '权重',
    kind: 'choice',
    optional: true,
    options: { percent: '合计 100%', ratio: '按比例（3:5:2）' },
  },
  { key: 'convertTo', label: '折算为', kind: 'number', optional: true },
  { key: 'cap', label: '最高', kind: 'number', optional: true },
  { key: 'floor', label: '最低', kind: 'number', optional: true },
  { key: 'round', label: '四舍五入到几位小数', kind: 'number', optional: true },
];

export const adjustFields: readonly PartField[] = [
  { key: 'when', label: '条件', kind: 'text' },
  { key: 'text', label: '说明', kind: 'text' },
  {
    ...{ key: 'effect', label: '效果', kind: 'choice' },
    options: { cap: '最高得', take: '扣', add: '加', zero: '不得分', lowerBand: '按下一档计', times: '乘以' },
  },
  { key: 'points', label: '分', kind: 'number', optional: true },
  { key: 'factor', label: '倍数', kind: 'number', optional: true },
];
