import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { textOf } from '#test/support/sources.ts';
import { coreFacts, coreTables, coreViews, places } from '#test/support/statements/distribution.ts';
import { features as shipped } from '../../../src/server/app/features.ts';
import { notesFeature } from '../features/notes/notes.feature.ts';

/** The example of a feature keeps the rules of those that are shipped. */
const features = [...shipped, notesFeature];

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [], tables: textOf('test/house/features/notes/notes.sql') });
});
afterAll(() => app.close());

/** Tables whose rows count their changes and whose conflicts name nobody, each with the reason. */
const unnamed: Readonly<Record<string, string>> = {
  balance_standards: 'an edition is a row of its own and never changed',
  basic_standards: 'an edition is a row of its own and never changed',
  framework_editions: 'an edition is a row of its own and never changed',
  framework_withdrawals: 'names the edition that is used no more, and is never changed',
  framework_facts: 'names the edition that reads them, and is never changed',
  work_item_parts: 'written with the plan from which it comes',
};

it('every table that counts changes says by which acts, so that a conflict names the person of the last one', async () => {
  const { rows } = await app.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'revision' and table_type = 'BASE TABLE'`,
  );
  const revised = features.flatMap((feature) => feature.revised ?? []);
  const named = new Set([...revised.map(({ table }) => table), ...Object.keys(unnamed)]);
  expect(rows.map(({ name }) => name).sort()).toEqual([...named].sort());
});

describe('the second wall', () => {
  it('no view bypasses the row policies', async () => {
    // Published views filter themselves; the start checks what the role of the public may read.
    const { rows } = await app.owner.query<{ name: string; options: string[] | null }>(
      `select relname as name, reloptions as options from pg_class
        where relkind = 'v' and relnamespace = 'public'::regnamespace and relname not like 'published\\_%'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((view) => !view.options?.includes('security_invoker=true'))).toEqual([]);
    const { rows: kept } = await app.owner.query(`select relname from pg_class where relkind = 'm'`);
    expect(kept).toEqual([]);
  });

  /** Tables with a place and without a row policy, each with the reason. */
  const open: Readonly<Record<string, string>> = {
    org_units: 'a register: units and their names are public, and every page of the city shows them',
    schools: 'a register: names and kinds of schools are public, and every page of the city shows them',
    school_versions: 'the history of that register',
    school_events: 'the history of that register',
    school_places: 'says of each school in which county it lies now, by which every other table finds its place',
  };
  /** Tables whose policy does not bind their owner. */
  const unforced: Readonly<Record<string, string>> = {
    audit_events: 'a function of the owner writes its rows, also for a place that the person does not see',
  };

  it('every table whose rows lie in a place has a row policy, and forces it on its owner too', async () => {
    const { rows } = await app.owner.query<{ name: string; enabled: boolean; forced: boolean }>(
      `select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
         from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = any($1) and not a.attisdropped)`,
      [places],
    );
    expect(rows.length).toBeGreaterThan(15);
    const without = (has: 'enabled' | 'forced') => rows.filter((table) => !table[has]).map(({ name }) => name);
    expect(without('enabled').sort()).toEqual(Object.keys(open).sort());
    expect(without('forced').sort()).toEqual([...Object.keys(open), ...Object.keys(unforced)].sort());
  });

  it('the application may not change or remove audit rows', async () => {
    const { rows } = await app.owner.query<{ right: string }>(
      `select table_name || ' ' || privilege_type as right from information_schema.role_table_grants
        where grantee = 'dudao_app' and table_name in ('audit_events', 'audit_seals')`,
    );
    // Rows are added by a function of the database: see the migrations.
    expect(rows.map((row) => row.right).sort()).toEqual(['audit_events SELECT', 'audit_seals SELECT']);
  });
});

it('every table has one owner', async () => {
  const { rows } = await app.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  );
  const owned = [...coreTables, ...features.flatMap((feature) => feature.tables)];
  expect(owned.filter((table, index) => owned.indexOf(table) !== index)).toEqual([]);
  expect(owned.sort()).toEqual(rows.map((row) => row.name).sort());
  for (const { name, tables, registers = [] } of features)
    expect(tables, name).toEqual(expect.arrayContaining([...registers]));
});

it('every view is published by one feature, or belongs to the core', async () => {
  const { rows } = await app.owner.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace`,
  );
  const published = [...coreViews, ...features.flatMap((feature) => feature.views ?? [])];
  expect(published.sort()).toEqual(rows.map((row) => row.name).sort());
});

it('the views of a feature, and functions alone beside them, are made by the files that are deleted with it', async () => {
  const { rows } = await app.owner.query<{ file: string; objects: string[] }>(
    'select name as file, objects from schema_again',
  );
  // What a feature does as the owner stands beside its views, in its file or in a folder of its name.
  const isOf = (file: string, name: string) => file === `features/${name}` || file.startsWith(`features/${name}/`);
  const made = (name: string) =>
    rows.flatMap(({ file, objects }) =>
      isOf(file, name) ? objects.filter((one) => !one.startsWith('function ')) : [],
    );
  const inSchema = (views: readonly string[]) => views.map((view) => `view public.${view}`).sort();
  for (const { name, views = [] } of features) expect(made(name).sort()).toEqual(inSchema(views));
  const rest = rows.filter(({ file }) => !file.startsWith('features/')).flatMap(({ objects }) => objects);
  expect(rest.sort()).toEqual(inSchema(coreViews));
});

it('a function has one list of parameters: the earlier one is dropped by a migration', async () => {
  const { rows } = await app.owner.query<{ name: string }>(
    `select proname as name from pg_proc p where pronamespace = 'public'::regnamespace
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
      group by proname having count(*) > 1`,
  );
  expect(rows).toEqual([]);
});

it('facts are fed by the views that the manifests name', async () => {
  const { rows } = await app.owner.query<{ name: string }>(
    `select distinct d.refobjid::regclass::text as name
       from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
      where r.ev_class = 'facts'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid <> 'facts'::regclass`,
  );
  const named = [...coreFacts, ...features.flatMap((feature) => feature.facts ?? [])];
  expect(named.sort()).toEqual(rows.map((row) => row.name).sort());
  for (const feature of features)
    expect(feature.views ?? []).toEqual(expect.arrayContaining([...(feature.facts ?? [])]));
});

it('docs/database.md has a paragraph for every table and view, a place in a diagram for every table, and neither for anything else', async () => {
  const { rows } = await app.owner.query<{ name: string; kind: string }>(
    `select relname as name, relkind as kind from pg_class
      where relkind in ('r', 'p', 'v') and relnamespace = 'public'::regnamespace and relname <> all($1)`,
    [notesFeature.tables],
  );
  const views = rows.filter(({ kind }) => kind === 'v').map(({ name }) => name);
  const tables = rows.filter(({ kind }) => kind !== 'v').map(({ name }) => name);
  const text = textOf('docs/database.md');
  const diagrams = [...text.matchAll(/```mermaid\n([\s\S]*?)```/g)].map(([, diagram]) => diagram!);
  const drawn = new Set(
    diagrams.flatMap((diagram) =>
      [...diagram.replaceAll(/: .*$/gm, '').matchAll(/\b[a-z]+(?:_[a-z]+)*\b/g)].map(String),
    ),
  );
  const described = [...text.matchAll(/^\*\*([a-z_, ]+)\.\*\*/gm)].flatMap(([, names]) => names!.split(', '));
  expect(views.length).toBeGreaterThan(10);
  expect([...described].sort()).toEqual([...tables, ...views].sort());
  expect(tables.filter((name) => !drawn.has(name))).toEqual([]);
  const undrawable = [...drawn].filter((name) => name.includes('_') && !tables.includes(name));
  expect(undrawable).toEqual([]);
});
