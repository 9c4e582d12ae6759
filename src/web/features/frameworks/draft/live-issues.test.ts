import { expect, it } from 'vitest';
import type { Draft } from './draft-notes.ts';
import { liveIssues } from './live-issues.ts';

const leaf = (code: string, points: number) => ({ code, parent: 'A1', title: code, points });
const definition = {
  ...{ max: 10, notApplicable: 'rebase', vetoes: [], caps: [], downgrades: [], conclusions: [], gaps: [] },
  indicators: [{ code: 'A1', parent: null, title: '甲', points: 10 }, leaf('B1', 6), leaf('B2', 4)],
};
const other = { path: 'vetoes[0].when', code: null, message: '没有代码为“C9”的指标' };
const draftOf = (issues: Draft['issues'], indicators = definition.indicators) =>
  ({ definition: { ...definition, indicators }, issues }) as unknown as Draft;

it('points that are typed are added up at once, at their node, and what the server found stays', () => {
  const typed = (code: string) => (code === 'B2' ? { points: 5 } : {});
  expect(liveIssues(draftOf([other]), typed)).toEqual([
    { path: 'indicators[0]', code: 'A1', message: '下级分值之和为 11，与“A1”的 10 分不等，请改分值或补上缺项' },
    other,
  ]);
  expect(liveIssues(draftOf([other]), () => ({}))).toEqual([other]);
});

it('a sum that is put right while typing is no issue any more', () => {
  const wrong = [definition.indicators[0]!, leaf('B1', 6), leaf('B2', 5)];
  const saved = {
    path: 'indicators[0]',
    code: 'A1',
    message: '下级分值之和为 11，与“A1”的 10 分不等，请改分值或补上缺项',
  };
  expect(liveIssues(draftOf([saved], wrong), (code) => (code === 'B2' ? { points: 4 } : {}))).toEqual([]);
});
