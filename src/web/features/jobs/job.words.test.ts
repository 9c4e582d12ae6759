import { expect, it } from 'vitest';
import { lookOf, reasonOf } from './job.words.ts';

it('says that a job is tried again at once, and otherwise that it waits for its next try', () => {
  expect(lookOf({ state: 'retrying', attempts: 0 }).word).toBe('正在重试');
  expect(lookOf({ state: 'retrying', attempts: 2 }).word).toBe('等待重试');
});

it('explains a kind that this version does not know, also where nothing failed', () => {
  const error = { sentence: '执行时连接不上数据库。', detail: 'ECONNREFUSED' };
  expect(reasonOf({ error, title: '清理失效的登录' })).toBe(error.sentence);
  expect(reasonOf({ error: null, title: '清理失效的登录' })).toBeNull();
  expect(reasonOf({ error, title: null })).toMatch(/^执行时连接不上数据库。由其他版本排入/);
  expect(reasonOf({ error: null, title: null })).toMatch(/本版本不能执行/);
});
