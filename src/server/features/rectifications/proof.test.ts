import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { schools, units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const as = (member: Member) => app.as(member);

async function finding(by: Member, type: 'school' | 'unit' = 'school') {
  const duty = { type, id: type === 'school' ? schools.first.id : units.licheng.id };
  const body = { kind: 'safety', title: '消防通道堆放杂物', foundOn: '2025-10-10', duty };
  const { id } = await as(by).call(rectifications.enter, { body });
  const params = { findingId: id };
  const subject = { subjectType: 'finding', subjectId: id };
  const read = () => as('cityOfficer').call(rectifications.read, { params });
  const acts = {
    notice: rectifications.notice,
    plan: rectifications.plan,
    report: rectifications.report,
    check: rectifications.check,
    reject: rectifications.reject,
    close: rectifications.close,
  };
  const act = async (member: Member, name: keyof typeof acts, more: object = {}) => {
    const { revision } = await read();
    await as(member).call(acts[name] as typeof acts.notice, { params, body: { revision, ...more } });
  };
  return {
    ...{ id, act },
    plan: (member: Member) => act(member, 'plan', { measures: [{ body: '清理通道' }] }),
    report: (member: Member) => act(member, 'report', { report: '通道已清理' }),
    listed: (member: Member) => as(member).call(files.list, { query: subject }),
    refusedList: (member: Member) => as(member).refused(files.list, { query: subject }),
    async attach(member: Member, mark: object = {}) {
      const { id: uploadId } = await bring(app, as(member), '照片.txt', Buffer.from(randomBytes(20).toString('hex')));
      return as(member).call(files.attach, { body: { ...subject, uploadId, ...mark } });
    },
    async refusedAttach(member: Member) {
      const { id: uploadId } = await bring(app, as(member), '照片.txt', Buffer.from(randomBytes(20).toString('hex')));
      return as(member).refused(files.attach, { body: { ...subject, uploadId } });
    },
  };
}
const detach = (member: Member, attachmentId: string) => as(member).refused(files.detach, { params: { attachmentId } });

it('the duty body proves while measures are under way, whoever opened the finding as long as it is open, nobody afterwards', async () => {
  const one = await finding('countyOfficer');
  await one.attach('countyOfficer');
  await one.act('countyOfficer', 'notice');
  expect((await one.refusedAttach('head')).sentence).toBe(
    '您不能增减这个问题的佐证材料，须由县级督导机构或市级督导机构办理；如需权限，请与安全管理员联系。',
  );
  await one.plan('head');
  const proof = await one.attach('clerk');
  expect(await one.listed('head')).toMatchObject({ mayAttach: true, rows: [{}, { id: proof.id }] });
  await one.report('head');
  // What was reported stays as it was reported.
  expect((await one.listed('head')).mayAttach).toBe(false);
  expect((await detach('clerk', proof.id)).code).toBe('flow.notYours');
  await one.act('countyOfficer', 'reject', { reason: '照片看不清' });
  await one.attach('head');
  await one.plan('head');
  await one.report('head');
  await one.attach('countyOfficer');
  await one.act('countyOfficer', 'check');
  await one.attach('cityOfficer');
  await one.act('countyDirector', 'close');
  for (const member of ['head', 'countyOfficer', 'cityOfficer'] as const) {
    const { rows, mayAttach } = await one.listed(member);
    expect([rows.length, mayAttach], member).toEqual([5, false]);
    const refusal = await one.refusedAttach(member);
    expect([refusal.code, refusal.sentence], member).toEqual([
      'flow.notInState',
      '这个问题当前为“已销号”，不能增减佐证材料；可能刚有人办理过，请刷新后查看。',
    ]);
  }
  expect((await detach('cityOfficer', proof.id)).code).toBe('flow.notInState');
});

it('the files of a finding are seen by those who read it, and what the city opened is left alone by the county', async () => {
  const one = await finding('cityOfficer');
  const { id } = await one.attach('cityOfficer');
  expect((await one.listed('countyDirector')).rows).toMatchObject([{ id }]);
  expect((await one.refusedAttach('countyDirector')).code).toBe('flow.notYours');
  for (const member of ['neighbourClerk', 'otherDirector', 'foreignHead'] as const) {
    expect((await one.refusedList(member)).code, member).toBe('thing.notFound');
  }
  const { rows } = await app.owner.query(
    `select action, place_id as place from audit_events where object_id = $1 and object_type = 'attachment'`,
    [id],
  );
  expect(rows).toEqual([{ action: 'attachment.attached', place: units.licheng.id }]);
});

it('what is open to those who judge opens for the level that opened the finding, and not for the county that is inspected', async () => {
  const mark = { sensitive: '涉及未成年人', purpose: '核实', keepUntil: '2026-10-15', openers: 'judges' };
  const [ofCity, ofCounty] = [await finding('cityOfficer'), await finding('countyOfficer')];
  const [marked, other] = [await ofCity.attach('cityOfficer', mark), await ofCounty.attach('countyOfficer', mark)];
  const opens = async (member: Member, { id }: { id: string }) =>
    as(member)
      .call(files.address, { params: { attachmentId: id }, body: { mode: 'save' } })
      .then(
        () => 'opens',
        ({ code }) => code,
      );
  for (const [member, first, second] of [
    ['cityOfficer', 'opens', 'opens'],
    ['countyDirector', 'file.judgesOnly', 'opens'],
    ['head', 'file.judgesOnly', 'file.judgesOnly'],
  ] as const) {
    expect([await opens(member, marked), await opens(member, other)], member).toEqual([first, second]);
  }
  const rowOf = async (member: Member) =>
    (await ofCity.listed(member)).rows.map(({ state, mayKeep }) => [state, mayKeep]);
  expect(await rowOf('countyDirector')).toEqual([['closed', false]]);
  expect(await rowOf('cityOfficer')).toEqual([['open', true]]);
});

it('the files of a finding of the county itself are seen by no school', async () => {
  const one = await finding('cityOfficer', 'unit');
  await one.act('cityOfficer', 'notice');
  await one.plan('countyDirector');
  await one.attach('countyOfficer');
  expect((await one.refusedList('head')).code).toBe('thing.notFound');
});
