import { expect, it } from 'vitest';
import {
  completenessText,
  opinionStateText,
  resemblanceSentence,
  stepBasis,
  unprovedText,
} from './evaluation.words.ts';
import type { TreeNode } from './evaluation-reply.ts';

it('however many pieces look alike, one line says how many and how', () => {
  const rows = [
    { kind: 'same-file', evidenceId: 'a' },
    { kind: 'same-file', evidenceId: 'b' },
    { kind: 'text', evidenceId: 'b' },
  ] as const;
  expect(resemblanceSentence('其他单位', rows)).toBe('与其他单位的 2 份材料相近（文件相同 2，文字相近 1），请对照看');
});

it('whoever signs reads before how many leaves have no data and no evidence', () => {
  const leaf = (standing: 'answered' | 'unknown', lacksEvidence: boolean) =>
    ({ isLeaf: true, standing, lacksEvidence }) as TreeNode;
  expect(completenessText({ nodes: [leaf('answered', false)] })).toBe('1 项指标已全部填完。');
  const nodes = [leaf('answered', false), leaf('unknown', true)];
  expect(completenessText({ nodes })).toBe('2 项指标中，1 项还没有数据，已写明情况。');
  // It is a warning of its own: as one sentence among others nobody saw it.
  expect(unprovedText({ nodes })).toContain('1 项指标还没有佐证材料');
  expect(unprovedText({ nodes: [leaf('answered', true)] })).toContain('1 项指标都还没有佐证材料');
  expect(unprovedText({ nodes: [leaf('answered', false)] })).toBeUndefined();
});

it('the days of the statement are offered while they run, and said to be over afterwards', () => {
  const opinion = { state: 'draft', conclusion: '良好', waiver: null } as const;
  const at = (side: 'city' | 'subject', state: 'preliminaryOpinion' | 'statement' | 'opinionLetter', more = {}) =>
    opinionStateText(
      { ...opinion, ...more },
      { side, state, statementDue: state === 'preliminaryOpinion' ? null : '2026-12-21' },
    );
  expect(at('city', 'preliminaryOpinion')).toBe('良好 · 草稿，被督导单位看不到没有反馈的内容');
  expect(at('city', 'statement')).toBe('良好 · 已反馈，2026-12-21 以前可以申辩');
  expect(at('subject', 'statement')).toBe('良好 · 初步意见，可以申辩');
  expect(at('city', 'opinionLetter')).toBe('良好 · 已反馈，申辩已结束');
  expect(at('subject', 'opinionLetter')).toBe('良好 · 初步意见，申辩已结束');
  // The leader has said that there is nothing to state: the last day is still to come and no longer matters.
  const waiver = { madeBy: '主任', madeOn: '2026-12-01' };
  expect(at('city', 'statement', { waiver })).toBe('良好 · 已反馈，申辩已结束');
  expect(at('subject', 'statement', { waiver })).toBe('良好 · 初步意见，申辩已结束');
});

it('the articles by which a step is taken stand beside its day, each document named once', () => {
  const regulation = '《教育督导条例》（国务院令第 624 号）';
  const of = (state: Parameters<typeof stepBasis>[0]['state']) => stepBasis({ kind: 'county-inspection', state });
  expect(of('statement')).toBe(`${regulation}第二十条`);
  expect(of('siteVisit')).toBe(`${regulation}第十六条、第十八条、第十九条`);
  expect(of('cancelled')).toBeUndefined();
});
