import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import type { Feature } from '#core/access/feature.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { type LaidYear, layOwingSchool, layYear, removeYear } from '#test/support/collection.ts';
import { schools, units } from '#test/support/scenario.ts';
import { homeFeature } from './home.feature.ts';

let app: TestApp;
let year: LaidYear;

/** One open period in which every school owes; the filings stand at different places of the flow. */
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  year = await layYear(app.owner, {
    ...{ year: 2025, opensOn: '2025-09-15', deadline: '2025-10-10', graceDays: 10, cityDeadline: '2025-10-31' },
  });
  const states = {
    first: 'draft',
    neighbour: 'submitted',
    junior: 'approved',
    foreign: 'approved',
    cityManaged: 'submitted',
    private: 'draft',
  };
  for (const [name, state] of Object.entries(states)) {
    const submitted = state === 'draft' ? null : '2025-10-12T02:00:00Z';
    const filing = { state, submitted_at: submitted, filled: 3, required: 10 };
    await layOwingSchool(app.owner, year, schools[name as keyof typeof schools], filing);
  }
});
afterAll(() => app.close());

describe('a school', () => {
  const own = () => app.as('clerk').call(home.overview);

  it('reads its own day where it was given an extension', async () => {
    expect((await own()).deadlines).toMatchObject([{ kind: 'filings.filing', date: '2025-10-10', daysLeft: -5 }]);
    await app.owner.query("update filings set deadline_extension = '2025-10-20' where school_id = $1", [
      schools.first.id,
    ]);
    const { deadlines, next } = await own();
    expect(deadlines).toMatchObject([{ kind: 'filings.filing', date: '2025-10-20', daysLeft: 5, schoolYear: 2025 }]);
    expect(next).toMatchObject({ kind: 'filings.filing', date: '2025-10-20' });
    await app.owner.query('update filings set deadline_extension = null');
  });

  it('reads no day where its filing was sent back: that day was of the first submission', async () => {
    await app.owner.query(
      "update filings set submitted_at = '2025-10-08', returned_at = '2025-10-09' where school_id = $1",
      [schools.first.id],
    );
    const { work, deadlines } = await own();
    expect(work).toMatchObject([{ kind: 'filings.returned', count: 1 }]);
    expect(deadlines).toEqual([]);
    await app.owner.query('update filings set submitted_at = null, returned_at = null where school_id = $1', [
      schools.first.id,
    ]);
  });

  it('reads the last reminder until it has submitted, and nobody else reads it', async () => {
    expect((await own()).notice).toBeNull();
    const remind = (schoolId: number, at: string, note: string | null) =>
      app.owner.query(
        `insert into notices (place_id, id, kind, audience, subject_type, subject_id, school_id, sent_by, sent_by_name,
           sent_at, note)
         select $1, gen_random_uuid(), 'filing.reminder', 'school', 'filing', id, $2, 'x', '林督导', $3, $4
           from filings where school_id = $2`,
        [units.licheng.id, schoolId, at, note],
      );
    await remind(schools.neighbour.id, '2025-10-15T01:00:00Z', '给邻校');
    await remind(schools.first.id, '2025-10-12T01:00:00Z', null);
    await remind(schools.first.id, '2025-10-13T01:00:00Z', '请于本周内报送');
    expect((await own()).notice).toEqual({
      kind: 'filing.reminder',
      at: '2025-10-13T01:00:00.000Z',
      by: '林督导',
      note: '请于本周内报送',
    });
    expect((await app.as('countyDirector').call(home.overview)).notice).toBeNull();

    const submitted = (at: string | null, state: string) =>
      app.owner.query('update filings set state = $2, submitted_at = $3 where school_id = $1', [
        schools.first.id,
        state,
        at,
      ]);
    await submitted('2025-10-14T01:00:00Z', 'submitted');
    expect((await own()).notice).toBeNull();
    // Sent back: what was asked for before has been answered.
    await submitted('2025-10-14T01:00:00Z', 'draft');
    expect((await own()).notice).toBeNull();
    await submitted(null, 'draft');
  });
});

describe('what waits', () => {
  it('for a clerk is the own filing, opened directly', async () => {
    const { work, figures } = await app.as('clerk').call(home.overview);
    expect(work.map(({ kind, count }) => ({ kind, count }))).toEqual([{ kind: 'filings.fill', count: 1 }]);
    expect(work[0]?.subject).toMatch(/^[0-9a-f-]{36}$/);
    expect(figures.map(({ key }) => key)).toEqual([
      'filings.owed',
      'filings.submitted',
      'filings.approved',
      'filings.accepted',
      'filings.cityManaged',
    ]);
  });

  it('for the director is what the own county submitted, with the days since', async () => {
    const { work, figures } = await app.as('countyDirector').call(home.overview);
    expect(work).toContainEqual({ kind: 'filings.approve', count: 1, oldestDays: 3, subject: null, parts: [] });
    expect(work).toContainEqual({ kind: 'filings.unfiled', count: 1, oldestDays: 5, subject: null, parts: [] });
    expect(figures).toEqual([
      { key: 'filings.owed', count: 3 },
      { key: 'filings.submitted', count: 2 },
      { key: 'filings.approved', count: 1 },
      { key: 'filings.accepted', count: 0 },
      { key: 'filings.cityManaged', count: 0 },
      { key: 'balance.available', count: 0 },
      { key: 'balance.provisional', count: 0 },
      { key: 'balance.unavailable', count: 1 },
    ]);
    // The frame counts kinds of work: filings to approve and schools to remind do not add up.
    expect((await app.as('countyDirector').call(home.frame)).waiting).toBe(2);
  });

  it('and was looked at by an officer is told once, as a part of what waits for the director', async () => {
    const waits = async () => {
      const { work } = await app.as('countyDirector').call(home.overview);
      return [work, (await app.as('countyDirector').call(home.frame)).waiting] as const;
    };
    const [before, waiting] = await waits();
    const checked = (at: string | null, by: string | null) =>
      app.owner.query('update filings set checked_at = $2, checked_by = $3 where school_id = $1', [
        schools.neighbour.id,
        at,
        by,
      ]);
    await checked('2025-10-14T02:00:00Z', '鲤城督导');
    const [after, stillWaiting] = await waits();
    const part = { kind: 'filings.checked', count: 1, oldestDays: 1, subject: null };
    expect(after).toEqual(before.map((line) => (line.kind === 'filings.approve' ? { ...line, parts: [part] } : line)));
    expect(stillWaiting).toBe(waiting);
    await checked(null, null);
  });

  it('is, for a county that names nobody for its schools to call, to name somebody', async () => {
    const asked = async () => {
      const members = ['countyDirector', 'countyOfficer', 'otherOfficer', 'clerk', 'cityOfficer'] as const;
      const seen = await Promise.all(members.map((member) => app.as(member).call(home.overview)));
      return members.filter((_, at) => seen[at]!.work.some(({ kind }) => kind === 'directory.contact'));
    };
    expect(await asked()).toEqual([]);
    await app.owner.query('update org_units set contact_name = null where id = $1', [units.licheng.id]);
    expect(await asked()).toEqual(['countyDirector', 'countyOfficer']);
    await app.owner.query("update org_units set contact_name = '联系人' where id = $1", [units.licheng.id]);
  });

  it('is measured against the schools that the progress of the filings counts', async () => {
    for (const [member, owes] of [
      ['countyDirector', { county: 3, city: 0 }],
      ['otherDirector', { county: 2, city: 1 }],
      ['cityOfficer', { county: 5, city: 1 }],
    ] as const) {
      const { rows } = await app.as(member).call(filings.progress);
      const owing = (by: string) => rows.reduce((sum, row) => sum + (row.managedBy === by ? row.owes : 0), 0);
      expect([owing('county'), owing('city')]).toEqual([owes.county, owes.city]);
      const { figures } = await app.as(member).call(home.overview);
      expect(figures).toContainEqual({ key: 'filings.owed', count: owes.county + owes.city });
      expect(figures).toContainEqual({ key: 'filings.cityManaged', count: owes.city });
    }
  });

  it('and has doubts is counted only while it is under review, by the place that reviews it', async () => {
    const doubts = async (member: 'countyDirector' | 'cityOfficer' | 'clerk') =>
      (await app.as(member).call(home.overview)).work
        .flatMap(({ parts }) => parts)
        .find(({ kind }) => kind === 'filings.doubt')?.count ?? 0;
    // A draft, one that waits for the county, one that is approved, one that waits for the city: all have doubts.
    await app.owner.query('update filings set soft_findings = 2');
    expect([await doubts('countyDirector'), await doubts('cityOfficer'), await doubts('clerk')]).toEqual([1, 1, 0]);
    await app.owner.query("update filings set state = 'approved' where school_id = $1", [schools.neighbour.id]);
    expect(await doubts('countyDirector')).toBe(0);
    await app.owner.query("update filings set state = 'submitted' where school_id = $1", [schools.neighbour.id]);
    await app.owner.query('update filings set soft_findings = 0');
  });

  it('for the city officer are the schools of the city itself; a county with open schools is not ready', async () => {
    const { work, deadlines } = await app.as('cityOfficer').call(home.overview);
    expect(work.find(({ kind }) => kind === 'filings.approve')?.count).toBe(1);
    expect(work.find(({ kind }) => kind === 'filings.accept')).toBeUndefined();
    expect(
      deadlines.filter(({ kind }) => kind === 'filings.filing').map(({ name, daysLeft }) => [name, daysLeft]),
    ).toEqual([
      [units.licheng.name, -5],
      [units.fengze.name, -5],
    ]);
  });

  it('becomes ready when the last school of the county is approved', async () => {
    await app.owner.query(
      `update filings set state = 'approved', approved_at = '2025-10-13T02:00:00Z'
      where place_id = $1 and managed_by = 'county'`,
      [units.licheng.id],
    );
    const { work } = await app.as('cityOfficer').call(home.overview);
    expect(work.find(({ kind }) => kind === 'filings.accept')).toEqual({
      kind: 'filings.accept',
      count: 1,
      oldestDays: 2,
      subject: null,
      parts: [],
    });
  });

  it('counts no negative days in a sample, and the real days of what failed by itself', async () => {
    await app.owner.query(
      `insert into jobs (name, data, state, error, failed_at) values ('x', '{}', 'failed', 'x', '2025-10-11T02:00:00Z')`,
    );
    app.clock.today = '2025-10-01';
    const { work } = await app.as('cityOfficer').call(home.overview);
    expect(work).toContainEqual({ kind: 'filings.approve', count: 1, oldestDays: 0, subject: null, parts: [] });
    const { work: failed } = await app.as('systemAdministrator').call(home.overview);
    expect(failed).toContainEqual({ kind: 'jobs.failed', count: 1, oldestDays: 4, subject: null, parts: [] });
    app.clock.today = undefined;
    await app.owner.query("delete from jobs where state = 'failed'");
  });

  it('for the three administrators is nothing of the business', async () => {
    for (const member of ['systemAdministrator', 'auditAdministrator'] as const) {
      expect(await app.as(member).call(home.overview)).toMatchObject({
        work: [],
        deadlines: [],
        notice: null,
        figures: [],
      });
    }
    const { work } = await app.as('securityAdministrator').call(home.overview);
    expect(work).toEqual([{ kind: 'people.withoutRole', count: 1, oldestDays: null, subject: null, parts: [] }]);
  });
});

it('a token that was given no filings counts none', async () => {
  const token = 'a-token-of-the-test';
  await app.owner.query(
    `insert into access_tokens (id, grant_id, person_id, name, hash, permissions, expires_at)
     values (gen_random_uuid(), (select id from grants where person_id = $1), $1, 't', encode(sha256($2), 'hex'), '{directory.read}', '2030-01-01')`,
    [app.as('countyDirector').personId, token],
  );
  const get = async (url: string) =>
    (await app.http.inject({ url, headers: { authorization: `Bearer ${token}` } })).json();
  expect((await app.as('countyDirector').call(home.overview)).figures).not.toEqual([]);
  expect(await get('/api/home/overview')).toEqual({
    work: [],
    handedOver: [],
    deadlines: [],
    notice: null,
    figures: [],
    next: null,
  });
  expect(await get('/api/home/frame')).toMatchObject({ years: [], waiting: 0 });
});

it('a year that is opened ahead of its day is there and not yet the one that is meant', async () => {
  const ahead = await layYear(app.owner, {
    ...{ year: 2026, opensOn: '2026-09-01', deadline: '2026-10-01', cityDeadline: '2026-10-31' },
  });
  expect(await app.as('clerk').call(home.frame)).toMatchObject({
    years: [{ schoolYear: 2026 }, { schoolYear: 2025 }],
    currentYear: 2025,
  });
  expect((await app.as('countyDirector').call(home.overview)).figures[0]).toEqual({
    key: 'filings.owed',
    count: 3,
  });
  await app.owner.query(`update collections set opens_on = '2025-10-15' where id = $1`, [ahead.collectionId]);
  expect((await app.as('clerk').call(home.frame)).currentYear).toBe(2026);
  // Where none has begun, the newest is shown rather than nothing.
  const dates = (day: string) =>
    app.owner.query(
      'update collections set opens_on = $1::date, deadline = $1::date + 25, city_deadline = $1::date + 46',
      [day],
    );
  await removeYear(app.owner, ahead);
  await dates('2025-11-01');
  expect((await app.as('clerk').call(home.frame)).currentYear).toBe(2025);
  await dates('2025-09-15');
});

it('years of both kinds stand apart: the desk offers school years, and work by calendar years has its own', async () => {
  const plan: Feature = {
    ...{ name: 'plan', routes: [], tables: [] },
    years: () => sql`
      select *, false as "passedOver", null::date as "archivedOn" from (values ('calendar-year', 2027, 'open', '2027-01-01'::date), ('calendar-year', 2025, 'open', '2025-01-01'),
        ('calendar-year', 2024, 'closed', '2024-01-01')) given (kind, year, state, begins)`,
    figures: {
      kinds: ['plan.schoolYear', 'plan.calendarYear'],
      of: ({ schoolYear, calendarYear }) =>
        sql`select * from (values ('plan.schoolYear', ${schoolYear}::int, 0), ('plan.calendarYear', ${calendarYear}::int, 1))
          line (kind, count, rank)`,
    },
  };
  const asked: Feature = {
    ...{ name: 'asked', routes: [], tables: [] },
    years: () => sql`
      select *, false as "passedOver", null::date as "archivedOn" from (values ('school-year', 2025, 'open', '2025-09-15'::date)) given (kind, year, state, begins)`,
  };
  const open = (features: readonly Feature[]) =>
    openTestApp({ features: [homeFeature(features)], now: new Date('2025-10-15T02:00:00Z') });
  const [planning, other] = [await open([plan]), await open([asked, plan])];
  try {
    expect(await planning.as('clerk').call(home.frame)).toMatchObject({ years: [], currentYear: null });
    expect(await other.as('clerk').call(home.frame)).toMatchObject({
      years: [{ schoolYear: 2025, state: 'open' }],
      currentYear: 2025,
    });
    const figuresOf = async (year?: number) =>
      (await other.as('clerk').call(home.overview, { query: { year } })).figures.map(({ key, count }) => [key, count]);
    const planned = [
      ['plan.schoolYear', 2025],
      ['plan.calendarYear', 2025],
    ];
    expect(await figuresOf()).toEqual(planned);
    expect(await figuresOf(2025)).toEqual(planned);
  } finally {
    await Promise.all([planning.close(), other.close()]);
  }
});

it('a page costs six statements at most, begin and commit among them, for whomever', async () => {
  const members = [
    'clerk',
    'head',
    'countyDirector',
    'cityOfficer',
    'sectionOfficer',
    'securityAdministrator',
  ] as const;
  for (const member of members) {
    for (const route of [home.overview, home.frame]) {
      const before = app.statements.length;
      await app.as(member).call(route);
      // The scope travels with `begin`; the session is remembered outside of tests.
      const sent = app.statements
        .slice(before)
        .filter((text) => !/^set local /.test(text) && !/from sessions|update (sessions|access_tokens)/.test(text));
      expect(sent[0], member).toMatch(/^begin/);
      expect(sent.length, sent.join('\n')).toBeGreaterThan(2);
      expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(6);
    }
  }
});

it('the frame knows the years and today', async () => {
  expect(await app.as('clerk').call(home.frame)).toEqual({
    today: '2025-10-15',
    years: [{ schoolYear: 2025, state: 'open', opensOn: '2025-09-15' }],
    currentYear: 2025,
    waiting: 0,
    // Both reminders of her school.
    unread: 2,
  });
});
