import { expect, it } from 'vitest';
import { onlyNewest } from './newest.ts';

it('says beside a list that was cut where the rest is, and nothing beside a whole one', () => {
  expect(onlyNewest(['一', '二'], 2, '更早的见“审计”')).toBe('只列最近 2 条，更早的见“审计”');
  expect(onlyNewest(['一'], 2, '更早的见“审计”')).toBeUndefined();
});
