import pg from 'pg';
import { expect } from 'vitest';
import * as periods from '#contract/filings/periods.ts';
import { readOrCreateSecret } from '#core/access/session/secret.ts';
import { addDays, dayInChina } from '#domain/kit/school-year.ts';
import { loadConfig } from '#platform/config/config.ts';
import { withClient } from '#platform/db/owner-client.ts';
import { openDatabase } from '../../src/server/app/open-database.ts';
import { type Member, type Seat, seatCast } from './cast.ts';
import { removeDataFolder } from './database/data-folder.ts';
import { type HttpPerson, httpPerson } from './http-person.ts';
import {
  buildProduct,
  discardDataFolder,
  makeDataFolder,
  type ProductProcess,
  startProduct,
} from './product/product-process.ts';
import { layScenario, units } from './scenario.ts';
import { soundValues } from './sound-values.ts';

/** The running product with a county of many schools, the cast signed in and the school year opened. */
export interface FaultStage {
  readonly dataDir: string;
  /** The process that serves now; a new one after `restart`. */
  readonly product: ProductProcess;
  as(member: Member): HttpPerson;
  /** Runs one statement as the owner, past all row policies, on a connection of its own: to set up and to look. */
  owner<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  /** A connection as the owner; the caller ends it. */
  ownerClient(): Promise<pg.Client>;
  /** The filings of the county's many schools, in a fixed order. */
  readonly filingIds: readonly string[];
  /** Starts the product again after it was killed or stopped. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface FaultStageOptions {
  /** How many schools the county gets beside those of the scenario. */
  readonly schools: number;
  /** An existing PostgreSQL; absent: the product starts its own embedded one. */
  readonly database?: { readonly ownerUrl: string; readonly appUrl?: string };
  /** The data folder, in a folder of the caller's; absent: one below the system's temporary folder. */
  readonly dataDir?: string;
  /** Added to the environment of the product. */
  readonly environment?: Readonly<Record<string, string>>;
}

const quiet = { info() {}, warn() {} };

/** The county of the many schools. */
export const crowdedCounty = units.licheng.id;
export const stageYear = 2025;

export async function openFaultStage(options: FaultStageOptions): Promise<FaultStage> {
  await buildProduct();
  const dataDir = options.dataDir ?? makeDataFolder();
  const environment = {
    ...options.environment,
    ...(options.database ? { DATABASE_URL: options.database.ownerUrl } : {}),
    ...(options.database?.appUrl ? { DATABASE_APP_URL: options.database.appUrl } : {}),
  };
  let product: ProductProcess | undefined;
  const discard = async () => {
    await product?.kill();
    await (options.dataDir ? removeDataFolder(dataDir) : discardDataFolder(dataDir));
  };
  try {
    const { ownerUrl, seats } = await prepare(dataDir, environment, options.schools);
    product = await startProduct({ dataDir, environment });
    const serving = () => product as ProductProcess;
    const as = (member: Member) => httpPerson(() => serving().address, seats[member].cookie);
    const ownerClient = async () => {
      const client = new pg.Client({ connectionString: ownerUrl });
      client.on('error', () => {});
      await client.connect();
      return client;
    };
    const owner = <Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []) =>
      withClient(ownerUrl, async (client) => (await client.query<Row>(statement, [...values])).rows);
    const today = dayInChina(new Date());
    await as('cityOfficer').call(periods.open, {
      body: {
        schoolYear: stageYear,
        opensOn: addDays(today, -10),
        deadline: addDays(today, 10),
        graceDays: 5,
        cityDeadline: addDays(today, 30),
      },
    });
    const filings = await owner<{ id: string }>(
      `select id from filings where place_id = $1 and school_id > 10000 order by school_id`,
      [crowdedCounty],
    );
    return {
      dataDir,
      get product() {
        return serving();
      },
      as,
      owner,
      ownerClient,
      filingIds: filings.map((filing) => filing.id),
      async restart() {
        product = await startProduct({ dataDir, environment });
      },
      async close() {
        await product?.stop();
        await discard();
      },
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

/** Fills and submits these filings behind the product's back, as if a long autumn had passed. */
export async function laySubmitted(stage: FaultStage, filingIds: readonly string[]): Promise<void> {
  const values = Object.entries(soundValues('211'));
  await stage.owner(
    `update filings set state = 'submitted', cells = $3, filled = $4, required = $4, revision = revision + 1,
       submitted_at = now(), approved_at = null, accepted_at = null, approved = null
     where place_id = $1 and id = any($2::uuid[])`,
    [
      crowdedCounty,
      filingIds,
      JSON.stringify(Object.fromEntries(values.map(([key, value]) => [key, { v: value, n: 1 }]))),
      values.length,
    ],
  );
}

/**
 * Waits until no computation runs. Then the county's shown run must rest on exactly the filings that count: a job that
 * was lost, or that ran too early, leaves an outdated run.
 */
export async function expectBalanceAgrees(stage: FaultStage, atLeast: number): Promise<void> {
  const waiting = `select state, error from jobs where name = 'balance.recompute'`;
  await expect.poll(() => stage.owner(waiting), { timeout: 30_000 }).toEqual([]);
  const approved = await stage.owner<{ id: number }>(
    `select school_id as id from filings where place_id = $1 and state in ('approved', 'accepted') order by 1`,
    [crowdedCounty],
  );
  const shown = await stage.owner<{ id: number }>(
    `select (school ->> 'schoolId')::int as id from balance_runs r
       join balance_run_details d on d.county_id = r.county_id and d.run_id = r.id,
       jsonb_path_query(d.inputs, '$.schools[*] ? (@.filed == true)') school
     where r.county_id = $1 and r.current and r.standard_key = 'basic-2012' order by 1`,
    [crowdedCounty],
  );
  expect(shown).toEqual(approved);
  expect(approved.length).toBeGreaterThanOrEqual(atLeast);
}

/**
 * Holds the program at its next write to a table, and kills it there. Earlier writes of the same act are done, and
 * nothing is committed. The commit of an act may wait behind the write in the same packet: with `cut` the database drops the
 * line before it reads on, as it does when the machine of the program is gone.
 */
export async function killAtWriteTo(
  stage: FaultStage,
  table: string,
  act: () => Promise<unknown>,
  { cut = false }: { readonly cut?: boolean } = {},
): Promise<void> {
  const gate = await stage.ownerClient();
  try {
    await gate.query(`begin; lock table ${table} in share mode`);
    const acting = act();
    // Waits for the lock and not for the text of the statement: rows of the audit are written inside a function.
    const held = `select pid from pg_locks join pg_stat_activity using (pid)
      where relation = $1::regclass and not granted and application_name = 'dudao'`;
    await expect.poll(async () => (await stage.owner(held, [table])).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await stage.product.kill();
    if (cut) await stage.owner(`select pg_terminate_backend(pid) from (${held}) as waiting`, [table]);
    await acting;
  } finally {
    await gate.end();
  }
}

/** Starts the database as the product would, and writes the county before the product sees it. */
async function prepare(
  dataDir: string,
  environment: Readonly<Record<string, string>>,
  count: number,
): Promise<{ ownerUrl: string; seats: Record<Member, Seat> }> {
  const config = loadConfig({ DATA_DIR: dataDir, ...environment });
  const database = await openDatabase(config, quiet);
  try {
    const seats = await withClient(database.ownerUrl, async (client) => {
      await layScenario(client);
      await layManySchools(client, count);
      return seatCast(client, new Date(), readOrCreateSecret(dataDir));
    });
    return { ownerUrl: database.ownerUrl, seats };
  } finally {
    await database.close();
  }
}

async function layManySchools(client: pg.Client, count: number): Promise<void> {
  await client.query(
    `insert into schools (county_id, id, initials, founded_year, opened_on, code, name, school_type, sponsor_code,
       ownership, urban_class, managing_unit_id)
     select $1, 10000 + n, 'slxx', 2000, '2000-09-01', (2135000000 + n)::text, '示例' || n || '号小学', '211', 7,
       'public', 'urban', $1
     from generate_series(1, $2::int) n`,
    [crowdedCounty, count],
  );
  await client.query(
    'insert into school_places (school_id, county_id) select id, county_id from schools where id > 10000',
  );
  await client.query(
    `insert into school_versions (county_id, school_id, valid_from, code, name, school_type, sponsor_code, ownership,
       urban_class, managing_unit_id)
     select county_id, id, opened_on, code, name, school_type, sponsor_code, ownership, urban_class, managing_unit_id
     from schools where id > 10000`,
  );
}
