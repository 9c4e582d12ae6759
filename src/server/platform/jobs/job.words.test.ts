import { expect, it } from 'vitest';
import { problem } from '#domain/kit/problem.ts';
import { failureSentence } from './job.words.ts';

it.each([
  [new Error('the server ended during every try of this job'), '每次执行时服务都中途停止，没有做完。'],
  [new Error('connect ECONNREFUSED 127.0.0.1:5432'), '执行时连接不上数据库。'],
  [problem('database.unavailable'), '执行时连接不上数据库。'],
  [problem('thing.notFound', { what: '所学校' }), '找不到这所学校，可能已被移除，或不在您的管辖范围内。'],
  [new Error('审计封存链第 3 节不符：摘要不同。'), '审计封存链第 3 节不符：摘要不同。'],
  [new TypeError("Cannot read properties of undefined (reading 'x')"), '程序出错，原因见技术细节。'],
])('says %s in one sentence', (error, sentence) => {
  expect(failureSentence(String(error))).toBe(sentence);
});
