import { Command } from 'commander';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { openPool } from '#platform/db/pool.ts';
import { cloneDatabase, type TestDatabase } from '#test/support/database/database.ts';
import { register } from './jobs.ts';

let database: TestDatabase;
let pool: pg.Pool;
let owner: pg.Client;
let output = '';
beforeAll(async () => {
  database = await cloneDatabase();
  pool = openPool({ url: database.appUrl, max: 1 });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await pool.end();
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text);
    return true;
  });
  await owner.query('delete from jobs');
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function dudao(...words: string[]): Promise<void> {
  const program = new Command().exitOverride();
  register(program, { withDatabase: (work) => work(pool) });
  await program.parseAsync(['jobs', ...words], { from: 'user' });
}

async function layFailed(name: string): Promise<number> {
  const { rows } = await owner.query(
    `insert into jobs (name, data, state, attempts, error, failed_at)
     values ($1, '{"places": []}', 'failed', 6, 'Error: connect ECONNREFUSED', '2026-03-01T02:00:00Z') returning id::int`,
    [name],
  );
  return rows[0].id;
}

it('lists what failed in words, and ends with 1 so that a watcher notices', async () => {
  await dudao('list');
  expect([output, process.exitCode]).toEqual(['没有这样的后台任务。\n', undefined]);
  output = '';
  const id = await layFailed('balance.recompute');
  await dudao('list', '--failed');
  expect(output).toBe(
    `${id}  失败  2026-03-01 10:00  重新测算一个县的均衡（已试 6 次）\n    执行时连接不上数据库。\n    Error: connect ECONNREFUSED\n`,
  );
  expect(process.exitCode).toBe(1);
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
  expect(output).toBe(`已重新排入 ${first}（清理失效的登录）。\n已重新排入 ${second}（清理过期的导入）。\n`);
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
