import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as filings from '#contract/filings/filings.ts';
import * as home from '#contract/home/home.ts';
import * as session from '#contract/session/session.ts';
import { withLease } from '#platform/db/handle.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { directoryFeature } from '../../../src/server/features/directory/directory.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

/** A school moves to another county while its filing is open: the filing stays with the county that asked for it. */
let scene: FilingScene;
const as = (member: Parameters<FilingScene['app']['as']>[0]) => scene.app.as(member);

beforeAll(async () => {
  scene = await openFilingScene([directoryFeature, homeFeature([filingFeature(() => [])]), sessionFeature]);
  const { id: schoolId } = schools.first;
  await as('cityOfficer').call(schoolChanges.moveSchool, {
    params: { schoolId },
    body: {
      revision: 1,
      day: '2025-10-15',
      countyId: units.fengze.id,
      managingUnitId: units.fengze.id,
      sponsorCode: 7,
      ownership: 'public',
    },
  });
});
afterAll(() => scene?.app.close());

describe('a school that moved in an open period', () => {
  it('stands in its new county, and its own lists are not narrowed to it', async () => {
    const own = await as('clerk').call(session.read);
    expect(own.unit?.id).toBe(units.fengze.id);
    expect(own.counties.map((county) => county.id)).toEqual([units.fengze.id]);
    const { rows } = await as('clerk').call(filings.list, { query: { unitId: units.fengze.id } });
    expect(rows.map((row) => row.id)).toEqual([scene.ids.first]);
    const { figures } = await as('clerk').call(home.overview, { query: { unitId: units.fengze.id } });
    expect(figures).toContainEqual({ key: 'filings.owed', count: 1 });
  });

  it('fills and submits its filing, which its head still submits', async () => {
    await scene.fill(as('clerk'), 'first');
    const { revision } = await scene.read(as('clerk'), 'first');
    const byClerk = { params: { filingId: scene.ids.first }, body: { revision } };
    expect((await as('clerk').refused(filings.submit, byClerk)).code).toBe('flow.notYours');
    expect(await as('head').call(filings.submit, byClerk)).toMatchObject({ state: 'submitted' });
  });

  it('is reviewed by the old county; the new one does not see the filing', async () => {
    const params = { filingId: scene.ids.first };
    expect((await as('otherOfficer').refused(filings.read, { params })).code).toBe('thing.notFound');
    const { revision, can } = await scene.read(as('countyDirector'), 'first');
    expect(can.approve).toBe(true);
    expect(await as('countyDirector').call(filings.approve, { params, body: { revision } })).toMatchObject({
      state: 'approved',
    });
  });

  it('sees no neighbour in either county, by condition or by policy', async () => {
    for (const name of ['neighbour', 'foreign'] as const) {
      const refusal = await as('head').refused(filings.read, { params: { filingId: scene.ids[name] } });
      expect(refusal.code).toBe('thing.notFound');
    }
    // As if the condition were forgotten: the statement asks for everything, and the policy limits it to the school.
    const cookieToken = decodeURIComponent(as('head').cookie.split('=')[1] ?? '');
    const seen = await withLease(scene.app.services.pool, async (held) => {
      const signed = await scene.app.services.lookUp(held, { cookieToken }, scene.app.clock.now);
      expect(signed?.scope).toMatchObject({ places: [units.licheng.id, units.fengze.id], schools: [schools.first.id] });
      return held.reading(signed!.scope, (db) => db.selectFrom('filings').select('school_id').execute());
    });
    expect(seen).toEqual([{ school_id: schools.first.id }]);
  });

  it('cannot be reached by the scope of a school that never lay there', async () => {
    const { rows } = await as('foreignHead').call(filings.list, { query: {} });
    expect(rows.map((row) => row.id)).toEqual([scene.ids.foreign]);
  });
});

describe('a school that moved on the day on which its last version began', () => {
  it('keeps its open filing, though no version knows the old county any more', async () => {
    const params = { schoolId: schools.neighbour.id };
    const day = '2025-10-15';
    const { revision } = await as('cityOfficer').call(schoolChanges.renameSchool, {
      params,
      body: { revision: 1, day, name: '示例实验小学' },
    });
    const to = {
      countyId: units.fengze.id,
      managingUnitId: units.fengze.id,
      sponsorCode: 7,
      ownership: 'public',
    } as const;
    await as('cityOfficer').call(schoolChanges.moveSchool, { params, body: { revision, day, ...to } });
    // The school's only version began that day, so its earlier state is gone.
    await scene.app.owner.query(`delete from school_versions where school_id = $1 and valid_to is not null`, [
      schools.neighbour.id,
    ]);
    await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
    expect(await scene.read(as('neighbourClerk'), 'neighbour')).toMatchObject({ state: 'submitted' });
    const other = { params: { filingId: scene.ids.junior } };
    expect((await as('neighbourClerk').refused(filings.read, other)).code).toBe('thing.notFound');
  });
});
