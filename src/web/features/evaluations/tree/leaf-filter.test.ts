import { describe, expect, it } from 'vitest';
import type { TreeNode } from '../evaluation-reply.ts';
import { adoptableCodes, filledLeaves, filterCounts, filteredNodes, leavesUnder } from './leaf-filter.ts';

const node = (code: string, parent: string | null, change: Partial<TreeNode> = {}): TreeNode => ({
  ...{ code, parent, title: code, max: '2', isLeaf: true, origin: 'person', standing: 'answered' },
  ...{ self: null, county: null, city: null, province: null, own: null, owed: false, talk: null },
  said: { self: null, county: null, city: null, province: null },
  ...{ evidence: 0, lacksEvidence: false, mine: false, responsibleId: null, responsibleSectionId: null, version: 0 },
  ...change,
});
const inner = (code: string, parent: string | null) =>
  node(code, parent, { isLeaf: false, origin: null, standing: null });
const nodes = [
  inner('A1', null),
  inner('B1', 'A1'),
  node('C1', 'B1', { standing: 'open', mine: true }),
  node('C2', 'B1', { self: '2', city: '1.5' }),
  inner('A2', null),
  node('C3', 'A2', { self: '2/3', city: '2/3', owed: true }),
];
const codes = (found: readonly TreeNode[]) => found.map(({ code }) => code);

describe('the tree of leaves', () => {
  it('keeps what stands above the leaves of a filter, and nothing else', () => {
    expect(codes(filteredNodes(nodes, 'mine', undefined))).toEqual(['A1', 'B1', 'C1']);
    expect(codes(filteredNodes(nodes, 'owed', undefined))).toEqual(['A2', 'C3']);
    expect(codes(filteredNodes(nodes, undefined, undefined))).toEqual(codes(nodes));
  });

  it('keeps the open leaf while it is open, although it was answered meanwhile', () => {
    expect(codes(filteredNodes(nodes, 'open', 'C3'))).toEqual(['A1', 'B1', 'C1', 'A2', 'C3']);
  });

  it('counts leaves whose layers give different points, and none that nobody has judged', () => {
    expect(filterCounts(nodes)).toEqual({ mine: 1, owed: 1, open: 1, returned: 0, differ: 1, evidence: 0 });
  });

  it('can be agreed to where the self-evaluation is owed an own score and may be seen', () => {
    const unseen = node('C4', 'A2', { owed: true });
    const given = node('C5', 'A2', { owed: true, self: '1', own: '1' });
    expect(adoptableCodes([...nodes, unseen, given])).toEqual(['C3']);
  });

  it('counts as filled what no filter of open leaves shows', () => {
    const { open, returned } = filterCounts(nodes);
    expect(filledLeaves(nodes)).toBe(2);
    expect(filledLeaves(nodes) + open + returned).toBe(nodes.filter(({ isLeaf }) => isLeaf).length);
  });

  it('knows the leaves below a branch at any depth', () => {
    expect(codes(leavesUnder(nodes, 'A1'))).toEqual(['C1', 'C2']);
    expect(codes(leavesUnder(nodes, 'B1'))).toEqual(['C1', 'C2']);
    expect(codes(leavesUnder(nodes, 'C3'))).toEqual([]);
  });
});
