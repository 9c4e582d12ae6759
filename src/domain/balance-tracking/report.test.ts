import { expect, it } from 'vitest';
import { isOutdated, isSameEdition, lackingOf } from './report.ts';

const differing = [
  { level: 'primary', indicator: 'books', kind: 'unexplained' },
  { level: 'junior', indicator: 'books', kind: 'schools' },
  { level: 'primary', indicator: 'computers', kind: 'rounding' },
] as const;
const complete = {
  ...{ run: {}, publication: {}, differences: differing, names: new Map([['books', '生均图书册数']]) },
  ...{
    causes: new Map([
      ['primary:books', {}],
      ['junior:books', {}],
    ]),
  },
  report: { measures: '新建校舍', conclusion: '基本均衡' },
};

it('lacks nothing once figures, causes and texts are there, and names what is missing', () => {
  expect(lackingOf(complete)).toEqual([]);
  expect(lackingOf({ ...complete, causes: new Map() })).toEqual(['2 项差异的原因（小学生均图书册数等）']);
  expect(lackingOf({ ...complete, causes: new Map([['primary:books', {}]]) })).toEqual([
    '1 项差异的原因（初中生均图书册数）',
  ]);
  expect(lackingOf({ ...complete, run: undefined, publication: undefined, report: undefined })).toEqual([
    ...['省公布数据', '本县测算结果', '已采取的措施', '自评结论'],
  ]);
});

it('knows another edition only where one is named and a run is there', () => {
  const run = { edition: '基本均衡（第 1 版）', standardName: '基本均衡' };
  expect([isSameEdition('', run), isSameEdition(undefined, run), isSameEdition('基本均衡', undefined)]).toEqual([
    ...[null, null, null],
  ]);
  expect([isSameEdition('基本均衡', run), isSameEdition(run.edition, run), isSameEdition('2017', run)]).toEqual([
    ...[true, true, false],
  ]);
});

it('is outdated by another run or publication while it is passed on, and not before or after a return', () => {
  const report = { preparedAt: new Date(), decision: null, runId: 'r', publicationId: 'p' };
  const now = { runId: 'r', publicationId: 'p' };
  expect(isOutdated(report, now)).toBe(false);
  expect(isOutdated(report, { ...now, runId: 's' })).toBe(true);
  expect(isOutdated(report, { ...now, publicationId: undefined })).toBe(true);
  expect(isOutdated({ ...report, preparedAt: null }, { ...now, runId: 's' })).toBe(false);
  expect(isOutdated({ ...report, decision: 'returned' }, { ...now, runId: 's' })).toBe(false);
  expect(isOutdated(undefined, now)).toBe(false);
});
