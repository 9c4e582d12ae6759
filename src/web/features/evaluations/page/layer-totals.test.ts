import { expect, it } from 'vitest';
import { untouchedText } from '../evaluation.words.ts';
import { totalText, tracedLayers, unseenReason } from './layer-totals.ts';

it('what is left while leaves are hidden is not shown as the total of the subject', () => {
  expect(unseenReason({ layer: 'self' }, 'blind')).toBe('您评完以后显示');
  expect(unseenReason({ layer: 'city' }, 'blind')).toBeNull();
  expect(unseenReason({ layer: 'city' }, 'part')).toContain('看不到总分');
  expect(unseenReason({ layer: 'self' }, 'whole')).toBeNull();
});

it('before what was sent back is handed in again, leaves that nobody has touched are named', () => {
  expect(untouchedText({ untouched: [] })).toBe('');
  expect(untouchedText({ untouched: ['C3', 'C4'] })).toContain('退回的指标 C3、C4，退回以后没有改过');
  expect(untouchedText({ untouched: ['1', '2', '3', '4', '5', '6'] })).toContain('等 6 项');
});

it('only a total that this person sees is explained to him', () => {
  const total = (layer: 'self' | 'city', points: string | null) => ({
    ...{ layer, total: points, from: null, to: null, unanswered: points === null ? 3 : 0 },
  });
  const totals = [total('self', '92'), total('city', null)];
  expect(tracedLayers({ totals, seen: 'whole' })).toEqual(['self']);
  expect(tracedLayers({ totals, seen: 'blind' })).toEqual([]);
});

it('a layer shows its total, between which ends it lies, or a dash where it says nothing yet', () => {
  const layer = { layer: 'city' as const, total: null, from: null, to: null, unanswered: 0 };
  expect(totalText({ ...layer, total: '88.5' })).toBe('88.5');
  // Nothing of it is there, or nothing applies: never a zero.
  expect(totalText(layer)).toBe('—');
  expect(totalText({ ...layer, from: '0', to: '100', unanswered: 65 })).toBe('—');
  expect(totalText({ ...layer, from: '46.5', to: '89', unanswered: 27 })).toBe('46.5–89（27 项没有得分）');
  expect(totalText({ ...layer, from: '46.5', to: null, unanswered: 2 })).toBe('46.5–？（2 项没有得分）');
  expect(totalText({ ...layer, total: '0' })).toBe('0');
});
