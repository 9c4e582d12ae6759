import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as notices from '#contract/notices/notices.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { TestPerson } from '#test/support/app.ts';
import { at, content, LetterScene, office } from '#test/support/product/letter-scene.ts';
import { schools, units } from '#test/support/scenario.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

describe('a letter of the city', () => {
  it('is drafted, checked, signed and issued by different hands, and received by its addressees', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉政教督');
    const { params, revision } = await scene.drafted(seriesId);
    expect((await scene.as('countyDirector').refused(letters.read, { params })).code).toBe('thing.notFound');
    expect((await scene.as('cityOfficer').refused(letters.check, at(params, revision))).code).toBe('flow.notInState');
    await scene.as('sectionOfficer').call(letters.submit, at(params, revision));
    expect((await scene.as('sectionOfficer').refused(letters.check, at(params, revision + 1))).code).toBe(
      'letter.ownText',
    );
    expect(await scene.waiting(scene.as('sectionOfficer'))).toEqual([]);
    expect(await scene.waiting(scene.as('cityOfficer'))).toEqual(['check 1']);
    await scene.as('cityOfficer').call(letters.check, at(params, revision + 1));
    // An office of two has nobody else: whoever checked it may sign it.
    expect(await scene.waiting(scene.as('cityOfficer'))).toEqual(['sign 1']);
    expect(await scene.waiting(scene.signer)).toEqual(['sign 1']);
    expect((await scene.as('sectionOfficer').refused(letters.sign, at(params, revision + 2))).code).toBe(
      'access.denied',
    );
    await scene.signer.call(letters.sign, at(params, revision + 2));
    expect((await scene.signer.refused(letters.issue, at(params, revision + 3))).code).toBe('access.sameHand');
    expect(await scene.waiting(scene.as('sectionOfficer'))).toEqual(['issue 1']);
    expect(await scene.waiting(scene.issuer)).toEqual(['issue 1']);
    const issued = await scene.issuer.call(letters.issue, at(params, revision + 3));
    expect(issued).toMatchObject({ state: 'issued', number: '泉政教督〔2025〕1号' });

    const detail = await scene.as('sectionOfficer').call(letters.read, { params });
    const numbered = { code: '泉政教督', year: 2025, ordinal: 1 };
    expect(detail).toMatchObject({ numbered, issuedOn: '2025-10-15', recipients: 3, received: 0 });
    expect(detail.steps.map(({ title }) => title)).toEqual(['拟稿', '送审', '审核通过', '签发', '编号印发']);
    const { rows } = await scene.app.owner.query(
      `select l.model, l.model_hash, (select count(*)::int from letter_receipts r
         join letter_texts t on t.place_id = r.place_id and t.digest = r.model_hash
        where r.letter_id = l.id and t.model = l.model and r.model_hash = l.model_hash) as copies from letters l where l.id = $1`,
      [params.letterId],
    );
    expect(rows[0].model).toMatchObject({ number: { code: '泉政教督', year: 2025, ordinal: 1 }, date: '2025-10-15' });
    expect(rows[0]).toMatchObject({ model_hash: digestOf(rows[0].model), copies: 3 });
    const { rows: audit } = await scene.app.owner.query(
      `select action, place_id as place from audit_events where object_id = $1 order by id`,
      [params.letterId],
    );
    expect(audit.map(({ action }) => action.replace('letter.', ''))).toEqual([
      ...['drafted', 'edited', 'submitted', 'checked', 'signed', 'issued'],
    ]);
    expect(new Set(audit.map(({ place }) => place))).toEqual(new Set([units.city.id]));

    expect(await scene.waiting(scene.as('countyDirector'))).toEqual(['receive 1']);
    const inbox = await scene.as('head').call(notices.list, {});
    expect(inbox.rows.map(({ kind, about }) => [kind, about])).toEqual([
      ['letter.issued', '泉政教督〔2025〕1号 关于开展秋季开学督导的通知'],
    ]);
    const [receipt] = (await scene.as('countyDirector').call(receipts.receipts, {})).rows;
    expect(receipt).toMatchObject({ state: 'waiting', sender: office.signer, number: '泉政教督〔2025〕1号' });
    const taking = { params: { receiptId: receipt!.id } };
    expect((await scene.as('otherDirector').refused(receipts.readReceipt, taking)).code).toBe('thing.notFound');
    expect((await scene.as('head').refused(receipts.receive, taking)).code).toBe('thing.notFound');
    await scene.as('countyOfficer').call(receipts.receive, taking);
    expect((await scene.as('countyDirector').refused(receipts.receive, taking)).code).toBe('letter.receiptClosed');
    // A notice names the letter, and leads to the receipt of whoever reads it.
    const ofSchool = await scene.as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(ofSchool).toMatchObject({ addressee: '示例第一小学', can: { receive: true, answer: false } });
    expect((await scene.as('cityOfficer').call(letters.read, { params })).addressed).toMatchObject([
      { unitId: units.licheng.id, receivedBy: '鲤城督导' },
      { unitId: units.fengze.id, receivedBy: null },
      { schoolId: schools.first.id, receivedBy: null },
    ]);
  });

  it('keeps its number when it is withdrawn, and its addressees read that it was', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉撤');
    const { params, revision } = await scene.signed(seriesId);
    await scene.issuer.call(letters.issue, at(params, revision));
    const withdrawn = await scene.issuer.call(letters.withdraw, at(params, revision + 1, { reason: '附件有误' }));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', number: '泉撤〔2025〕1号' });
    const receipt = await scene
      .as('otherDirector')
      .call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(receipt).toMatchObject({ state: 'withdrawn', reason: '附件有误', withdrawnOn: '2025-10-15' });
    expect(
      (await scene.as('otherDirector').refused(receipts.receive, { params: { receiptId: receipt.id } })).code,
    ).toBe('letter.receiptClosed');
    const next = await scene.signed(seriesId);
    expect((await scene.issuer.call(letters.issue, at(next.params, next.revision))).number).toBe('泉撤〔2025〕2号');
  });

  it('says whose hand is in its draft', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉修');
    const { params, revision } = await scene.drafted(seriesId);
    const body = { ...content, title: '关于另一位修改的通知', seriesId, recipients: [], revision };
    const other = scene.as('cityOfficer');
    expect((await other.call(letters.read, { params })).lostByChange).toEqual(['审核', '签发']);
    await other.call(letters.save, { params, body });
    const { steps, lostByChange } = await other.call(letters.read, { params });
    expect(steps.map(({ title, actorName }) => [title, actorName])).toEqual([
      ['拟稿', '科室员'],
      ['修改', '市督导'],
    ]);
    expect(lostByChange).toEqual([]);
    await other.call(letters.cancel, at(params, revision + 1, { reason: '不再需要' }));
  });

  it('goes back to the draft when it is changed after it was checked, and is judged anew', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉改');
    const signed = await scene.signed(seriesId);
    const { params } = signed;
    let { revision } = signed;
    const body = { ...content, title: '关于开展冬季督导的通知', seriesId, recipients: [], revision };
    expect(await scene.as('sectionOfficer').call(letters.save, { params, body })).toMatchObject({ state: 'draft' });
    const overtaken = async (person: TestPerson) => (await person.refused(letters.save, { params, body })).sentence;
    expect(await overtaken(scene.as('sectionOfficer'))).toMatch(
      /^您已在另一个窗口于 .*\d\d:\d\d 修改公文“关于开展冬季督导的通知”/,
    );
    expect(await overtaken(scene.as('cityOfficer'))).toMatch(
      /^公文“关于开展冬季督导的通知”已由.+于 .*\d\d:\d\d 修改，现在是“草拟中”/,
    );
    expect((await scene.as('cityOfficer').refused(letters.submit, at(params, revision))).sentence).toMatch(/已由.+于/);
    expect((await scene.issuer.refused(letters.issue, at(params, revision + 1))).code).toBe('flow.notInState');
    const same = { ...body, revision: revision + 1 };
    expect((await scene.as('sectionOfficer').refused(letters.save, { params, body: same })).code).toBe(
      'thing.nothingChanges',
    );
    // Whose hand is in the text stands in its course, once for all that the same hand writes in a row.
    for (const at of [1, 2]) {
      const retitled = { ...body, title: `关于开展冬季督导的通知（${at}）`, revision: revision + at };
      await scene.as('sectionOfficer').call(letters.save, { params, body: retitled });
    }
    const shown = await scene.as('sectionOfficer').call(letters.read, { params });
    expect(shown.steps.slice(-2).map(({ title, actorName }) => [title, actorName])).toEqual([
      ['签发', expect.any(String)],
      ['修改', '科室员'],
    ]);
    revision += 2;
    await scene.as('sectionOfficer').call(letters.submit, at(params, revision + 1));
    await scene.as('cityOfficer').call(letters.sendBack, at(params, revision + 2, { reason: '标题有误' }));
    expect(await scene.waiting(scene.as('sectionOfficer'))).toContain('returned 1');
    const undo = { params, body: { action: 'return' as const } };
    expect((await scene.signer.refused(letters.undo, undo)).code).toBe('undo.notYours');
    expect(await scene.as('cityOfficer').call(letters.undo, undo)).toMatchObject({ state: 'submitted' });
    const { steps } = await scene.as('cityOfficer').call(letters.read, { params });
    expect(steps.slice(-2).map(({ title }) => title)).toEqual(['退回修改', '撤销“退回修改”']);
    await scene.as('sectionOfficer').call(letters.cancel, at(params, revision + 4, { reason: '不再印发' }));
  });

  it('is found by whoever handles it, in a list to which a line of the home page leads', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉经');
    const [drafter, successor] = [scene.as('sectionOfficer'), scene.as('cityOfficer')];
    const { params, revision } = await scene.drafted(seriesId, { recipients: [] });
    const found = async (person: TestPerson, handler: string) => {
      const { rows } = await person.call(letters.list, { query: { handler, state: 'draft' } as never });
      return rows.find(({ id }) => id === params.letterId);
    };
    const handlers = async () => (await successor.call(letters.handlers)).rows.map(({ personId }) => personId);
    expect(await found(drafter, 'mine')).toBeDefined();
    expect(await found(successor, drafter.personId)).toBeDefined();
    expect(await found(successor, 'mine')).toBeUndefined();
    expect(await handlers()).toContain(drafter.personId);
    const ofDrafter = (await drafter.call(letters.handlers)).rows.map(({ personId }) => personId);
    expect(ofDrafter).not.toContain(drafter.personId);
    expect(await scene.waiting(drafter)).toContain('draft 1');
    expect(await scene.waiting(successor)).not.toContain('draft 1');

    await scene.app.owner.query('update letters set handled_by = $2, handled_by_name = $3 where id = $1', [
      ...[params.letterId, successor.personId, '市督导'],
    ]);
    expect(await found(successor, 'mine')).toMatchObject({ handledBy: '市督导' });
    expect(await found(drafter, 'mine')).toBeUndefined();
    expect(await scene.waiting(successor)).toContain('draft 1');
    expect(await scene.waiting(drafter)).not.toContain('draft 1');
    const shown = await successor.call(letters.list, { query: { waiting: 'draft' } });
    expect(shown.rows.map(({ id }) => id)).toEqual([params.letterId]);
    await drafter.call(letters.cancel, at(params, revision, { reason: '不再印发' }));
  });

  it('is neither checked nor signed by whoever wrote it or wrote it anew, whoever sent it', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉手');
    // The city's officer drafts, and the section sends it.
    const { params, revision } = await scene.drafted(seriesId, { by: scene.as('cityOfficer'), recipients: [] });
    await scene.as('sectionOfficer').call(letters.submit, at(params, revision));
    expect((await scene.as('cityOfficer').refused(letters.check, at(params, revision + 1))).code).toBe(
      'letter.ownText',
    );
    expect((await scene.as('sectionOfficer').refused(letters.check, at(params, revision + 1))).code).toBe(
      'access.sameHand',
    );
    expect(await scene.as('cityOfficer').call(letters.read, { params })).toMatchObject({
      can: { check: false, return: true },
      signingObstacle: expect.stringContaining('市督导'),
    });
    expect((await scene.waiting(scene.as('cityOfficer'))).filter((one) => one.startsWith('check'))).toEqual([]);
    // Somebody else writes it anew after it was sent: he judges it no more either, and the first writer still does not.
    const body = { ...content, title: '关于改写的通知', seriesId, recipients: [], revision: revision + 1 };
    await scene.signer.call(letters.save, { params, body });
    await scene.as('sectionOfficer').call(letters.submit, at(params, revision + 2));
    for (const writer of [scene.signer, scene.as('cityOfficer')])
      expect((await writer.refused(letters.check, at(params, revision + 3))).code).toBe('letter.ownText');
    expect(await scene.waiting(scene.issuer)).toContain('check 1');
    await scene.issuer.call(letters.check, at(params, revision + 3));
    expect((await scene.signer.refused(letters.sign, at(params, revision + 4))).code).toBe('letter.ownText');
    expect((await scene.waiting(scene.signer)).filter((one) => one.startsWith('sign'))).toEqual([]);
    await (await scene.oneMore('city-officer', units.city.id)).call(letters.sign, at(params, revision + 4));
    await scene.as('cityOfficer').call(letters.issue, at(params, revision + 5));
  });
});
