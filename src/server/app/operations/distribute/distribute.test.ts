import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneWithOwner } from '#test/support/database/database.ts';
import { growing, reference } from '#test/support/statements/distribution.ts';
import { distributionStatements, writeDistribution } from './distribute.store.ts';
import { findDistribution } from './distribution.store.ts';

/** Citus runs on no machine that tests: functions of its names keep what they are asked, and check what Citus refuses. */
const recorder = `
  create table pg_dist_partition (logicalrelid regclass primary key);
  create table calls (n serial primary key, kind text not null, name text not null, place text, beside text);
  create function create_reference_table(name regclass) returns void language plpgsql as $$
  begin
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
    if exists (select 1 from pg_trigger t where t.tgrelid = name and not t.tgisinternal) then
      raise exception '% has a trigger', name;
    end if;
    insert into calls (kind, name, place, beside) values ('distributed', name::text, place, colocate_with);
    insert into pg_dist_partition values (name);
  end $$;`;

/** Nothing joins them with growing tables, so they stay on the coordinator; a table there may refer to a reference table. */
const copied = reference.filter((name) => !['leader_posts', 'leader_terms'].includes(name));

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

  it('asks a second time for nothing that is spread already', async () => {
    const again = distributionStatements(await findDistribution(base.owner));
    expect(again.filter((text) => /create_|constraint/.test(text))).toEqual([]);
  });
});
