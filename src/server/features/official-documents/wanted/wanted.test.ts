import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { at, LetterScene } from '#test/support/product/letter-scene.ts';
import { units } from '#test/support/scenario.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

describe('a letter that another feature wants', () => {
  it('is drafted once for the findings of a duty body, tied to them, and answered by a report', async () => {
    await scene.openSeries('cityOfficer', '泉整');
    await scene.openSeries('countyDirector', '鲤教督');
    const city = scene.as('cityOfficer');
    const duty = { type: 'unit' as const, id: units.licheng.id };
    const found = { kind: 'duty', foundOn: '2025-10-10', duty };
    const enter = (title: string) => city.call(rectifications.enter, { body: { ...found, title } });
    const findings = [await enter('督导经费没有单列'), await enter('督导人员不足')].map(({ id, revision }) => ({
      findingId: id,
      revision,
    }));
    scene.app.jobs.splice(0);
    await city.call(rectifications.noticeMany, { body: { findings, letter: true } });
    expect(scene.app.jobs.map(({ name }) => name)).toEqual(['official-documents.draftWanted']);
    scene.app.jobs.push(...scene.app.jobs);
    await scene.app.runJobs();
    const finding = await city.call(rectifications.read, { params: { findingId: findings[0]!.findingId } });
    expect(finding.letters).toMatchObject([
      { title: '关于限期整改 2 项“政府履职问题”的通知书', state: 'draft', number: null },
    ]);
    const params = { letterId: finding.letters[0]!.id };
    const drafted = await city.call(letters.read, { params });
    expect(drafted.ties.map(({ title }) => title).sort()).toEqual(['督导人员不足', '督导经费没有单列']);
    expect(drafted.addressed).toMatchObject([{ unitId: units.licheng.id, schoolId: null }]);
    // Its table keeps where it comes from, and says when the ledger changed.
    expect(drafted.content!.figures).toMatchObject([{ asked: { query: 'rectifications.asked' } }]);
    expect(JSON.stringify(drafted.content!.figures)).toContain('督导经费没有单列');
    const extend = `update findings set due_on = due_on + 30 where id = $1 returning due_on::text as day`;
    const { rows } = await scene.app.owner.query(extend, [findings[0]!.findingId]);
    expect((await city.call(letters.read, { params })).figures[0]!.changed!.now).toContain(
      `督导经费没有单列 2025-10-10 ${rows[0].day}`,
    );
    await city.call(letters.takeFigures, at(params, 1, { keys: [1] }));
    expect((await city.call(letters.read, { params })).figures).toMatchObject([{ changed: null }]);
    expect(await scene.waiting(city)).toContain('returned 1');

    await scene.as('sectionOfficer').call(letters.submit, at(params, 2));
    const checker = await scene.oneMore('city-officer', units.city.id);
    await checker.call(letters.check, at(params, 3));
    await scene.signer.call(letters.sign, at(params, 4));
    await scene.issuer.call(letters.issue, at(params, 5));
    const asked = await scene
      .as('countyDirector')
      .call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    const answer = { body: { kind: 'report' as const, replyTo: asked.id } };
    const report = await scene.as('countyOfficer').call(letters.draft, answer);
    expect(await scene.as('countyOfficer').call(letters.read, { params: { letterId: report.id } })).toMatchObject({
      replyTo: { number: asked.number },
      addressed: [{ unitId: units.city.id }],
      content: {
        addressees: [asked.sender],
        figures: [
          {
            asked: { query: 'rectifications.answered' },
            value: [expect.arrayContaining(['待制定措施']), expect.anything()],
          },
        ],
      },
    });
    expect(
      (await scene.as('countyDirector').call(receipts.readReceipt, { params: { receiptId: asked.id } })).answers,
    ).toHaveLength(1);
    // Issued, it reaches the city, which the county itself does not.
    const director = await scene.oneMore('county-director', units.licheng.id);
    const { revision } = await scene.as('countyOfficer').call(letters.read, { params: { letterId: report.id } });
    const own = { letterId: report.id };
    // What the template leaves blank is filled in before anybody judges it.
    const blank = await scene.as('countyOfficer').refused(letters.submit, at(own, revision));
    expect(blank).toMatchObject({ code: 'letter.lacking', sentence: expect.stringContaining('第 3 部分') });
    const { content } = await scene.as('countyOfficer').call(letters.read, { params: own });
    const filled = JSON.parse(JSON.stringify(content).replaceAll('××', '两项')) as NonNullable<typeof content>;
    const recipients = [{ unitId: units.city.id, schoolId: null }];
    await scene.as('countyOfficer').call(letters.save, { params: own, body: { ...filled, recipients, revision } });
    await scene.as('countyOfficer').call(letters.submit, at(own, revision + 1));
    await scene.as('countyDirector').call(letters.check, at(own, revision + 2));
    await director.call(letters.sign, at(own, revision + 3));
    const last = await scene.oneMore('county-director', units.licheng.id);
    const { number } = await last.call(letters.issue, at(own, revision + 4));
    const came = (await city.call(receipts.receipts, { query: { state: 'waiting' } })).rows;
    expect(came.map((row) => row.number)).toEqual([number]);
    await city.call(receipts.receive, { params: { receiptId: came[0]!.id } });
    expect((await director.call(letters.read, { params: own })).addressed).toMatchObject([{ receivedBy: '市督导' }]);
  });
});
