import { expect, it } from 'vitest';
import type { tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { leafNote } from './TrialSteps.tsx';

const leaf = { code: 'C1', state: 'scored', points: null, max: null, by: 'facts', grade: null, open: [], steps: [] };
const trialOf = (...leaves: object[]) => ({ leaves, nodes: [] }) as unknown as RouteOutput<typeof tryOut>;
const indicator = { code: 'C1', parent: null, title: '班额', points: 'none' } as const;

it('says in the tree whether a leaf without points was reached', () => {
  expect(leafNote(trialOf({ ...leaf, verdict: 'no' }), indicator)).toBe('未达到');
  expect(leafNote(trialOf({ ...leaf, verdict: 'yes' }), indicator)).toBe('达到');
  expect(leafNote(trialOf({ ...leaf, state: 'unanswered', verdict: 'open' }), indicator)).toBe('还没有答案');
  expect(leafNote(trialOf({ ...leaf, points: '1.23456', max: '2', verdict: 'no' }), indicator)).toBe('≈1.23/2');
});
