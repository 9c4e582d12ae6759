import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { assertPublicRole } from '#platform/postgres/role-rights.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';

/**
 * Tests the second wall for each kind of reach, on a table made here. Its rows lie at a county, at the city, at a
 * school, and in a campaign. The statement asks for everything, as if every condition had been forgotten; the scope is
 * the one that the look-up of the session gives.
 */
let app: TestApp;
const campaign = randomUUID();
const rows = [
  ['city', units.city.id, null, null],
  ['licheng', units.licheng.id, null, null],
  ['fengze', units.fengze.id, null, null],
  ['first', units.licheng.id, schools.first.id, null],
  ['neighbour', units.licheng.id, schools.neighbour.id, null],
  ['junior', units.licheng.id, schools.junior.id, null],
  ['foreign', units.fengze.id, schools.foreign.id, null],
  ['campaign', units.fengze.id, null, campaign],
  ['another campaign', units.fengze.id, null, randomUUID()],
] as const;
const of = (...names: (typeof rows)[number][0][]) => [...names].sort();
const inLicheng = of('licheng', 'first', 'neighbour', 'junior');
const inFengze = of('fengze', 'foreign', 'campaign', 'another campaign');

beforeAll(async () => {
  app = await openTestApp({ features: [] });
  await app.owner.query(`
    create table reached (name text primary key, place_id integer not null, school_id integer, campaign_id uuid, read boolean);
    create view published_names with (security_barrier = true) as select name from reached where campaign_id is null;
    grant select, insert, update, delete on reached to dudao_app;
    grant select on published_names to dudao_public`);
  await app.owner.query(`select police('reached', campaign => 'campaign_id')`);
  for (const row of rows) {
    await app.owner.query('insert into reached (name, place_id, school_id, campaign_id) values ($1, $2, $3, $4)', [
      ...row,
    ]);
  }
  await app.owner.query('update assignments set campaign_id = $1 where campaign_id is not null', [campaign]);
});
afterAll(() => app.close());

const seen = (scope: Scope) =>
  withLease(app.services.pool, async (held) => {
    const found = await held.reading(scope, () =>
      held.query<{ name: string }>('select name from reached order by name'),
    );
    return found.map((row) => row.name);
  });
const changed = (scope: Scope) =>
  withLease(app.services.pool, async (held) => {
    const found = await held.writing(scope, () =>
      held.query<{ name: string }>('update reached set read = true returning name'),
    );
    return found.map((row) => row.name).sort();
  });

/** The scope that the session of a member of the cast has now. */
async function scopeOf(member: Member): Promise<Scope> {
  const cookieToken = decodeURIComponent(app.as(member).cookie.split('=')[1] ?? '');
  const signed = await withLease(app.services.pool, (held) =>
    app.services.lookUp(held, { cookieToken, ...postOf(member) }, app.clock.now),
  );
  if (signed === null) throw new Error(`${member} has no session`);
  return signed.scope;
}
const postOf = (member: Member) => {
  const { post } = app.as(member);
  return post === null ? {} : { post };
};

describe('a scope reaches, whatever the statement asks for', () => {
  it.each<readonly [string, Member, readonly string[]]>([
    ['a city: the city unit and its counties', 'cityOfficer', of(...rows.map(([name]) => name))],
    ['a county: its own rows', 'countyOfficer', inLicheng],
    ['a school: itself', 'head', of('first')],
    ['a set of schools: those that are assigned', 'inspector', of('first', 'foreign')],
    ['an empty set of schools: nothing', 'idleInspector', []],
    ['a campaign: its rows and no place', 'expert', of('campaign')],
    ['an agency: the same', 'agency', of('campaign')],
    ['a stand-in: what the principal reaches', 'standIn', inFengze],
    ['an administrator: nothing', 'systemAdministrator', []],
    ['somebody without a post: nothing', 'roleless', []],
  ])('%s', async (_, member, expected) => {
    const scope = await scopeOf(member);
    expect(await seen(scope)).toEqual(expected);
    // A person who comes through a campaign reads and does not write: the table declares nothing else.
    expect(await changed(scope)).toEqual(member === 'expert' || member === 'agency' ? [] : expected);
  });

  it('without any setting it reads nothing', async () => {
    expect(await seen(nowhere)).toEqual([]);
    const raw = await withLease(app.services.pool, (held) => held.query('select name from reached'));
    expect(raw).toEqual([]);
  });

  it('places without a setting for schools: it reads nothing, because the wall fails closed', async () => {
    const raw = await withLease(app.services.pool, async (held) => {
      await held.query('begin');
      await held.query(`set local app.places = '{${units.licheng.id}}'`);
      const found = await held.query('select name from reached');
      await held.query('rollback');
      return found;
    });
    expect(raw).toEqual([]);
  });

  it('a writer puts no row where the scope does not reach', async () => {
    const add = (scope: Scope, place: number, school: number | null) =>
      withLease(app.services.pool, (held) =>
        held.writing(scope, () =>
          held.query('insert into reached (name, place_id, school_id) values ($1, $2, $3)', [
            randomUUID(),
            place,
            school,
          ]),
        ),
      );
    const refusal = /row-level security/;
    await expect(add(await scopeOf('inspector'), units.licheng.id, schools.neighbour.id)).rejects.toThrow(refusal);
    await expect(add(await scopeOf('inspector'), units.licheng.id, null)).rejects.toThrow(refusal);
    await expect(add(await scopeOf('expert'), units.fengze.id, null)).rejects.toThrow(refusal);
    await expect(add(atPlaces([units.licheng.id]), units.fengze.id, null)).rejects.toThrow(refusal);
  });
});

describe('an assignment', () => {
  it('reaches on its days and no longer', async () => {
    const { now } = app.clock;
    app.clock.now = new Date('2025-11-30T15:59:59Z');
    expect(await seen(await freshScope('inspector'))).toEqual(of('first', 'foreign'));
    app.clock.now = new Date('2025-11-30T16:00:00Z');
    expect(await seen(await freshScope('inspector'))).toEqual(of('first'));
    app.clock.now = now;
  });

  it('of a whole unit reaches its schools, and not what belongs to the unit', async () => {
    const grant = app.as('idleInspector').post?.grantId ?? null;
    const { rows: made } = await app.owner.query(
      `insert into assignments (id, grant_id, unit_id, valid_from)
       values (gen_random_uuid(), coalesce($1, (select id from grants where person_id = $2)), $3, '2025-01-01') returning id`,
      [grant, app.as('idleInspector').personId, units.licheng.id],
    );
    expect(await seen(await scopeOf('idleInspector'))).toEqual(of('first', 'neighbour', 'junior'));
    await app.owner.query('update assignments set ended_at = now() where id = $1', [made[0].id]);
    expect(await seen(await scopeOf('idleInspector'))).toEqual([]);
  });

  /** The session itself would have ended by then. */
  async function freshScope(member: Member): Promise<Scope> {
    await app.owner.query("update sessions set last_seen_at = $1, expires_at = $1::timestamptz + interval '1 hour'", [
      app.clock.now,
    ]);
    await app.owner.query('update people set password_changed_at = $1', [app.clock.now]);
    return scopeOf(member);
  }
});

describe('the role of the public', () => {
  const asPublic = async (statement: string) => {
    await app.owner.query('begin');
    try {
      await app.owner.query('set local role dudao_public');
      return (await app.owner.query(statement)).rows;
    } finally {
      await app.owner.query('rollback');
    }
  };
  const ownerUrl = () => {
    const { host, port, database, user, password } = app.owner;
    return `postgresql://${user}:${encodeURIComponent(String(password ?? ''))}@${host}:${port}/${database}`;
  };

  it('reads published views, which filter themselves, and nothing behind them', async () => {
    expect(await asPublic('select count(*)::int as n from published_names')).toEqual([{ n: rows.length - 2 }]);
    for (const relation of ['reached', 'people', 'filings', 'settings', 'audit_events', 'schools', 'org_units']) {
      await expect(asPublic(`select 1 from ${relation}`), relation).rejects.toThrow(/permission denied/);
    }
    await expect(asPublic(`insert into published_names values ('x')`)).rejects.toThrow(/permission denied/);
    await expect(asPublic('select seal_audit_events()')).rejects.toThrow(/permission denied/);
  });

  it('has rights in the whole catalogue to published views and to nothing else', async () => {
    const { rows: granted } = await app.owner.query(
      `select table_name || ' ' || privilege_type as right from information_schema.role_table_grants
        where grantee in ('dudao_public', 'PUBLIC') and table_schema = 'public'`,
    );
    expect(granted).toEqual([{ right: 'published_names SELECT' }]);
    const { rows: functions } = await app.owner.query(
      `select p.oid::regprocedure::text as name from pg_proc p
        where p.pronamespace = 'public'::regnamespace and has_function_privilege('dudao_public', p.oid, 'execute')`,
    );
    expect(functions).toEqual([]);
    await assertPublicRole(ownerUrl());
  });

  it.each([
    ['a table', 'grant select on people to dudao_public', 'revoke select on people from dudao_public', 'people'],
    [
      'a column',
      'grant select (name) on people to dudao_public',
      'revoke select (name) on people from dudao_public',
      'people',
    ],
    [
      'writing through a view',
      'grant update on published_names to dudao_public',
      'revoke update on published_names from dudao_public',
      'published_names',
    ],
    [
      'a view that filters for whoever asks',
      'grant select on school_accounts to dudao_public',
      'revoke select on school_accounts from dudao_public',
      'school_accounts',
    ],
    [
      'a function',
      'grant execute on function seal_audit_events to dudao_public',
      'revoke execute on function seal_audit_events from dudao_public',
      'seal_audit_events',
    ],
    ['membership', 'grant dudao_app to dudao_public', 'revoke dudao_app from dudao_public', 'dudao_app'],
  ])('is refused at the start where somebody granted it %s', async (_, grant, revoke, thing) => {
    await app.owner.query(grant);
    try {
      await expect(assertPublicRole(ownerUrl())).rejects.toThrow(thing);
    } finally {
      await app.owner.query(revoke);
    }
  });
});
