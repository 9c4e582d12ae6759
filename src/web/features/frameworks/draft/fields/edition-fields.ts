import { schoolTypes } from '#domain/org/school-type.ts';
import { raterWords } from '../../framework.words.ts';
import { methodFields } from './method-fields.ts';
import type { PartField } from './part-fields.ts';

/** What the form asks of an edition beside its tree. */

const ruleFields: readonly PartField[] = [
  { key: 'code', label: '编号', kind: 'text' },
  { key: 'text', label: '内容', kind: 'text', long: true },
  { key: 'when', label: '条件', kind: 'text', long: true },
  { key: 'lookBackYears', label: '回看年数', kind: 'number' },
  { key: 'basis', label: '依据', kind: 'text', optional: true },
];
const emptyRule = { code: '', text: '', when: '', lookBackYears: 1 };

/** `211 小学、311 初级中学`: a condition names the type of a school by its code. */
const typeCodes = [...schoolTypes.values()].map(({ code, name }) => `${code} ${name}`).join('、');

/** What an edition says of whom it is for and what it reads, beside its lists. */
export const wholeParts: readonly PartField[] = [
  {
    ...{ key: 'applies', label: '适用于哪些对象', kind: 'text', long: true, optional: true },
    help: `一个条件，如 办学类型 属于 ("211", "311")；不写为全部。办学类型写代码：${typeCodes}`,
  },
  {
    ...{ key: 'reads', label: '取数的年份', kind: 'group', optional: true, empty: { calendarYear: 0, schoolYear: 0 } },
    fields: [
      { key: 'calendarYear', label: '年度比评估年度', kind: 'number', help: '-1 为上一年' },
      { key: 'schoolYear', label: '学年比评估年度', kind: 'number', help: '-1 为上一学年' },
    ],
  },
  {
    ...{ key: 'raters', label: '评分主体的权重（一行一个，如 自评 15）', kind: 'record', optional: true },
    words: raterWords,
  },
  { key: 'gradeConversion', label: '等次折算的分数（一行一个，如 优秀 95）', kind: 'record', optional: true },
  {
    ...{ key: 'flags', label: '特别约定', kind: 'group', empty: {} },
    fields: [
      { key: 'rank', label: '可以排名', kind: 'flag' },
      { key: 'advisory', label: '只作参考，不定等次', kind: 'flag' },
      { key: 'urgentAction', label: '发现急迫危险随时上报', kind: 'flag' },
      { key: 'perVisit', label: '每次只选查一部分', kind: 'flag' },
      { key: 'splitByTenure', label: '同年两任负责人分段计分', kind: 'flag' },
      { key: 'reasonRequired', label: '须写理由的选项（一行一个）', kind: 'texts', optional: true },
      { key: 'minimumMonths', label: '任职不满几个月不定等次', kind: 'number', optional: true },
    ],
  },
];

/** Parts of the edition beside its tree that are lists of rows, with their titles. */
export const wholeLists = [
  {
    ...{
      key: 'documents',
      label: '依据的文件',
      help: '这套体系依据哪些文件：名称、文号和印发日期，打印时列在前面。',
      kind: 'rows',
      empty: { title: '', number: null, issued: null },
    },
    fields: [
      { key: 'title', label: '名称', kind: 'text', long: true },
      { key: 'number', label: '文号', kind: 'text', unknown: true },
      { key: 'issued', label: '印发日期（如 2026-03-01）', kind: 'text', unknown: true },
    ],
  },
  {
    ...{
      key: 'attributes',
      label: '对象的属性',
      help: '公式和条件要用到的对象情况，如岗位、任职月数；名录里已有的不用写。',
      kind: 'rows',
      optional: true,
      empty: { name: '' },
    },
    fields: [
      { key: 'name', label: '名称（公式用这个名称，如 岗位）', kind: 'text' },
      { key: 'values', label: '可取的值（一行一个）', kind: 'texts', optional: true },
    ],
  },
  {
    ...{
      key: 'facts',
      label: '自有的事实',
      help: '这套体系自己要填报的数据，写明是数、选项还是是否；已有的事实不用再写。',
      kind: 'rows',
      optional: true,
      empty: { name: '事实:', type: 'number' },
    },
    fields: [
      { key: 'name', label: '名称（以“事实:”开头）', kind: 'text' },
      { key: 'type', label: '是什么', kind: 'choice', options: { number: '数', choice: '选项', truth: '是或否' } },
      { key: 'unit', label: '计量单位', kind: 'text', optional: true },
      {
        ...{ key: 'period', label: '按什么年份', kind: 'choice', optional: true },
        options: { schoolYear: '学年', calendarYear: '年度' },
      },
    ],
  },
  {
    ...{
      key: 'relaxations',
      label: '放宽',
      help: '到某天为止对某些指标放宽要求：改成什么、依据哪个文件、放宽后还要做什么。',
      kind: 'rows',
      optional: true,
    },
    empty: { codes: [], when: null, replace: { note: '' }, until: null, basis: '', duty: '' },
    fields: [
      { key: 'codes', label: '指标编号（一行一个）', kind: 'texts' },
      { key: 'when', label: '条件（空着为都放宽）', kind: 'text', unknown: true, long: true },
      {
        ...{ key: 'replace', label: '改成', kind: 'group', empty: {} },
        fields: [
          { key: 'threshold', label: '达标标准', kind: 'text', optional: true },
          {
            ...{ key: 'method', label: '达标数值（达标计分的指标）', kind: 'group', optional: true },
            empty: { kind: 'threshold', compare: '>=', value: 0, unmet: 0 },
            fields: methodFields.threshold,
          },
          { key: 'text', label: '内容', kind: 'text', optional: true, long: true },
          { key: 'note', label: '说明', kind: 'text', optional: true, long: true },
          { key: 'formula', label: '公式', kind: 'text', optional: true, long: true },
          { key: 'applies', label: '适用条件', kind: 'text', optional: true, long: true },
        ],
      },
      { key: 'until', label: '到哪天为止（如 2028-12-31；空着为未定，写明以前不放宽）', kind: 'text', unknown: true },
      { key: 'basis', label: '依据', kind: 'text', long: true },
      { key: 'duty', label: '放宽后的义务', kind: 'text', long: true },
    ],
  },
  {
    ...{
      key: 'preconditions',
      label: '前提',
      help: '参加评定以前要满足的条件；不满足时怎样处理。',
      kind: 'rows',
      empty: { text: '', when: '', otherwise: '' },
    },
    fields: [
      { key: 'text', label: '前提', kind: 'text', long: true },
      { key: 'when', label: '条件', kind: 'text', long: true },
      { key: 'otherwise', label: '不成立时', kind: 'text' },
    ],
  },
  {
    key: 'vetoes',
    label: '否决',
    help: '任一条成立，不论得分都不能评定；条件只读数据和得分。',
    kind: 'rows',
    fields: ruleFields,
    empty: emptyRule,
  },
  {
    key: 'caps',
    label: '限优',
    help: '任一条成立，不能评为最高等次。',
    kind: 'rows',
    fields: ruleFields,
    empty: emptyRule,
  },
  {
    key: 'downgrades',
    label: '降档',
    help: '任一条成立，等次降一档。',
    kind: 'rows',
    fields: ruleFields,
    empty: emptyRule,
  },
  {
    ...{
      key: 'conclusions',
      label: '结论',
      help: '由得分和条件定出等次：从上往下，第一个成立的行算数。',
      kind: 'rows',
      empty: { name: '等次', rows: [] },
    },
    fields: [
      { key: 'name', label: '结论表', kind: 'text' },
      {
        ...{ key: 'rows', label: '各行（第一个成立的算数）', kind: 'rows' },
        // biome-ignore lint/suspicious/noThenProperty: the tables of published rules are read by this word; it is a text.
        empty: { when: [], then: '' },
        fields: [
          { key: 'when', label: '条件（一行一个，都要成立；空着为其余）', kind: 'texts' },
          { key: 'then', label: '结论', kind: 'text' },
        ],
      },
      {
        ...{ key: 'quota', label: '名额', kind: 'group', optional: true },
        empty: { grade: '', limit: null, by: [], ties: [] },
        fields: [
          { key: 'grade', label: '哪个结论', kind: 'text' },
          { key: 'limit', label: '不超过评估对象的多少（0—1）', kind: 'number', unknown: '不按比例' },
          { key: 'places', label: '最多几个', kind: 'number', optional: true },
          { key: 'by', label: '按什么分组（一行一个，如 办学类型；空着为全体）', kind: 'texts' },
          {
            ...{ key: 'ties', label: '总分相同时再比', kind: 'rows', empty: {} },
            fields: [
              { key: 'rate', label: '哪项的得分率（编号）', kind: 'text', optional: true },
              { key: 'leaf', label: '或哪个末级指标的得分（编号）', kind: 'text', optional: true },
            ],
          },
        ],
      },
    ],
  },
  {
    ...{
      key: 'actions',
      label: '处理',
      help: '什么情况下要约谈、通报或限期整改；只作提示，不改变等次。',
      kind: 'rows',
      empty: { when: '', does: '' },
    },
    fields: [
      { key: 'when', label: '条件', kind: 'text', long: true },
      { key: 'does', label: '处理', kind: 'text', long: true },
    ],
  },
] as const satisfies readonly PartField[];
