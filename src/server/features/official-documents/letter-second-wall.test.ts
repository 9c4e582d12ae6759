import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { listRecipients } from './letter.detail.store.ts';
import { listLetters } from './letter.list.store.ts';
import { findLetter, type LetterHandle } from './letter.store.ts';
import { findReceipt } from './receipt/receipt.store.ts';
import { findSeries } from './series/series.store.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

describe('the second wall', () => {
  it('holds where a store forgets its condition: each place reads what the transaction may see, and no more', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉墙');
    const { params, revision } = await scene.signed(seriesId);
    await scene.issuer.call(letters.issue, at(params, revision));
    const forgotten = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const permissions = new Set(['letter.read', 'letter.check', 'letter.receive']);
    const posts = (level: 'city' | 'county', unitId: number) => ({ level, unitId, userId: '', permissions }) as never;
    const named = { placeId: units.city.id, id: params.letterId };
    const seen = (known: Scope) =>
      withLease(scene.app.services.pool, (held) =>
        held.reading(known, async (whole: WholeHandle) => {
          const db = whole as unknown as LetterHandle;
          const city = { actor: posts('city', units.city.id), scope: forgotten };
          const filter = { search: '泉墙', page: 1, pageSize: 20 };
          const received = async (unitId: number) =>
            (await findReceipt(db, { actor: posts('county', unitId), scope: forgotten }, params.letterId)) !==
            undefined;
          return {
            listed: (await listLetters(db, { ...city, filter })).total,
            found: (await findLetter(db, city, params.letterId)) !== undefined,
            series: (await findSeries(db, units.city.id, seriesId)) !== undefined,
            addressed: (await listRecipients(db, named)).length,
            receipts: [await received(units.licheng.id), await received(units.fengze.id)],
          };
        }),
      );
    const nothing = { listed: 0, found: false, series: false, addressed: 0, receipts: [false, false] };
    const own = { listed: 1, found: true, series: true, addressed: 3, receipts: [false, false] };
    expect(await seen(atPlaces([units.city.id]))).toEqual(own);
    expect(await seen(atPlaces([units.licheng.id]))).toEqual({ ...nothing, receipts: [true, false] });
    expect(await seen(atPlaces([units.fengze.id]))).toEqual({ ...nothing, receipts: [false, true] });
    // A school reads neither the letters of its unit nor what came to the unit itself.
    const school = { ...atPlaces([units.licheng.id]), schools: [schools.first.id] };
    expect(await seen(school)).toEqual(nothing);
    expect(await seen({ ...atPlaces([units.city.id]), schools: [schools.first.id] })).toEqual(nothing);
  });
});
