import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { units } from '#test/support/scenario.ts';
import { type LedgerScene, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';

let scene: LedgerScene;
let app: LedgerScene['app'];
let as: LedgerScene['as'];
let closed: LedgerScene['closed'];
let enter: LedgerScene['enter'];
let read: LedgerScene['read'];
beforeAll(async () => {
  scene = await openLedgerScene();
  ({ app, as, closed, enter, read } = scene);
});
afterAll(() => scene.app.close());

describe('a tenth of what was closed', () => {
  const seedOf = async ({ id }: { readonly id: string }) =>
    (await app.owner.query<{ seed: string }>('select seed from reproof_draws where id = $1', [id])).rows[0]!.seed;

  it('is drawn once, can be drawn again from its seed, and is proved by somebody who had no part in it', async () => {
    const { id } = await enter('countyOfficer', { title: '复查用' });
    await closed(id);
    const days = { unitId: units.licheng.id, closedFrom: '2025-10-01', closedTo: '2025-10-31' };
    const elsewhere = { ...days, unitId: units.fengze.id };
    expect((await as('countyDirector').refused(rectifications.drawReproof, { body: elsewhere })).code).toBe(
      'thing.notFound',
    );
    const draw = await as('countyDirector').call(rectifications.drawReproof, { body: days });
    expect(draw.size).toBe(Math.ceil(draw.frameSize / 10));
    expect((await as('countyOfficer').refused(rectifications.drawReproof, { body: days })).code).toBe(
      'finding.drawnBefore',
    );
    const { rows, repeats } = await as('countyDirector').call(rectifications.readReproofDraw, {
      params: { drawId: draw.id },
    });
    expect({ repeats, drawn: rows.length }).toEqual({ repeats: true, drawn: draw.size });
    // Taken back with a reason while nothing of it is proved, and drawn anew.
    const takenBack = { params: { drawId: draw.id }, body: { reason: '时段填错' } };
    expect((await as('cityOfficer').refused(rectifications.cancelReproof, takenBack)).code).toBe('access.denied');
    expect(await as('countyOfficer').call(rectifications.cancelReproof, takenBack)).toMatchObject({
      cancelled: { reason: '时段填错' },
    });
    expect((await as('countyOfficer').refused(rectifications.cancelReproof, takenBack)).code).toBe(
      'finding.drawCancelled',
    );
    const late = { params: { drawId: draw.id, findingId: rows[0]!.findingId }, body: { result: 'held' as const } };
    expect((await as('cityOfficer').refused(rectifications.recordReproof, late)).code).toBe('finding.drawCancelled');
    expect((await read('countyDirector', rows[0]!.findingId)).reproofs).toEqual([]);
    const told = await app.owner.query(
      `select place_id, note from notices where kind = 'rectification.drawCancelled' order by place_id`,
    );
    expect(told.rows).toEqual([units.city.id, units.licheng.id].map((place_id) => ({ place_id, note: '时段填错' })));
    const audited = await app.owner.query(`select after from audit_events where action = 'finding.drawCancelled'`);
    expect(audited.rows).toMatchObject([{ after: { reason: '时段填错' } }]);
    const second = await as('countyDirector').call(rectifications.drawReproof, { body: days });
    // The same seed draws as long as nothing is proved, also under other days: nobody draws until the sample pleases.
    expect([draw.seed, second.seed, second.frameHash]).toEqual([null, null, draw.frameHash]);
    expect(await seedOf(second)).toBe(await seedOf(draw));
    const shifted = { ...days, closedFrom: '2025-10-15' };
    const third = await as('countyOfficer').call(rectifications.drawReproof, { body: shifted });
    expect(third).toMatchObject({ seed: null, closedFrom: '2025-10-15' });
    expect(await seedOf(third)).toBe(await seedOf(draw));
    const [drawn] = (await as('countyDirector').call(rectifications.readReproofDraw, { params: { drawId: second.id } }))
      .rows;
    const params = { drawId: second.id, findingId: drawn!.findingId };
    const held = { params, body: { result: 'held' as const } };
    expect((await as('countyDirector').refused(rectifications.recordReproof, held)).code).toBe(
      'finding.proverInvolved',
    );
    const failed = { params, body: { result: 'failed' as const, note: '又堆放了杂物' } };
    expect(await as('cityOfficer').call(rectifications.recordReproof, failed)).toEqual({ result: 'failed' });
    expect((await as('cityOfficer').refused(rectifications.recordReproof, failed)).code).toBe('finding.provedBefore');
    expect(await read('head', drawn!.findingId)).toMatchObject({ state: 'reopened', closedOn: null });
    const again = await as('countyDirector').call(rectifications.readReproofDraw, { params: { drawId: second.id } });
    // Now that a result stands the seed is published, and draws nothing new any more.
    expect(again).toMatchObject({ repeats: true, failed: 1, mayCancel: false, seed: await seedOf(draw) });
    const proved = { params: { drawId: second.id }, body: { reason: '重抽' } };
    expect((await as('countyDirector').refused(rectifications.cancelReproof, proved)).code).toBe('finding.drawProved');
    await closed((await enter('countyOfficer', { title: '后来销号' })).id);
    const others = { ...days, closedTo: '2025-11-01' };
    const fourth = await as('countyOfficer').call(rectifications.drawReproof, { body: others });
    expect(fourth.frameHash).not.toBe(draw.frameHash);
    expect(await seedOf(fourth)).not.toBe(await seedOf(draw));
    // What was proved holds, and other findings of other days get a seed of their own.
    await closed((await enter('countyOfficer', { title: '更早销号' })).id);
    await app.owner.query(`update findings set closed_on = '2025-09-10' where title = '更早销号'`);
    const earlier = { ...days, closedFrom: '2025-09-01', closedTo: '2025-09-30' };
    const fifth = await as('countyOfficer').call(rectifications.drawReproof, { body: earlier });
    expect(await seedOf(fifth)).not.toBe(await seedOf(draw));
    const [proved5] = (await as('cityOfficer').call(rectifications.readReproofDraw, { params: { drawId: fifth.id } }))
      .rows;
    await as('cityOfficer').call(rectifications.recordReproof, {
      ...{ params: { drawId: fifth.id, findingId: proved5!.findingId }, body: { result: 'held' as const } },
    });
    await closed((await enter('countyOfficer', { title: '又一个更早销号' })).id);
    await app.owner.query(`update findings set closed_on = '2025-09-11' where title = '又一个更早销号'`);
    const wider = { ...earlier, closedFrom: '2025-08-31' };
    const sixth = await as('countyOfficer').call(rectifications.drawReproof, { body: wider });
    expect([await seedOf(draw), await seedOf(fifth)]).not.toContain(await seedOf(sixth));
    // The record of a draw is not written anew, and only a function takes one back of which nothing is proved.
    const forged = async (set: string) =>
      withLease(app.services.pool, (held) =>
        held.writing(atPlaces([units.licheng.id]), (db) =>
          sql.raw(`update reproof_draws set ${set} where id = '${second.id}'`).execute(db),
        ),
      ).catch((error) => error.code);
    for (const set of [
      `seed = 'forged'`,
      `frame_hash = repeat('0', 64)`,
      `drawn_by_name = '别人'`,
      'cancelled_at = null',
    ]) {
      expect(await forged(set)).toBe('42501');
    }
  });
});
