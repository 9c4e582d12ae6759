import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import { atPlaces, nowhere, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { draftCampaign, layEditions } from '#test/support/scenes/campaign-scene.ts';
import { type Campaign, type CampaignHandle, findCampaign, listDays, updateCampaign } from './campaign.store.ts';
import { endSeats, listSeats } from './seat.store.ts';
import { listSubjects } from './subject.store.ts';

/** The first wall is forgotten: the stores get the scope of the whole city, the database knows the true one. */
const forgotten: Scope = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
let app: TestApp;
let id: string;
let seatId: string;
beforeAll(async () => {
  app = await openTestApp();
  await layEditions(app);
  ({ id } = await draftCampaign(app));
  const give = (member: 'roleless' | 'sectionOfficer', part: 'expert' | 'member') =>
    app.as('cityOfficer').call(campaigns.giveSeat, {
      params: { campaignId: id },
      body: {
        ...{ personId: app.as(member).personId, inspectorId: null, part, nodes: ['*'], evaluationIds: null },
        ...{ from: '2025-10-15', to: '2026-06-30' },
      },
    });
  ({ id: seatId } = await give('roleless', 'expert'));
  await give('sectionOfficer', 'member');
});
afterAll(() => app.close());

const under = <Result>(scope: Scope, work: (db: CampaignHandle) => Promise<Result>) =>
  withLease(app.services.pool, (held) =>
    held.writing(scope, (db: WholeHandle) => work(db as unknown as CampaignHandle)),
  );
const key = () => ({ placeId: units.city.id, id }) as Campaign;
const seen = (scope: Scope) =>
  under(scope, async (db) => [
    (await findCampaign(db, forgotten, id)) === undefined ? 0 : 1,
    (await listDays(db, key())).length > 0 ? 1 : 0,
    (await listSubjects(db, key())).length,
    (await listSeats(db, key())).length,
  ]);

it('a campaign lies at the city: no county and no school reads it', async () => {
  expect(await seen(atPlaces([units.city.id]))).toEqual([1, 1, 2, 2]);
  expect(await seen(atPlaces([units.licheng.id]))).toEqual([0, 0, 0, 0]);
  expect(await seen({ ...atPlaces([units.licheng.id]), schools: [schools.first.id] })).toEqual([0, 0, 0, 0]);
  expect(await seen(nowhere)).toEqual([0, 0, 0, 0]);
});

it('a seat reads itself alone: no other seat, no campaign, no avoidance, and ends nobody', async () => {
  const expert: Scope = { ...nowhere, person: app.as('roleless').personId, campaigns: [seatId] };
  expect(await seen(expert)).toEqual([0, 0, 0, 1]);
  await under(expert, (db) => endSeats(db, key(), [seatId], { on: '2025-10-15', reason: '自行结束' }));
  const { rows } = await app.owner.query('select ended_on from campaign_seats where id = $1', [seatId]);
  expect(rows).toEqual([{ ended_on: null }]);
});

it('a campaign that has ended stays as it is', async () => {
  const { id: other } = await draftCampaign(app);
  const campaign = { placeId: units.city.id, id: other };
  await under(atPlaces([units.city.id]), (db) => updateCampaign(db, campaign, { title: '改名' }, app.clock.now));
  await app.owner.query(`update campaigns set state = 'cancelled', reason = '停办', closed_at = now() where id = $1`, [
    other,
  ]);
  const change = () =>
    under(atPlaces([units.city.id]), (db) => updateCampaign(db, campaign, { title: '再改名' }, app.clock.now));
  await expect(change()).rejects.toThrow();
});
