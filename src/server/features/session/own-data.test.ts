import { afterAll, beforeAll, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import * as own from '#contract/session/own-data.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const recorded = async (action: string) =>
  (
    await app.owner.query(
      'select object_id, place_id, actor_id, before, after from audit_events where action = $1 order by id',
      [action],
    )
  ).rows;

async function textsOf(body: Uint8Array): Promise<string[]> {
  const book = await loadBook(body);
  return book.worksheets.flatMap((sheet) => {
    const texts: string[] = [];
    sheet.eachRow((row) => row.eachCell((cell) => void texts.push(String(cell.value ?? ''))));
    return texts;
  });
}

it('a person takes along all that is kept of the person, and nothing of others and no secret', async () => {
  const head = app.as('head');
  await app.owner.query(`update people set phone = '13800000001' where id = $1`, [head.personId]);
  await app.owner.query(
    `insert into mail_addresses (person_id, address, confirmed_at) values ($1, 'own@example.com', now())`,
    [head.personId],
  );
  const reply = await head.call(own.exportOwn);
  expect(reply.fileName).toMatch(/^个人信息-.*\.xlsx$/);
  const texts = await textsOf(reply.body);
  for (const kept of ['13800000001', 'own@example.com', '校长', '请系统管理员更正'])
    expect(texts, kept).toContain(kept);
  const { rows: others } = await app.owner.query('select username, name from people where id <> $1', [head.personId]);
  expect(others.length).toBeGreaterThan(3);
  for (const { username } of others) expect(texts, username).not.toContain(username);
  const { rows: secrets } = await app.owner.query(
    'select password as secret from accounts union select token from sessions',
  );
  expect(texts.filter((text) => secrets.some(({ secret }) => text.includes(secret)))).toEqual([]);
  expect(await recorded('person.dataExported')).toMatchObject([{ object_id: head.personId, actor_id: head.personId }]);
  expect((await app.stranger.refused(own.exportOwn)).code).toBe('session.missing');
});

it('a person corrects the own telephone, and nobody is overtaken by it', async () => {
  const head = app.as('head');
  const { revision } = await head.call(own.readOwn);
  await head.call(own.correctOwn, { body: { phone: '13900000002', revision } });
  expect(await head.call(own.readOwn)).toMatchObject({ phone: '13900000002', revision: revision + 1 });
  const stale = await head.refused(own.correctOwn, { body: { phone: '13900000003', revision } });
  expect(stale).toMatchObject({
    ...{ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于 .*\d\d:\d\d 修改这个账户/) },
  });
  const typed = { phone: '请打总机', revision: revision + 1 };
  expect((await head.refused(own.correctOwn, { body: typed })).code).toBe('request.invalid');
  expect((await recorded('person.updated')).at(-1)).toMatchObject({
    object_id: head.personId,
    before: { phone: '13800000001' },
    after: { phone: '13900000002' },
  });
});

it('the 系统管理员 exports on request with a reason, which the audit keeps; nobody else may', async () => {
  const params = { personId: app.as('head').personId };
  const system = app.as('systemAdministrator');
  expect((await system.refused(people.exportData, { params, body: { reason: ' ' } })).code).toBe('request.invalid');
  const reply = await system.call(people.exportData, { params, body: { reason: '本人书面申请' } });
  expect(await textsOf(reply.body)).toContain('13900000002');
  expect((await recorded('person.dataExported')).at(-1)).toMatchObject({
    object_id: params.personId,
    actor_id: system.personId,
    after: { reason: '本人书面申请' },
  });
  for (const member of ['securityAdministrator', 'auditAdministrator', 'cityOfficer', 'head'] as const) {
    const refused = await app.as(member).refused(people.exportData, { params, body: { reason: '想看看' } });
    expect(refused.code, member).toBe('access.denied');
  }
});
