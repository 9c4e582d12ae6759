import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';
import { draftSchool } from '../support/product/sample-schools.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const { code, clerk } = draftSchool;
const note = '请于本周五前完成填报，有疑问请联系督导室。';

it('a reminder lies in the inbox of the school, says what it is about, leads there and is read then', async () => {
  const { request: officer } = await browser.as('officer-350504');
  const { rows } = await (await officer.get(`/api/filings?search=${code}`)).json();
  const reminder = { year: 2025, filingIds: [rows[0].id], note };
  expect(await (await officer.post('/api/filings/reminders', { data: reminder })).json()).toMatchObject({
    reminded: 1,
  });

  const page = await newPage(await browser.as(clerk));
  const complaints = complaintsOf(page);
  await page.goto('/notices');
  await settled(page);
  const inbox = page.getByRole('table', { name: '消息' });
  const link = inbox.getByRole('link', { name: '已被催报：2025 学年资源数据填报' });
  await inbox.getByText(note).waitFor();
  await inbox.getByText('未读', { exact: true }).waitFor();
  expect([...(await faultsAt(page, 'desktop', 'inbox')), ...(await faultsAt(page, 'phone', 'inbox'))]).toEqual([]);
  // On a phone the words of the sender stand below the title, and nothing has to be opened to read them.
  expect(await page.getByText(note).isVisible()).toBe(true);
  await page.setViewportSize({ width: 1440, height: 900 });

  await link.click();
  await page.waitForURL(`**/filings/${rows[0].id}**`);
  await settled(page);
  await page.goto('/notices');
  await page.getByText('没有未读的消息').waitFor();
  await inbox.getByText('已读', { exact: true }).waitFor();
  // The head of the school has not read it.
  const head = await newPage(await browser.as(`head-${code}`));
  await head.goto('/notices');
  await head.getByText('1 条未读', { exact: true }).waitFor();
  await head.getByRole('button', { name: '全部标为已读' }).click();
  await head.getByText('没有未读的消息').waitFor();
  await head.goto('/notices?unread=true');
  await head.getByText('没有符合条件的消息').waitFor();
  expect(complaints).toEqual([]);
});
