import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as directory from '#contract/directory/directory.ts';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
let whole: TestApp;
beforeAll(async () => {
  scene = await openFilingScene();
  whole = await openTestApp();
});
afterAll(async () => {
  await scene.app.close();
  await whole.close();
});

const as = (member: Member) => scene.app.as(member);
const first = () => ({ params: { filingId: scene.ids.first } });

describe('text and numbers that no column can hold', () => {
  const nul = 'a\u0000b';
  const half = 'a\ud800';

  it('are refused in an address and in a body, with their place, and cause no fault', async () => {
    for (const text of [nul, half, 'a\ufffe', 'a\uffff']) {
      const change = { field: '图书册数', value: text, version: 0 };
      const refusal = await as('clerk').refused(filings.saveCells, { ...first(), body: { changes: [change] } });
      expect(refusal).toMatchObject({ status: 400, code: 'request.invalid' });
      expect(refusal.details).toMatchObject({ issues: [{ path: 'changes.0.value' }] });
    }
    expect((await as('countyOfficer').refused(filings.list, { query: { search: nul } })).status).toBe(400);
    expect((await whole.as('cityOfficer').refused(directory.find, { query: { text: nul } })).status).toBe(400);
    expect((await whole.as('systemAdministrator').refused(people.list, { query: { role: nul } })).status).toBe(400);
  });

  it('are refused likewise when they exceed the integers of ids, years and pages', async () => {
    const beyond = 99_999_999_999;
    const city = whole.as('cityOfficer');
    for (const refusal of [
      await as('countyOfficer').refused(filings.list, { query: { year: beyond } }),
      await as('countyOfficer').refused(filings.grid, { query: { unitId: beyond } }),
      await city.refused(directory.readSchool, { params: { schoolId: beyond } }),
      await as('cityOfficer').refused(filings.acceptSet, { body: { year: 2025, unitId: beyond, expected: 1 } }),
    ]) {
      expect(refusal).toMatchObject({ status: 400, code: 'request.invalid' });
    }
  });

  it('a number that would be stored changed is refused with its place, and typed text of one stays a text', async () => {
    const written = ['9'.repeat(200), '9007199254740993', '0.1234567890123456789', '1e400'];
    const changes = written.map((number) => `{"field":"图书册数","value":${number},"version":0,"note":"\\"${number}"}`);
    const refused = await scene.app.http.inject({
      method: 'PATCH',
      url: `/api/filings/${scene.ids.first}/cells`,
      headers: { cookie: as('clerk').cookie, origin: 'http://localhost', 'content-type': 'application/json' },
      payload: `{"changes":[${changes}]}`,
    });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({
      message: '提交的内容不符合要求：changes.0.value：数字位数过多，无法准确保存，最多 15 位有效数字（共 4 处问题）',
      details: { issues: written.map((_, at) => ({ path: `changes.${at}.value` })) },
    });
    for (const [version, value] of written.slice(0, 3).entries()) {
      const change = { field: '教学仪器设备值', value, version };
      const reply = await as('clerk').call(filings.saveCells, { ...first(), body: { changes: [change] } });
      expect(reply.cells.教学仪器设备值?.v).toBe(value);
      expect(reply.findings.map((finding) => finding.sentence)).toContain(
        `教学仪器设备值“${value}”位数过多，无法准确保存，最多 15 位有效数字。`,
      );
    }
  });

  it('a body made of such numbers, however deep, is answered in a few lines', async () => {
    const deep = (body: string) => `{"changes":${'['.repeat(30_000)}${body}${']'.repeat(30_000)}}`;
    const flat = (times: number) => Array.from({ length: times }, () => '9007199254740993').join();
    for (const payload of [deep(flat(4_000)), `[${flat(40_000)}]`]) {
      const refused = await scene.app.http.inject({
        method: 'POST',
        url: '/api/nowhere',
        headers: { origin: 'http://localhost', 'content-type': 'application/json' },
        payload,
      });
      expect(refused.statusCode).toBe(400);
      expect(refused.json().details.issues).toHaveLength(10);
      expect(refused.rawPayload.length).toBeLessThan(10_000);
    }
  });

  it('a route that takes a file takes no other body, whoever sends it', async () => {
    for (const cookie of ['', as('clerk').cookie]) {
      const refused = await scene.app.http.inject({
        method: 'POST',
        url: '/api/filing-imports',
        headers: { cookie, origin: 'http://localhost', 'content-type': 'application/json' },
        payload: '{"a":1}',
      });
      expect([refused.statusCode, refused.json().message]).toEqual([400, '提交的内容不符合要求：文件：没有收到文件']);
    }
  });

  it('a cell accepts the largest number that somebody types', async () => {
    const change = { field: '图书册数', value: 1e308, version: 0 };
    const reply = await as('clerk').call(filings.saveCells, { ...first(), body: { changes: [change] } });
    expect(reply.findings.map((finding) => finding.code)).toContain('maximum');
  });
});

it('a list cannot be sorted by a property that every object inherits', async () => {
  for (const sort of ['constructor', '__proto__', '-toString']) {
    const { rows } = await as('countyOfficer').call(filings.list, { query: { sort } });
    expect(rows).toHaveLength(3);
    expect((await whole.as('cityOfficer').call(directory.schools, { query: { sort } })).total).toBe(6);
    expect((await whole.as('systemAdministrator').call(people.list, { query: { sort } })).total).toBeGreaterThan(5);
  }
});

describe('an upload', () => {
  const upload = (size: number, cookie?: string) => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(size)]), 'a.xlsx');
    return scene.app.http.inject({
      method: 'POST',
      url: '/api/filing-imports',
      headers: cookie === undefined ? {} : { cookie },
      payload: form,
    });
  };
  const tooLarge = 10 * 1024 * 1024 + 1;

  it('from somebody without permission is refused for that reason, whatever its size', async () => {
    expect((await upload(tooLarge)).statusCode).toBe(401);
    expect((await upload(tooLarge, as('sectionOfficer').cookie)).statusCode).toBe(403);
  });

  it('that is too large is refused with the limit of this route', async () => {
    const reply = await upload(tooLarge, as('clerk').cookie);
    expect(reply.statusCode).toBe(413);
    expect(reply.json().message).toContain('10 MB');
  });

  it('with a wrong purpose is refused and causes no fault', async () => {
    const bytes = (await as('clerk').call(imports.schoolTemplate, first())).body;
    for (const fields of [{ filingId: 'abc' }, { year: 'heuer' }, { unitId: '1.5' }]) {
      const sent = { file: { name: 'a.xlsx', size: bytes.length, bytes }, fields } as never;
      expect((await as('clerk').refused(imports.previewImport, sent)).code).toBe('request.invalid');
    }
  });
});

it('refused by the framework is answered with a Chinese sentence too', async () => {
  const send = (payload: string, type: string) =>
    scene.app.http.inject({
      method: 'PATCH',
      url: `/api/filings/${scene.ids.first}/cells`,
      headers: { cookie: as('clerk').cookie, 'content-type': type },
      payload,
    });
  expect((await send('{"changes":[', 'application/json')).json().message).toContain('不是有效的 JSON');
  expect((await send('a=b', 'application/x-www-form-urlencoded')).json().message).toContain('内容类型不对');
  expect((await send('{"changes":"x"}', 'application/json')).json().message).toMatch(/changes：无效输入/);
});
