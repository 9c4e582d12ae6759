import { afterAll, beforeAll, expect, it } from 'vitest';
import * as campaigns from '#contract/campaigns/campaigns.ts';
import * as letters from '#contract/official-documents/letters.ts';
import type { TestPerson } from '#test/support/app.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { units } from '#test/support/scenario.ts';
import { layEditions, proposed } from '#test/support/scenes/campaign-scene.ts';

let scene: LetterScene;
/** Somebody of the section that holds the inspection with the city's office. */
let partner: TestPerson;
const partnerId = 71;
const unitName = '基础教育科';
beforeAll(async () => {
  scene = await LetterScene.open();
  await layEditions(scene.app);
  await scene.openSeries('cityOfficer', '泉教督');
  await scene.app.owner.query(
    `insert into org_units (id, kind, parent_id, place_id, name, short_name, initials)
     values ($1, 'section', $2, $2, $3, $3, 'jjk')`,
    [partnerId, units.city.id, unitName],
  );
  partner = await scene.oneMore('section-officer', units.city.id);
  await scene.app.owner.query(
    `update grants g set section_id = $1 from people p
      where p.id = g.person_id and p.name like '同事%' and g.role_key = 'section-officer'`,
    [partnerId],
  );
});
afterAll(() => scene.app.close());
const read = (person: TestPerson, params: { letterId: string }) => person.call(letters.read, { params });
const revisionOf = async (params: { letterId: string }) => (await read(scene.as('cityOfficer'), params)).revision;

/** The notice of a campaign that two units hold, checked for the lead. */
async function checkedNotice(): Promise<{ letterId: string; campaignId: string }> {
  const city = scene.as('cityOfficer');
  const body = await proposed(city, 'county-inspection', { partnerUnitId: partnerId });
  const { id: campaignId, revision } = await city.call(campaigns.create, { body });
  await city.call(campaigns.open, { params: { campaignId }, body: { revision } });
  await scene.app.runJobs();
  const { noticeLetterId } = await city.call(campaigns.read, { params: { campaignId } });
  const params = { letterId: noticeLetterId! };
  await scene.as('sectionOfficer').call(letters.submit, at(params, await revisionOf(params)));
  await city.call(letters.check, at(params, await revisionOf(params)));
  return { ...params, campaignId };
}

/** The same, signed for the lead. */
async function signedNotice(): Promise<{ letterId: string; campaignId: string }> {
  const { letterId, campaignId } = await checkedNotice();
  await scene.signer.call(letters.sign, at({ letterId }, await revisionOf({ letterId })));
  return { letterId, campaignId };
}

/** The partner leaves the campaign. */
async function leave(by: TestPerson, campaignId: string): Promise<void> {
  const params = { campaignId };
  const { revision } = await by.call(campaigns.read, { params });
  await by.call(campaigns.dropPartner, { params, body: { revision, reason: '改由督导室一家办理' } });
  await scene.app.runJobs();
}

it('a letter of two units gets no number before both have signed, each by an own hand', async () => {
  const params = await signedNotice();
  const waiting = await read(scene.issuer, params);
  expect(waiting).toMatchObject({ can: { issue: false, cosign: false }, cosigner: { unitName, signedBy: null } });
  expect(waiting.cosigner!.obstacle).toContain(`${unitName}还没有会签`);
  // A document names its units in full, as the register does.
  expect(JSON.stringify(waiting)).toContain(`本次督导由${units.city.name}牵头，${unitName}配合`);
  const early = await scene.issuer.refused(letters.issue, at(params, await revisionOf(params)));
  expect(early).toMatchObject({ code: 'letter.notCosigned', sentence: expect.stringContaining('免去会签') });

  // The hand of the lead is none of the partner, and the partner finds it on the own desk.
  expect((await scene.as('cityOfficer').refused(letters.cosign, at(params, await revisionOf(params)))).code).toBe(
    'flow.notYours',
  );
  expect(await scene.waiting(partner)).toContain('cosign 1');
  expect(await scene.waiting(scene.issuer)).not.toContain('issue 1');
  await partner.call(letters.cosign, at(params, await revisionOf(params)));
  const signed = await read(scene.issuer, params);
  expect(signed).toMatchObject({ state: 'signed', can: { issue: true, dropCosigner: false } });
  expect(signed.cosigner).toMatchObject({ unitName, signedBy: expect.any(String), obstacle: null });
  expect(signed.steps.map(({ title }) => title)).toContain('会签');
  expect((await partner.refused(letters.cosign, at(params, await revisionOf(params)))).code).toBe(
    'letter.nothingToCosign',
  );
  const issued = await scene.issuer.call(letters.issue, at(params, await revisionOf(params)));
  expect(issued.number).not.toBeNull();
  // Both names stand at the end of what is printed and sent.
  expect(await read(scene.issuer, params)).toMatchObject({
    signer: expect.stringContaining(units.city.name),
    jointSigner: unitName,
  });
});

it('a text that goes back is signed anew by the partner too', async () => {
  const params = await signedNotice();
  await partner.call(letters.cosign, at(params, await revisionOf(params)));
  await scene.signer.call(letters.sendBack, at(params, await revisionOf(params), { reason: '日期有误' }));
  expect((await read(scene.signer, params)).cosigner).toMatchObject({ signedBy: null, signedAt: null });
});

it('a partner who never signs is taken out with a reason, by whoever signs for the lead alone', async () => {
  const params = await signedNotice();
  const out = async (reason: string) => at(params, await revisionOf(params), { reason });
  expect((await partner.refused(letters.dropCosigner, await out('不办了'))).status).toBe(403);
  await scene.signer.call(letters.dropCosigner, await out('项目改由督导室一家办理'));
  const dropped = await read(scene.issuer, params);
  expect(dropped).toMatchObject({
    can: { issue: true, dropCosigner: false },
    cosigner: { dropped: '项目改由督导室一家办理', obstacle: null },
    jointSigner: null,
  });
  expect(dropped.steps.at(-1)).toMatchObject({ title: '免去会签', reason: '项目改由督导室一家办理' });
  await scene.issuer.call(letters.issue, at(params, await revisionOf(params)));
});

it('what waits for a partner who leaves the campaign is freed with it, of the campaign and of its evaluations', async () => {
  const city = scene.as('cityOfficer');
  const [checked, signed, other] = [await checkedNotice(), await signedNotice(), await checkedNotice()];
  const { rows: evaluations } = await scene.app.owner.query<{ id: string; place_id: number }>(
    'select id, place_id from evaluations where campaign_id = $1 limit 1',
    [checked.campaignId],
  );
  const opinion = '01900000-0000-7000-8000-0000000000c1';
  await scene.app.owner.query(
    `insert into letters (place_id, id, kind, title, model, cosigner_unit_id, drafted_by, drafted_by_name, drafted_at, updated_at)
     select place_id, $2, 'opinion', '督导意见书', model, cosigner_unit_id, drafted_by, drafted_by_name, drafted_at, updated_at
       from letters where id = $1`,
    [checked.letterId, opinion],
  );
  await scene.app.owner.query(
    `insert into letter_ties (place_id, letter_id, subject_type, subject_place_id, subject_id, title) values ($1, $2, 'evaluation', $3, $4, 'x')`,
    [units.city.id, opinion, evaluations[0]!.place_id, evaluations[0]!.id],
  );
  await leave(city, checked.campaignId);
  const reason = '配合单位退出项目：改由督导室一家办理';
  const freed = await read(city, { letterId: checked.letterId });
  expect(freed).toMatchObject({ state: 'checked', cosigner: { dropped: reason, obstacle: null }, jointSigner: null });
  expect(freed.steps.at(-1)).toMatchObject({ title: '免去会签', reason });
  expect((await read(city, { letterId: opinion })).cosigner).toMatchObject({ dropped: reason });
  expect((await read(city, { letterId: other.letterId })).cosigner).toMatchObject({ dropped: null });
  await leave(city, signed.campaignId);
  const last = await read(scene.issuer, { letterId: signed.letterId });
  expect(last).toMatchObject({ can: { issue: true }, cosigner: { dropped: reason } });
});

it('a partner who leaves the campaign is taken out of it with a reason, and signs no later letter', async () => {
  const city = scene.as('cityOfficer');
  const body = await proposed(city, 'county-inspection', { partnerUnitId: partnerId });
  const { id, revision } = await city.call(campaigns.create, { body });
  const params = { campaignId: id };
  await city.call(campaigns.open, { params, body: { revision, letter: false } });
  await scene.app.runJobs();
  const open = await city.call(campaigns.read, { params });
  expect(open).toMatchObject({ partnerUnitName: unitName, can: { dropPartner: true } });
  const leaving = { params, body: { revision: open.revision, reason: '改由督导室一家办理' } };
  expect((await partner.refused(campaigns.dropPartner, leaving)).status).toBe(403);
  await leave(city, id);
  const after = await city.call(campaigns.read, { params });
  expect(after).toMatchObject({ partnerUnitName: null, can: { dropPartner: false } });
  expect(after.history[0]).toMatchObject({ title: '配合单位退出', reason: `${unitName}退出：改由督导室一家办理` });
  const { rows } = await scene.app.owner.query(
    'select count(*)::int as n, count(partner_unit_id)::int as joint from evaluations where campaign_id = $1',
    [id],
  );
  expect(rows).toEqual([{ n: 2, joint: 0 }]);
  const again = { params, body: { ...leaving.body, revision: after.revision } };
  expect((await city.refused(campaigns.dropPartner, again)).code).toBe('campaign.noPartner');
});
