import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type pg from 'pg';
import { counties, rows } from './rule-tables.ts';

/** A rule and what would stand there without it, both on the tables of `rule-tables.ts`. */
export interface Pair {
  readonly rule: string;
  /** How often each side runs within a turn. */
  readonly times: number;
  readonly kept: (client: pg.Client) => Promise<unknown>;
  readonly without: (client: pg.Client) => Promise<unknown>;
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

const statement = (text: string, ...values: readonly unknown[]): pg.QueryConfig => ({
  name: createHash('sha1').update(text).digest('hex').slice(0, 20),
  text,
  values: [...values],
});
const asked = (text: string, ...values: readonly unknown[]) => {
  const prepared = statement(text, ...values);
  return (client: pg.Client) => client.query(prepared);
};
const committed = (text: string) => {
  const prepared = statement(text);
  return (client: pg.Client) => within(client, [prepared]);
};

const page = (table: string) => committed(`select id, name from ${table} where county_id = 3 order by name limit 25`);
const count = (table: string) => committed(`select count(*), sum(length(name)) from ${table}`);
const one = statement('select 1');

/** Runs statements in one transaction that leaves nothing behind. */
const undone =
  (...texts: string[]) =>
  (client: pg.Client) =>
    within(
      client,
      texts.map((text) => statement(text)),
      'rollback',
    );

/** Twenty schools of four places; the number of a school names its place. */
const lockedPlaces = [3, 4, 5, 6];
const lockedOf = (place: number) => [1, 2, 3, 4, 5].map((n) => n * counties + place);

/** The program waits for the rows of one place before it locks those of the next. */
async function lockByPlace(client: pg.Client): Promise<void> {
  await client.query('begin');
  const text = 'select id from rule_plain where county_id = $1 and id = any($2) order by id for update';
  for (const place of lockedPlaces) await client.query(statement(text, place, lockedOf(place)));
  await client.query('rollback');
}

async function lockAtOnce(client: pg.Client): Promise<void> {
  await client.query('begin');
  const text = 'select id from rule_lone where id = any($1) order by id for update';
  await client.query(statement(text, lockedPlaces.flatMap(lockedOf)));
  await client.query('rollback');
}

const renamed = Array.from({ length: 200 }, (_, n) => ({ id: n * counties + 3, name: `第${n}小学` }));
const setName = (name: string, shape: string, given: readonly object[]) => (client: pg.Client) =>
  within(
    client,
    [
      statement(
        `update rule_plain r set name = ${name} from jsonb_to_recordset($1::jsonb) as w(id int, ${shape})
          where r.county_id = 3 and r.id = w.id`,
        JSON.stringify(given),
      ),
    ],
    'rollback',
  );

const given = JSON.stringify(Array.from({ length: 200 }, (_, id) => ({ id, name: `第${id}校` })));
const insertInto =
  (table: string, more = '') =>
  (client: pg.Client) =>
    within(
      client,
      [
        statement(
          `insert into ${table} (county_id, id, name) select 3, 1000000 + id, name
           from jsonb_to_recordset($1::jsonb) as r(id int, name text)${more}`,
          given,
        ),
      ],
      'rollback',
    );

/** Each rule with what would stand there without it. */
export const pairs: readonly Pair[] = [
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
    kept: insertInto('rule_direct', ' returning id'),
    without: insertInto('rule_direct'),
  },
  {
    rule: 'exists (select 1) instead of an empty list',
    times: 40,
    kept: asked('select exists (select 1 from rule_plain where county_id = 3)'),
    without: asked('select exists (select from rule_plain where county_id = 3)'),
  },
  {
    rule: 'function called as (select f()) instead of bare',
    times: 20,
    kept: asked('select count(*) from rule_plain where county_id = 3 and id > (select rule_number(7))'),
    without: asked('select count(*) from rule_plain where county_id = 3 and id > rule_number(7)'),
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
  {
    rule: 'twenty rows locked place by place instead of at once',
    times: 10,
    kept: lockByPlace,
    without: lockAtOnce,
  },
  {
    rule: 'columns of a recordset typed instead of cast inside a case, 200 rows updated',
    times: 5,
    kept: setName('coalesce(w.name, r.name)', 'name text', renamed),
    without: setName(
      `case when w.data ? 'name' then (w.data ->> 'name')::text else r.name end`,
      'data jsonb',
      renamed.map(({ id, name }) => ({ id, data: { name } })),
    ),
  },
  {
    rule: 'key led by the place, one row read',
    times: 40,
    kept: asked('select name from rule_plain where county_id = $1 and id = $2', 3, 20_003),
    without: asked('select name from rule_lone where id = $1', 20_003),
  },
  {
    rule: 'key led by the place, 200 rows inserted',
    times: 5,
    kept: insertInto('rule_plain'),
    without: insertInto('rule_lone'),
  },
  {
    rule: 'school of a post found over the places of schools, 600 posts',
    times: 10,
    kept: asked(
      `select count(s.name) from rule_posts g join rule_places p on p.school_id = g.school_id
         join rule_plain s on s.county_id = p.county_id and s.id = p.school_id`,
    ),
    without: asked('select count(s.name) from rule_posts g join rule_lone s on s.id = g.school_id'),
  },
  {
    rule: 'rows of each place counted by a join instead of a correlated subquery',
    times: 2,
    kept: asked(
      `select p.id, coalesce(s.n, 0) from rule_units p
         left join (select county_id, count(*) as n from rule_plain group by county_id) s on s.county_id = p.id`,
    ),
    without: asked('select p.id, (select count(*) from rule_plain s where s.county_id = p.id) as n from rule_units p'),
  },
  {
    rule: 'first row of each place by distinct on instead of a lateral',
    times: 2,
    kept: asked(
      `select p.id, s.name from rule_units p join (
         select distinct on (county_id) county_id, name from rule_plain order by county_id, name) s on s.county_id = p.id`,
    ),
    without: asked(
      `select p.id, s.name from rule_units p join lateral (
         select name from rule_plain s where s.county_id = p.id order by name limit 1) s on true`,
    ),
  },
];
