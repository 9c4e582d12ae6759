import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import * as series from '#contract/official-documents/series.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import type { TestPerson } from '#test/support/app.ts';
import { at, LetterScene, office } from '#test/support/product/letter-scene.ts';
import { units } from '#test/support/scenario.ts';
import { type LetterHandle, writePaperLetter } from '../letter.store.ts';
import { writeFirstNumber } from './series.store.ts';

let scene: LetterScene;

beforeAll(async () => {
  scene = await LetterScene.open();
});
afterAll(() => scene.app.close());

describe('the numbers of a series', () => {
  it('stand once at a place: a code is opened once, whatever the kind, and the database holds no number twice', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉一');
    const body = { code: '泉一', ...office };
    const ofKind = await scene.as('cityOfficer').refused(series.openSeries, { body: { ...body, kind: 'notice' } });
    expect(ofKind.code).toBe('letter.seriesTaken');
    // In one city a code says who wrote: no other unit uses it.
    const elsewhere = await scene.as('countyDirector').refused(series.openSeries, { body });
    expect(elsewhere).toMatchObject({ code: 'letter.codeElsewhere', sentence: expect.stringContaining('泉州') });
    const first = await scene.signed(seriesId, { recipients: [] });
    const { number } = await scene.issuer.call(letters.issue, at(first.params, first.revision));
    const { id: otherId } = await scene.openSeries('cityOfficer', '泉二');
    const other = await scene.signed(otherId, { recipients: [] });
    await scene.issuer.call(letters.issue, at(other.params, other.revision));
    const renumber = scene.app.owner.query(`update letters set number_text = $2 where id = $1`, [
      other.params.letterId,
      number,
    ]);
    await expect(renumber).rejects.toMatchObject({ constraint: 'letters_place_id_number_text_key' });
  });

  it('end where it is put out of use: nothing is numbered by it, and what was numbered stays in the register', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉停');
    const before = await scene.signed(seriesId, { recipients: [] });
    const { number } = await scene.issuer.call(letters.issue, at(before.params, before.revision));
    const [signed, draft] = [await scene.signed(seriesId, { recipients: [] }), await scene.drafted(seriesId)];
    const set = (active: boolean, revision: number) => ({
      params: { seriesId },
      body: { ...office, active, revision },
    });
    await scene.as('cityOfficer').call(series.changeSeries, set(false, 1));
    // Whoever comes with the older one reads who was before.
    expect(await scene.issuer.refused(series.changeSeries, set(false, 1))).toMatchObject({
      code: 'thing.nothingChanges',
    });
    expect(await scene.issuer.refused(series.changeSeries, set(true, 1))).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^机关代字“泉停”已由市督导于 .*\d\d:\d\d 修改/) },
    });
    const issue = at(signed.params, signed.revision);
    expect((await scene.issuer.refused(letters.issue, issue)).sentence).toContain('机关代字“泉停”已经停用，不再编号');
    const send = at(draft.params, draft.revision);
    expect((await scene.as('sectionOfficer').refused(letters.submit, send)).code).toBe('letter.seriesClosed');
    const { rows } = await scene.as('cityOfficer').call(letters.list, { query: { search: number! } as never });
    expect(rows.map((row) => row.number)).toContain(number);
    await scene.as('cityOfficer').call(series.changeSeries, set(true, 2));
    expect((await scene.issuer.call(letters.issue, issue)).number).toBe('泉停〔2025〕2号');
  });

  it('are missing where no series is open: whoever sends a letter is told who may open one', async () => {
    const officer = scene.as('countyOfficer');
    const { id } = await officer.call(letters.draft, { body: { kind: 'notice' } });
    const send = at({ letterId: id }, 1);
    expect(await officer.refused(letters.submit, send)).toMatchObject({
      ...{ code: 'letter.noSeries', status: 409 },
      sentence: expect.stringContaining('请由本单位的县级督导室主任在“公文 › 机关代字”页设立'),
    });
    expect((await scene.as('countyDirector').refused(letters.submit, send)).sentence).toContain(
      '请先在“公文 › 机关代字”页设立',
    );
    expect((await officer.call(series.series, { query: {} })).managedBy).toEqual(['县级督导室主任']);
  });

  it('twenty people who issue at once leave no gap and no double', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉同');
    const people: TestPerson[] = [];
    for (let one = 0; one < 20; one += 1) people.push(await scene.oneMore('city-officer', units.city.id));
    const ready: Awaited<ReturnType<LetterScene['signed']>>[] = [];
    for (const _ of people) ready.push(await scene.signed(seriesId, { recipients: [] }));
    const issued = await Promise.all(
      ready.map(({ params, revision }, one) => people[one]!.call(letters.issue, at(params, revision))),
    );
    const numbers = issued.map(({ number }) => Number(/〕(\d+)号/.exec(number!)![1])).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, one) => one + 1));
  });

  it('go back to no earlier day, and an issue that fails takes none', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉日');
    const [first, second] = [
      await scene.signed(seriesId, { recipients: [] }),
      await scene.signed(seriesId, { recipients: [] }),
    ];
    await scene.issuer.call(letters.issue, at(first.params, first.revision));
    // As if the clock of the machine had been a day ahead when the first was printed.
    const count = `update letter_counters set last_issued_on = $2 where series_id = $1`;
    await scene.app.owner.query(count, [seriesId, '2025-10-16']);
    const early = await scene.issuer.refused(letters.issue, at(second.params, second.revision));
    expect(early).toMatchObject({ code: 'letter.dayBack', sentence: expect.stringContaining('2025-10-16') });
    await scene.app.owner.query(count, [seriesId, '2025-10-15']);
    expect((await scene.issuer.call(letters.issue, at(second.params, second.revision))).number).toBe('泉日〔2025〕2号');
  });

  it('are given on the day of print, and the letter is dated by the day on which it was signed', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉签');
    const { params, revision } = await scene.signed(seriesId);
    await scene.app.owner.query(`update letters set signed_on = '2025-10-13' where id = $1`, [params.letterId]);
    await scene.issuer.call(letters.issue, at(params, revision));
    const dates = { date: '2025-10-13', printedOn: '2025-10-15' };
    expect(await scene.as('cityOfficer').call(letters.read, { params })).toMatchObject({
      ...dates,
      issuedOn: '2025-10-15',
    });
    const receipt = await scene.as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(receipt).toMatchObject({ ...dates, issuedOn: '2025-10-15' });
    // A letter that goes back after the signature is dated by the next one.
    const again = await scene.signed(seriesId, { recipients: [] });
    await scene.app.owner.query(`update letters set signed_on = '2025-10-12' where id = $1`, [again.params.letterId]);
    await scene.issuer.call(letters.sendBack, at(again.params, again.revision, { reason: '再核' }));
    await scene.as('sectionOfficer').call(letters.submit, at(again.params, again.revision + 1));
    await scene.as('cityOfficer').call(letters.check, at(again.params, again.revision + 2));
    await scene.signer.call(letters.sign, at(again.params, again.revision + 3));
    await scene.issuer.call(letters.issue, at(again.params, again.revision + 4));
    expect((await scene.as('cityOfficer').call(letters.read, { params: again.params })).date).toBe('2025-10-15');
  });

  it('begin once behind those used on paper, which are entered into the register', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉纸');
    const begin = { params: { seriesId }, body: { year: 2025, first: 8 } };
    const paper = { seriesId, kind: 'notice' as const, title: '纸质通知', issuedOn: '2025-03-01' };
    const enter = (number: number) => ({ body: { ...paper, number } });
    expect((await scene.as('cityOfficer').refused(letters.enterPaper, enter(3))).code).toBe('letter.notOnPaper');
    await scene.as('cityOfficer').call(series.beginSeries, begin);
    // A slip is mended while the platform has given no number, and as long as those on paper lie below.
    const anew = (first: number) => ({ ...begin, body: { year: 2025, first } });
    await scene.as('cityOfficer').call(series.beginSeries, anew(80));
    await scene.as('cityOfficer').call(series.beginSeries, anew(8));
    expect(await scene.as('cityOfficer').call(letters.enterPaper, enter(3))).toMatchObject({
      number: '泉纸〔2025〕3号',
    });
    expect((await scene.as('cityOfficer').refused(letters.enterPaper, enter(3))).code).toBe('letter.numberTaken');
    expect((await scene.as('cityOfficer').refused(letters.enterPaper, enter(8))).code).toBe('letter.notOnPaper');
    const { params, revision } = await scene.signed(seriesId, { recipients: [] });
    expect((await scene.issuer.call(letters.issue, at(params, revision))).number).toBe('泉纸〔2025〕8号');
    const book = await scene.as('cityOfficer').call(letters.register, { query: { search: '泉纸' } });
    expect(book.fileName).toBe('发文登记簿_2025-10-15.xlsx');
    expect((await scene.as('cityOfficer').refused(series.beginSeries, begin)).code).toBe('letter.seriesUsed');
  });

  it('begin above one that is being entered from paper: whoever sets the first number waits for it', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉候');
    await scene.as('cityOfficer').call(series.beginSeries, { params: { seriesId }, body: { year: 2025, first: 50 } });
    const { pool } = scene.app.services;
    const place = { placeId: units.city.id, id: seriesId };
    const asApplication = <Answer>(act: (db: LetterHandle) => Promise<Answer>) =>
      withWriting(pool, atPlaces([units.city.id]), (db) => act(db as unknown as LetterHandle));
    const { racing } = await asApplication(async (db) => {
      const entered = await writePaperLetter(db, {
        ...{ placeId: units.city.id, seriesId, id: randomUUID(), kind: 'notice', title: '纸质通知', ordinal: 20 },
        ...{ issuedOn: '2025-03-01', draftedBy: '', draftedByName: '某人', alsoFoundBy: '', at: scene.app.clock.now },
      });
      expect(entered).toEqual({ first: 50, number: '泉候〔2025〕20号' });
      const other = asApplication((beside) => writeFirstNumber(beside, place, { year: 2025, first: 10 }));
      await expect
        .poll(
          async () =>
            (
              await scene.app.owner.query(
                `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
                   and query like '%begin_letter_numbers%'`,
              )
            ).rowCount,
        )
        .toBe(1);
      return { racing: other };
    });
    expect(await racing).toBe(false);
  });

  it('go on behind a number that stands already, whatever led there', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉续');
    await scene.as('cityOfficer').call(series.beginSeries, { params: { seriesId }, body: { year: 2025, first: 8 } });
    for (const number of [2, 3]) {
      const body = { seriesId, kind: 'notice', number, title: '关于纸质公文的通知', issuedOn: '2025-03-01' } as const;
      await scene.as('cityOfficer').call(letters.enterPaper, { body });
    }
    // As if the first number had been changed while one on paper was being entered.
    await scene.app.owner.query(`update letter_counters set first = 1, last = 0 where series_id = $1`, [seriesId]);
    const numbers: (string | null)[] = [];
    for (let one = 0; one < 3; one += 1) {
      const { params, revision } = await scene.signed(seriesId, { recipients: [] });
      numbers.push((await scene.issuer.call(letters.issue, at(params, revision))).number);
    }
    expect(numbers).toEqual(['泉续〔2025〕1号', '泉续〔2025〕4号', '泉续〔2025〕5号']);
  });

  it('on paper are voided with a reason: the row stays in the register, and the number stays taken', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉废');
    await scene.as('cityOfficer').call(series.beginSeries, { params: { seriesId }, body: { year: 2025, first: 8 } });
    const body = { seriesId, kind: 'notice' as const, title: '写错的标题', issuedOn: '2025-03-01', number: 3 };
    const { id, revision } = await scene.as('cityOfficer').call(letters.enterPaper, { body });
    const early = { params: { seriesId }, body: { year: 2025, first: 3 } };
    expect((await scene.as('cityOfficer').refused(series.beginSeries, early)).code).toBe('letter.seriesUsed');
    const params = { letterId: id };
    const close = at(params, revision, { reason: '标题登记有误' });
    expect((await scene.as('sectionOfficer').refused(letters.withdraw, close)).code).toBe('flow.notYours');
    expect(await scene.as('cityOfficer').call(letters.withdraw, close)).toMatchObject({ state: 'withdrawn' });
    expect(await scene.as('cityOfficer').call(letters.read, { params })).toMatchObject({ reason: '标题登记有误' });
    expect((await scene.as('cityOfficer').refused(letters.enterPaper, { body })).code).toBe('letter.numberTaken');
  });

  it('end with a sentence, and give the letter back as it was', async () => {
    const { id: seriesId } = await scene.openSeries('cityOfficer', '泉尽');
    await scene.app.owner.query(
      `insert into letter_counters (place_id, series_id, year, first, last, last_issued_on)
       values ($1, $2, 2025, 1, 999999, '2025-10-01')`,
      [units.city.id, seriesId],
    );
    const { params, revision } = await scene.signed(seriesId, { recipients: [] });
    const end = await scene.issuer.refused(letters.issue, at(params, revision));
    expect(end).toMatchObject({ code: 'letter.numbersEnd', status: 409 });
    expect(await scene.as('cityOfficer').call(letters.read, { params })).toMatchObject({ state: 'signed', revision });
  });
});
