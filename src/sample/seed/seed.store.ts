import { dayOffset } from '#core/calendar/today.store.ts';
import { inOrder } from '#domain/kit/in-order.ts';
import { type CopyTable, copyRows } from '#platform/db/copy.ts';
import type { OwnerClient } from '#platform/db/owner-client.ts';
import type { SampleJob, SampleRows } from '../part.ts';

/** For this transaction the audit records no act, because these people are invented. */
export async function writeUnrecorded(client: OwnerClient): Promise<void> {
  await client.query(`set local app.recorded = 'on'`);
}

/**
 * Lays the rows, and orders the tables by the foreign keys of the database:
 * a table comes after those to which it refers.
 */
export async function writeRows(client: OwnerClient, laid: readonly SampleRows[]): Promise<void> {
  for (const table of laid.flatMap(({ replaces = [] }) => replaces)) await client.query(`delete from ${table}`);
  const { rows } = await client.query<{ reference: string }>(
    `select conrelid::regclass || ' ' || confrelid::regclass as reference from pg_constraint where contype = 'f'`,
  );
  const references = new Set(rows.map(({ reference }) => reference));
  const waits = (one: CopyTable, other: CopyTable) => references.has(`${one.table} ${other.table}`);
  const tables = laid.flatMap((part) => part.tables);
  for (const table of inOrder(tables, waits)) await copyRows(client, table);
  for (const [sequence, table] of laid.flatMap(({ sequences = [] }) => sequences)) {
    await client.query(`select setval($1, (select max(id) from ${table}))`, [sequence]);
  }
}

/** Asks for the jobs a minute after the loading: the start and its first visitor come before them. */
export async function writeJobs(client: OwnerClient, jobs: readonly SampleJob[], now: Date): Promise<void> {
  for (const { name, key, data, personId } of jobs) {
    await client.query(
      `insert into jobs (name, key, data, asked_at, run_at)
       select $1, $2, $3::jsonb || jsonb_build_object('by', jsonb_build_object(
                'personId', person_id, 'grantId', id, 'standInId', null)), $5, $5::timestamptz + interval '1 minute'
         from grants where person_id = $4 order by id limit 1`,
      [name, key, data, personId, now],
    );
  }
}

/** Marks the database as the sample, and updates the planner's statistics of the tables. */
export async function writeSampleMark(client: OwnerClient, offset: number): Promise<void> {
  await client.query(`insert into settings (key, value) values ('sample', 'true'), ($1, to_jsonb($2::int))`, [
    dayOffset,
    offset,
  ]);
  await client.query(`update settings set value = value || '{"secondFactor": false}' where key = 'access'`);
  await client.query('analyze');
}

/** All of the work or nothing. */
export async function writeTogether<Result>(client: OwnerClient, work: () => Promise<Result>): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
