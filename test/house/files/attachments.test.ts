import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import type { Feature } from '#core/access/feature.ts';
import type { TestApp, TestPerson } from '#test/support/app.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { announce, bring, sendPart, tusHeaders } from '#test/support/product/bring-file.ts';
import { filesFeature } from '../../../src/server/features/files/files.feature.ts';
import { filingFeature } from '../../../src/server/features/filings/filing.feature.ts';

let scene: FilingScene;
let app: TestApp;
beforeAll(async () => {
  const all: Feature[] = [filingFeature];
  scene = await openFilingScene([filesFeature(() => all)]);
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
    expect(JSON.stringify(row)).not.toMatch(/[0-9a-f]{64}/);
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

  it('that is sensitive says for what, and each opening leaves a row of the audit', async () => {
    const { id: uploadId } = await bring(app, app.as('clerk'), '学生活动.mp4', film());
    const body = { ...subject(), uploadId, sensitive: '未成年人影像' };
    expect((await app.as('clerk').refused(files.attach, { body })).code).toBe('request.invalid');
    const { id } = await app.as('clerk').call(files.attach, { body: { ...body, purpose: '核实活动开展' } });
    await open(app.as('countyOfficer'), id, 'show');
    const { rows } = await app.owner.query(
      `select actor_id, after ->> 'purpose' as purpose from audit_events where object_id = $1 and action = 'attachment.opened'`,
      [id],
    );
    expect(rows).toEqual([{ actor_id: app.as('countyOfficer').personId, purpose: '核实活动开展' }]);
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
