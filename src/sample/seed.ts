import { dayOffset } from '#core/calendar/today.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { type Day, dayInChina, daysBetween } from '#domain/kit/school-year.ts';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { type CopyTable, copyRows } from '#platform/db/copy.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { samplePeriods } from './calendar.ts';
import { sampleCity } from './city.ts';
import { schoolRows, unitRows } from './directory/directory-rows.ts';
import { filingRows } from './filings/filing-rows.ts';
import { sampleFilings } from './filings/filings.ts';
import { type SampleSignIn, sampleAccounts, writeSignIns } from './people/accounts.ts';
import { samplePeople } from './people/people.ts';
import { cityUnits } from './plan.ts';

export interface SeedOptions {
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** The moment of loading. */
  readonly now: Date;
  /** The day around which the deadlines lie: without it that of the loading. From then on it advances with the calendar. */
  readonly day?: Day | undefined;
  readonly log: StartLog;
  /** How passwords are kept, where not as the product keeps them: fifty take seconds, and not everybody signs in. */
  readonly hash?: (password: string) => Promise<string>;
}

export interface SampleSummary {
  readonly units: number;
  readonly schools: number;
  readonly filings: number;
  readonly signIns: readonly SampleSignIn[];
  readonly signInsFile: string;
}

/** What a database holds: nothing yet, the sample, or somebody's own data. */
export type Content = 'empty' | 'sample' | 'own';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** Looks what is there; `empty` also where only the units have been laid. */
export async function contentOf(ownerUrl: string): Promise<Content> {
  return withClient(ownerUrl, contentFound);
}

async function contentFound(client: Client): Promise<Content> {
  const { rows } = await client.query<{ sample: boolean; filled: boolean }>(
    `select exists (select 1 from settings where key = 'sample') as sample,
       exists (select from people) or exists (select from schools) or exists (select from periods) as filled`,
  );
  if (rows[0]!.sample) return 'sample';
  return rows[0]!.filled ? 'own' : 'empty';
}

/** Lays the units of the city where there are none: what a real installation starts with. */
export async function layUnits(ownerUrl: string): Promise<void> {
  const initials = await initialsByName(cityUnits.map((unit) => unit.name));
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ any: boolean }>('select exists (select from org_units) as any');
    if (rows[0]!.any) return;
    await inTransaction(client, () => copyAll(client, unitRows(cityUnits, initials, new Map())));
  });
}

/**
 * Loads the sample city, whole or not at all, and writes its sign-ins beside the data (0600).
 * @throws StartError where the database already holds the sample or somebody's own data
 */
export async function seedSample({ ownerUrl, dataDir, now, day, log, hash }: SeedOptions): Promise<SampleSummary> {
  const today = day ?? dayInChina(now);
  const offset = daysBetween(dayInChina(now), today);
  if (offset > 0) throw new StartError(`示例的日期 ${today} 晚于今天；请给出今天或更早的日期。`);
  await withClient(ownerUrl, refuseUnlessEmpty);
  log.info('正在装入示例城市……');
  const city = sampleCity();
  const filings = sampleFilings(city);
  const people = samplePeople(city, filings);
  const initials = await initialsByName([
    ...city.units.map((unit) => unit.name),
    ...city.schools.flatMap((school) => school.versions.map((version) => version.name)),
    ...people.map((person) => person.name),
  ]);
  const contacts = new Map(
    people
      .filter((person) => person.role === 'county-officer' || person.role === 'city-officer')
      // Of several in one unit the first answers.
      .reverse()
      // A number that no exchange gives out.
      .map((person) => [
        person.unitId!,
        { name: person.name, phone: `0595-0000${String(person.unitId).padStart(4, '0')}` },
      ]),
  );
  const accounts = sampleAccounts(people, initials, now, hash);
  const tables = [
    ...unitRows(city.units, initials, contacts),
    ...schoolRows(city, initials),
    ...filingRows(city, filings, samplePeriods(today), people, initials, new Date(now.getTime() + offset * 86_400_000)),
  ];
  const { tables: accountTables, signIns } = await accounts;

  return withClient(ownerUrl, async (client) => {
    return inTransaction(client, async () => {
      await refuseUnlessEmpty(client);
      // Made-up people are nobody's act.
      await client.query(`set local app.recorded = 'on'`);
      await client.query('delete from org_unit_versions');
      await client.query('delete from org_units');
      await copyAll(client, [...tables.slice(0, 4), ...accountTables, ...tables.slice(4)]);
      await settle(client, offset);
      const file = writeSignIns(dataDir, signIns);
      const summary = { units: city.units.length, schools: city.schools.length, filings: filings.length };
      log.info(`示例城市已装入：${summary.schools} 所学校，${summary.filings} 份填报。`);
      return { ...summary, signIns, signInsFile: file };
    });
  });
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const content = await contentFound(client);
  if (content === 'sample') throw new StartError('数据库里已有示例数据；要重新装入，请先运行 dudao db reset。');
  if (content === 'own')
    throw new StartError('数据库里已有本单位的数据，不能装入示例；请换一个空的数据库或数据文件夹。');
}

/** Marks the sample, puts its numbers behind those that the database gives, and lets the planner know the tables. */
async function settle(client: Client, offset: number): Promise<void> {
  await client.query(`insert into settings (key, value) values ('sample', 'true'), ($1, to_jsonb($2::int))`, [
    dayOffset,
    offset,
  ]);
  await client.query(`update settings set value = value || '{"secondFactor": false}' where key = 'access'`);
  for (const table of ['org_units', 'periods', 'collections']) {
    await client.query(`select setval(pg_get_serial_sequence($1, 'id'), (select max(id) from ${table}))`, [table]);
  }
  await client.query(`select setval('school_id_seq', (select max(id) from schools))`);
  await client.query('analyze');
}

async function copyAll(client: Client, tables: readonly CopyTable[]): Promise<void> {
  for (const table of tables) await copyRows(client, table);
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
