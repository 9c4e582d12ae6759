import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '#test/support/database.ts';
import { withClient } from '../db/owner-client.ts';
import { installJobs } from './runner.ts';

const jobs = [
  { name: 'probe.first', retries: 1 },
  { name: 'probe.second', retries: 1 },
];
let database: TestDatabase;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

function asOwner(statement: string): Promise<unknown[]> {
  return withClient(database.ownerUrl, async (client) => (await client.query(statement)).rows);
}

async function queuesSeenByTheProgram(): Promise<string[]> {
  return withClient(database.appUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select name from jobs.queue where name like 'probe%' order by 1`,
    );
    return rows.map((row) => row.name);
  });
}

it('installs the queues, and finishes at the next start what a kill left half-done', async () => {
  await installJobs(database.ownerUrl, jobs.slice(0, 1));
  expect(await queuesSeenByTheProgram()).toEqual(['probe.first']);
  await asOwner('revoke all on schema jobs from dudao_app');
  await expect(queuesSeenByTheProgram()).rejects.toThrow('permission denied');
  await installJobs(database.ownerUrl, jobs);
  expect(await queuesSeenByTheProgram()).toEqual(['probe.first', 'probe.second']);
  await installJobs(database.ownerUrl, jobs);
});
