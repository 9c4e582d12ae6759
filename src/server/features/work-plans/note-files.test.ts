import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as files from '#contract/files/attachments.ts';
import * as items from '#contract/work-plans/items.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { bring } from '#test/support/product/bring-file.ts';
import { units } from '#test/support/scenario.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

it('a note carries the files of its author while the plan takes notes; others of the place read them, a county nothing', async () => {
  const [city, section, county] = [app.as('cityOfficer'), app.as('sectionOfficer'), app.as('countyDirector')];
  const { id: planId } = await city.call(plans.create, {
    body: { kind: 'city', year: 2025, text: '1.做好迎检准备。' },
  });
  const params = { planId };
  await city.call(plans.issue, { params, body: { revision: 1 } });
  const read = () => city.call(plans.read, { params });
  const [item] = (await read()).items;
  const note = { body: '已组织自查', day: '2025-10-14', settles: false };
  const { id } = await section.call(items.write, { params: { ...params, itemId: item!.id }, body: note });
  const subject = { subjectType: 'work-item-note', subjectId: id };
  const listed = (member: Member) => app.as(member).call(files.list, { query: subject });
  const { id: uploadId } = await bring(app, section, '签到.txt', Buffer.from(randomBytes(20).toString('hex')));
  const attached = await section.call(files.attach, { body: { ...subject, uploadId } });

  expect(await listed('sectionOfficer')).toMatchObject({
    mayAttach: true,
    rows: [{ id: attached.id, name: '签到.txt' }],
  });
  expect(await listed('cityOfficer')).toMatchObject({ mayAttach: false, rows: [{ id: attached.id }] });
  const taking = { params: { attachmentId: attached.id } };
  expect((await city.refused(files.detach, taking)).sentence).toBe(
    '您不能增减这条落实记录的附件，须由记录人本人办理；如需权限，请与安全管理员联系。',
  );
  expect((await county.refused(files.list, { query: subject })).code).toBe('thing.notFound');
  expect((await county.refused(files.address, { ...taking, body: { mode: 'save' } })).code).toBe('thing.notFound');
  expect((await app.as('head').refused(files.list, { query: subject })).code).toBe('thing.notFound');
  const { rows } = await app.owner.query(`select place_id as place from audit_events where object_id = $1`, [
    attached.id,
  ]);
  expect(rows).toEqual([{ place: units.city.id }]);

  await city.call(plans.close, { params, body: { revision: (await read()).plan.revision } });
  expect(await listed('sectionOfficer')).toMatchObject({ mayAttach: false, rows: [{ id: attached.id }] });
  expect((await section.refused(files.detach, taking)).code).toBe('flow.notInState');
});
