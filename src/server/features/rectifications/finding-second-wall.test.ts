import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { findingFacts } from '#domain/rectification/flow.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, measures, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';
import { listExtensions, listMeasures, listPasses, listRecurrences } from './finding.detail.store.ts';
import { findLedger, listFindings } from './finding.list.store.ts';
import { type FindingHandle, findFinding } from './finding.store.ts';
import { listDraws, listReproofs } from './reproof/reproof.store.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await openLedgerScene();
});
afterAll(() => scene.app.close());

describe('the second wall', () => {
  it('holds where a store forgets its condition: of the findings of a neighbour nothing is read', async () => {
    await scene.enter('countyOfficer', { foundOn: '2024-11-01', title: '通道曾堆放杂物' });
    const { id } = await scene.enter('countyOfficer');
    await scene.as('countyOfficer').call(rectifications.notice, await scene.at(id));
    await scene.as('head').call(rectifications.plan, await scene.at(id, { measures }));
    const asked = { until: '2025-11-20', reason: '工程招标需要时间' };
    await scene.as('head').call(rectifications.ask, { params: { findingId: id }, body: asked });
    await scene.closed((await scene.enter('countyOfficer', { title: '已销号', kind: 'data' })).id);
    const days = { unitId: units.licheng.id, closedFrom: '2025-10-01', closedTo: '2025-10-31' };
    const draw = await scene.as('countyDirector').call(rectifications.drawReproof, { body: days });
    await scene.app.owner.query(
      `insert into finding_passes (place_id, id, origin_place_id, origin_id, school_id, title, kind, severity, state, passed_on, found_on, school_year)
       select place_id, id, $2, id, school_id, title, kind, severity, state, found_on, found_on, school_year from findings where id = $1`,
      [id, units.fengze.id],
    );
    const forgotten = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const named = { placeId: units.licheng.id, id };
    const question = { filter: { page: 1, pageSize: 20 }, today: '2025-10-15', actor: { level: 'city' } } as never;
    const seen = (known: Scope) =>
      withLease(scene.app.services.pool, (held) =>
        held.reading(known, async (whole: WholeHandle) => {
          const db = whole as unknown as FindingHandle;
          return {
            listed: (await listFindings(db, forgotten, question)).total,
            ledger: (await findLedger(db, forgotten, question, 10)).length,
            found: (await findFinding(db, forgotten, id, findingFacts)) !== undefined,
            measures: (await listMeasures(db, named)).length,
            asked: (await listExtensions(db, named)).length,
            drawn: (await listDraws(db, forgotten, { unitId: undefined, most: 10 })).length,
            proofs: (await listReproofs(db, { placeId: units.licheng.id, id: draw.id })).length,
            passed: (await listPasses(db, forgotten, { unitId: undefined, most: 10 })).length,
            earlier: (await listRecurrences(db, forgotten, named, 10)).length,
          };
        }),
      );
    const nothing = {
      ...{ listed: 0, ledger: 0, found: false, measures: 0, asked: 0, drawn: 0, proofs: 0, passed: 0, earlier: 0 },
    };
    const whole = {
      ...{ listed: 3, ledger: 3, found: true, measures: 1, asked: 1, drawn: 1, proofs: 1, passed: 1, earlier: 1 },
    };
    const ofSchool = (schoolId: number) => ({ ...atPlaces([units.licheng.id]), schools: [schoolId] });
    expect(await seen(atPlaces([units.licheng.id]))).toEqual(whole);
    // A draw is a matter of those who check, also about the own school.
    expect(await seen(ofSchool(schools.first.id))).toEqual({ ...whole, drawn: 0, proofs: 0 });
    expect(await seen(atPlaces([units.fengze.id]))).toEqual(nothing);
    expect(await seen(ofSchool(schools.neighbour.id))).toEqual(nothing);
  });
});
