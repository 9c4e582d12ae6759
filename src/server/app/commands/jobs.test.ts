import { Command } from 'commander';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectClone } from '#test/support/database/database.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import { recordStatements, type StatementRecord } from '#test/support/statements/statements.ts';
import { register } from './jobs.ts';

let pool: pg.Pool;
let owner: pg.Client;
let record: StatementRecord;
let close: () => Promise<void>;
const { said } = catchOutput('jobs');
beforeAll(async () => {
  ({ pool, owner, close } = await connectClone({ max: 1 }));
  record = recordStatements(pool);
});
afterAll(() => close());
beforeEach(() => owner.query('delete from jobs'));

async function dudao(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  register(program, { withDatabase: (work) => work(pool) });
  await program.parseAsync(['jobs', ...words], { from: 'user' });
}

async function layFailed(name: string): Promise<number> {
  const { rows } = await owner.query(
    `insert into jobs (name, data, state, attempts, error, failed_at)
     values ($1, '{"places": []}', 'failed', 6, 'Problem database.unavailable: Error: connect ECONNREFUSED', '2026-03-01T02:00:00Z') returning id::int`,
    [name],
  );
  return rows[0].id;
}

it('lists what failed in words, and ends with 1 so that a watcher notices', async () => {
  await dudao('list');
  expect([said.out, process.exitCode]).toEqual(['没有这样的后台任务。\n', undefined]);
  said.out = '';
  const id = await layFailed('balance.recompute');
  await dudao('list', '--failed');
  expect(said.out).toBe(
    `${id}  失败  2026-03-01 10:00  重新测算一个县的均衡（已试 6 次）\n    执行时连接不上数据库。\n    Problem database.unavailable: Error: connect ECONNREFUSED\n`,
  );
  expect(process.exitCode).toBe(1);
});

it('lists in JSON what a program may rely on', async () => {
  const id = await layFailed('old.kind');
  await dudao('list', '--json');
  const [job, ...others] = JSON.parse(said.out);
  expect(others).toEqual([]);
  expect(job).toEqual({
    ...{ id, name: 'old.kind', title: null, state: 'failed', attempts: 6, error: expect.any(String) },
    ...{ askedAt: expect.any(String), runAt: expect.any(String), failedAt: '2026-03-01T02:00:00.000Z' },
  });
});

it('repeats one job or all, records it, and passes over a kind that it does not know', async () => {
  const [first, second, unknown] = [
    await layFailed('session.tidy'),
    await layFailed('imports.tidy'),
    await layFailed('old.kind'),
  ];
  await expect(dudao('retry')).rejects.toThrow('二者取一');
  await expect(dudao('retry', 'x')).rejects.toThrow('正整数');
  await expect(dudao('retry', '999999')).rejects.toThrow('找不到这项后台任务');
  await expect(dudao('retry', String(unknown))).rejects.toThrow('本版本不认识');
  await dudao('retry', String(first));
  await dudao('retry', '--all');
  expect(said.out).toBe(`已重新排入 ${first}（清理失效的登录）。\n已重新排入 ${second}（清理过期的导入）。\n`);
  const { rows } = await owner.query('select state, attempts from jobs order by id');
  expect(rows).toEqual([
    { state: 'retrying', attempts: 0 },
    { state: 'retrying', attempts: 0 },
    { state: 'failed', attempts: 6 },
  ]);
  const recorded = await owner.query(
    `select address, object_id from audit_events where action = 'job.retried' order by id`,
  );
  expect(recorded.rows).toEqual([first, second].map((id) => ({ address: '命令行', object_id: String(id) })));
});

it('repeats every failed job, however many there are', async () => {
  await owner.query(
    `insert into jobs (name, data, state, attempts, error, failed_at)
     select 'session.tidy', '{"places": []}', 'failed', 3, 'Error: x', now() from generate_series(1, 201)`,
  );
  const before = record.texts.length;
  await dudao('retry', '--all');
  expect(record.texts.slice(before).filter((text) => /jobs|record_audit/.test(text))).toHaveLength(3);
  expect((await owner.query('select state, count(*)::int from jobs group by state')).rows).toEqual([
    { state: 'retrying', count: 201 },
  ]);
});
