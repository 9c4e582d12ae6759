import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nowhere } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { connectClone } from '#test/support/database/database.ts';
import { withLease } from '../db/handle.ts';
import { openPool } from '../db/pool.ts';
import { failureSentence, failureText } from './job.words.ts';

let pool: pg.Pool;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ pool, close } = await connectClone({ max: 1 }));
});
afterAll(() => close());

it.each([
  [new Error('the server ended during every try of this job'), '每次执行时服务都中途停止，没有做完。'],
  [problem('thing.notFound', { what: '所学校' }), '找不到这所学校，可能已被移除，或不在您的管辖范围内。'],
  [new Error('审计封存链第 3 节不符：摘要不同。'), '审计封存链第 3 节不符：摘要不同。'],
  [new TypeError("Cannot read properties of undefined (reading 'x')"), '程序出错，原因见技术细节。'],
])('says %s in one sentence', (error, sentence) => {
  expect(failureSentence(failureText(error))).toBe(sentence);
});

/** What a job throws whose transaction on this pool runs this statement. */
async function thrownBy(asked: pg.Pool, statement: string): Promise<unknown> {
  try {
    await withLease(asked, (held) => held.writing(nowhere, () => held.query(statement)));
  } catch (error) {
    return error;
  }
  throw new Error('the statement was not refused');
}

const raised = (code: string) => `do $$ begin raise exception 'raised here' using errcode = '${code}'; end $$`;

it.each([
  ['deadlock', raised('40P01'), '执行时与其他操作冲突，没有做完。'],
  ['serialisation', raised('40001'), '执行时与其他操作冲突，没有做完。'],
  ['a statement that is stopped', 'select pg_cancel_backend(pg_backend_pid())', /被数据库中止。$/],
  ['a right that is missing', 'delete from audit_events', '数据库没有给予所需的权限。'],
])('says a refusal of the database in one sentence: %s', async (_, statement, sentence) => {
  const text = failureText(await thrownBy(pool, statement));
  expect(failureSentence(text)).toMatch(sentence);
  expect(text).not.toContain('刷新');
});

it('says that the database was not there, and keeps the error of the connection', async () => {
  const nobody = openPool({ url: 'postgres://nobody@127.0.0.1:1/none', max: 1 });
  const text = failureText(await thrownBy(nobody, 'select 1'));
  await nobody.end();
  expect(text).toContain('ECONNREFUSED');
  expect(failureSentence(text)).toBe('执行时连接不上数据库。');
});
