import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as jobs from '#contract/jobs/jobs.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
let failed: number;
let waiting: number;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  await app.owner.query('delete from jobs');
  failed = await lay(
    `'balance.recompute', '3:1', '{"places": [3], "countyId": 3, "periodId": 1}', 'failed', 6,
     'Problem database.unavailable: Error: connect ECONNREFUSED 10.0.0.1:5432', '2026-03-01T02:00:00Z'`,
  );
  waiting = await lay(`'session.tidy', 'turn', '{"places": []}', 'waiting', 0, null, null`);
});

async function lay(values: string): Promise<number> {
  const { rows } = await app.owner.query(
    `insert into jobs (name, key, data, state, attempts, error, failed_at) values (${values}) returning id::int`,
  );
  return rows[0].id;
}

const stored = async (id: number) =>
  (await app.owner.query('select state, attempts, run_at <= now() as due from jobs where id = $1', [id])).rows[0];
const lastRow = async () =>
  (
    await app.owner.query(
      'select action, actor_id, object_id, place_id, after, before from audit_events order by id desc limit 1',
    )
  ).rows[0];

describe('the queue', () => {
  it('is closed to a stranger and to everybody who does not manage the installation', async () => {
    expect((await app.stranger.refused(jobs.list)).status).toBe(401);
    expect((await app.as('cityOfficer').refused(jobs.list)).code).toBe('access.denied');
    const params = { jobId: failed };
    expect((await app.as('securityAdministrator').refused(jobs.abandon, { params })).code).toBe('access.denied');
    expect(await stored(failed)).toBeDefined();
  });

  it('shows failed jobs first, in words and without what they are about', async () => {
    const reply = await app.as('systemAdministrator').call(jobs.list);
    expect(reply.total).toBe(2);
    expect(
      reply.rows.map(({ id, title, state, attempts, tries, can }) => ({ id, title, state, attempts, tries, can })),
    ).toEqual([
      {
        id: failed,
        title: '重新测算一个县的均衡',
        state: 'failed',
        attempts: 6,
        tries: 6,
        can: { retry: true, abandon: true },
      },
      {
        id: waiting,
        title: '清理失效的登录',
        state: 'waiting',
        attempts: 0,
        tries: 3,
        can: { retry: false, abandon: false },
      },
    ]);
    expect(reply.rows[0]?.error?.sentence).toBe('执行时连接不上数据库。');
    expect(JSON.stringify(reply)).not.toContain('countyId');
  });

  it('narrows to a state and pages', async () => {
    const system = app.as('systemAdministrator');
    expect((await system.call(jobs.list, { query: { state: 'waiting' } })).rows.map(({ id }) => id)).toEqual([waiting]);
    const second = await system.call(jobs.list, { query: { page: 2, pageSize: 1 } });
    expect(second).toMatchObject({ total: 2, rows: [{ id: waiting }] });
    expect(await system.call(jobs.list, { query: { page: 3, pageSize: 1 } })).toEqual({ total: 2, rows: [] });
  });

  it('offers no new try for a kind that the program no longer knows', async () => {
    const unknown = await lay(`'old.kind', null, '{"places": []}', 'failed', 1, 'Error: x', now()`);
    const system = app.as('systemAdministrator');
    const { rows } = await system.call(jobs.list, { query: { state: 'failed' } });
    expect(rows.find(({ id }) => id === unknown)).toMatchObject({
      title: null,
      tries: null,
      can: { retry: false, abandon: true },
    });
    const refusal = await system.refused(jobs.retry, { params: { jobId: unknown } });
    expect(refusal).toMatchObject({ code: 'flow.notInState', message: expect.stringContaining('本版本不认识') });
  });
});

describe('an act on a failed job', () => {
  it('gives it all its tries again at once, although another job of its key waits, and is recorded', async () => {
    await lay(`'balance.recompute', '3:1', '{"places": [3], "countyId": 3, "periodId": 1}', 'waiting', 0, null, null`);
    const system = app.as('systemAdministrator');
    await system.call(jobs.retry, { params: { jobId: failed } });
    expect(await stored(failed)).toEqual({ state: 'retrying', attempts: 0, due: true });
    expect(await lastRow()).toMatchObject({
      action: 'job.retried',
      actor_id: system.personId,
      object_id: String(failed),
      place_id: 0,
      before: { job: 'balance.recompute', attempts: 6, error: '执行时连接不上数据库。' },
    });
  });

  it('deletes it for good and is recorded; a second time nothing is there', async () => {
    const system = app.as('systemAdministrator');
    await system.call(jobs.abandon, { params: { jobId: failed } });
    expect(await stored(failed)).toBeUndefined();
    expect(await lastRow()).toMatchObject({ action: 'job.abandoned', actor_id: system.personId });
    expect((await system.refused(jobs.abandon, { params: { jobId: failed } })).code).toBe('thing.notFound');
  });

  it('is refused for a job that waits or runs', async () => {
    const system = app.as('systemAdministrator');
    const running = await lay(`'imports.tidy', null, '{"places": []}', 'waiting', 1, null, null`);
    await app.owner.query(`update jobs set state = 'running', server = 1 where id = $1`, [running]);
    for (const jobId of [waiting, running]) {
      expect((await system.refused(jobs.retry, { params: { jobId } })).code).toBe('flow.notInState');
      expect((await system.refused(jobs.abandon, { params: { jobId } })).code).toBe('flow.notInState');
    }
    expect(await stored(waiting)).toMatchObject({ state: 'waiting' });
  });
});

it('the home page of the administrator says that something failed, and nobody else’s does', async () => {
  const lines = async (member: Parameters<TestApp['as']>[0]) =>
    (await app.as(member).call(home.overview)).work.filter(({ kind }) => kind === 'jobs.failed');
  expect(await lines('systemAdministrator')).toMatchObject([{ count: 1, subject: null }]);
  expect(await lines('cityOfficer')).toEqual([]);
  await app.owner.query('delete from jobs where id = $1', [failed]);
  expect(await lines('systemAdministrator')).toEqual([]);
});
