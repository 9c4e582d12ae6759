import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPage, openBrowser, seriousFaults, settled, type TestBrowser } from '../support/browser/browser.ts';
import { draftSchool } from '../support/product/sample-schools.ts';

/** Two people of one school, so that both may open the same form. */
const { code, clerk, head } = draftSchool;
const [officer, director] = ['officer-350505', 'director-350505'];

let browser: TestBrowser;
let filing: string;
beforeAll(async () => {
  browser = await openBrowser();
  const county = await browser.as('officer-350504');
  const found = await (await county.request.get(`/api/filings?search=${code}`)).json();
  filing = found.rows[0].id;
});
afterAll(() => browser?.close());

/** What the server has of a field, read by the county. */
async function stored(field: string): Promise<unknown> {
  const county = await browser.as('officer-350504');
  const { cells } = await (await county.request.get(`/api/filings/${filing}`)).json();
  return cells[field]?.v ?? null;
}

async function typePassword(page: Page, username: string): Promise<void> {
  await page.getByLabel('用户名').fill(username);
  await page.locator('input[type=password]').fill(browser.passwordOf(username));
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

/** A browser of its own: one computer at which several people may sign in after each other. */
async function computer(username: string, prepare?: (page: Page) => Promise<unknown>) {
  const context = await browser.stranger();
  const page = await newPage(context);
  await prepare?.(page);
  await page.goto('/sign-in');
  await typePassword(page, username);
  return { context, page };
}

const box = (page: Page, field: string) => page.getByRole('textbox', { name: field }).first();

async function fill(page: Page, field: string, value: string): Promise<void> {
  await box(page, field).waitFor();
  await box(page, field).fill(value);
  await page.keyboard.press('Tab');
}

async function openForm(page: Page): Promise<void> {
  await page.goto(`/filings/${filing}`);
  await box(page, '图书册数').waitFor();
}

/** The server answers everything but the saving of cells. */
const cells = '**/api/filings/*/cells';
const holdSaving = (context: BrowserContext) => context.route(cells, (route) => route.abort());

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /的菜单$/ }).click();
  await page.getByRole('menuitem', { name: '退出登录' }).click();
}

const unsentCopies = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => /^dudao\.local\.(draft|return)\./.test(key)).length);

it('typed while the network was away and the session was ended elsewhere: a colleague sees nothing of it, and the next sign-in sends it from any page', async () => {
  const { context, page } = await computer(clerk);
  await openForm(page);
  await context.setOffline(true);
  await fill(page, '图书册数', '2345');
  // The last keystrokes are neither left nor finished.
  await box(page, '计算机台数').fill('23');
  await page.getByText(/2 项已存在本机，尚未上传/).waitFor();
  await browser.signInElsewhere(clerk);
  await context.setOffline(false);
  await page.waitForURL(/sign-in/);
  await page.getByText('未上传的 2 项仍在本机，登录后自动上传。').waitFor();

  // The head of the same school at the same computer, in the same form.
  await typePassword(page, head);
  await openForm(page);
  await settled(page);
  expect(await box(page, '图书册数').inputValue()).not.toContain('2,345');
  expect(await page.locator('main').textContent()).not.toMatch(/2,?345|另一岗位/);
  expect(await stored('图书册数')).not.toBe(2345);
  // Nothing of hers is unsent, so nothing is asked.
  await signOut(page);
  await page.waitForURL(/sign-in/);

  await page.goto('/sign-in?back=%2Faccount');
  await typePassword(page, clerk);
  await page.getByText('上次没有上传的 2 项已上传').waitFor();
  expect(new URL(page.url()).pathname).toBe('/account');
  expect([await stored('图书册数'), await stored('计算机台数')]).toEqual([2345, 23]);
  expect(await unsentCopies(page)).toBe(0);

  // A later edit of the same field is of this page.
  await page.getByText('上次没有上传的 2 项已上传').waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: '数据填报' }).first().click();
  await fill(page, '图书册数', '2346');
  await page.getByText(/^✓ 已保存/).waitFor();
  expect(await page.getByText(/上次没有上传/).count()).toBe(0);
  await context.close();
});

it('signing out with something unsent asks: stay, leave it on this machine, or give it up', async () => {
  const { context, page } = await computer(clerk);
  await openForm(page);
  await holdSaving(context);
  await fill(page, '图书册数', '3456');
  await page.getByText(/1 项已存在本机，尚未上传/).waitFor();
  await signOut(page);
  const question = page.getByRole('dialog', { name: '还有 1 项没有上传' });
  await question.waitFor();
  expect(await seriousFaults(page, { contrast: true })).toEqual([]);
  await question.getByRole('button', { name: '取消' }).click();
  await question.waitFor({ state: 'hidden' });
  expect(await box(page, '图书册数').inputValue()).toBe('3,456');

  await signOut(page);
  await question.getByRole('button', { name: '留在本机退出' }).click();
  await page.waitForURL(/sign-in/);
  expect(await unsentCopies(page)).toBe(1);
  await context.unroute(cells);
  await typePassword(page, clerk);
  await expect.poll(() => stored('图书册数')).toBe(3456);

  await openForm(page);
  await holdSaving(context);
  await fill(page, '图书册数', '4567');
  await page.getByText(/1 项已存在本机，尚未上传/).waitFor();
  await signOut(page);
  await question.getByRole('button', { name: '放弃 1 项并退出' }).click();
  await page.waitForURL(/sign-in/);
  expect(await unsentCopies(page)).toBe(0);
  await context.unroute(cells);
  await typePassword(page, clerk);
  await openForm(page);
  await settled(page);
  expect(await box(page, '图书册数').inputValue()).toBe('3,456');
  expect(await stored('图书册数')).toBe(3456);
  await context.close();
});

it('an idle end sends what is typed, and says how much stays where it cannot', async () => {
  const { context, page } = await computer(clerk, async (page) => page.clock.install());
  await openForm(page);
  await holdSaving(context);
  await fill(page, '图书册数', '5678');
  await page.getByText(/1 项已存在本机，尚未上传/).waitFor();
  const minutes = await page.evaluate(async () => (await (await fetch('/api/session')).json()).idleMinutes as number);
  await page.clock.fastForward((minutes * 60 - 60) * 1000);
  await page.getByText('未上传的 1 项留在本机，您重新登录后自动上传，别人看不到。').waitFor();
  await page.clock.fastForward(70_000);
  await page.waitForURL(/sign-in/);
  await page.getByText('未上传的 1 项仍在本机，登录后自动上传。').waitFor();
  await context.unroute(cells);
  await typePassword(page, clerk);
  await expect.poll(() => stored('图书册数')).toBe(5678);
  await context.close();
});

it('what the browser has no room for is named before it goes, at a sign-out and at an end from outside', async () => {
  const { context, page } = await computer(clerk, (page) =>
    page.addInitScript(() => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key: string, value: string) {
        if (key.startsWith('dudao.local.draft.')) throw new Error('full');
        setItem.call(this, key, value);
      };
    }),
  );
  await openForm(page);
  await holdSaving(context);
  await fill(page, '图书册数', '6789');
  await page.getByText('本机空间已满，未上传的内容请勿关闭页面').waitFor();
  await signOut(page);
  const question = page.getByRole('dialog', { name: '还有 1 项没有上传' });
  await question.getByText('图书册数：6789').waitFor();
  expect(await question.getByRole('button', { name: '留在本机退出' }).count()).toBe(0);
  await question.getByRole('button', { name: '取消' }).click();

  await browser.signInElsewhere(clerk);
  await context.unroute(cells);
  // A retry may be faster than the hand. Then its question already lies over the button, and pressing changes nothing.
  await page.getByRole('button', { name: '立即上传' }).dispatchEvent('click');
  const ended = page.getByRole('dialog', { name: '登录已结束，1 项只在本页' });
  await ended.getByText('图书册数：6789', { exact: false }).waitFor();
  await ended.getByRole('button', { name: '取消' }).click();
  // As the sentence says: sign in in another window, and here it goes up.
  const window = await newPage(context);
  await window.goto('/sign-in');
  await typePassword(window, clerk);
  await expect.poll(() => stored('图书册数')).toBe(6789);
  await context.close();
});

it('a return that is being written waits for its author, and not for another', async () => {
  const { context, page } = await computer(officer);
  const { rows } = await (await context.request.get('/api/filings?state=submitted&pageSize=1')).json();
  const address = `/filings/review?filing=${rows[0].id}`;
  const reading = page.getByRole('region', { name: '填报内容' });
  const returning = page.getByRole('form', { name: '退回修改' });
  const open = async () => {
    await page.goto(address);
    await reading.getByRole('heading', { level: 2, name: rows[0].school.name }).waitFor();
    await settled(page);
  };
  await open();
  await page.keyboard.press('r');
  await returning.getByRole('textbox', { name: '补充说明' }).fill('请核对图书册数的台账');
  await browser.signInElsewhere(officer);
  await page.reload();
  await page.waitForURL(/sign-in/);

  await typePassword(page, director);
  await open();
  expect(await returning.count()).toBe(0);
  await signOut(page);
  await page.waitForURL(/sign-in/);

  await typePassword(page, officer);
  await open();
  expect(await returning.getByRole('textbox', { name: '补充说明' }).inputValue()).toBe('请核对图书册数的台账');
  await signOut(page);
  await page
    .getByRole('dialog', { name: '还有 1 份退回没有发出' })
    .getByRole('button', { name: '放弃 1 项并退出' })
    .click();
  await page.waitForURL(/sign-in/);
  expect(await unsentCopies(page)).toBe(0);
  await context.close();
});

it('a return that was being written is over once somebody else has sent the whole filing back', async () => {
  const { context, page } = await computer(officer);
  const { rows } = await (await context.request.get('/api/filings?state=submitted&pageSize=1')).json();
  const [{ id, school }] = rows;
  const reading = page.getByRole('region', { name: '填报内容' });
  const open = async () => {
    await page.goto(`/filings/review?filing=${id}`);
    await reading.getByRole('heading', { level: 2, name: school.name }).waitFor();
    await settled(page);
  };
  await open();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: '补充说明' }).fill('请核对图书册数的台账');
  await expect.poll(() => unsentCopies(page)).toBe(1);
  await browser.signInElsewhere(officer);
  await page.getByRole('link', { name: '数据填报' }).first().click();
  await page.waitForURL(/sign-in/);
  // It is told apart from what is sent by itself.
  await page.getByText('未发出的退回 1 份仍在本机。').waitFor();
  expect(await page.getByText(/自动上传/).count()).toBe(0);

  const colleague = await browser.as(director);
  const { revision } = await (await colleague.request.get(`/api/filings/${id}`)).json();
  const back = { data: { revision, reason: '整份请核对' } };
  expect((await colleague.request.post(`/api/filings/${id}/return`, back)).ok()).toBe(true);
  await typePassword(page, officer);
  await open();
  await expect.poll(() => unsentCopies(page)).toBe(0);
  await signOut(page);
  await page.waitForURL(/sign-in/);
  await context.close();
});

it('a letter that is being written outlives the end of its session and of the window, and two texts are never mixed', async () => {
  const { context, page } = await computer(officer);
  await page.goto('/letters');
  const drafted = await context.request.post('/api/letters', {
    data: { kind: 'notice' },
    headers: { origin: new URL(page.url()).origin },
  });
  expect(drafted.ok(), await drafted.text()).toBe(true);
  const { id } = (await drafted.json()) as { id: string };
  const edit = `/letters/${id}/edit`;
  await page.goto(edit);
  const title = page.getByLabel('标题').first();
  await title.fill('关于开展食堂检查的通知');

  // Signing out names it before the session ends.
  await signOut(page);
  const question = page.getByRole('dialog', { name: '还有 1 份文稿没有保存' });
  await question.getByRole('button', { name: '取消' }).click();
  await title.fill('关于开展食堂和宿舍检查的通知');
  await page.getByRole('button', { name: '预览 PDF' }).waitFor();
  // Saved elsewhere meanwhile: both stand, and nothing is laid over what is typed here.
  const other = await newPage(context);
  await other.goto(edit);
  await other.getByLabel('标题').first().fill('关于开展校车检查的通知');
  await other.getByRole('button', { name: '保存', exact: true }).click();
  await other.getByText('已保存').first().waitFor();
  await other.close();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  const choice = page.getByRole('alert', { name: '公文在别处另存过' });
  await choice.getByText(/^您已在另一个窗口于 .+ 修改这份公文，/).waitFor();
  // The choice stands in place of the button that would be refused again, in sight wherever the text is scrolled to.
  expect(await page.getByRole('button', { name: '保存', exact: true }).count()).toBe(0);
  expect(await page.getByText(/请刷新后核对/).count()).toBe(0);
  for (const edge of [0, 100_000]) {
    const inSight = () =>
      choice.evaluate((element, top) => {
        window.scrollTo(0, top);
        const { top: above, bottom } = element.getBoundingClientRect();
        return above >= 0 && bottom <= window.innerHeight;
      }, edge);
    await expect.poll(inSight).toBe(true);
  }
  expect(await title.inputValue()).toBe('关于开展食堂和宿舍检查的通知');

  await browser.signInElsewhere(officer);
  await page.reload();
  await page.waitForURL(/sign-in/);
  await typePassword(page, officer);
  await page.goto(edit);
  await expect.poll(() => title.inputValue()).toBe('关于开展校车检查的通知');
  await page.getByText(/之后这里另有保存/).waitFor();
  await page.getByRole('button', { name: '接着写' }).click();
  await choice.getByRole('button', { name: '用这里的，保存时替换那边的' }).click();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await choice.waitFor({ state: 'hidden' });
  await page.getByText('已保存').first().waitFor();
  await page.reload();
  await expect.poll(() => title.inputValue()).toBe('关于开展食堂和宿舍检查的通知');
  expect(await page.getByRole('button', { name: '接着写' }).count()).toBe(0);
  await context.close();
});
