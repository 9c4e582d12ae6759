import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import * as letters from '#contract/official-documents/letters.ts';
import * as receipts from '#contract/official-documents/receipts.ts';
import * as series from '#contract/official-documents/series.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { digestOf, digestOfBytes } from '#core/evidence/digest.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp, type TestPerson } from '#test/support/app.ts';
import { type Member, openSession } from '#test/support/cast.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { schools, units } from '#test/support/scenario.ts';
import { listRecipients } from './letter.detail.store.ts';
import { listLetters } from './letter.list.store.ts';
import { findLetter, type LetterHandle } from './letter.store.ts';
import { findReceipt } from './receipt/receipt.store.ts';
import { findSeries } from './series/series.store.ts';

let app: TestApp;
/** Two more people of the city: one who signs, and one who issues. */
let signer: TestPerson;
let issuer: TestPerson;

beforeAll(async () => {
  app = await openTestApp();
  [signer, issuer] = [await oneMore('city-officer', units.city.id), await oneMore('city-officer', units.city.id)];
});
afterAll(() => app.close());

/** Somebody else in a post of this role. */
async function oneMore(role: string, unitId: number): Promise<TestPerson> {
  const id = randomUUID();
  await app.owner.query(
    `insert into people (id, name, username, email, password_changed_at, two_factor_enabled)
     values ($1, $2, $2, $2 || '@dudao.invalid', now(), true)`,
    [id, `同事${id.slice(0, 8)}`],
  );
  await app.owner.query(`insert into grants (id, person_id, role_key, unit_id) values ($1, $2, $3, $4)`, [
    randomUUID(),
    id,
    role,
    unitId,
  ]);
  return app.withCookie(await openSession(app.owner, id, app.clock.now));
}

const as = (member: Member) => app.as(member);
const office = { head: '泉州市人民政府教育督导室文件', signer: '泉州市人民政府教育督导室', printedBy: '泉州市教育局' };
const openSeries = (member: Member, code: string) => as(member).call(series.openSeries, { body: { code, ...office } });

const content = {
  ...{ kind: 'notice' as const, title: '关于开展秋季开学督导的通知', addressees: ['各县（市、区）人民政府'] },
  ...{ body: [{ kind: 'paragraph' as const, text: '定于十月开展督导。' }], attachments: [], copyTo: ['市教育局'] },
  ...{ sealed: true, restricted: false },
};
const ofUnit = (unitId: number) => ({ unitId, schoolId: null });
const everybody = [
  ofUnit(units.licheng.id),
  ofUnit(units.fengze.id),
  { unitId: units.licheng.id, schoolId: schools.first.id },
];

/** A draft of the section officer of the city, or of somebody else, with this text. */
async function drafted(
  seriesId: string,
  {
    by = as('sectionOfficer'),
    recipients = everybody,
    ...more
  }: { by?: TestPerson; recipients?: readonly object[] } & Partial<typeof content> = {},
) {
  const { id } = await by.call(letters.draft, { body: { kind: 'notice' } });
  const params = { letterId: id };
  const body = { ...content, ...more, seriesId, recipients: recipients as never, revision: 1 };
  const { revision } = await by.call(letters.save, { params, body });
  return { params, revision };
}
const at = (params: { letterId: string }, revision: number, more: object = {}) => ({
  params,
  body: { revision, ...more } as never,
});

/** A letter that only waits for its number. */
async function signed(seriesId: string, more: Parameters<typeof drafted>[1] = {}) {
  const { params, revision } = await drafted(seriesId, more);
  await (more.by ?? as('sectionOfficer')).call(letters.submit, at(params, revision));
  await as('cityOfficer').call(letters.check, at(params, revision + 1));
  await signer.call(letters.sign, at(params, revision + 2));
  return { params, revision: revision + 3 };
}

const waiting = async (person: TestPerson) =>
  (await person.call(home.overview)).work.flatMap(({ kind, count }) =>
    kind.startsWith('official-documents.') ? [`${kind.slice('official-documents.'.length)} ${count}`] : [],
  );

describe('a letter of the city', () => {
  it('is drafted, checked, signed and issued by different hands, and received by its addressees', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉政教督');
    const { params, revision } = await drafted(seriesId);
    expect((await as('countyDirector').refused(letters.read, { params })).code).toBe('thing.notFound');
    expect((await as('cityOfficer').refused(letters.check, at(params, revision))).code).toBe('flow.notInState');
    await as('sectionOfficer').call(letters.submit, at(params, revision));
    expect((await as('sectionOfficer').refused(letters.check, at(params, revision + 1))).code).toBe('letter.ownText');
    expect(await waiting(as('sectionOfficer'))).toEqual([]);
    expect(await waiting(as('cityOfficer'))).toEqual(['check 1']);
    await as('cityOfficer').call(letters.check, at(params, revision + 1));
    // An office of two has nobody else: whoever checked it may sign it.
    expect(await waiting(as('cityOfficer'))).toEqual(['sign 1']);
    expect(await waiting(signer)).toEqual(['sign 1']);
    expect((await as('sectionOfficer').refused(letters.sign, at(params, revision + 2))).code).toBe('access.denied');
    await signer.call(letters.sign, at(params, revision + 2));
    expect((await signer.refused(letters.issue, at(params, revision + 3))).code).toBe('access.sameHand');
    expect(await waiting(as('sectionOfficer'))).toEqual(['issue 1']);
    expect(await waiting(issuer)).toEqual(['issue 1']);
    const issued = await issuer.call(letters.issue, at(params, revision + 3));
    expect(issued).toMatchObject({ state: 'issued', number: '泉政教督〔2025〕1号' });

    const detail = await as('sectionOfficer').call(letters.read, { params });
    const numbered = { code: '泉政教督', year: 2025, ordinal: 1 };
    expect(detail).toMatchObject({ numbered, issuedOn: '2025-10-15', recipients: 3, received: 0 });
    expect(detail.steps.map(({ title }) => title)).toEqual(['拟稿', '送审', '审核通过', '签发', '编号印发']);
    const { rows } = await app.owner.query(
      `select l.model, l.model_hash, (select count(*)::int from letter_receipts r where r.letter_id = l.id and r.model = l.model
         and r.model_hash = l.model_hash) as copies from letters l where l.id = $1`,
      [params.letterId],
    );
    expect(rows[0].model).toMatchObject({ number: { code: '泉政教督', year: 2025, ordinal: 1 }, date: '2025-10-15' });
    expect(rows[0]).toMatchObject({ model_hash: digestOf(rows[0].model), copies: 3 });
    const { rows: audit } = await app.owner.query(
      `select action, place_id as place from audit_events where object_id = $1 order by id`,
      [params.letterId],
    );
    expect(audit.map(({ action }) => action.replace('letter.', ''))).toEqual([
      ...['drafted', 'edited', 'submitted', 'checked', 'signed', 'issued'],
    ]);
    expect(new Set(audit.map(({ place }) => place))).toEqual(new Set([units.city.id]));

    expect(await waiting(as('countyDirector'))).toEqual(['receive 1']);
    const inbox = await as('head').call(notices.list, {});
    expect(inbox.rows.map(({ kind, about }) => [kind, about])).toEqual([
      ['letter.issued', '泉政教督〔2025〕1号 关于开展秋季开学督导的通知'],
    ]);
    const [receipt] = (await as('countyDirector').call(receipts.receipts, {})).rows;
    expect(receipt).toMatchObject({ state: 'waiting', sender: office.signer, number: '泉政教督〔2025〕1号' });
    const taking = { params: { receiptId: receipt!.id } };
    expect((await as('otherDirector').refused(receipts.readReceipt, taking)).code).toBe('thing.notFound');
    expect((await as('head').refused(receipts.receive, taking)).code).toBe('thing.notFound');
    await as('countyOfficer').call(receipts.receive, taking);
    expect((await as('countyDirector').refused(receipts.receive, taking)).code).toBe('letter.receiptClosed');
    // A notice names the letter, and leads to the receipt of whoever reads it.
    const ofSchool = await as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(ofSchool).toMatchObject({ addressee: '示例第一小学', can: { receive: true, answer: false } });
    expect((await as('cityOfficer').call(letters.read, { params })).addressed).toMatchObject([
      { unitId: units.licheng.id, receivedBy: '鲤城督导' },
      { unitId: units.fengze.id, receivedBy: null },
      { schoolId: schools.first.id, receivedBy: null },
    ]);
  });

  it('keeps its number when it is withdrawn, and its addressees read that it was', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉撤');
    const { params, revision } = await signed(seriesId);
    await issuer.call(letters.issue, at(params, revision));
    const withdrawn = await issuer.call(letters.withdraw, at(params, revision + 1, { reason: '附件有误' }));
    expect(withdrawn).toMatchObject({ state: 'withdrawn', number: '泉撤〔2025〕1号' });
    const receipt = await as('otherDirector').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(receipt).toMatchObject({ state: 'withdrawn', reason: '附件有误', withdrawnOn: '2025-10-15' });
    expect((await as('otherDirector').refused(receipts.receive, { params: { receiptId: receipt.id } })).code).toBe(
      'letter.receiptClosed',
    );
    const next = await signed(seriesId);
    expect((await issuer.call(letters.issue, at(next.params, next.revision))).number).toBe('泉撤〔2025〕2号');
  });

  it('goes back to the draft when it is changed after it was checked, and is judged anew', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉改');
    const { params, revision } = await signed(seriesId);
    const body = { ...content, title: '关于开展冬季督导的通知', seriesId, recipients: [], revision };
    expect(await as('sectionOfficer').call(letters.save, { params, body })).toMatchObject({ state: 'draft' });
    expect((await issuer.refused(letters.issue, at(params, revision + 1))).code).toBe('flow.notInState');
    const same = { ...body, revision: revision + 1 };
    expect((await as('sectionOfficer').refused(letters.save, { params, body: same })).code).toBe(
      'thing.nothingChanges',
    );
    await as('sectionOfficer').call(letters.submit, at(params, revision + 1));
    await as('cityOfficer').call(letters.sendBack, at(params, revision + 2, { reason: '标题有误' }));
    expect(await waiting(as('sectionOfficer'))).toContain('returned 1');
    const undo = { params, body: { action: 'return' as const } };
    expect((await signer.refused(letters.undo, undo)).code).toBe('undo.notYours');
    expect(await as('cityOfficer').call(letters.undo, undo)).toMatchObject({ state: 'submitted' });
    await as('sectionOfficer').call(letters.cancel, at(params, revision + 4, { reason: '不再印发' }));
  });

  it('is neither checked nor signed by whoever wrote it or wrote it anew, whoever sent it', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉手');
    // The city's officer drafts, and the section sends it.
    const { params, revision } = await drafted(seriesId, { by: as('cityOfficer'), recipients: [] });
    await as('sectionOfficer').call(letters.submit, at(params, revision));
    expect((await as('cityOfficer').refused(letters.check, at(params, revision + 1))).code).toBe('letter.ownText');
    expect((await as('sectionOfficer').refused(letters.check, at(params, revision + 1))).code).toBe('access.sameHand');
    expect(await as('cityOfficer').call(letters.read, { params })).toMatchObject({
      can: { check: false, return: true },
      signingObstacle: expect.stringContaining('市督导'),
    });
    expect((await waiting(as('cityOfficer'))).filter((one) => one.startsWith('check'))).toEqual([]);
    // Somebody else writes it anew after it was sent: he judges it no more either, and the first writer still does not.
    const body = { ...content, title: '关于改写的通知', seriesId, recipients: [], revision: revision + 1 };
    await signer.call(letters.save, { params, body });
    await as('sectionOfficer').call(letters.submit, at(params, revision + 2));
    for (const writer of [signer, as('cityOfficer')])
      expect((await writer.refused(letters.check, at(params, revision + 3))).code).toBe('letter.ownText');
    expect(await waiting(issuer)).toContain('check 1');
    await issuer.call(letters.check, at(params, revision + 3));
    expect((await signer.refused(letters.sign, at(params, revision + 4))).code).toBe('letter.ownText');
    expect((await waiting(signer)).filter((one) => one.startsWith('sign'))).toEqual([]);
    await (await oneMore('city-officer', units.city.id)).call(letters.sign, at(params, revision + 4));
    await as('cityOfficer').call(letters.issue, at(params, revision + 5));
  });

  it('for few is read by whoever drafted it and by those who judge letters, and by no other place', async () => {
    const { id: seriesId } = await openSeries('countyDirector', '鲤教督');
    const by = as('countyOfficer');
    const { params } = await drafted(seriesId, { by, recipients: [ofUnit(units.city.id)], restricted: true });
    expect((await as('cityOfficer').refused(letters.read, { params })).code).toBe('thing.notFound');
    expect(await as('countyDirector').call(letters.read, { params })).toMatchObject({ restricted: true });
    expect((await as('otherDirector').refused(letters.read, { params })).code).toBe('thing.notFound');
    const elsewhere = { ...content, seriesId, recipients: [ofUnit(units.fengze.id)], revision: 2 };
    expect((await by.refused(letters.save, { params, body: elsewhere })).code).toBe('letter.recipientUnknown');
  });
});

describe('the numbers of a series', () => {
  it('stand once at a place: a code is opened once, whatever the kind, and the database holds no number twice', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉一');
    const body = { code: '泉一', ...office };
    const ofKind = await as('cityOfficer').refused(series.openSeries, { body: { ...body, kind: 'notice' } });
    expect(ofKind.code).toBe('letter.seriesTaken');
    // Another unit may use the same code.
    await openSeries('countyDirector', '泉一');
    const first = await signed(seriesId, { recipients: [] });
    const { number } = await issuer.call(letters.issue, at(first.params, first.revision));
    const { id: otherId } = await openSeries('cityOfficer', '泉二');
    const other = await signed(otherId, { recipients: [] });
    await issuer.call(letters.issue, at(other.params, other.revision));
    const renumber = app.owner.query(`update letters set number_text = $2 where id = $1`, [
      other.params.letterId,
      number,
    ]);
    await expect(renumber).rejects.toMatchObject({ constraint: 'letters_place_id_number_text_key' });
  });

  it('twenty people who issue at once leave no gap and no double', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉同');
    const people: TestPerson[] = [];
    for (let one = 0; one < 20; one += 1) people.push(await oneMore('city-officer', units.city.id));
    const ready: Awaited<ReturnType<typeof signed>>[] = [];
    for (const _ of people) ready.push(await signed(seriesId, { recipients: [] }));
    const issued = await Promise.all(
      ready.map(({ params, revision }, one) => people[one]!.call(letters.issue, at(params, revision))),
    );
    const numbers = issued.map(({ number }) => Number(/〕(\d+)号/.exec(number!)![1])).sort((one, other) => one - other);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, one) => one + 1));
  });

  it('go back to no earlier day, and an issue that fails takes none', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉日');
    const [first, second] = [await signed(seriesId, { recipients: [] }), await signed(seriesId, { recipients: [] })];
    await issuer.call(letters.issue, at(first.params, first.revision));
    // As if the clock of the machine had been a day ahead when the first was printed.
    const count = `update letter_counters set last_issued_on = $2 where series_id = $1`;
    await app.owner.query(count, [seriesId, '2025-10-16']);
    const early = await issuer.refused(letters.issue, at(second.params, second.revision));
    expect(early).toMatchObject({ code: 'letter.dayBack', sentence: expect.stringContaining('2025-10-16') });
    await app.owner.query(count, [seriesId, '2025-10-15']);
    expect((await issuer.call(letters.issue, at(second.params, second.revision))).number).toBe('泉日〔2025〕2号');
  });

  it('are given on the day of print, and the letter is dated by the day on which it was signed', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉签');
    const { params, revision } = await signed(seriesId);
    await app.owner.query(`update letters set signed_on = '2025-10-13' where id = $1`, [params.letterId]);
    await issuer.call(letters.issue, at(params, revision));
    const dates = { date: '2025-10-13', printedOn: '2025-10-15' };
    expect(await as('cityOfficer').call(letters.read, { params })).toMatchObject({ ...dates, issuedOn: '2025-10-15' });
    const receipt = await as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    expect(receipt).toMatchObject({ ...dates, issuedOn: '2025-10-15' });
    // A letter that goes back after the signature is dated by the next one.
    const again = await signed(seriesId, { recipients: [] });
    await app.owner.query(`update letters set signed_on = '2025-10-12' where id = $1`, [again.params.letterId]);
    await issuer.call(letters.sendBack, at(again.params, again.revision, { reason: '再核' }));
    await as('sectionOfficer').call(letters.submit, at(again.params, again.revision + 1));
    await as('cityOfficer').call(letters.check, at(again.params, again.revision + 2));
    await signer.call(letters.sign, at(again.params, again.revision + 3));
    await issuer.call(letters.issue, at(again.params, again.revision + 4));
    expect((await as('cityOfficer').call(letters.read, { params: again.params })).date).toBe('2025-10-15');
  });

  it('begin once behind those used on paper, which are entered into the register', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉纸');
    const begin = { params: { seriesId }, body: { year: 2025, first: 8 } };
    const paper = { seriesId, kind: 'notice' as const, title: '纸质通知', issuedOn: '2025-03-01' };
    const enter = (number: number) => ({ body: { ...paper, number } });
    expect((await as('cityOfficer').refused(letters.enterPaper, enter(3))).code).toBe('letter.notOnPaper');
    await as('cityOfficer').call(series.beginSeries, begin);
    expect((await as('cityOfficer').refused(series.beginSeries, begin)).code).toBe('letter.seriesUsed');
    expect(await as('cityOfficer').call(letters.enterPaper, enter(3))).toMatchObject({ number: '泉纸〔2025〕3号' });
    expect((await as('cityOfficer').refused(letters.enterPaper, enter(3))).code).toBe('letter.numberTaken');
    expect((await as('cityOfficer').refused(letters.enterPaper, enter(8))).code).toBe('letter.notOnPaper');
    const { params, revision } = await signed(seriesId, { recipients: [] });
    expect((await issuer.call(letters.issue, at(params, revision))).number).toBe('泉纸〔2025〕8号');
    const book = await as('cityOfficer').call(letters.register, { query: { search: '泉纸' } });
    expect(book.fileName).toBe('发文登记簿_2025-10-15.xlsx');
  });
});

describe('the second wall', () => {
  it('holds where a store forgets its condition: each place reads what the transaction may see, and no more', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉墙');
    const { params, revision } = await signed(seriesId);
    await issuer.call(letters.issue, at(params, revision));
    const forgotten = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const permissions = new Set(['letter.read', 'letter.check', 'letter.receive']);
    const posts = (level: 'city' | 'county', unitId: number) => ({ level, unitId, userId: '', permissions }) as never;
    const named = { placeId: units.city.id, id: params.letterId };
    const seen = (known: Scope) =>
      withLease(app.services.pool, (held) =>
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

describe('the files of a letter', () => {
  it('a draft is printed with its mark, and an issued letter once for itself and its addressees', async () => {
    const { id: seriesId } = await openSeries('cityOfficer', '泉印');
    const { params, revision } = await signed(seriesId);
    app.jobs.splice(0);
    const textOf = async (body: Uint8Array) =>
      (await readPdf(body)).pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('');
    const draft = await as('sectionOfficer').call(letters.pdf, { params });
    expect(await textOf(draft.body)).toMatch(/草\s*稿/);
    await issuer.call(letters.issue, at(params, revision));
    // A printing that fails gives nothing away: the letter stays issued, and the next attempt prints the same.
    const [job] = app.jobs;
    const { print } = app.services.press;
    Object.assign(app.services.press, { print: () => Promise.reject(new Error('the press broke')) });
    await expect(app.runJobs()).rejects.toThrow('the press broke');
    Object.assign(app.services.press, { print });
    expect(await as('cityOfficer').call(letters.read, { params })).toMatchObject({ state: 'issued', prints: [] });
    app.jobs.push(job!, job!);
    await app.runJobs();
    const detail = await as('cityOfficer').call(letters.read, { params });
    expect(detail.prints.map(({ format }) => format)).toEqual(['pdf', 'word']);
    expect(detail.fonts.map(({ wanted }) => wanted)).toContain('仿宋_GB2312');
    // What was printed is sent, and never printed again.
    Object.assign(app.services.press, { print: () => Promise.reject(new Error('the press is asked no more')) });
    const final = await as('cityOfficer').call(letters.pdf, { params });
    expect(digestOfBytes(final.body)).toBe(detail.prints[0]!.digest);
    expect(await textOf(final.body)).not.toMatch(/草\s*稿/);
    const listed = (member: Member, subjectType: string, subjectId: string) =>
      as(member).call(files.list, { query: { subjectType, subjectId } });
    const receipt = await as('head').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    const sent = await as('head').call(receipts.receiptPdf, { params: { receiptId: receipt.id } });
    expect(digestOfBytes(sent.body)).toBe(detail.prints[0]!.digest);
    Object.assign(app.services.press, { print });
    const names = ['泉印〔2025〕1号_关于开展秋季开学督导的通知.pdf', '泉印〔2025〕1号_关于开展秋季开学督导的通知.docx'];
    expect((await listed('head', 'letter-receipt', receipt.id)).rows.map(({ name }) => name)).toEqual(names);
    expect(await listed('sectionOfficer', 'letter', params.letterId)).toMatchObject({ mayAttach: false });
    expect(
      (
        await as('neighbourClerk').refused(files.list, {
          query: { subjectType: 'letter-receipt', subjectId: receipt.id },
        })
      ).code,
    ).toBe('thing.notFound');
  }, 60_000);
});

describe('a letter that another feature wants', () => {
  it('is drafted once for the findings of a duty body, tied to them, and answered by a report', async () => {
    await openSeries('cityOfficer', '泉整');
    const city = as('cityOfficer');
    const duty = { type: 'unit' as const, id: units.licheng.id };
    const found = { kind: 'duty', foundOn: '2025-10-10', duty };
    const enter = (title: string) => city.call(rectifications.enter, { body: { ...found, title } });
    const findings = [await enter('督导经费没有单列'), await enter('督导人员不足')].map(({ id, revision }) => ({
      findingId: id,
      revision,
    }));
    app.jobs.splice(0);
    await city.call(rectifications.noticeMany, { body: { findings, letter: true } });
    expect(app.jobs.map(({ name }) => name)).toEqual(['official-documents.draftWanted']);
    app.jobs.push(...app.jobs);
    await app.runJobs();
    const finding = await city.call(rectifications.read, { params: { findingId: findings[0]!.findingId } });
    expect(finding.letters).toMatchObject([{ title: '关于限期整改有关问题的通知书', state: 'draft', number: null }]);
    const params = { letterId: finding.letters[0]!.id };
    const drafted = await city.call(letters.read, { params });
    expect(drafted.ties.map(({ title }) => title).sort()).toEqual(['督导人员不足', '督导经费没有单列']);
    expect(drafted.addressed).toMatchObject([{ unitId: units.licheng.id, schoolId: null }]);
    expect(JSON.stringify(drafted.content!.body)).toContain('督导经费没有单列');
    expect(await waiting(city)).toContain('returned 1');

    await as('sectionOfficer').call(letters.submit, at(params, 1));
    await city.call(letters.check, at(params, 2));
    await signer.call(letters.sign, at(params, 3));
    await issuer.call(letters.issue, at(params, 4));
    const asked = await as('countyDirector').call(receipts.readReceipt, { params: { receiptId: params.letterId } });
    const answer = { body: { kind: 'report' as const, replyTo: asked.id } };
    const report = await as('countyOfficer').call(letters.draft, answer);
    expect(await as('countyOfficer').call(letters.read, { params: { letterId: report.id } })).toMatchObject({
      replyTo: { number: asked.number },
      addressed: [{ unitId: units.city.id }],
      content: { addressees: [asked.sender] },
    });
    expect(
      (await as('countyDirector').call(receipts.readReceipt, { params: { receiptId: asked.id } })).answers,
    ).toHaveLength(1);
    // Issued, it reaches the city, which the county itself does not.
    const director = await oneMore('county-director', units.licheng.id);
    const { revision } = await as('countyOfficer').call(letters.read, { params: { letterId: report.id } });
    const own = { letterId: report.id };
    await as('countyOfficer').call(letters.submit, at(own, revision));
    await as('countyDirector').call(letters.check, at(own, revision + 1));
    await director.call(letters.sign, at(own, revision + 2));
    const last = await oneMore('county-director', units.licheng.id);
    const { number } = await last.call(letters.issue, at(own, revision + 3));
    const came = (await city.call(receipts.receipts, { query: { state: 'waiting' } })).rows;
    expect(came.map((row) => row.number)).toEqual([number]);
    await city.call(receipts.receive, { params: { receiptId: came[0]!.id } });
    expect((await director.call(letters.read, { params: own })).addressed).toMatchObject([{ receivedBy: '市督导' }]);
  });
});
