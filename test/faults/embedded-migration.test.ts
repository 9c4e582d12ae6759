import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrate } from '#platform/db/migrate.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { databaseUrl } from '../support/database/database-url.ts';
import { momentsOf } from '../support/effort.ts';
import { type Checkout, makeCheckout } from '../support/product/child-program.ts';

const files = 12;
const rowsEach = 20_000;
let checkout: Checkout;
let directory: string;
let url: string;

beforeAll(async () => {
  checkout = await makeCheckout();
  directory = mkdtempSync(join(quickPlace, 'dudao-migrations-'));
  for (let number = 1; number <= files; number += 1) {
    const name = `step_${number}`;
    writeFileSync(
      join(directory, `${String(number).padStart(4, '0')}_${name}.sql`),
      `create table ${name} (n int primary key);
       insert into ${name} select generate_series(1, ${rowsEach});
       create index ${name}_again on ${name} (n desc);
       create table ${name}_end ();`,
    );
  }
  const database = `migration_fault_${process.pid}`;
  await withClient(inject('cluster').ownerUrl, (client) => client.query(`create database ${database}`));
  url = databaseUrl(inject('cluster').ownerUrl, database);
});

afterAll(async () => {
  const database = new URL(url).pathname.slice(1);
  await withClient(inject('cluster').ownerUrl, (client) => client.query(`drop database ${database} with (force)`));
  for (const path of [directory, checkout.folder]) rmSync(path, { recursive: true, force: true });
});

/**
 * Every file was applied whole and has its row, or was not applied at all. The applied files are the first ones,
 * without a gap.
 */
async function expectWholeSteps(): Promise<number> {
  return withClient(url, async (client) => {
    const { rows: ledger } = await client.query<{ there: boolean }>(
      `select to_regclass('schema_migrations') is not null as there`,
    );
    if (!ledger[0]?.there) return 0;
    const { rows: applied } = await client.query<{ name: string }>('select name from schema_migrations order by name');
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where tablename like 'step%' order by 1`,
    );
    const steps = applied.map((row) => row.name.slice(5));
    expect(steps).toEqual(Array.from({ length: steps.length }, (_, index) => `step_${index + 1}`));
    expect(tables.map((row) => row.name)).toEqual(steps.flatMap((step) => [step, `${step}_end`]).sort());
    for (const step of steps) {
      const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${step}`);
      expect(rows[0]?.n).toBe(rowsEach);
    }
    return steps.length;
  });
}

it('a migration killed at ten random moments leaves nothing half-written and can be finished', async () => {
  const moments = momentsOf('migration');
  let interrupted = 0;
  for (let round = 0; round < 10; round += 1) {
    const child = fork(checkout.program, ['migrate', url, directory], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    // The kill comes at any time from before it connects to well into its work. The work goes on where the last round
    // was killed.
    await pause(moments.between(80, 250));
    if (child.kill('SIGKILL')) interrupted += 1;
    await ended;
    // The last statement of the killed process may still be running. Another migrator waits for it, and so do we.
    await migrate(url, { directory: emptyDirectory(), patience: 30_000 }).catch(() => {});
    await expectWholeSteps();
  }
  expect(interrupted).toBeGreaterThan(0);
  await migrate(url, { directory });
  expect(await expectWholeSteps()).toBe(files);
});

/** Holds only a file that contradicts the database: the migrator waits for its turn, looks, and refuses. */
function emptyDirectory(): string {
  const folder = join(directory, 'waiting');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '0000_waiting.sql'), 'select no_such_function();');
  return folder;
}
