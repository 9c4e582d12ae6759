import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Holder } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { settleTrash } from '#core/evidence/trash.act.ts';
import { daysToProlong } from '#domain/file/marked-file.ts';
import { goneOn } from '#domain/file/notice.ts';
import { problem } from '#domain/kit/problem.ts';
import { addDays } from '#domain/kit/school-year.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { announce, bring, sendPart } from '#test/support/product/bring-file.ts';
import { textOf } from '#test/support/sources.ts';
import { features } from '../../../src/server/app/features.ts';
import { filesFeature } from '../../../src/server/features/files/files.feature.ts';
import * as notes from '../features/notes/notes.contract.ts';
import { notesFeature } from '../features/notes/notes.feature.ts';
import { listNotes, type NoteHandle } from '../features/notes/notes.store.ts';

/** What the scanner says next; null: it closes the connection without a word. */
let verdict: string | null = 'stream: OK';
const scanned: Buffer[] = [];

/** A scanner that speaks the protocol of clamd: INSTREAM, parts with their lengths in front, a part of no length. */
function serve(socket: Socket): void {
  let bytes = Buffer.alloc(0);
  const parts: Buffer[] = [];
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (parts.length === 0 && bytes.indexOf('zINSTREAM\0') === 0) bytes = bytes.subarray(10);
    while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE(0)) {
      const length = bytes.readUInt32BE(0);
      if (length === 0) {
        scanned.push(Buffer.concat(parts));
        if (verdict === null) socket.destroy();
        else socket.end(`${verdict}\0`);
        return;
      }
      parts.push(bytes.subarray(4, 4 + length));
      bytes = bytes.subarray(4 + length);
    }
  });
}

type Ctx = Context<NoteHandle>;
/** Files on a note of the place; the school whose note it is attaches. A feature needs no more than this. */
const holder: Holder = {
  ...{ read: 'filing.read', attach: ['filing.fill'], judges: ['filing.return'] },
  async may(given, id, act) {
    const ctx = given as unknown as Ctx;
    const [note] = await listNotes(ctx.db, ctx.scope, id);
    if (note === undefined) throw problem('thing.notFound', { what: '条说明' });
    ctx.authorize(act === 'read' || note.schoolId === ctx.actor.schoolId);
    return note;
  },
};
const withFiles: Feature = { ...notesFeature, holders: { note: holder } };

let clamd: Server;

let app: TestApp;
let noteId: string;
beforeAll(async () => {
  clamd = createServer(serve);
  await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
  app = await openTestApp({
    features: [withFiles, filesFeature(() => [withFiles])],
    tables: textOf('test/house/features/notes/notes.sql'),
    routes: [...Object.values(notes).filter((one) => 'access' in one), ...Object.values(notes.noteImport)],
    clamd: { host: '127.0.0.1', port: (clamd.address() as AddressInfo).port },
  });
  noteId = (await app.as('head').call(notes.write, { body: { body: '说明' } })).id;
});
afterAll(async () => {
  await app?.close();
  clamd.close();
});

const run = (name: string) => {
  app.jobs.push({ name, data: { places: [] } });
  return app.runJobs();
};
const subject = () => ({ subjectType: 'note', subjectId: noteId });
const contents = async () => (await app.owner.query('select hash, scan from file_contents order by stored_at')).rows;

it('a feature carries files by its manifest alone', async () => {
  const { id: uploadId } = await bring(app, app.as('head'), '一.txt', Buffer.from('一'));
  const { id } = await app.as('head').call(files.attach, { body: { ...subject(), uploadId } });
  const list = await app.as('countyDirector').call(files.list, { query: subject() });
  expect(list.rows.map((row) => [row.id, row.state])).toEqual([[id, 'open']]);
  expect(list.mayAttach).toBe(false);
  expect((await app.as('neighbourClerk').refused(files.list, { query: subject() })).code).toBe('thing.notFound');
  expect(Buffer.concat(scanned).toString()).toBe('一');
});

it('what the scanner finds infected is refused; what it does not answer about waits; what it finds later closes', async () => {
  verdict = 'stream: Eicar-Test-Signature FOUND';
  const bad = await bring(app, app.as('head'), '毒.txt', Buffer.from('毒'));
  expect([bad.state, bad.fault]).toEqual(['refused', expect.stringContaining('病毒')]);

  verdict = null;
  const { id: uploadId } = await bring(app, app.as('head'), '二.txt', Buffer.from('二'));
  const { id: attachmentId } = await app.as('head').call(files.attach, { body: { ...subject(), uploadId } });
  const open = { params: { attachmentId }, body: { mode: 'save' as const } };
  expect((await app.as('head').refused(files.address, open)).code).toBe('file.waiting');

  verdict = 'INSTREAM size limit exceeded. ERROR';
  await run('files.scan');
  const { rows } = await app.as('head').call(files.list, { query: subject() });
  expect(rows.find(({ id }) => id === attachmentId)?.state).toBe('unscanned');
  const { address } = await app.as('head').call(files.address, open);
  const asked = () => app.http.inject({ url: address, headers: { cookie: app.as('head').cookie } });
  expect((await asked()).statusCode).toBe(200);

  verdict = 'stream: Late FOUND';
  await app.owner.query(`update file_contents set scanned_at = now() - interval '8 days' where scan = 'large'`);
  await run('files.scan');
  expect((await asked()).statusCode).toBe(404);
  expect((await app.as('head').refused(files.address, open)).code).toBe('file.infected');
  verdict = 'stream: OK';
});

it('at night goes what nobody holds, and nothing else', async () => {
  const { store } = app.services.files;
  const head = app.as('head');
  const kept = await bring(app, head, '留.txt', Buffer.from('留'));
  const { id: attachmentId } = await head.call(files.attach, { body: { ...subject(), uploadId: kept.id } });
  await bring(app, head, '走.txt', Buffer.from('走'));
  const half = randomUUID();
  await announce(app, head, { id: half, name: '半.txt', size: 10 });
  await sendPart(app, head, half, 0, Buffer.from('half'));
  await writeFile(store.pending.pathOf(randomUUID()), 'nobody knows this one');
  const known = await contents();
  const [hashKept, hashGone] = [known.at(-2)!.hash, known.at(-1)!.hash] as [string, string];

  await run('files.tidy');
  expect(await contents()).toEqual(known);
  expect(await store.pendingIds()).toEqual([half]);

  await app.owner.query(`update uploads set expires_at = '2020-01-01'`);
  await run('files.tidy');
  expect((await contents()).map(({ hash }) => hash)).toContain(hashKept);
  expect((await contents()).map(({ hash }) => hash)).not.toContain(hashGone);
  expect([existsSync(store.contentPath(hashKept)), existsSync(store.contentPath(hashGone))]).toEqual([true, false]);
  expect(await store.pendingIds()).toEqual([]);

  // Taken off, it is held for thirty days.
  await head.call(files.detach, { params: { attachmentId } });
  await run('files.tidy');
  expect(existsSync(store.contentPath(hashKept))).toBe(true);
  await app.owner.query(`update attachments set detached_at = now() - interval '31 days' where id = $1`, [
    attachmentId,
  ]);
  await run('files.tidy');
  expect(existsSync(store.contentPath(hashKept))).toBe(false);
});

it('what a crash left in the trash comes back where its content is known, and goes where it is not', async () => {
  const { store } = app.services.files;
  await bring(app, app.as('head'), '回.txt', Buffer.from('回'));
  const hash = (await contents()).at(-1)!.hash as string;
  const trash = path.join(path.dirname(store.contentPath(hash)), '../../trash');
  await rename(store.contentPath(hash), path.join(trash, `${hash}.${randomUUID()}`));
  await writeFile(path.join(trash, `${'f'.repeat(64)}.${randomUUID()}`), 'x');
  await settleTrash(app.services);
  expect((await stat(store.contentPath(hash))).size).toBe(Buffer.from('回').length);
  expect(await store.trash()).toEqual([]);
});

it('an attachment that comes while its content is tidied away wins, or is told that the content is gone', async () => {
  const head = app.as('head');
  const { store } = app.services.files;
  for (let round = 0; round < 10; round += 1) {
    const bytes = Buffer.from(`同时 ${round}`);
    const { id: uploadId } = await bring(app, head, '同.txt', bytes);
    const [{ id: first }] = [await head.call(files.attach, { body: { ...subject(), uploadId } })];
    await head.call(files.detach, { params: { attachmentId: first } });
    await app.owner.query(`update attachments set detached_at = now() - interval '31 days' where id = $1`, [first]);
    await app.owner.query(`update uploads set expires_at = '2020-01-01' where id <> $1`, [uploadId]);
    const attaching = head.call(files.attach, { body: { ...subject(), part: String(round), uploadId } }).then(
      () => true,
      () => false,
    );
    // The upload expires at the very moment.
    const expiring = app.owner
      .query(`update uploads set expires_at = '2020-01-01' where id = $1`, [uploadId])
      .then(() => run('files.tidy'));
    const [attached] = await Promise.all([attaching, expiring]);
    const { rows } = await app.owner.query(
      `select a.file_hash as hash from attachments a where a.part = $1 and a.detached_at is null`,
      [String(round)],
    );
    expect(rows.length).toBe(attached ? 1 : 0);
    for (const { hash } of rows) expect(existsSync(store.contentPath(hash))).toBe(true);
  }
});

it('a copy of which the content is gone is removed at night', async () => {
  const { store } = app.services.files;
  const left = store.derivedPath('d'.repeat(64), 'shown');
  await store.derive(left, (to) => writeFile(to, 'a copy that was being drawn'));
  await run('files.tidy');
  expect(existsSync(left)).toBe(false);
});

it('a marked file is told to whoever brought it thirty and seven days before its content goes, each once', async () => {
  const head = app.as('head');
  const { id: uploadId } = await bring(app, head, '将到期.txt', Buffer.from('将到期'));
  const mark = { sensitive: '涉及未成年人', purpose: '核实活动', openers: 'reach' as const, keepUntil: '2025-12-01' };
  await head.call(files.attach, { body: { ...subject(), uploadId, ...mark } });
  const told = async (today: string) => {
    app.clock.today = today;
    await run('files.ending');
    await run('files.ending');
    const { rows } = await app.owner.query(`select about, person_id, note from notices where kind = 'files.ending'`);
    expect(rows.filter(({ person_id, note }) => person_id !== head.personId || !note.includes('2025-12-09'))).toEqual(
      [],
    );
    return rows.length;
  };
  // The content goes on 9 December.
  expect([goneOn(mark.keepUntil), addDays(goneOn(mark.keepUntil), -30)]).toEqual(['2025-12-09', '2025-11-09']);
  expect(await told('2025-11-08')).toBe(0);
  expect(await told('2025-11-09')).toBe(1);
  expect(await told('2025-12-01')).toBe(1);
  expect(await told('2025-12-02')).toBe(2);
  expect(await told('2025-12-09')).toBe(2);
  app.clock.today = undefined;
});

it('the files of every subject are held with the records of its kind', async () => {
  const { rows } = await app.owner.query<{ type: string }>(
    'select unnest(subjects) as type from retention_terms order by type',
  );
  const types = features.flatMap(({ holders = {} }) => Object.keys(holders));
  expect(rows.map(({ type }) => type)).toEqual(types.sort());
});

it('a marked file loses its content seven days after its period, unless files are held; its row stays as the proof', async () => {
  const { store } = app.services.files;
  const head = app.as('head');
  const [bytes, mark] = [
    Buffer.from('童声'),
    { sensitive: '涉及未成年人', purpose: '核实活动', openers: 'reach' as const },
  ];
  const { id: uploadId } = await bring(app, head, '童声.txt', bytes);
  const attach = { body: { ...subject(), uploadId, ...mark, keepUntil: '2025-10-20' } };
  const { id: attachmentId } = await head.call(files.attach, attach);
  const hash = (await contents()).at(-1)!.hash as string;
  await app.owner.query(`update uploads set expires_at = '2020-01-01'`);
  const nightOf = async (today: string) => {
    app.clock.today = today;
    await run('files.tidy');
    return [existsSync(store.contentPath(hash)), (await row()).removed];
  };
  const row = async () =>
    (
      await app.owner.query(
        `select name, purpose, keep_until, file_hash, removed_by, removed_at is not null as removed from attachments where id = $1`,
        [attachmentId],
      )
    ).rows[0];
  // The database counts as the page says.
  expect(addDays('2025-10-20', daysToProlong)).toBe('2025-10-27');
  expect(await nightOf('2025-10-27')).toEqual([true, false]);
  const hold = (change: string) => app.owner.query(change);
  await hold(
    `insert into retention_holds (id, kind, reason, placed_by) values (gen_random_uuid(), 'files', '案件', '某人')`,
  );
  expect(await nightOf('2025-10-28')).toEqual([true, false]);
  await hold(`update retention_holds set lifted_at = now(), lifted_by = '某人'`);
  // Seven days by the clock of the database too: a period that was written as one that is over takes nothing at once.
  expect(await nightOf('2025-10-28')).toEqual([true, false]);
  await hold(`update attachments set period_written_at = now() - interval '7 days' where id = '${attachmentId}'`);
  // Nor while records of the kind of its subject are held.
  const ofType = (type: string) => hold(`update attachments set subject_type = '${type}' where id = '${attachmentId}'`);
  await ofType('filing');
  await hold(
    `insert into retention_holds (id, kind, reason, placed_by) values (gen_random_uuid(), 'filings', '案件', '某人')`,
  );
  expect(await nightOf('2025-10-28')).toEqual([true, false]);
  await hold(`update retention_holds set lifted_at = now(), lifted_by = '某人' where lifted_at is null`);
  await ofType(subject().subjectType);
  expect(await nightOf('2025-10-28')).toEqual([false, true]);
  const kept = { name: '童声.txt', purpose: mark.purpose, keep_until: '2025-10-20', file_hash: hash };
  expect(await row()).toEqual({ ...kept, removed_by: '夜间任务', removed: true });
  const { rows } = await app.owner.query(
    `select (select after ->> 'contentDigest' from audit_events where action = 'attachment.removed' and object_id = $1) as audited,
            (select removed from retention_proofs where kind = 'marked-files' and digest is not null) as counted`,
    [attachmentId],
  );
  expect(rows).toEqual([{ audited: hash, counted: 1 }]);
  const [listed] = (await head.call(files.list, { query: subject() })).rows.filter(({ id }) => id === attachmentId);
  expect(listed).toMatchObject({ state: 'removed', mayKeep: false, removedOn: expect.any(String) });
  const asked = { params: { attachmentId }, body: { mode: 'save' as const } };
  expect((await head.refused(files.address, asked)).code).toBe('file.removed');
  const prolong = { params: { attachmentId }, body: { keepUntil: '2026-01-01', read: '2025-10-20' } };
  expect((await head.refused(files.keep, prolong)).code).toBe('file.removed');
  // It bars nobody from bringing the same file anew.
  app.clock.today = undefined;
  const { id: anew } = await bring(app, head, '童声.txt', bytes);
  const second = await head.call(files.attach, { body: { ...attach.body, uploadId: anew } });
  expect([second.added, existsSync(store.contentPath(hash))]).toEqual([true, true]);
});
