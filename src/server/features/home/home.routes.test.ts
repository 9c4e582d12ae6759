import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home.ts';
import { openTestApp, type TestApp } from '../../../../test/support/app.ts';
import { schools, units } from '../../../../test/support/scenario.ts';
import { homeFeature } from './home.feature.ts';

let app: TestApp;

/** One open period in which every school owes; the filings stand at different places of the flow. */
beforeAll(async () => {
  app = await openTestApp({ features: [homeFeature], now: new Date('2025-10-15T02:00:00Z') });
  await app.owner.query(
    `insert into periods (id, school_year, name, catalogue_edition, opens_on, deadline, grace_days, city_deadline, state)
     values (1, 2025, '2025', 'resource-2025', '2025-09-15', '2025-10-10', 10, '2025-10-31', 'open')`,
  );
  const states = {
    first: 'draft',
    neighbour: 'submitted',
    junior: 'approved',
    foreign: 'approved',
    cityManaged: 'submitted',
    private: 'draft',
  };
  for (const [name, state] of Object.entries(states)) {
    const school = schools[name as keyof typeof schools];
    await app.owner.query(
      `insert into period_schools (county_id, period_id, school_id, code, name, initials, school_type, sponsor_code,
         ownership, urban_class, managing_unit_id)
       values ($1, 1, $2, $3, $4, 'x', $5, $6, $7, $8, $9)`,
      [
        school.county,
        school.id,
        school.code,
        school.name,
        school.type,
        school.sponsor,
        school.ownership,
        school.urban,
        school.managing,
      ],
    );
    await app.owner.query(
      `insert into filings (county_id, id, period_id, school_id, managing_unit_id, state, submitted_at, filled, required)
       values ($1, $2, 1, $3, $4, $5, $6, 3, 10)`,
      [
        school.county,
        randomUUID(),
        school.id,
        school.managing,
        state,
        state === 'draft' ? null : '2025-10-12T02:00:00Z',
      ],
    );
  }
});
afterAll(() => app.close());

describe('what waits', () => {
  it('for a clerk is the own filing, opened directly', async () => {
    const { work, balance } = await app.as('clerk').call(home.overview);
    expect(work.map(({ kind, count }) => ({ kind, count }))).toEqual([{ kind: 'fill', count: 1 }]);
    expect(work[0]?.filingId).toMatch(/^[0-9a-f-]{36}$/);
    expect(balance).toBeNull();
  });

  it('for the director is what the own county submitted, with the days since', async () => {
    const { work, progress } = await app.as('countyDirector').call(home.overview);
    expect(work).toContainEqual({ kind: 'approve', count: 1, oldestDays: 3, filingId: null });
    expect(work).toContainEqual({ kind: 'unfiled', count: 1, oldestDays: 5, filingId: null });
    expect(progress).toEqual({ owed: 3, submitted: 2, approved: 1, accepted: 0 });
  });

  it('for the city officer are the schools of the city itself; a county with open schools is not ready', async () => {
    const { work, deadlines } = await app.as('cityOfficer').call(home.overview);
    expect(work.find(({ kind }) => kind === 'approve')?.count).toBe(1);
    expect(work.find(({ kind }) => kind === 'accept')).toBeUndefined();
    expect(deadlines.filter(({ stage }) => stage === 'filing').map(({ name, daysLeft }) => [name, daysLeft])).toEqual([
      [units.licheng.name, -5],
      [units.fengze.name, -5],
    ]);
  });

  it('becomes ready when the last school of the county is approved', async () => {
    await app.owner.query(
      `update filings set state = 'approved', approved_at = '2025-10-13T02:00:00Z'
      where county_id = $1 and managing_unit_id = county_id`,
      [units.licheng.id],
    );
    const { work } = await app.as('cityOfficer').call(home.overview);
    expect(work.find(({ kind }) => kind === 'accept')).toEqual({
      kind: 'accept',
      count: 1,
      oldestDays: 2,
      filingId: null,
    });
  });

  it('for the three administrators is nothing of the business', async () => {
    for (const member of ['systemAdministrator', 'auditAdministrator'] as const) {
      expect(await app.as(member).call(home.overview)).toMatchObject({
        work: [],
        deadlines: [],
        progress: null,
        balance: null,
      });
    }
    const { work } = await app.as('securityAdministrator').call(home.overview);
    expect(work).toEqual([{ kind: 'grants', count: 1, oldestDays: null, filingId: null }]);
  });
});

it('a token that was given no filings counts none', async () => {
  const token = 'a-token-of-the-test';
  await app.owner.query(
    `insert into access_tokens (id, person_id, name, hash, permissions, expires_at)
     values (gen_random_uuid(), $1, 't', encode(sha256($2), 'hex'), '{directory.read}', '2030-01-01')`,
    [app.as('countyDirector').personId, token],
  );
  const get = async (url: string) =>
    (await app.http.inject({ url, headers: { authorization: `Bearer ${token}` } })).json();
  expect((await app.as('countyDirector').call(home.overview)).progress).not.toBeNull();
  expect(await get('/api/home/overview')).toEqual({
    work: [],
    deadlines: [],
    progress: null,
    balance: null,
    next: null,
  });
  expect(await get('/api/home/frame')).toMatchObject({ years: [], waiting: 0 });
});

it('the frame knows the years, today and the sum of what waits', async () => {
  const frame = await app.as('clerk').call(home.frame);
  expect(frame).toEqual({
    today: '2025-10-15',
    years: [{ schoolYear: 2025, state: 'open' }],
    currentYear: 2025,
    waiting: expect.any(Number),
  });
});
