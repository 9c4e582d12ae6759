import { expect, it } from 'vitest';
import type { TreeNode } from '../evaluation-reply.ts';
import { comparedBranches, slopeLines, slopeSentence } from './differences.ts';

const branch = (code: string, parent: string | null, self: string | null, city: string | null): TreeNode => ({
  ...{ code, parent, title: `分支${code}`, max: '10', isLeaf: false, origin: null, standing: null },
  ...{ self, county: null, city, province: null, own: null, owed: false, talk: null },
  said: { self: null, county: null, city: null, province: null },
  ...{ evidence: 0, lacksEvidence: false, mine: false, responsibleId: null, responsibleSectionId: null, version: 0 },
});

it('compares the first level that parts, beneath a single root', () => {
  const nodes = [branch('A', null, null, null), branch('B1', 'A', '9', '7'), branch('B2', 'A', '8', '8')];
  expect(comparedBranches(nodes).map(({ code }) => code)).toEqual(['B1', 'B2']);
});

const leaf = (code: string, parent: string, self: string | null, city: string | null): TreeNode => ({
  ...branch(code, parent, self, city),
  isLeaf: true,
});

it('names the branch that claimed most, by the leaves that both layers have scored', () => {
  const nodes = [
    ...[branch('B1', null, '9', '17'), leaf('C1', 'B1', '9', '7'), leaf('C2', 'B1', null, '10')],
    ...[branch('B2', null, '8', '7.5'), leaf('C3', 'B2', '8', '7.5')],
    ...[branch('B3', null, '5', null), leaf('C4', 'B3', '5', null)],
  ];
  const lines = slopeLines(nodes, 'self', 'city');
  expect(lines.map(({ key, from, to }) => [key, from, to])).toEqual([
    ['B1', 0.9, 0.7],
    ['B2', 0.8, 0.75],
  ]);
  expect(slopeSentence(lines)).toBe('“分支B1”相差最大（−2 分），另有 1 个分支低于自评。');
});

it('says so where nothing was claimed too high, and where nothing can be compared', () => {
  const nodes = [branch('B1', null, '7', '7'), leaf('C1', 'B1', '7', '7')];
  expect(slopeSentence(slopeLines(nodes, 'self', 'city'))).toBe('1 个分支的评定得分都不低于自评。');
  expect(slopeSentence([])).toBe('还没有两层都有得分的分支。');
});
