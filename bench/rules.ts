import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';

/**
 * Measures what the rules that keep the schema fit for a distributed database cost on a plain one. Each rule is
 * measured against what the schema would have without it. The two sides take turns, so that a busy machine slows both
 * alike. The result is the median of the ratios of the turns. `tsx bench/rules.ts` uses the embedded server. `tsx
 * bench/rules.ts URL` uses another one, whose user may create roles and whose database may be written to.
 */
const rows = 60_000;
const counties = 20;
const turns = 80;

interface Pair {
  readonly rule: string;
  /** How often each side runs within a turn. */
  readonly times: number;
  readonly kept: (client: pg.Client) => Promise<unknown>;
  readonly without: (client: pg.Client) => Promise<unknown>;
}

async function main(given: string | undefined): Promise<void> {
  if (given !== undefined) return measure(given);
  const folder = mkdtempSync(path.join(tmpdir(), 'dudao-rules-'));
  const hold = await holdDataFolder(folder);
  const server = await startEmbedded({ dataDir: folder, log: { info() {}, warn() {} } });
  try {
    await measure(server.ownerUrl);
  } finally {
    await server.stop();
    hold.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const { rows: version } = await owner.query<{ server_version: string }>('show server_version');
  await owner.query(lay);
  for (const name of ['rule_direct', 'rule_subquery', 'rule_plain']) await owner.query(`vacuum analyze ${name}`);
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  await client.connect();
  await client.query('set role rule_app');
  process.stdout.write(`PostgreSQL ${version[0]!.server_version}\n`);
  for (const pair of pairs) {
    await pair.kept(client);
    await pair.without(client);
    const ratios: number[] = [];
    const kept: number[] = [];
    const without: number[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      // The sides take turns to go first, so that neither always finds the caches warmed by the other.
      const first = turn % 2 === 0;
      const one = await timed(client, first ? pair.kept : pair.without, pair.times);
      const two = await timed(client, first ? pair.without : pair.kept, pair.times);
      kept.push(first ? one : two);
      without.push(first ? two : one);
      ratios.push(first ? one / two : two / one);
    }
    process.stdout.write(
      `${pair.rule}: ${median(ratios).toFixed(3)} (with ${median(kept).toFixed(3)} ms, without ${median(without).toFixed(3)} ms)\n`,
    );
  }
  await client.end();
  await owner.query(clear);
  await owner.end();
}

async function timed(client: pg.Client, act: (client: pg.Client) => Promise<unknown>, times: number): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < times; time += 1) await act(client);
  return (performance.now() - start) / times;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)]!;
}

type Statement = string | pg.QueryConfig;

/** One transaction in one packet, as the handle of a request sends it. */
async function within(client: pg.Client, work: readonly Statement[], end = 'commit', opening = apart): Promise<void> {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  stream.cork();
  const sent = [...opening, ...work, end].map((statement) => client.query(statement as string));
  stream.uncork();
  await Promise.all(sent);
}

const apart = ['begin', `set local app.places = '{3}'`, `set local app.schools = '*'`];

const page = (table: string) => (client: pg.Client) =>
  within(client, [
    { name: `page-${table}`, text: `select id, name from ${table} where county_id = 3 order by name limit 25` },
  ]);
const count = (table: string) => (client: pg.Client) =>
  within(client, [{ name: `count-${table}`, text: `select count(*), sum(length(name)) from ${table}` }]);
const one = { name: 'one', text: 'select 1' };

const given = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: `第${id}校` })));
const insert = (more: string) => (client: pg.Client) =>
  within(
    client,
    [
      {
        name: `insert${more}`,
        text: `insert into rule_direct (county_id, id, name) select 3, 1000000 + id, name
                 from jsonb_to_recordset($1::jsonb) as r(id int, name text)${more}`,
        values: [given],
      },
    ],
    'rollback',
  );

/** Runs statements in one transaction that leaves nothing behind. */
const undone =
  (...texts: string[]) =>
  (client: pg.Client) =>
    within(
      client,
      texts.map((text) => ({ name: createHash('sha1').update(text).digest('hex').slice(0, 20), text })),
      'rollback',
    );

const pairs: readonly Pair[] = [
  {
    rule: 'policy without a subquery, a page of 25',
    times: 20,
    kept: page('rule_direct'),
    without: page('rule_subquery'),
  },
  {
    rule: 'policy without a subquery, a county counted',
    times: 10,
    kept: count('rule_direct'),
    without: count('rule_subquery'),
  },
  {
    rule: 'settings apart instead of one text',
    times: 40,
    kept: (client) => within(client, [one]),
    without: (client) => within(client, [one], 'commit', [apart.join('; ')]),
  },
  {
    rule: 'audit row through a function instead of a grant on columns',
    times: 20,
    kept: undone(`select rule_tell(3, 'a', '{"b": 1}')`),
    without: undone(`insert into rule_audit (county_id, act, after) values (3, 'a', '{"b": 1}')`),
  },
  {
    rule: 'mark moved through a function instead of a grant on a column',
    times: 20,
    kept: undone(`select rule_move(3, ${rows} - 17)`),
    without: undone(
      'update rule_direct set marked = false where county_id = 3 and marked',
      `update rule_direct set marked = true where county_id = 3 and id = ${rows} - 17`,
    ),
  },
  {
    rule: 'insert of 200 rows from a query with returning',
    times: 5,
    kept: insert(' returning id'),
    without: insert(''),
  },
  {
    rule: 'exists (select 1) instead of an empty list',
    times: 40,
    kept: (client) =>
      client.query({ name: 'exists-1', text: 'select exists (select 1 from rule_plain where county_id = 3)' }),
    without: (client) =>
      client.query({ name: 'exists', text: 'select exists (select from rule_plain where county_id = 3)' }),
  },
  {
    rule: 'function called as (select f()) instead of bare',
    times: 20,
    kept: (client) =>
      client.query({
        name: 'wrapped',
        text: 'select count(*) from rule_plain where county_id = 3 and id > (select rule_number(7))',
      }),
    without: (client) =>
      client.query({
        name: 'bare',
        text: 'select count(*) from rule_plain where county_id = 3 and id > rule_number(7)',
      }),
  },
  {
    rule: 'moved row taken out and put in again instead of its key updated',
    times: 20,
    kept: undone(
      'delete from rule_plain where county_id = 3 and id = 3 returning *',
      `insert into rule_plain values (4, 3, '第3校', false)`,
    ),
    without: undone('update rule_plain set county_id = 4 where county_id = 3 and id = 3'),
  },
];

const table = (name: string) => `
  create table ${name} (county_id integer not null, id integer not null, name text not null, marked boolean not null
    default false, primary key (county_id, id));
  insert into ${name} select n % ${counties}, n, '第' || n || '校', n < ${counties} from generate_series(0, ${rows - 1}) n;
  create index on ${name} (county_id, name);
  create index on ${name} (county_id) where marked;
  grant select, insert, update, delete on ${name} to rule_app;`;

const clear = `
  drop table if exists rule_direct, rule_subquery, rule_plain, rule_audit cascade;
  drop function if exists rule_place, rule_tell, rule_move, rule_number;
  drop role if exists rule_app;`;

const lay = `
  ${clear}
  create role rule_app;
  ${table('rule_direct')}
  ${table('rule_subquery')}
  ${table('rule_plain')}
  create function rule_place(place integer, school integer) returns boolean language sql stable parallel safe as $f$
    select place = any (nullif(current_setting('app.places', true), '')::integer[])
       and case current_setting('app.schools', true) when '*' then true
           else school = any (nullif(current_setting('app.schools', true), '')::integer[]) end
  $f$;
  alter table rule_direct enable row level security;
  create policy place on rule_direct to rule_app using (rule_place(county_id, id)) with check (rule_place(county_id, id));
  alter table rule_subquery enable row level security;
  create policy place on rule_subquery to rule_app using (
    county_id = any ((select nullif(current_setting('app.places', true), '')::integer[])::integer[])
    and case (select current_setting('app.schools', true)) when '*' then true
        else id = any ((select nullif(current_setting('app.schools', true), '')::integer[])::integer[]) end);
  create table rule_audit (county_id integer not null, id bigint generated always as identity, at timestamptz not null
    default clock_timestamp(), act text not null, after jsonb, primary key (county_id, id));
  grant select on rule_audit to rule_app;
  grant insert (county_id, act, after) on rule_audit to rule_app;
  create function rule_tell(county integer, act text, after jsonb) returns void language plpgsql security definer
    set search_path = public, pg_temp as $f$
  begin
    insert into rule_audit (county_id, act, after) values (county, act, after);
  end $f$;
  create function rule_move(county integer, chosen integer) returns void language plpgsql security definer
    set search_path = public, pg_temp as $f$
  begin
    update rule_direct set marked = false where county_id = county and marked;
    update rule_direct set marked = true where county_id = county and id = chosen;
  end $f$;
  create function rule_number(n integer) returns integer language plpgsql stable as $f$ begin return n; end $f$;`;

await main(process.argv[2]);
