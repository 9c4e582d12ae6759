import { hashPassword } from '#core/access/auth/auth.ts';
import { dayOffset } from '#core/calendar/today.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { type Day, dayInChina, daysBetween } from '#domain/kit/school-year.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { type CopyTable, copyRows } from '#platform/db/copy.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { sampleCity } from './city.ts';
import type { SampleCity } from './model.ts';
import { inOrder } from './order.ts';
import type { SampleModule, SampleRows } from './part.ts';
import { type SampleSignIn, writeSignIns } from './sign-ins.ts';

export interface SeedOptions {
  /** The features' parts of the city. */
  readonly parts: readonly SampleModule[];
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** The moment of loading. */
  readonly now: Date;
  /**
   * The day around which the deadlines lie; without it, the day of loading. From then on it advances with the calendar.
   */
  readonly day?: Day | undefined;
  readonly log: StartLog;
  /** Throws if the database already holds data. It is called before the work and again in its transaction. */
  readonly assertEmpty: (client: Client) => Promise<void>;
  /** How passwords are hashed, if not as in the product: fifty hashes take seconds, and not every account signs in. */
  readonly hash?: (password: string) => Promise<string>;
}

export interface SampleSummary {
  readonly units: number;
  readonly schools: number;
  readonly filings: number;
  readonly signIns: readonly SampleSignIn[];
  readonly signInsFile: string;
}

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/**
 * Loads the whole sample city or nothing, and writes its sign-ins beside the data (0600).
 * @throws StartError if the day is in the future, or the database is not empty
 */
export async function seedSample(options: SeedOptions): Promise<SampleSummary> {
  const { ownerUrl, dataDir, now, log, assertEmpty, hash = hashPassword } = options;
  const today = options.day ?? dayInChina(now);
  const offset = daysBetween(dayInChina(now), today);
  if (offset > 0) throw new StartError(`示例的日期 ${today} 晚于今天；请给出今天或更早的日期。`);
  await withClient(ownerUrl, assertEmpty);
  log.info('正在装入示例城市……');
  const parts = options.parts.map((module) => module.part({ hash }));
  const city = sampleCity(parts);
  const standing = new Date(now.getTime() + offset * 86_400_000);
  const laying = { today, now, standing, initials: await initialsByName(namesIn(city)) };
  const laid = await Promise.all(parts.flatMap((part) => part.rows?.(city, laying) ?? []));
  const signIns = laid.flatMap((rows) => rows.signIns ?? []);

  return withClient(ownerUrl, async (client) => {
    return inTransaction(client, async () => {
      await assertEmpty(client);
      // The audit records no act for these invented people.
      await client.query(`set local app.recorded = 'on'`);
      await layRows(client, laid);
      await settle(client, offset);
      const file = writeSignIns(dataDir, signIns);
      const summary = { units: city.units.length, schools: city.schools.length, filings: city.duties.length };
      log.info(`示例城市已装入：${summary.schools} 所学校，${summary.filings} 份填报。`);
      return { ...summary, signIns, signInsFile: file };
    });
  });
}

function namesIn(city: SampleCity): string[] {
  return [
    ...city.units.map((unit) => unit.name),
    ...city.schools.flatMap((school) => school.versions.map((version) => version.name)),
    ...city.people.map((person) => person.name),
  ];
}

/** Orders the tables by the foreign keys of the database: a table comes after those to which it refers. */
async function layRows(client: Client, laid: readonly SampleRows[]): Promise<void> {
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

/** Marks the database as the sample, and updates the planner's statistics of the tables. */
async function settle(client: Client, offset: number): Promise<void> {
  await client.query(`insert into settings (key, value) values ('sample', 'true'), ($1, to_jsonb($2::int))`, [
    dayOffset,
    offset,
  ]);
  await client.query(`update settings set value = value || '{"secondFactor": false}' where key = 'access'`);
  await client.query('analyze');
}

async function inTransaction<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
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

async function initialsByName(names: readonly string[]): Promise<Map<string, string>> {
  const unique = [...new Set(names)];
  const initials = await initialsOf(unique);
  return new Map(unique.map((name, index) => [name, initials[index]!]));
}
