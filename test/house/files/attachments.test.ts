import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as home from '#contract/home/home.ts';
import type { Feature } from '#core/access/feature.ts';
import type { TestApp, TestPerson } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { announce, bring, sendPart, tusHeaders } from '#test/support/product/bring-file.ts';
import { bookOfCells } from '#test/support/workbook/workbook-file.ts';
import { filesFeature } from '../../../src/server/features/files/files.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';
import { homeFeature } from '../../../src/server/features/home/home.feature.ts';

let scene: FilingScene;
let app: TestApp;
beforeAll(async () => {
  const all: Feature[] = [filingFeature(() => [])];
  const ofFiles = filesFeature(() => all);
  scene = await openFilingScene([ofFiles, homeFeature([ofFiles])]);
  app = scene.app;
});
afterAll(() => app?.close());

const png = () => Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), randomBytes(300)]);
/** A film is sent as it came, whatever is in it. */
const film = () =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), randomBytes(300)]);
const subject = () => ({ subjectType: 'filing', subjectId: scene.ids.first });
const listed = async (person: TestPerson) => (await person.call(files.list, { query: subject() })).rows;

async function attached(person: TestPerson, name: string, bytes: Uint8Array) {
  const { id: uploadId } = await bring(app, person, name, bytes);
  return person.call(files.attach, { body: { ...subject(), uploadId } });
}

async function open(person: TestPerson, attachmentId: string, mode: 'save' | 'show' = 'save', headers = {}) {
  const { address } = await person.call(files.address, { params: { attachmentId }, body: { mode } });
  return { address, answer: await app.http.inject({ url: address, headers: { cookie: person.cookie, ...headers } }) };
}

describe('a file of a filing', () => {
  it('is brought and attached by the clerk, seen and opened by those who review, and by nobody else', async () => {
    const bytes = film();
    const clerk = app.as('clerk');
    const { id } = await attached(clerk, '操场.mp4', bytes);
    const [row] = await listed(app.as('countyOfficer'));
    expect(row).toMatchObject({ id, name: '操场.mp4', size: bytes.length, view: 'video', state: 'open' });
    // Whoever opens the file could compute it; it opens nothing.
    expect(row!.digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { answer } = await open(app.as('countyOfficer'), id);
    expect(answer.statusCode).toBe(200);
    expect(Buffer.compare(answer.rawPayload, bytes)).toBe(0);
    for (const member of ['neighbourClerk', 'otherOfficer', 'foreignHead'] as const) {
      const person = app.as(member);
      const params = { attachmentId: id };
      expect((await person.refused(files.list, { query: subject() })).code).toBe('thing.notFound');
      expect((await person.refused(files.address, { params, body: { mode: 'save' } })).code).toBe('thing.notFound');
      expect((await person.refused(files.detach, { params })).code).toBe('thing.notFound');
    }
    // Reviewing is reading: it changes nothing of the evidence.
    expect((await app.as('countyDirector').refused(files.detach, { params: { attachmentId: id } })).status).toBe(403);
    expect((await app.as('systemAdministrator').refused(files.list, { query: subject() })).code).toBe('thing.notFound');
  });

  it('hangs once, however often it is attached, and can be attached again from what is in reach', async () => {
    const bytes = png();
    const first = await attached(app.as('clerk'), '一.png', bytes);
    const again = await attached(app.as('clerk'), '二.png', bytes);
    expect([first.added, again]).toEqual([true, { id: first.id, added: false }]);
    const part = { ...subject(), part: '图书册数', attachmentId: first.id };
    const copy = await app.as('clerk').call(files.attach, { body: part });
    expect(copy.added).toBe(true);
    const neighbours = { subjectType: 'filing', subjectId: scene.ids.neighbour, attachmentId: first.id };
    expect((await app.as('neighbourClerk').refused(files.attach, { body: neighbours })).code).toBe('thing.notFound');
  });

  it('is taken off, and hung up again by whoever took it off', async () => {
    const { id } = await attached(app.as('clerk'), '撤.png', png());
    const params = { attachmentId: id };
    const { address } = await open(app.as('clerk'), id);
    await app.as('clerk').call(files.detach, { params });
    expect((await listed(app.as('clerk'))).map((row) => row.id)).not.toContain(id);
    const closed = await app.http.inject({ url: address, headers: { cookie: app.as('clerk').cookie } });
    expect(closed.statusCode).toBe(404);
    expect((await app.as('head').refused(files.restore, { params })).code).toBe('file.undoOver');
    await app.as('clerk').call(files.restore, { params });
    expect((await listed(app.as('clerk'))).map((row) => row.id)).toContain(id);
    const { rows } = await app.owner.query(
      `select action, place_id from audit_events where object_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'attachment.attached',
      'attachment.detached',
      'attachment.restored',
    ]);
    expect(new Set(rows.map(({ place_id }) => place_id)).has(0)).toBe(false);
  });
});

describe('a file that shows or lets hear children', () => {
  const mark = {
    sensitive: '涉及未成年人',
    purpose: '核实活动开展',
    keepUntil: '2026-10-15',
    openers: 'reach',
  } as const;
  const marked = async (person: TestPerson, name: string, bytes: Uint8Array, more: object = {}) => {
    const { id: uploadId } = await bring(app, person, name, bytes);
    return (await person.call(files.attach, { body: { ...subject(), uploadId, ...mark, ...more } })).id;
  };
  const show = (attachmentId: string) => ({ params: { attachmentId }, body: { mode: 'show' as const } });
  const marksOf = async (id: string) =>
    (
      await app.owner.query(
        `select actor_id as by, before, after - '{fileName,subjectType,subjectId}'::text[] as after from audit_events
          where object_id = $1 and action = 'attachment.marked' order by id`,
        [id],
      )
    ).rows;
  const rowOf = async (person: TestPerson, id: string) => (await listed(person)).find((row) => row.id === id)!;

  it('says for what, until when and for whom, and each opening and preview leaves a row of the audit', async () => {
    const clerk = app.as('clerk');
    const { id: uploadId } = await bring(app, clerk, '学生名册.xlsx', bookOfCells([['姓名', 1]]));
    const body = { ...subject(), uploadId, ...mark };
    for (const wrong of [
      { purpose: null },
      { keepUntil: null },
      { openers: null },
      { sensitive: null },
      { keepUntil: '2025-10-14' },
      { keepUntil: '2036-01-01' },
    ]) {
      const refusal = await clerk.refused(files.attach, { body: { ...body, ...wrong } });
      expect([wrong, refusal.code]).toEqual([wrong, 'request.invalid']);
    }
    const { id } = await clerk.call(files.attach, { body });
    expect(await rowOf(clerk, id)).toMatchObject({ ...mark, state: 'open', mayKeep: true, removedOn: null });
    const officer = app.as('countyOfficer');
    await open(officer, id, 'save');
    await officer.call(files.preview, { params: { attachmentId: id } });
    const { rows } = await app.owner.query(
      `select actor_id, after ->> 'purpose' as purpose, after ->> 'mode' as mode from audit_events
        where object_id = $1 and action = 'attachment.opened' order by id`,
      [id],
    );
    const opened = { actor_id: officer.personId, purpose: mark.purpose };
    expect(rows).toEqual([
      { ...opened, mode: 'original' },
      { ...opened, mode: 'show' },
    ]);
  });

  it('that is open to few opens for whoever brought it and for those who judge, at each of the three doors', async () => {
    const head = app.as('head');
    const clerk = app.as('clerk');
    const id = await marked(head, '演出.xlsx', bookOfCells([['演出', 2]]), { openers: 'judges' });
    for (const person of [head, app.as('countyOfficer'), app.as('countyDirector'), app.as('cityOfficer')]) {
      expect((await open(person, id)).answer.statusCode).toBe(200);
    }
    for (const person of [clerk, app.as('sectionOfficer')]) {
      expect((await rowOf(person, id)).state).toBe('closed');
      expect((await person.refused(files.address, show(id))).code).toBe('file.judgesOnly');
      expect((await person.refused(files.preview, { params: { attachmentId: id } })).code).toBe('file.judgesOnly');
    }
    // Nobody gets at it by hanging it elsewhere, and a copy is opened by no more people and no longer.
    const again = { ...subject(), part: '图书册数', attachmentId: id };
    expect((await clerk.refused(files.attach, { body: again })).code).toBe('file.judgesOnly');
    const wide = { ...again, ...mark, keepUntil: '2027-01-01' };
    const copy = await head.call(files.attach, { body: wide });
    expect(await rowOf(head, copy.id)).toMatchObject({ openers: 'judges', keepUntil: mark.keepUntil });
    // What narrows after the address was given holds for the address too.
    const shared = await marked(head, '合唱.mp4', film());
    const { address, answer } = await open(clerk, shared);
    expect(answer.statusCode).toBe(200);
    await app.owner.query(`update attachments set openers = 'judges' where id = $1`, [shared]);
    const asked = await app.http.inject({ url: address, headers: { cookie: clerk.cookie } });
    expect(asked.statusCode).toBe(404);
  });

  it('is not opened after its period, until somebody who holds the subject prolongs it', async () => {
    const clerk = app.as('clerk');
    const officer = app.as('countyOfficer');
    const id = await marked(clerk, '运动会.mp4', film());
    const reason = '用途已经实现';
    const keep = (keepUntil: string, read: string) => ({
      ...{ params: { attachmentId: id }, body: { keepUntil, read, reason } },
    });
    const { address } = await open(officer, id);
    await clerk.call(files.keep, keep('2025-10-15', mark.keepUntil));
    app.clock.today = '2025-10-16';
    const asked = () => app.http.inject({ url: address, headers: { cookie: officer.cookie } });
    expect((await asked()).statusCode).toBe(404);
    const refusal = await officer.refused(files.address, show(id));
    expect(refusal).toMatchObject({ code: 'file.periodOver', sentence: expect.stringContaining('2025-10-22') });
    expect(await rowOf(officer, id)).toMatchObject({ state: 'over', mayKeep: true });
    expect(await rowOf(app.as('sectionOfficer'), id)).toMatchObject({ state: 'over', mayKeep: false });
    const refused = async (person: TestPerson, keepUntil: string, read: string) =>
      (await person.refused(files.keep, keep(keepUntil, read))).code;
    expect(await refused(app.as('sectionOfficer'), '2025-12-01', '2025-10-15')).toBe('file.notKept');
    expect(await refused(app.as('neighbourClerk'), '2025-12-01', '2025-10-15')).toBe('thing.notFound');
    expect(await refused(officer, '2025-12-01', mark.keepUntil)).toBe('thing.changed');
    expect(await refused(officer, '2025-10-15', '2025-10-15')).toBe('request.invalid');
    await officer.call(files.keep, keep('2025-12-01', '2025-10-15'));
    expect((await asked()).statusCode).toBe(200);
    app.clock.today = undefined;
    const { rows } = await app.owner.query(
      `select actor_id, before ->> 'keepUntil' as before, after ->> 'keepUntil' as after from audit_events
        where object_id = $1 and action = 'attachment.kept' order by id`,
      [id],
    );
    expect(rows).toEqual([
      { actor_id: clerk.personId, before: mark.keepUntil, after: '2025-10-15' },
      { actor_id: officer.personId, before: '2025-10-15', after: '2025-12-01' },
    ]);
    // A copy is kept no longer than the file from which it came, whoever asks.
    const copied = { ...subject(), part: '图书册数', attachmentId: id };
    const copy = { attachmentId: (await clerk.call(files.attach, { body: copied })).id };
    const ofCopy = (keepUntil: string, read: string) => ({ params: copy, body: { keepUntil, read, reason } });
    const longer = await clerk.refused(files.keep, ofCopy('2025-12-02', '2025-12-01'));
    expect(longer).toMatchObject({ code: 'file.copyKept', sentence: expect.stringContaining('2025-12-01') });
    await clerk.call(files.keep, ofCopy('2025-11-01', '2025-12-01'));
    await clerk.call(files.keep, ofCopy('2025-12-01', '2025-11-01'));
    // Of a filing that is accepted nothing is taken off, and so no period is shortened: by its bringer neither.
    await app.owner.query(`update filings set state = 'accepted' where id = $1`, [scene.ids.first]);
    for (const person of [clerk, officer]) {
      expect(await refused(person, '2025-11-01', '2025-12-01')).toBe('file.notShortened');
    }
    await app.owner.query(`update filings set state = 'draft' where id = $1`, [scene.ids.first]);
    const plain = await attached(clerk, '操场.png', png());
    const ofPlain = { params: { attachmentId: plain.id }, body: { keepUntil: '2026-01-01', read: '2026-01-01' } };
    expect((await clerk.refused(files.keep, ofPlain)).code).toBe('file.noPeriod');
  });

  it('is shortened with a reason, and whoever brought it learns that somebody else shortened or took it off', async () => {
    const [clerk, head] = [app.as('clerk'), app.as('head')];
    const told = async () =>
      (
        await app.owner.query(
          `select kind, about, note, person_id as person, sent_by as by from notices where kind like 'files.%' order by sent_at, id`,
        )
      ).rows;
    await app.owner.query(`delete from notices where kind like 'files.%'`);
    const id = await marked(head, '早读.mp4', film());
    const params = { attachmentId: id };
    const body = { keepUntil: '2026-01-01', read: mark.keepUntil };
    expect((await clerk.refused(files.keep, { params, body })).sentence).toContain('原因');
    await clerk.call(files.keep, { params, body: { ...body, reason: '活动已经核实' } });
    await clerk.call(files.keep, { params, body: { keepUntil: '2026-02-01', read: '2026-01-01' } });
    await clerk.call(files.detach, { params });
    await clerk.call(files.restore, { params });
    const notice = { about: '早读.mp4', person: head.personId, by: clerk.personId };
    const use = `涉及未成年人，用途：${mark.purpose}`;
    expect(await told()).toEqual([
      { ...notice, kind: 'files.shortened', note: `保存期由 ${mark.keepUntil} 改为 2026-01-01：活动已经核实` },
      { ...notice, kind: 'files.detached', note: use },
      { ...notice, kind: 'files.restored', note: use },
    ]);
    // One's own act, and an unmarked file, tell nobody.
    await head.call(files.detach, { params });
    await clerk.call(files.detach, { params: { attachmentId: (await attached(head, '无标.png', png())).id } });
    expect(await told()).toHaveLength(3);
  });

  it('is a line of work of those who judge its subject while its content goes soon, and the list names the same', async () => {
    await app.owner.query(`update attachments set keep_until = '2027-10-15' where keep_until is not null`);
    const id = await marked(app.as('clerk'), '升旗.mp4', film(), { openers: 'judges', keepUntil: '2025-12-01' });
    const counted = async (person: TestPerson) => {
      const { work } = await person.call(home.overview, { query: { year: 2025 } });
      const { rows, total } = await person.call(files.ending, { query: {} });
      expect(work.find(({ kind }) => kind === 'files.ending')?.count ?? 0).toBe(total);
      return rows.map((row) => [row.id, row.goneOn]);
    };
    const seen = async (today: string) => {
      app.clock.today = today;
      const people = [
        app.as('head'),
        app.as('countyDirector'),
        app.as('cityOfficer'),
        app.as('clerk'),
        app.as('otherOfficer'),
      ];
      const all: (readonly unknown[])[] = [];
      for (const person of people) all.push(await counted(person));
      return all;
    };
    const row = [[id, '2025-12-09']];
    expect(await seen('2025-11-08')).toEqual([[], [], [], [], []]);
    // The clerk judges nothing, and another county does not reach it.
    expect(await seen('2025-11-09')).toEqual([row, row, row, [], []]);
    expect(await seen('2025-12-08')).toEqual([row, row, row, [], []]);
    expect(await seen('2025-12-09')).toEqual([[], [], [], [], []]);
    app.clock.today = undefined;
  });

  it('takes the mark also where the same file hung there without one', async () => {
    const bytes = film();
    const clerk = app.as('clerk');
    const { id } = await attached(clerk, '早操.mp4', bytes);
    expect(await marked(clerk, '早操.mp4', bytes)).toBe(id);
    expect(await rowOf(clerk, id)).toMatchObject(mark);
    // And a narrower one narrows; a wider one leaves it as it is.
    const narrow = { openers: 'judges', keepUntil: '2025-12-10' } as const;
    expect(await marked(clerk, '早操.mp4', bytes, narrow)).toBe(id);
    expect(await marked(clerk, '早操.mp4', bytes, { keepUntil: '2027-01-01' })).toBe(id);
    expect(await rowOf(clerk, id)).toMatchObject({ ...mark, ...narrow });
    const { sensitive: _word, ...words } = mark;
    expect(await marksOf(id)).toEqual([
      { by: clerk.personId, before: null, after: words },
      { by: clerk.personId, before: words, after: { ...words, ...narrow } },
    ]);
    // Nobody else marks it by attaching it once more; whoever judges does, and the bringer learns of an earlier day.
    const head = app.as('head');
    const again = (attachmentId: string, more: object) => ({ body: { ...subject(), attachmentId, ...mark, ...more } });
    const ofHead = await marked(head, '晚操.mp4', film());
    expect((await clerk.refused(files.attach, again(ofHead, narrow))).code).toBe('file.notMarked');
    expect(await rowOf(head, ofHead)).toMatchObject(mark);
    await head.call(files.attach, again(id, { openers: 'judges', keepUntil: '2025-12-01' }));
    const { rows } = await app.owner.query(
      `select person_id, note from notices where kind = 'files.shortened' and about = '早操.mp4'`,
    );
    expect(rows).toEqual([{ person_id: clerk.personId, note: '2025-12-10 改为 2025-12-01：又附了一次同一个文件' }]);
  });

  it('is marked where it hangs, its purpose changed and its openers narrowed, by who may take it off and brought it or judges', async () => {
    const [clerk, head] = [app.as('clerk'), app.as('head')];
    const { id } = await attached(clerk, '课间.mp4', film());
    const words = { purpose: '核实课间活动', keepUntil: '2026-05-01', openers: 'reach' } as const;
    const few = { ...words, purpose: '核实体育活动', openers: 'judges' } as const;
    const marking = (to: object, read: object | null) => ({
      ...{ params: { attachmentId: id }, body: { mark: { ...words, ...to }, read: read && { ...words, ...read } } },
    });
    const refused = async (person: TestPerson, ...given: Parameters<typeof marking>) =>
      (await person.refused(files.mark, marking(...given))).code;
    expect([await rowOf(clerk, id), await rowOf(app.as('countyDirector'), id)].map((row) => row.mayMark)).toEqual([
      true,
      false,
    ]);
    // The clerk attaches and brought another file; the director judges and takes nothing off; the neighbour sees nothing.
    const ofHead = { params: { attachmentId: await marked(head, '课间二.mp4', film()) } };
    const body = { mark: { ...words, keepUntil: mark.keepUntil }, read: { ...words, keepUntil: mark.keepUntil } };
    expect((await clerk.refused(files.mark, { ...ofHead, body })).code).toBe('file.notMarked');
    expect(await refused(app.as('countyDirector'), {}, null)).toBe('access.denied');
    expect(await refused(app.as('neighbourClerk'), {}, null)).toBe('thing.notFound');
    for (const wrong of [{ purpose: ' ' }, { keepUntil: '2025-10-14' }, { keepUntil: '2036-01-01' }]) {
      expect([wrong, await refused(clerk, wrong, null)]).toEqual([wrong, 'request.invalid']);
    }
    const copied = { ...subject(), part: '图书册数', attachmentId: id };
    const copy = (await clerk.call(files.attach, { body: copied })).id;
    await clerk.call(files.mark, marking({}, null));
    expect(await rowOf(clerk, id)).toMatchObject({ ...words, sensitive: mark.sensitive });
    // What was made of it before is marked with it.
    expect(await rowOf(clerk, copy)).toMatchObject({ ...words, sensitive: mark.sensitive });
    const stale = await clerk.refused(files.mark, marking(few, null));
    expect(stale).toMatchObject({ code: 'thing.changed', sentence: expect.stringContaining('您') });
    expect(await refused(clerk, { keepUntil: '2026-06-01' }, {})).toBe('request.invalid');
    expect(await refused(clerk, {}, {})).toBe('thing.nothingChanges');
    // The head signs the filing and so judges it.
    await head.call(files.mark, marking(few, {}));
    expect(await rowOf(head, id)).toMatchObject(few);
    expect(await rowOf(head, copy)).toMatchObject({ ...words, openers: 'judges' });
    expect(await refused(clerk, words, few)).toBe('file.notWidened');
    const database = await app.owner.query(
      `select count(*)::int as n from attachments where id = $1 and openers = 'judges'`,
      [id],
    );
    expect(database.rows).toEqual([{ n: 1 }]);
    expect(await marksOf(id)).toEqual([
      { by: clerk.personId, before: null, after: words },
      { by: head.personId, before: words, after: few },
    ]);
    await app.owner.query(`update filings set state = 'accepted' where id = $1`, [scene.ids.first]);
    expect(await refused(clerk, { ...few, purpose: '改' }, few)).toBe('flow.notInState');
    expect((await rowOf(clerk, id)).mayMark).toBe(false);
    await app.owner.query(`update filings set state = 'draft' where id = $1`, [scene.ids.first]);
  });

  it('keeps its mark where it was taken off and hung up again, also where it was attached anew without one', async () => {
    const clerk = app.as('clerk');
    const bytes = film();
    const id = await marked(clerk, '舞蹈.mp4', bytes, { openers: 'judges' });
    const params = { attachmentId: id };
    await clerk.call(files.detach, { params });
    const anew = (await attached(clerk, '舞蹈.mp4', bytes)).id;
    await clerk.call(files.restore, { params });
    expect(await rowOf(clerk, anew)).toMatchObject({ ...mark, openers: 'judges' });
    // The one that was taken off stays off, and the record says what happened.
    expect(await rowOf(clerk, id)).toBeUndefined();
    expect((await marksOf(anew)).map(({ before }) => before)).toEqual([null]);
    await clerk.call(files.restore, { params });
    const acts = await app.owner.query(
      `select count(*)::int as n from audit_events where object_id = any($1) and action in ('attachment.restored', 'attachment.marked')`,
      [[id, anew]],
    );
    expect(acts.rows).toEqual([{ n: 1 }]);
    // Where nothing hangs, it comes back with its mark.
    await clerk.call(files.detach, { params: { attachmentId: anew } });
    await clerk.call(files.restore, { params: { attachmentId: anew } });
    expect(await rowOf(clerk, anew)).toMatchObject({ ...mark, openers: 'judges' });
  });
});

describe('the files of one subject', () => {
  it('are bounded when one is attached, and those of which the content was removed stand last', async () => {
    const clerk = app.as('clerk');
    const { id } = await attached(clerk, '先清理.mp4', film());
    const laid = (count: number) =>
      app.owner.query(
        `insert into attachments (place_id, id, subject_type, subject_id, school_id, part, file_hash, name, size, media_type, added_by, added_by_name, position)
         select place_id, gen_random_uuid(), subject_type, subject_id, school_id, 'laid ' || n, file_hash, name, size, media_type, added_by, added_by_name, 1000 + n
           from attachments, generate_series(1, $2::int) n where id = $1`,
        [id, count],
      );
    await app.owner.query(
      `update attachments set sensitive = '涉及未成年人', purpose = '核实', keep_until = '2025-10-01', openers = 'reach',
              period_written_at = now(), removed_at = now(), removed_by = '夜间任务' where id = $1`,
      [id],
    );
    const hanging = (await listed(clerk)).filter(({ state }) => state !== 'removed').length;
    expect((await listed(clerk)).at(-1)!.id).toBe(id);
    await laid(199 - hanging);
    const last = await attached(clerk, '最后一个.mp4', film());
    const { id: uploadId } = await bring(app, clerk, '再一个.mp4', film());
    const refusal = await clerk.refused(files.attach, { body: { ...subject(), uploadId } });
    expect(refusal).toMatchObject({ code: 'request.bound', sentence: expect.stringContaining('200') });
    const all = await listed(clerk);
    expect([all.length, all.some((row) => row.id === last.id), all.some((row) => row.id === id)]).toEqual([
      ...[200, true, false],
    ]);
    await app.owner.query(`delete from attachments where part like 'laid %'`);
  });
});

describe('an address', () => {
  it('opens for its session alone, and for nobody who changes a letter of it', async () => {
    const { id } = await attached(app.as('clerk'), '址.png', png());
    const { address } = await open(app.as('clerk'), id);
    const asked = async (url: string, cookie: string) =>
      (await app.http.inject({ url, headers: { cookie } })).statusCode;
    const own = app.as('clerk').cookie;
    expect(await asked(address, own)).toBe(200);
    for (const member of ['head', 'countyOfficer', 'neighbourClerk'] as const) {
      expect(await asked(address, app.as(member).cookie)).toBe(404);
    }
    expect((await app.http.inject({ url: address })).statusCode).toBe(404);
    const at = address.length - 30;
    const changed = address.slice(0, at) + (address[at] === 'A' ? 'B' : 'A') + address.slice(at + 1);
    expect(await asked(changed, own)).toBe(404);
    app.clock.now = new Date(app.clock.now.getTime() + 16 * 60_000);
    expect(await asked(address, own)).toBe(404);
  });

  it('is sent so that nothing in it runs, and by parts', async () => {
    const bytes = film();
    const { id } = await attached(app.as('clerk'), "分段 (1)'.mp4", bytes);
    const shown = (await open(app.as('clerk'), id, 'show', { range: 'bytes=10-19' })).answer;
    expect(shown.statusCode).toBe(206);
    expect(shown.rawPayload.equals(bytes.subarray(10, 20))).toBe(true);
    expect(shown.headers).toMatchObject({
      'content-type': 'video/mp4',
      'content-range': `bytes 10-19/${bytes.length}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(shown.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'.*frame-ancestors 'self'$/);
    expect(shown.headers['content-disposition']).toContain("filename*=UTF-8''%E5%88%86%E6%AE%B5%20%281%29%27.mp4");
    const saved = (await open(app.as('clerk'), id, 'save', { range: 'bytes=-5' })).answer;
    expect([saved.statusCode, saved.headers['content-type']]).toEqual([206, 'application/octet-stream']);
    expect(saved.rawPayload.equals(bytes.subarray(-5))).toBe(true);
    expect((await open(app.as('clerk'), id, 'save', { range: 'bytes=9999-' })).answer.statusCode).toBe(416);
  });

  it('that is none leads to a page of ours and never to the desk', async () => {
    for (const url of ['/files/x', '/files/', '/files/uploads', '/files/a/../b', `/files/${'x'.repeat(500)}/y.html`]) {
      const answer = await app.http.inject({ url, headers: { cookie: app.as('clerk').cookie } });
      expect([url, answer.statusCode]).toEqual([url, 404]);
    }
  });
});

describe('an upload', () => {
  it('is seen by its owner alone, whatever is asked of it', async () => {
    const id = randomUUID();
    const clerk = app.as('clerk');
    expect((await announce(app, clerk, { id, name: 'a.png', size: 10 })).headers.location).toBe(`/files/uploads/${id}`);
    for (const method of ['HEAD', 'PATCH', 'DELETE'] as const) {
      const headers = {
        ...tusHeaders(app.as('head')),
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      };
      const answer = await app.http.inject({
        method,
        url: `/files/uploads/${id}`,
        headers,
        ...(method === 'PATCH' && { payload: 'x' }),
      });
      expect([method, answer.statusCode]).toEqual([method, 404]);
    }
    expect((await announce(app, app.as('head'), { id, name: 'a.png', size: 10 })).statusCode).toBe(409);
    expect((await app.as('head').refused(files.readUpload, { params: { uploadId: id } })).code).toBe('thing.notFound');
    const body = { ...subject(), uploadId: id };
    expect((await clerk.refused(files.attach, { body })).code).toBe('file.notWhole');
    expect((await app.as('head').refused(files.attach, { body })).code).toBe('file.notWhole');
    expect(
      (await app.http.inject({ method: 'HEAD', url: `/files/uploads/${id}`, headers: tusHeaders(clerk) })).headers,
    ).toMatchObject({
      'upload-offset': '0',
      'upload-length': '10',
    });
  });

  it('that is announced twice is one, and goes on where it stands', async () => {
    const [id, clerk, bytes] = [randomUUID(), app.as('clerk'), png()];
    const announced = { id, name: 'b.png', size: bytes.length };
    await announce(app, clerk, announced);
    expect((await sendPart(app, clerk, id, 0, bytes.subarray(0, 100))).headers['upload-offset']).toBe('100');
    expect((await announce(app, clerk, announced)).headers.location).toBe(`/files/uploads/${id}`);
    expect((await sendPart(app, clerk, id, 0, bytes)).statusCode).toBe(409);
    expect((await sendPart(app, clerk, id, 100, bytes.subarray(100))).statusCode).toBe(204);
    expect((await announce(app, clerk, { ...announced, size: 5 })).statusCode).toBe(409);
    await expect
      .poll(async () => (await clerk.call(files.readUpload, { params: { uploadId: id } })).state)
      .toBe('whole');
  });

  it('is refused where the protocol is bent, and answers no foreign page', async () => {
    const clerk = app.as('clerk');
    const post = (headers: Record<string, string>, payload?: string) =>
      app.http.inject({
        method: 'POST',
        url: '/files/uploads',
        headers: { ...tusHeaders(clerk), ...headers },
        ...(payload && { payload }),
      });
    const sound = {
      'upload-length': '4',
      'upload-metadata': `id ${Buffer.from(randomUUID()).toString('base64')},name YQ==`,
    };
    expect((await post({ ...sound, 'content-type': 'application/offset+octet-stream' }, 'abcd')).statusCode).toBe(400);
    expect((await post({ ...sound, 'x-http-method-override': 'PATCH' })).statusCode).toBe(400);
    expect((await post({ ...sound, 'upload-concat': 'partial' })).statusCode).toBe(400);
    expect((await post({ 'upload-defer-length': '1', 'upload-metadata': sound['upload-metadata'] })).statusCode).toBe(
      400,
    );
    expect((await post({ ...sound, 'upload-length': '0' })).json().code).toBe('file.empty');
    expect((await post({ ...sound, 'upload-length': String(3 * 1024 ** 3) })).json().code).toBe('file.tooLarge');
    expect((await post({ ...sound, 'sec-fetch-site': 'cross-site' })).json().code).toBe('access.foreignOrigin');
    expect((await app.http.inject({ method: 'POST', url: '/files/uploads', headers: sound })).statusCode).toBe(401);
    const good = await post(sound);
    expect(good.statusCode).toBe(201);
    expect(Object.keys(good.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect((await app.http.inject({ method: 'OPTIONS', url: '/files/uploads' })).statusCode).toBe(404);
  });

  it('takes no more than was announced, and of a longer body nothing is taken for the whole', async () => {
    const [id, clerk, bytes] = [randomUUID(), app.as('clerk'), png()];
    await announce(app, clerk, { id, name: 'd.png', size: 100 });
    const headers = { ...tusHeaders(clerk), 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    // A stream states no length.
    const payload = Readable.from([bytes.subarray(0, 90), bytes.subarray(90)]);
    const answer = await app.http.inject({ method: 'PATCH', url: `/files/uploads/${id}`, headers, payload });
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'file.tooLarge']);
    const { state, received } = await clerk.call(files.readUpload, { params: { uploadId: id } });
    expect([state, received < 100]).toEqual(['pending', true]);
  });

  it('of one person has a bound, and one that is taken back makes room', async () => {
    const officer = app.as('countyOfficer');
    const ids = Array.from({ length: 31 }, () => randomUUID());
    const statuses = await Promise.all(
      ids.map(async (id) => (await announce(app, officer, { id, name: 'c.png', size: 10 })).statusCode),
    );
    expect(statuses.filter((status) => status === 201)).toHaveLength(30);
    const begun = ids[statuses.indexOf(201)]!;
    await app.http.inject({ method: 'DELETE', url: `/files/uploads/${begun}`, headers: tusHeaders(officer) });
    expect((await announce(app, officer, { id: randomUUID(), name: 'c.png', size: 10 })).statusCode).toBe(201);
  });
});
