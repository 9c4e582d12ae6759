import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations, runFile } from '#platform/db/migrate/migrate-files.ts';
import { partedTable, statementsOf } from '#platform/db/migrate/migrate-spread.ts';
import { cloneWithOwner } from '#test/support/database/database.ts';
import { growing, reference } from '#test/support/statements/distribution.ts';
import { migrationsFolder } from '../../root.ts';
import { distributionStatements, writeDistribution } from './distribute.store.ts';
import { findDistribution } from './distribution.store.ts';

/** Citus runs on no machine that tests: functions of its names keep what they are asked, and check what Citus refuses. */
const recorder = `
  create table pg_dist_partition (logicalrelid regclass primary key);
  create table calls (n serial primary key, kind text not null, name text not null, place text, beside text);
  create function create_reference_table(name regclass) returns void language plpgsql as $$
  begin
    if exists (
      select 1 from pg_constraint k join pg_dist_partition p on p.logicalrelid = k.conrelid
       where k.contype = 'f' and k.confrelid = name and k.conrelid <> name) then
      raise exception 'a converted table refers to %, which is not', name;
    end if;
    insert into calls (kind, name) values ('reference', name::text);
    insert into pg_dist_partition values (name);
  end $$;
  create function create_distributed_table(name regclass, place text, colocate_with text default null)
  returns void language plpgsql as $$
  begin
    if exists (
      select 1 from pg_constraint k where k.contype = 'f' and k.conrelid = name
         and not exists (select 1 from pg_dist_partition p where p.logicalrelid = k.confrelid)) then
      raise exception '% refers to a table that is not distributed', name;
    end if;
    if exists (
      select 1 from pg_constraint k join calls c on c.name = k.confrelid::regclass::text and c.kind = 'distributed'
       where k.contype = 'f' and k.conrelid = create_distributed_table.name) then
      raise exception '% refers to a distributed table before it is one itself', name;
    end if;
    if exists (select 1 from pg_trigger t where t.tgrelid = name and not t.tgisinternal) then
      raise exception '% has a trigger', name;
    end if;
    insert into calls (kind, name, place, beside) values ('distributed', name::text, place, colocate_with);
    insert into pg_dist_partition values (name);
  end $$;`;

/** Nothing joins them with growing tables, so they stay on the coordinator; a table there may refer to a reference table. */
const alone = ['leader_posts', 'leader_terms', 'framework_withdrawals', 'framework_facts'];
const copied = reference.filter((name) => !alone.includes(name));

let base: Awaited<ReturnType<typeof cloneWithOwner>>;
beforeAll(async () => {
  base = await cloneWithOwner();
});
afterAll(() => base.close());

const foreignKeys = async () =>
  (
    await base.owner.query<{ name: string }>(
      `select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) as name from pg_constraint where contype = 'f' order by 1`,
    )
  ).rows.map(({ name }) => name);
const rights = async () =>
  (
    await base.owner.query(`select relname, relacl::text[] from pg_class where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'v') and relacl is not null order by relname`)
  ).rows;

describe('a database on a coordinator of Citus', () => {
  it('is known by its catalogue as the list of the house has it', async () => {
    const found = await findDistribution(base.owner);
    const known = new Set([...growing, ...reference]);
    expect(found.growing.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(growing.filter((name) => !found.growing.some((one) => one.name === name))).toEqual(['notes']);
    expect([...found.reference].sort()).toEqual([...copied].sort());
  });

  it('is refused where the extension is not there, and nothing is done', async () => {
    const before = await foreignKeys();
    await expect(writeDistribution(base.owner)).rejects.toThrow('没有 Citus 扩展');
    expect(await foreignKeys()).toEqual(before);
  });

  it('is spread by place beside its schools, with keys, rights and settings as they must be', async () => {
    const [keysBefore, rightsBefore] = [await foreignKeys(), await rights()];
    await base.owner.query(recorder);
    const statements = await writeDistribution(base.owner);
    const { rows: calls } = await base.owner.query('select kind, name, place, beside from calls order by n');
    const of = (kind: string) => calls.filter((call) => call.kind === kind);
    expect(
      of('reference')
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...copied].sort());
    expect(of('distributed')[0]).toEqual({ kind: 'distributed', name: 'schools', place: 'county_id', beside: null });
    expect(
      of('distributed')
        .slice(1)
        .filter(({ beside }) => beside !== 'schools'),
    ).toEqual([]);
    expect(of('distributed')).toHaveLength(growing.length - 1);
    // Reference tables come first, because growing ones refer to them.
    expect(calls.findIndex(({ kind }) => kind === 'distributed')).toBe(copied.length);
    expect(await foreignKeys()).toEqual(keysBefore);
    expect((await rights()).filter(({ relname }) => rightsBefore.some((one) => one.relname === relname))).toEqual(
      rightsBefore,
    );
    const { rows: settings } = await base.owner.query(
      `select unnest(setconfig) as setting from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
        where d.datname = current_database() order by 1`,
    );
    expect(settings.map(({ setting }) => setting)).toEqual(
      expect.arrayContaining(['citus.multi_shard_modify_mode=sequential', 'citus.propagate_set_commands=local']),
    );
    expect(statements.length).toBeGreaterThan(100);
  });

  it('takes an upgrade: a new table is spread or copied before a spread one refers to it', async () => {
    const before = Number((await base.owner.query('select max(n) as n from calls')).rows[0].n);
    const sql = `
      -- A kind; it is copied; to all nodes.
      create table seal_kinds (key text primary key, title text not null default 'a;b' check (title <> ','));
      create table filing_seals (
        place_id integer not null references org_units,
        id uuid not null,
        filing_id uuid not null,
        kind text not null references seal_kinds on delete cascade,
        primary key (place_id, id),
        foreign key (place_id, filing_id) references filings (place_id, id),
        check (kind in ('a', 'b'))
      );
      alter table filings
        add column seal_kind text references seal_kinds,
        add column seal_id uuid,
        add foreign key (place_id, seal_id) references filing_seals (place_id, id);
      create function of_seal() returns integer language plpgsql as $body$ begin perform 1; return 2; end $body$;`;
    await base.owner.query('begin');
    await runFile(base.owner, { name: '0999_add_seals', sha256: '', sql }, 'dudao_app');
    await base.owner.query('commit');
    const { rows: calls } = await base.owner.query(
      'select kind, name, place, beside from calls where n > $1 order by n',
      [before],
    );
    expect(calls).toEqual([
      { kind: 'distributed', name: 'filing_seals', place: 'place_id', beside: 'schools' },
      { kind: 'reference', name: 'seal_kinds', place: null, beside: null },
    ]);
    const keys = (await foreignKeys()).filter((key) => key.includes('seal')).sort();
    expect(keys).toEqual(
      [
        'filing_seals FOREIGN KEY (kind) REFERENCES seal_kinds(key) ON DELETE CASCADE',
        'filing_seals FOREIGN KEY (place_id) REFERENCES org_units(id)',
        'filing_seals FOREIGN KEY (place_id, filing_id) REFERENCES filings(place_id, id)',
        'filings FOREIGN KEY (place_id, seal_id) REFERENCES filing_seals(place_id, id)',
        'filings FOREIGN KEY (seal_kind) REFERENCES seal_kinds(key)',
      ].sort(),
    );
    const wrong = {
      name: '0999_add_faults',
      sha256: '',
      sql: 'select 1;\nselect 2;\nalter table nowhere add column x integer;',
    };
    await base.owner.query('begin');
    await expect(runFile(base.owner, wrong, 'dudao_app')).rejects.toThrow('第 3 行');
    await base.owner.query('rollback');
  });

  it('parts every migration of the product so that nothing is lost', () => {
    const names: string[] = [];
    for (const { name, sql } of readMigrations(migrationsFolder)) {
      const statements = statementsOf(sql);
      expect(statements.length, name).toBeGreaterThan(0);
      for (const { text } of statements) {
        const parted = partedTable(text);
        if (parted === null) continue;
        names.push(parted.name);
        const references = (of: string) => [...of.matchAll(/references \w+/g)].map(([one]) => one).sort();
        expect(references(parted.keys.join(' ')), parted.name).toEqual(references(text.replace(/--.*/g, '')));
        expect(parted.bare, parted.name).not.toContain('references');
      }
    }
    // The example of the house has its table in no installation.
    expect(names.sort()).toEqual(growing.filter((name) => name !== 'notes').sort());
  });

  it.each([
    ['create table if not exists seals (place_id integer, primary key (place_id))', 'way to make a table'],
    ['create unlogged table seals (place_id integer, primary key (place_id))', 'way to make a table'],
    ['create table public.seals (place_id integer, primary key (place_id))', 'way to make a table'],
    ['create table "seals" (place_id integer, primary key (place_id))', 'way to make a table'],
    ['-- A copy.\ncreate table seals as select 1 as place_id', 'way to make a table'],
    ['create table seals (place_id integer primary key)', 'its key in a line'],
    ['create table seals (place_id integer references a match full, primary key (place_id))', 'foreign key'],
    ['create table seals (place_id integer references a deferrable, primary key (place_id))', 'foreign key'],
    ['create table seals (place_id integer references a on delete set default, primary key (place_id))', 'foreign key'],
    ['create table seals (place_id integer constraint b references a, primary key (place_id))', 'foreign key'],
  ])('refuses what it could not part, and parts nothing wrongly: %s', (text, reason) => {
    expect(() => partedTable(text)).toThrow(reason);
  });

  it('lets pass what makes no table', () => {
    for (const text of [
      'insert into seals select 1',
      'create function f() returns trigger as $$ create table x () $$ language sql',
      "comment on table seals is 'create table if not exists'",
    ]) {
      expect(partedTable(text)).toBeNull();
    }
  });

  it('asks a second time for nothing that is spread already', async () => {
    const again = distributionStatements(await findDistribution(base.owner));
    expect(again.filter((text) => /create_|constraint/.test(text))).toEqual([]);
  });
});
