import { loadModule } from 'libpg-query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { productFiles, textOf } from '#test/support/sources.ts';
import {
  exceptions,
  growing,
  local,
  localViews,
  places,
  reference,
  roomsNotHeld,
} from '#test/support/statements/distribution.ts';
import { type Procedure, statementsOfProcedure } from '#test/support/statements/procedures.ts';
import {
  relationsByPart,
  relationsIn,
  statementFaults,
  tablesWrittenBy,
} from '#test/support/statements/statement-rules.ts';
import { functionsOf } from '#test/support/statements/statements.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [], tables: textOf('test/house/features/notes/notes.sql') });
  await loadModule();
});
afterAll(() => app.close());

/**
 * Names everything that breaks a rule, except the listed exceptions. An exception that is no longer needed is a fault
 * too.
 */
async function broken(rule: string, query: string, values: readonly unknown[] = []): Promise<string[]> {
  const { rows } = await app.owner.query<{ name: string }>(query, [...values]);
  const found = rows.map((row) => `${rule} ${row.name}`);
  const excepted = Object.keys(exceptions).filter((name) => name.startsWith(`${rule} `));
  return [
    ...found.filter((name) => !(name in exceptions)),
    ...excepted.filter((name) => !found.includes(name)).map((name) => `nothing needs the exception ${name}`),
  ];
}

const ours = `relnamespace = 'public'::regnamespace`;

describe('the schema, on a distributed database', () => {
  it('states for every table how it lies', async () => {
    const { rows } = await app.owner.query<{ name: string }>(
      `select relname as name from pg_class where relkind in ('r', 'p') and ${ours} order by 1`,
    );
    const known = [...growing, ...reference, ...local];
    expect([...known].sort()).toEqual(rows.map((row) => row.name).sort());
  });

  it('has no subquery in a policy, nor in a function that a policy calls', async () => {
    expect(
      await broken(
        'policy',
        `select polrelid::regclass || ' ' || polname as name from pg_policy,
                lateral (select concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)) as text) rule
          where text ~* '\\mselect\\M' or exists (
            select 1 from pg_proc p where pronamespace = 'public'::regnamespace and text ~ ('\\m' || proname || '\\(')
               and (prosrc ~* '\\mfrom\\M' or prolang <> (select oid from pg_language where lanname = 'sql')))`,
      ),
    ).toEqual([]);
  });

  it('has no trigger on a growing or a reference table, and none that asks for the name of its table', async () => {
    expect(
      await broken(
        'trigger',
        `select tgrelid::regclass || ' ' || tgname as name from pg_trigger
          where not tgisinternal and tgrelid::regclass::text = any($1)`,
        [[...growing, ...reference]],
      ),
    ).toEqual([]);
    expect(
      await broken(
        'function',
        `select proname as name from pg_proc where prosrc ~* 'tg_table_name|tg_relname'
        and pronamespace = 'public'::regnamespace`,
      ),
    ).toEqual([]);
  });

  it('leads every key of a growing table with its place', async () => {
    expect(
      await broken(
        'key',
        `select i.indexrelid::regclass::text as name
           from pg_index i left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
          where i.indrelid::regclass::text = any($1) and i.indisunique
            and (a.attname is null or a.attname::text <> all($2))
         union all
         select t from unnest($1::text[]) as t
          where to_regclass(t) is not null
            and not exists (select 1 from pg_index i where i.indrelid = to_regclass(t) and i.indisprimary)`,
        [growing, places],
      ),
    ).toEqual([]);
  });

  it('refers from growing to growing by the place, to reference tables freely, and from elsewhere to none that grows', async () => {
    const { rows } = await app.owner.query<{ name: string; from: string; to: string; own: string; other: string }>(
      `select c.conname as name, c.conrelid::regclass::text as from, c.confrelid::regclass::text as to,
              a.attname as own, b.attname as other
         from pg_constraint c
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
         join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
        where c.contype = 'f' and c.connamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(20);
    const wrong = rows.filter(({ from, to, own, other }) => {
      const growingBoth = growing.includes(from) && places.includes(own) && places.includes(other);
      if (growing.includes(to)) return !growingBoth;
      return !reference.includes(to) && (growing.includes(from) || reference.includes(from));
    });
    expect(wrong.map(({ name }) => name).filter((name) => !(`reference ${name}` in exceptions))).toEqual([]);
  });

  it('grants whole tables', async () => {
    expect(
      await broken(
        'grant',
        `select attrelid::regclass || '.' || attname as name from pg_attribute
           join pg_class on pg_class.oid = attrelid and ${ours} where attacl is not null`,
      ),
    ).toEqual([]);
  });

  it('counts growing rows with eight bytes', async () => {
    expect(
      await broken(
        'identity',
        `select c.relname || '.' || a.attname as name
           from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
           left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
          where c.relname = any($1) and c.${ours} and a.atttypid <> 'bigint'::regtype
            and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) like 'nextval(%')`,
        [growing],
      ),
    ).toEqual([]);
  });

  it('keeps the bodies of functions as text, and asks growing tables with parameters in PL/pgSQL alone', async () => {
    expect(
      await broken(
        'body',
        `select proname as name from pg_proc p join pg_language l on l.oid = p.prolang
          where pronamespace = 'public'::regnamespace and (
            prosqlbody is not null
            or l.lanname = 'sql' and p.pronargs > 0
               and exists (select 1 from unnest($1::text[]) as t where prosrc ~* ('\\m(from|join|update|into)\\s+' || t || '\\M')))`,
        [growing],
      ),
    ).toEqual([]);
  });
});

it('a view that is listed as local reads no growing table', async () => {
  const { rows } = await app.owner.query<{ view: string; table: string }>(
    `select distinct r.ev_class::regclass::text as view, d.refobjid::regclass::text as table
       from pg_rewrite r join pg_depend d on d.objid = r.oid and d.refclassid = 'pg_class'::regclass
      where r.ev_class::regclass::text = any($1) and d.refobjid <> r.ev_class`,
    [[...localViews]],
  );
  expect(new Set(rows.map(({ view }) => view))).toEqual(new Set(localViews));
  expect(rows.filter(({ table }) => ![...local, ...reference].includes(table))).toEqual([]);
});

it('the bodies of views and of SQL functions follow the rules of statements', async () => {
  const functions = await functionsOf(app.owner);
  const { rows } = await app.owner.query<{ kind: 'view' | 'function'; name: string; body: string }>(
    `select 'view' as kind, relname::text as name, pg_get_viewdef(oid) as body from pg_class where relkind = 'v' and ${ours}
     union all
     select 'function', proname, prosrc from pg_proc
      where pronamespace = 'public'::regnamespace and prolang = (select oid from pg_language where lanname = 'sql')`,
  );
  expect(rows.filter(({ kind }) => kind === 'view').length).toBeGreaterThan(10);
  expect(rows.filter(({ kind }) => kind === 'function').length).toBeGreaterThan(3);
  const wrong = rows.flatMap(({ name, body }) => statementFaults(body, functions).map((fault) => `${name}: ${fault}`));
  expect(wrong.filter((fault) => !(fault in exceptions))).toEqual([]);
});

it('the statements in bodies of PL/pgSQL follow the rules of statements', async () => {
  const functions = await functionsOf(app.owner);
  const { rows } = await app.owner.query<Procedure & { name: string }>(
    `select proname as name, prosrc as body, coalesce(proargnames, '{}') as variables from pg_proc
      where pronamespace = 'public'::regnamespace and prolang = (select oid from pg_language where lanname = 'plpgsql')`,
  );
  const read = rows.flatMap(({ name, ...procedure }) =>
    statementsOfProcedure(procedure).map((text) => ({ name, text })),
  );
  // The statements that matter are among those that were read.
  expect(read.flatMap(({ text }) => tablesWrittenBy(text)).sort()).toEqual([
    ...Array.from({ length: 13 }, () => 'attachments'),
    ...['audit_events', 'audit_events', 'audit_seals', 'balance_runs', 'balance_runs'],
    ...['campaign_seats', 'evaluation_leaves'],
    ...Array.from({ length: 6 }, () => 'evaluation_points'),
    ...['evaluation_province_scores', 'evaluation_province_scores', 'evaluation_releases'],
    ...Array.from({ length: 5 }, () => 'evaluation_remarks'),
    'evaluation_reviewers',
    ...Array.from({ length: 7 }, () => 'evaluation_scores'),
    'evaluation_steps',
    ...Array.from({ length: 5 }, () => 'evaluation_talks'),
    ...['evaluation_totals', 'evaluation_totals', 'evaluation_totals', 'evaluations', 'evaluations'],
    ...['evidence_items', 'evidence_links', 'evidence_prints'],
    ...['file_contents', 'file_contents', 'file_contents', 'imports', 'inspector_relations', 'inspectors'],
    ...Array.from({ length: 5 }, () => 'letter_counters'),
    ...['letter_print_fonts', 'letter_prints', 'letter_receipts', 'letter_receipts', 'letter_receipts'],
    ...['letter_recipients', 'letter_recipients', 'letter_recipients', 'letter_texts', 'letter_ties'],
    ...['letters', 'letters', 'letters'],
    ...Array.from({ length: 7 }, () => 'notice_deliveries'),
    'notice_reads',
    ...Array.from({ length: 4 }, () => 'notices'),
    ...['periods', 'periods', 'reproof_draws', 'retention_holds'],
    ...['retention_proofs', 'retention_proofs', 'retention_terms'],
    ...['setup_links', 'uploads', 'uploads'],
  ]);
  const wrong = read.flatMap(({ name, text }) => statementFaults(text, functions).map((fault) => `${name}: ${fault}`));
  expect(wrong.filter((fault) => !(fault in exceptions))).toEqual([]);
});

it('a statement in a body of PL/pgSQL is found wherever it stands', () => {
  const body = `
    declare
      chosen schools;
    begin
      -- no; statement here
      if exists (select 1 from schools where id = wanted) then
        perform 1 from schools s where s.id = new.id for update;
      else
        select * into chosen from schools where county_id = wanted;
      end if;
      chosen.name := (select name from facts where id = wanted);
      update schools set county_id = wanted where id = chosen.id;
      return query select * from facts;
      return new;
    end`;
  const statements = statementsOfProcedure({ body, variables: ['wanted'] });
  expect(statements.map((text) => text.replace(/\s+/g, ' '))).toEqual([
    'select exists (select 1 from schools where id = $1)',
    'select 1 from schools s where s.id = $1 for update',
    'select * from schools where county_id = $1',
    'select (select name from facts where id = $1)',
    'update schools set county_id = $1 where id = $1',
    'select * from facts',
  ]);
  expect(statements.flatMap((text) => statementFaults(text, new Set()))).toEqual([
    'for update of schools without its place',
    'update of the place of schools',
  ]);
});

it('every room with statements is held to the rules or listed with the reason', () => {
  const rooms = new Set(
    productFiles('src/', /\.store\.ts$/).map((file) => /^src\/(server\/\w+|\w+)/.exec(file)?.[1] ?? file),
  );
  expect([...rooms].sort()).toEqual(['server/core', 'server/features', ...Object.keys(roomsNotHeld)].sort());
});

describe('the rules of statements', () => {
  const own = new Set(['default_period']);
  it.each([
    ['select id from schools s where id = 1 for update of s', 'for update of schools without its place'],
    ['select id from schools where id = 1 for update', 'for update of schools without its place'],
    [
      'select s.id from schools s join org_units u on u.id = s.county_id where s.county_id = u.id for update of s',
      'for update of schools without its place',
    ],
    [
      'select s.id from schools s join org_units u on u.id = s.county_id where u.id = $1 for update of s',
      'for update of schools without its place',
    ],
    ['select id from school_totals where id = 1 for update', 'for update of school_totals without its place'],
    [
      'insert into school_totals (id) select 1 from org_units',
      'insert into school_totals from a query without returning',
    ],
    ['select u.id from org_units u, lateral (select 1 from facts f) x', 'lateral on facts beside a reference table'],
    [
      'select u.id, (select count(*) from facts f where f.county_id = u.id) from org_units u',
      'a correlated subquery on a growing table below a reference table',
    ],
    [
      "select 1 from facts where period_id = default_period('2025-01-01')",
      'default_period() is not called as (select default_period())',
    ],
    [
      'insert into schools (county_id, id) select 1, 2 from org_units',
      'insert into schools from a query without returning',
    ],
    ['insert into periods (id) values (1) on conflict (id) do nothing', 'on conflict on the reference table periods'],
    ['update schools set county_id = 3 where id = 1', 'update of the place of schools'],
    [
      `update schools set name = case when w.data ? 'n' then (w.data ->> 'n')::text else name end
         from jsonb_to_recordset('[]') as w(data jsonb)`,
      'a cast inside a case beside a recordset',
    ],
    [
      'select u.id from org_units u join lateral (select 1 from schools s where s.county_id = u.id) x on true',
      'lateral on schools beside a reference table',
    ],
    [
      'select u.id from org_units u, lateral (select 1 from schools s) x',
      'lateral on schools beside a reference table',
    ],
    [
      'select u.id, (select count(*) from schools s where s.county_id = u.id) from org_units u',
      'a correlated subquery on a growing table below a reference table',
    ],
    [
      "select 1 from filings where period_id = default_period('2025-01-01')",
      'default_period() is not called as (select default_period())',
    ],
    [
      'select 1 from school_versions v join schools s on s.id = v.school_id',
      'school_versions and schools joined by the school without its place',
    ],
    [
      'with v as (select * from school_versions) select 1 from v join schools s on s.id = v.school_id where s.county_id = 1',
      'schools and v joined by the school without its place',
    ],
    [
      'select 1 from filing_standings f left join (select school_id from period_schools) p on p.school_id = f.school_id',
      'a query and filing_standings joined by the school without its place',
    ],
    [
      'select 1 from schools s where exists (select 1 from school_versions v where v.school_id = s.id)',
      'school_versions and schools joined by the school without its place',
    ],
    [
      'select 1 from filings join period_schools using (school_id)',
      'period_schools joined by the school without its place',
    ],
    // The place that is joined belongs to another query, in which the same names mean other rows.
    [
      `select 1 from school_versions v join schools s on s.id = v.school_id
        where exists (select 1 from schools s join school_versions v on v.county_id = s.county_id)`,
      'school_versions and schools joined by the school without its place',
    ],
    [
      `select 1 from school_versions v join schools s on s.id = v.school_id
        where s.county_id = v.school_id and v.county_id = s.id`,
      'school_versions and schools joined by the school without its place',
    ],
    ["begin; set local app.places = '{}'", 'several statements in one text'],
  ])('refuse %s', (text, fault) => expect(statementFaults(text, own)).toEqual([fault]));

  it.each([
    'select exists (select 1 from schools where county_id = 1)',
    'select id from schools s where s.county_id = $1 and id = any($2) order by id for update of s',
    'select id from org_units where id = 1 for update',
    'select id from schools where $1 = county_id and id = 3 for update',
    'select s.id from schools s join school_versions v on v.county_id = s.county_id and v.school_id = s.id where s.county_id = $1::int for update of s',
    'select 1 from schools s where exists (select 1 from school_versions v where v.county_id = s.county_id and v.school_id = s.id)',
    'with a as (select s.id from schools s) select 1 from a join school_places s on s.school_id = a.id',
    'select relname from pg_class where relname = $1 for update',
    'insert into schools (county_id, id) select 1, 2 from org_units returning id',
    'insert into schools (county_id, id) values (1, 2)',
    'insert into school_codes (code) values ($1) on conflict (code) do nothing',
    'update schools set name = $1 where county_id = 3',
    'select 1 from school_versions v join schools s on s.county_id = v.county_id and s.id = v.school_id',
    'select 1 from school_versions v join schools s on s.id = v.school_id where s.county_id = $1 and v.county_id = $2',
    'select 1 from grants g join school_places p on p.school_id = g.school_id join schools s on s.county_id = p.county_id and s.id = p.school_id',
    'select 1 from filings join period_schools using (period_id, school_id, county_id)',
    'with o as (select school_id from assignments) select 1 from o join schools s on s.id = o.school_id',
    'select s.id from schools s join lateral (select 1 from school_versions v where v.county_id = s.county_id) x on true',
    "select 1 from filings where period_id = (select default_period('2025-01-01'))",
    "select id from periods where id = default_period('2025-01-01')",
  ])('let %s pass', (text) => expect(statementFaults(text, own)).toEqual([]));

  it('know the relations of a statement, those it makes itself left out', () => {
    expect(
      relationsIn(
        'with a as (insert into b select * from c returning id) update d set x = 1 from a where exists (select 1 from e)',
      ),
    ).toEqual(expect.arrayContaining(['b', 'c', 'd', 'e']));
    expect(relationsIn('with a as (select 1) select * from a')).toEqual([]);
  });

  it('know the tables that a statement writes, those that it only reads left out', () => {
    const text =
      'with a as (insert into b select * from c returning id), d as (delete from e returning id) update f set x = 1 from a, d';
    expect(tablesWrittenBy(text).sort()).toEqual(['b', 'e', 'f']);
    expect(tablesWrittenBy('select 1 from c for update')).toEqual([]);
  });

  it('part them by the feature whose name a sub-select carries', () => {
    const text = `select 1 from (select 1 from a union all select 1 from (select 2 from b) "filings") line join c on true`;
    expect(relationsByPart(text, new Set(['filings']))).toEqual(
      new Map([
        ['', ['a', 'c']],
        ['filings', ['b']],
      ]),
    );
  });
});
