import { expect, it } from 'vitest';
import type { TreeNode } from '../evaluation-reply.ts';
import { branchMarks, linePoints, lineText, mixesLayers, treeLayerOf } from './LeafLine.tsx';

const empty = { self: null, county: null, city: null, province: null };
const line = (code: string, given: Partial<TreeNode>) =>
  ({ code, parent: null, title: code, max: '6', isLeaf: true, own: null, said: empty, ...empty, ...given }) as TreeNode;
const branch = (given: Partial<TreeNode>) => line('A', { isLeaf: false, max: '12', ...given });

it('the figures of the tree are of one layer, so that they add up; what it lacks names the layer of what it shows', () => {
  const nodes = [
    branch({ self: '10', city: '4' }),
    line('A1', { self: '6', city: '4' }),
    line('A2', { self: '4' }),
    line('A3', {}),
  ];
  const layer = treeLayerOf(nodes);
  expect(layer).toBe('city');
  expect(nodes.map((node) => linePoints(node, layer))).toEqual([
    { text: '4/12', of: null },
    { text: '6→4', of: null },
    { text: '4', of: '自评' },
    { text: '6', of: null },
  ]);
  expect(mixesLayers(nodes, layer)).toBe(true);
  expect(lineText(nodes[2]!, 'score', layer)).toContain('自评 4');
});

it('a branch of which its layer has judged nothing shows no sum of another one', () => {
  const other = branch({ self: '10' });
  expect(linePoints(other, 'city')).toEqual({ text: '12', of: null });
  expect(linePoints(other, 'self')).toEqual({ text: '10/12', of: null });
});

it('a branch of points beside the tree is worth nothing of it', () => {
  expect(linePoints(branch({ city: '0.5', max: '0' }), 'city')).toEqual({ text: '0.5', of: null });
});

it('before anybody has judged all figures are of the self-evaluation and need no name', () => {
  const nodes = [branch({ self: '4' }), line('A2', { self: '4' })];
  expect(treeLayerOf(nodes)).toBe('self');
  expect(mixesLayers(nodes, 'self')).toBe(false);
  expect(linePoints(nodes[1]!, 'self')).toEqual({ text: '4/6', of: null });
});

it('what a layer said in words is its figure', () => {
  const said = line('B', { self: '4', said: { ...empty, city: '不适用' } });
  expect(treeLayerOf([said])).toBe('city');
  expect(linePoints(said, 'city')).toEqual({ text: '不适用', of: null });
});

it('one figure of the province does not make the tree that of the province', () => {
  const nodes = [line('A1', { self: '6', city: '4', province: '3' }), line('A2', { province: '2' })];
  expect(treeLayerOf(nodes)).toBe('city');
  expect(linePoints(nodes[1]!, 'city')).toEqual({ text: '2', of: '省' });
});

it('own scores are points against the self-evaluation, and a leaf of unknown worth shows its points alone', () => {
  const scored = line('A1', { self: '6', own: '4' });
  expect(treeLayerOf([scored])).toBe('own');
  expect(linePoints(scored, 'own')).toEqual({ text: '6→4', of: null });
  expect(linePoints(line('A2', { self: '4' }), 'own')).toEqual({ text: '4', of: '自评' });
  expect(linePoints(line('A3', { self: '4', max: null }), 'self')).toEqual({ text: '4', of: null });
  expect(linePoints(line('A4', { max: null }), 'own')).toEqual({ text: '', of: null });
});

it('a branch tells what waits below it, the gravest alone, with the number of its leaves', () => {
  const below = (code: string, given: Partial<TreeNode>) => line(code, { parent: 'A', ...given });
  const nodes = [
    line('root', { isLeaf: false }),
    branch({ parent: 'root' }),
    below('A1', { standing: 'open', lacksEvidence: true }),
    below('A2', { standing: 'returned' }),
    below('A3', { standing: 'returned', lacksEvidence: true }),
    line('B', { parent: 'root', isLeaf: false }),
    line('B1', { parent: 'B', standing: 'answered', talk: null }),
  ];
  const words = (mode: 'self' | 'score', all = nodes) => {
    const branches = branchMarks(all, mode);
    return all.filter(({ isLeaf }) => !isLeaf).map((node) => lineText(node, mode, 'self', branches));
  };
  expect(words('self')).toEqual([
    'root　root　6　2 项已退回　2 项缺材料',
    'A　A　12　2 项已退回　2 项缺材料',
    'B　B　6',
  ]);
  const judged = [...nodes, below('A4', { talk: 'open' }), line('B2', { parent: 'B', owed: true, own: null })];
  expect(words('score', judged)).toEqual(['root　root　6　1 项待合议', 'A　A　12　1 项待合议', 'B　B　6　1 项待评分']);
  // What this person has judged waits no more.
  const scored = [...nodes, line('B2', { parent: 'B', owed: true, own: '4' })];
  expect(words('score', scored).at(-1)).toBe('B　B　6');
});
