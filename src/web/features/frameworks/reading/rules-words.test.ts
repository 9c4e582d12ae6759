import { expect, it } from 'vitest';
import { quotaText } from './RulesView.tsx';

it('a quota says its share, its places, both, or that none is known', () => {
  const quota = { grade: '优秀', limit: null, by: [], ties: [] };
  expect(quotaText(quota)).toBe('名额未定');
  expect(quotaText({ ...quota, limit: 0.3 })).toBe('不超过 30%');
  expect(quotaText({ ...quota, places: 6 })).toBe('最多 6 个');
  expect(quotaText({ ...quota, limit: 0.3, places: 6 })).toBe('不超过 30%，最多 6 个');
});
