import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postText } from '#domain/access/actor.ts';
import {
  complaintsOf,
  newPage,
  openBrowser,
  seriousFaults,
  settled,
  sidewaysScroll,
  type TestBrowser,
  zoomed,
} from '../support/browser/browser.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';
import { unassignedSchool } from '../support/product/sample-schools.ts';

let browser: TestBrowser;
const complaints: string[][] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function tabOf(context: BrowserContext, address: string): Promise<Page> {
  const page = await newPage(context);
  complaints.push(complaintsOf(page));
  await page.goto(address);
  await settled(page);
  return page;
}

/** The button of the top bar that says in which post this tab works. */
const postButton = (page: Page) => page.getByRole('button', { name: /^岗位：/ });

it('three posts, two tabs: each works in its own, both save, and neither harms the other', async () => {
  const context = await browser.as('three-posts');
  const school = await tabOf(context, '/filings');
  // No post is chosen yet: the desk asks the person, and then opens the page that she wanted.
  await school.getByRole('heading', { level: 1, name: '选择岗位' }).waitFor();
  await school.getByRole('button', { name: /^校长/ }).click();
  await school.getByRole('textbox', { name: '图书册数' }).waitFor();

  // A new tab asks which post it is. One click switches the post, and the first tab keeps its own.
  const county = await tabOf(context, '/');
  await postButton(county).filter({ hasText: '校长' }).waitFor();
  await postButton(county).click();
  await county.getByRole('menuitem', { name: /县级督导干部/ }).click();
  await postButton(county).filter({ hasText: '县级督导干部' }).waitFor();
  await settled(county);
  expect(await county.locator('main').textContent()).toContain('丰泽区');

  const books = school.getByRole('textbox', { name: '图书册数' });
  await books.fill('12345');
  await county.goto('/directory');
  await settled(county);
  await county
    .getByRole('button', { name: /责任人/ })
    .first()
    .click();
  await county.getByRole('textbox', { name: '姓名' }).fill('两岗甲');
  await county.getByRole('textbox', { name: '电话' }).fill('0595-00000001');
  await county.getByRole('button', { name: '保存责任人' }).click();
  await county.getByText('已保存。').waitFor();
  await books.blur();
  await school.getByText(/^✓ 已保存/).waitFor();

  // After a reload each tab is still in its post, and both values are there.
  await school.reload();
  await settled(school);
  expect(await school.getByRole('textbox', { name: '图书册数' }).inputValue()).toBe('12,345');
  await county.reload();
  await settled(county);
  await county.getByText('两岗甲').first().waitFor();
  expect(await postButton(county).textContent()).toContain('县级督导干部');

  // By keyboard: arrow down opens the menu and moves through it, Enter switches.
  await postButton(county).focus();
  await county.keyboard.press('ArrowDown');
  const first = county.getByRole('menuitem').first();
  const isChosen = () => first.evaluate((item) => item === document.activeElement);
  await first.waitFor();
  await county.getByRole('menuitem').and(county.locator(':focus')).waitFor();
  await county.keyboard.press('Home');
  await expect.poll(isChosen).toBe(true);
  await county.keyboard.press('Enter');
  await postButton(county).filter({ hasText: '市局科室干部' }).waitFor();
});

it('a stand-in approves, and both names stand in the steps of the filing', async () => {
  const page = await tabOf(await browser.as('stand-in'), '/filings/review');
  await page.getByRole('button', { name: /^县级督导室主任（代/ }).click();
  await page.getByRole('heading', { level: 1, name: '审核' }).waitFor();
  await settled(page);
  await page.setViewportSize(zoomed);
  const place = page.getByRole('navigation', { name: '学年与单位' }).locator('> :last-child');
  expect(await place.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
  expect(await sidewaysScroll(page)).toEqual({ pixels: 0, because: [] });
  await keepPicture(page, 'stand-in-zoomed', { whole: false });
  await page.setViewportSize({ width: 1366, height: 768 });
  const lent = ((await postButton(page).textContent()) ?? '').match(/（代(.+)）/)?.[1] ?? '';
  expect(lent).not.toBe('');
  const person = await page.evaluate(async () => (await (await fetch('/api/session')).json()).person.name as string);
  const filing = await page.evaluate(async () => {
    const post = sessionStorage.getItem('dudao.post') ?? '';
    const reply = await fetch('/api/filings?state=submitted&pageSize=50', { headers: { 'x-dudao-post': post } });
    return ((await reply.json()) as { rows: { id: string; softFindings: number }[] }).rows.find(
      (row) => row.softFindings === 0,
    )?.id;
  });
  expect(filing).toBeDefined();
  await page.goto(`/filings/review?filing=${filing}`);
  await settled(page);
  await page.getByRole('button', { name: /^批准/ }).last().click();
  await page
    .getByText(/^已批准：/)
    .first()
    .waitFor();
  await page.goto(`/filings/${filing}/history`);
  await settled(page);
  await page.getByText(`${person}（代${lent}）`).first().waitFor();
});

it('who submitted in one post does not approve in another, and the button says why also where nothing hovers', async () => {
  const context = await browser.as('stand-in');
  const page = await tabOf(context, '/filings/review');
  const choice = page.getByRole('button', { name: /^县级督导室主任（代/ });
  if (await choice.isVisible()) await choice.click();
  await page.getByRole('heading', { level: 1, name: '审核' }).waitFor();
  await settled(page);
  const posts = await page.evaluate(async () => {
    const { posts } = (await (await fetch('/api/session')).json()) as {
      posts: { grantId: string; standInId: string | null }[];
    };
    return posts;
  });
  const named = (isLent: boolean) => {
    const post = posts.find(({ standInId }) => (standInId !== null) === isLent);
    if (post === undefined) throw new Error('the stand-in has no such post');
    return postText(post);
  };
  const [own, lent] = [named(false), named(true)];
  const ask = async (post: string, method: string, path: string, data?: object) => {
    const reply = await context.request.fetch(path, {
      method,
      headers: { 'x-dudao-post': post },
      ...(data ? { data } : {}),
    });
    expect(reply.ok(), `${path}: ${await reply.text()}`).toBe(true);
    return reply.json();
  };
  // The county submits for a school that has nobody of its own; only such a filing may this person withdraw.
  const list = await ask(own, 'GET', '/api/filings?state=submitted&pageSize=50');
  let filing: { id: string } | undefined;
  for (const row of list.rows as { id: string; softFindings: number }[]) {
    if (row.softFindings > 0 || !(await ask(own, 'GET', `/api/filings/${row.id}`)).can.withdraw) continue;
    filing = row;
    break;
  }
  if (filing === undefined) throw new Error('no submitted filing of a school without accounts is left');
  const reason = '核对后再报';
  const { revision } = await ask(lent, 'GET', `/api/filings/${filing.id}`);
  await ask(lent, 'POST', `/api/filings/${filing.id}/return`, { revision, reason });
  const returned = await ask(own, 'GET', `/api/filings/${filing.id}`);
  await ask(own, 'POST', `/api/filings/${filing.id}/submission`, { revision: returned.revision });

  await page.goto(`/filings/review?filing=${filing.id}`);
  await settled(page);
  const approve = page.getByRole('button', { name: '批准', exact: false }).last();
  expect(await approve.isDisabled()).toBe(true);
  for (const size of ['desktop', 'phone'] as const) {
    expect(await faultsAt(page, size, 'approve-off')).toEqual([]);
    const why = await approve.getAttribute('aria-describedby');
    const said = page.locator(`[id="${why}"]`);
    expect(await said.textContent()).toContain('同一个人不能先后办理');
    expect(await said.isVisible()).toBe(true);
    expect(await overlapping(page)).toEqual([]);
  }
  await page.close();
});

it('an inspector is given a school until a day, and reads it without signing in again until it is ended', async () => {
  const inspector = await tabOf(await browser.as('inspector-350504'), '/directory');
  const seen = inspector.getByRole('link', { name: unassignedSchool.name });
  expect(await seen.count()).toBe(0);

  const security = await browser.as('security');
  const found = await (await security.request.get('/api/people?search=inspector-350504')).json();
  const page = await tabOf(security, `/people/${found.rows[0].id}`);
  await page.getByRole('heading', { level: 2, name: '责任督学（示例）负责的学校' }).waitFor();
  await page.getByRole('button', { name: '指派学校' }).click();
  const dialog = page.getByRole('dialog');
  const school = dialog.getByRole('combobox', { name: '学校' });
  await school.fill(unassignedSchool.part);
  await page.getByRole('option', { name: new RegExp(unassignedSchool.name) }).click();
  await dialog.getByLabel('截止日期（含当日）').fill('2000-01-01');
  await dialog.getByRole('button', { name: '指派学校' }).click();
  await dialog.getByRole('alert').getByText('截止日期早于开始日期').waitFor();
  await dialog.getByLabel('截止日期（含当日）').fill('2099-12-31');
  expect(await seriousFaults(page, { contrast: true })).toEqual([]);
  await dialog.getByRole('button', { name: '指派学校' }).click();
  const row = page.getByRole('row').filter({ hasText: unassignedSchool.name });
  await row.getByText('至 2099-12-31').waitFor();
  await settled(page);
  expect(await seriousFaults(page, { contrast: true })).toEqual([]);
  // The session is still the earlier one.
  await inspector.reload();
  await seen.waitFor();

  await row.getByRole('button', { name: /^结束指派/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '结束指派' }).click();
  await row.getByText(/^已结束/).waitFor();
  await inspector.reload();
  await settled(inspector);
  expect(await seen.count()).toBe(0);
  expect(await faultsAt(page, 'phone')).toEqual([]);

  // Two schools are his, and no page gives their number as the number of the county.
  await inspector.getByText('您负责的学校 2 所').waitFor();
  const grantId = found.rows[0].posts[0].grantId;
  const assigned = `/api/people/${found.rows[0].id}/posts/${grantId}/assignments`;
  const { rows } = await (await security.request.get(assigned)).json();
  for (const { id, state } of rows as { id: string; state: string }[]) {
    if (state === 'current') expect((await security.request.delete(`${assigned}/${id}`)).ok()).toBe(true);
  }
  // Without an assignment no page states as a fact that there are no schools and no filings.
  for (const address of ['/directory', '/filings', '/']) {
    await inspector.goto(address);
    await inspector.getByText('还没有指派给您的学校').waitFor();
    await inspector.getByText(/请联系安全管理员（.+）指派学校/).waitFor();
    expect(await inspector.getByText('在办学校').count()).toBe(0);
  }
  for (const size of ['desktop', 'phone'] as const) {
    expect(await faultsAt(inspector, size, 'unassigned')).toEqual([]);
  }
});

it('a role waits for a second person, who confirms it', async () => {
  const security = await browser.as('security');
  const page = await tabOf(security, '/people/roles');
  await page.getByRole('button', { name: '新建角色' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '名称' }).fill('县级数据员');
  await dialog.getByRole('checkbox', { name: '查看数据填报' }).check();
  await dialog.getByRole('checkbox', { name: '催报' }).check();
  await dialog.getByRole('button', { name: '提交改动' }).click();
  await page.getByRole('heading', { level: 3, name: /新建角色：县级数据员/ }).waitFor();
  await page.getByText('等待确认').first().waitFor();
  // The person who proposed the change may take it back but not confirm it.
  expect(await page.getByRole('button', { name: '确认改动' }).count()).toBe(0);
  await page.getByRole('button', { name: '收回', exact: true }).waitFor();
  expect(await page.getByRole('columnheader', { name: /县级数据员/ }).count()).toBe(0);

  // The 审计管理员 sees that the change would take effect by itself.
  const audit = await tabOf(await browser.as('audit'), '/');
  await audit.getByText('项角色的改动等待确认').first().waitFor();

  const second = await tabOf(await secondSecurityAdministrator(security), '/people/roles');
  await second.getByRole('button', { name: '确认改动' }).click();
  // Nobody holds the new role yet, and the question says so before anything takes effect.
  const question = second.getByRole('dialog');
  await question.getByText('现在没有人担任这个角色').waitFor();
  await keepPicture(second, 'confirm-role', { whole: false });
  await question.getByRole('button', { name: '确认改动' }).click();
  await second.getByText('已确认生效').first().waitFor();
  await page.reload();
  await settled(page);
  await page.getByRole('columnheader', { name: /县级数据员/ }).waitFor();
});

it('nothing complained but the browser about the day that was refused', () => {
  const refusedDay = /409 \(Conflict\) \(\S+\/assignments\)$/;
  expect(complaints.flat().filter((line) => !refusedDay.test(line))).toEqual([]);
});

/** The names of neighbours in the top bar that lie on each other. */
function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = [...(document.querySelector('header')?.querySelectorAll('a, button') ?? [])].filter(
      (part) => part.clientWidth > 0,
    );
    const seen = parts.map((part) => ({ name: part.textContent ?? '', ...part.getBoundingClientRect().toJSON() }));
    return seen.flatMap((one, at) => {
      const next = seen[at + 1];
      return next && next.left < one.right - 1 ? [`${one.name} / ${next.name}`] : [];
    });
  });
}

/** Adds a second one as any installation does: an account, a link of two administrators, and the role by the first. */
async function secondSecurityAdministrator(security: BrowserContext): Promise<BrowserContext> {
  const system = await browser.as('system');
  const password = 'Quanzhou-2026-zwei';
  const data = { name: '安全乙', username: 'security-b', first: 'link' };
  const made = await (await system.request.post('/api/people', { data })).json();
  const proposal = { data: { act: 'password' } };
  const { id, code } = await (await system.request.post(`/api/people/${made.personId}/requests`, proposal)).json();
  const { link } = await (await security.request.post(`/api/people/requests/${id}/confirmation`)).json();
  const context = await browser.stranger();
  const opened = await context.request.post('/api/set-up', { data: { token: link.split('#')[1], password, code } });
  expect(opened.status()).toBe(200);
  const role = { role: 'security-administrator', unitId: null, schoolId: null };
  const granted = await security.request.put(`/api/people/${made.personId}/grant`, { data: role });
  expect(granted.status()).toBe(200);
  const signedIn = await context.request.post('/api/session', { data: { username: data.username, password } });
  expect(signedIn.status()).toBe(200);
  return context;
}
