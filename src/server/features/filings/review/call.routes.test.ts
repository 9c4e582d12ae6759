import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import * as notices from '#contract/notices/notices.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { schools } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  await app.as('cityOfficer').call(periods.open, {
    body: {
      schoolYear: 2025,
      opensOn: '2025-10-01',
      deadline: '2025-10-12',
      graceDays: 1,
      cityDeadline: '2025-11-20',
    },
  });
  await app.owner.query(`update people set phone = '0595-1111' where username = 'clerk'`);
});
afterAll(() => app.close());

const listOf = (member: Member, query: object = {}) => app.as(member).call(filings.callList, { query });
const first = async (query: object = {}) =>
  (await listOf('countyOfficer', query)).rows.find(({ school }) => school.name === schools.first.name);

/** As the job writes it; the job itself is held by the tests of notices. */
async function mailOf(state: string): Promise<void> {
  await app.owner.query('delete from notice_deliveries');
  await app.owner.query(
    `insert into notice_deliveries (place_id, id, notice_id, kind, person_id, school_id, channel, state, message_id, due_at,
       created_at, sentence)
     select n.place_id, gen_random_uuid(), n.id, n.kind, p.id, n.school_id, 'mail', $1, '<x@y>', now(), now(), '邮件服务器拒收'
       from notices n, people p where n.school_id = $2 and p.username = 'head'`,
    [state, schools.first.id],
  );
}

describe('电话催报单', () => {
  it('names whoever files at a school and has a telephone, what is missing and since when', async () => {
    expect(await first()).toMatchObject({
      contact: { name: '一小填报员', phone: '0595-1111' },
      filled: 0,
      dueOn: '2025-10-12',
      lateDays: 3,
      reminded: null,
    });
    expect((await first())!.required).toBeGreaterThan(0);
  });

  it('keeps a reminded school until a mail has reached it', async () => {
    await app.as('countyOfficer').call(filings.remind, { body: { year: 2025 } });
    expect((await first())?.reminded).toMatchObject({ by: '鲤城督导', mail: 'none', readAt: null });
    await mailOf('failed');
    expect((await first())?.reminded).toMatchObject({ mail: 'failed', sentence: '邮件服务器拒收' });
    await mailOf('sent');
    expect(await first()).toBeUndefined();
    expect((await first({ all: 'true' }))?.reminded).toMatchObject({ mail: 'sent', readAt: null });
    expect((await listOf('countyOfficer')).reached).toBe(1);
    const [notice] = (await app.as('clerk').call(notices.list, { query: { kind: 'filing.reminder' } })).rows;
    await app.as('clerk').call(notices.read, { body: { ids: [notice!.id] } });
    expect((await first({ all: 'true' }))?.reminded?.readAt).toEqual(expect.any(String));
  });

  it('holds the schools that the person may remind, and nobody else reads it', async () => {
    const namesFor = async (member: Member) =>
      (await listOf(member, { all: 'true' })).rows.map(({ school }) => school.name);
    const [own, other] = [await namesFor('countyOfficer'), await namesFor('otherOfficer')];
    expect(own).toContain(schools.first.name);
    expect(own.filter((name) => other.includes(name))).toEqual([]);
    for (const member of ['clerk', 'sectionOfficer', 'systemAdministrator'] as const) {
      expect((await app.as(member).refused(filings.callList, { query: {} })).code, member).toBe('access.denied');
    }
  });

  it('is a workbook with a column to write into', async () => {
    const { body, fileName } = await app.as('countyOfficer').call(filings.exportCalls, { query: { all: 'true' } });
    expect(fileName).toBe('电话催报单_2025-10-15.xlsx');
    const sheet = (await loadBook(body)).getWorksheet('电话催报单')!;
    const text = JSON.stringify(sheet.getSheetValues());
    for (const word of ['电话', '0595-1111', '通话记录', '已送出']) expect(text).toContain(word);
  });
});
