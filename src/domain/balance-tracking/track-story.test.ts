import { expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { cityTrackReport, countyTrackReport, type TrackStory } from './track-story.ts';

const nothing: TrackStory = {
  ...{ countyName: '甲县', year: 2025, standardName: '基本均衡', standing: 'opened', publication: null, run: null },
  ...{ differences: [], schools: [], report: null, issues: [], lookBack: null, plannedYears: [] },
};
const said = ({ parts }: Report) =>
  parts.flatMap(({ blocks }) =>
    blocks.map((block) => {
      if ('text' in block) return block.text;
      return `${block.caption}：${JSON.stringify('rows' in block && block.rows)}`;
    }),
  );

it('says nothing but where the year stands, while nothing else is there', () => {
  expect(said(countyTrackReport(nothing, '2026-01-05'))).toEqual(['进展', '截至 2026-01-05，本学年跟踪待录入。']);
});

const figure = { oursRounded: '0.312', published: '0.330', difference: '-0.018', kind: 'unexplained' } as const;
const issue = { title: '小学生均图书册数差异系数 0.700', ruleTitle: '单项指标超预警线', state: '已销号', closed: true };
const whole: TrackStory = {
  ...nothing,
  standing: 'closed',
  publication: { documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01' },
  run: {
    id: 'r1',
    edition: '基本均衡（第 1 版）',
    formulaVersion: '3',
    inputsHash: 'abcdef0123456789',
    provisional: false,
  },
  differences: [
    { ...figure, withoutThem: null, levelName: '小学', name: '综合差异系数', cause: { body: '补报之前取数' } },
    {
      ...figure,
      published: null,
      kind: 'missing',
      withoutThem: null,
      levelName: '小学',
      name: '生均图书册数',
      cause: null,
    },
  ],
  schools: [
    {
      levelName: '初中',
      ours: 12,
      published: 11,
      onlyOurs: [{ name: '乙中学', code: null, reason: '2025-09-01 设立' }],
      onlyPublished: [],
    },
  ],
  report: {
    measures: '新建校舍。',
    conclusion: '达到要求。',
    submittedBy: '甲',
    decision: 'accepted',
    decidedBy: '乙',
  },
  issues: [issue],
  lookBack: { issues: [{ ...issue, figure: '0.70012', now: '0.4', again: false }] },
  plannedYears: [{ year: 2027, documentNumber: '泉政〔2025〕2号', replaced: false }],
};

it('sets the province’s figures beside ours with their cause, folds the others, and tells report, issues and look back', () => {
  const report = countyTrackReport(whole, '2026-01-05');
  expect(said(report)).toEqual([
    '进展',
    '截至 2026-01-05，本学年跟踪已办结。',
    '优质均衡计划年度为 2027 年（泉政〔2025〕2号）。',
    '与省公布数据的差异',
    '省公布数据见闽教督〔2025〕9号（2025-10-01）。',
    `本平台与省公布数据：${JSON.stringify([['小学综合差异系数', '0.312', '0.330', '-0.018', '原因待查', '补报之前取数']])}`,
    '初中学校范围不同。本平台 12 所，省公布 11 所；只在本平台：乙中学（2025-09-01 设立）。',
    '县级自评与市级复核',
    '已采取的措施：新建校舍。',
    '自评结论：达到要求。',
    '自评报告由甲提交，乙复核通过。',
    '问题清单',
    '列出问题 1 个，已销号 1 个。',
    `问题与台账状态：${JSON.stringify([[issue.title, '单项指标超预警线', '已销号']])}`,
    '上年回看',
    '上年列出问题 1 个，本年再次出现 0 个。',
    `上年问题：${JSON.stringify([[issue.title, '已销号', '0.700', '0.400', '没有再现']])}`,
    '数值凭据',
    expect.stringContaining('测算 r1 得出：基本均衡（第 1 版），公式第 3 版，输入校验码 abcdef0123456789'),
  ]);
  const table = report.parts[0]!.blocks.find((block) => block.kind === 'table');
  expect(table).toMatchObject({ notes: ['另有 1 项省级没有公布。'] });
});

it('counts the counties of a city and their issues, a line each', () => {
  const ledger = { raised: 4, settled: 2, cancelled: 1, noticed: 4, late: 1 };
  const composites = [
    { level: 'primary' as const, oursRounded: '0.312', published: '0.312', kind: 'rounding' as const },
  ];
  const report = cityTrackReport(
    { name: '某市', year: 2025, standardName: '基本均衡' },
    [
      { name: '甲县', track: { standing: 'overdue', daysLate: 6, ledger }, composites, plannedYear: 2027 },
      { name: '乙县', track: null, composites: [], plannedYear: null },
    ],
    '2026-01-05',
  );
  expect(said(report)).toEqual([
    '进展',
    '截至 2026-01-05，2 个单位中已启动 1 个，已办结 0 个。',
    '环节逾期的单位 1 个：甲县（6 天）。',
    '共列出问题 4 个，已销号 1 个，已取消 1 个。',
    '有问题整改逾期的单位：甲县。',
    `各单位年度跟踪：${JSON.stringify([
      ['甲县', '整改逾期', '0.312', '0.312', '—', '—', '仅修约不同', '2 / 4', '2027'],
      ['乙县', '未启动', '—', '—', '—', '—', '—', '—', '—'],
    ])}`,
  ]);
});
