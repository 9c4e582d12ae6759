import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture, sizes } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const table = [
  '姓名,电话,角色,单位',
  '欧阳试一,0595-7001,县级督导干部,鲤城区',
  '欧阳试二,0595-7002,县级督导干部,丰泽区',
  '欧阳试三,0595-7003,市局科室干部,',
].join('\n');

it('a list of people is proposed by one administrator, granted by another, and printed by unit', async () => {
  const system = await newPage(await browser.as('system'));
  const security = await newPage(await browser.as('security'));
  const complaints = [complaintsOf(system), complaintsOf(security)];
  for (const page of [system, security]) await page.setViewportSize(sizes.desktop);
  await system.goto('/people/import');
  await settled(system);
  await system
    .getByLabel('名单文件', { exact: true })
    .setInputFiles({ name: '人员.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await system.getByRole('button', { name: '提出 3 个岗位' }).waitFor();
  expect(await faultsAt(system, 'desktop', 'sets-preview')).toEqual([]);
  await system.getByRole('button', { name: '提出 3 个岗位' }).click();
  await system.getByRole('heading', { name: '已提出，等待安全管理员授予' }).waitFor();
  expect(await faultsAt(system, 'desktop', 'sets-codes')).toEqual([]);
  expect(await faultsAt(system, 'phone', 'sets-codes')).toEqual([]);
  const codes = await system.locator('code').allTextContents();
  expect(codes.map((code) => /^\d{6}$/.test(code))).toEqual([true, true, true]);

  await security.goto('/');
  await security.getByText('批授权等待授予').first().waitFor();
  await security.goto('/people/sets');
  await security.getByRole('link', { name: '人员.csv' }).click();
  await security.getByRole('button', { name: '授予 3 个岗位' }).waitFor();
  expect(await faultsAt(security, 'desktop', 'sets-differences')).toEqual([]);
  expect(await faultsAt(security, 'phone', 'sets-differences')).toEqual([]);
  // Each of the three lines says the word once, on its button.
  expect(await security.getByText('除外', { exact: true }).count()).toBe(3);
  await security.setViewportSize(sizes.desktop);
  await security.getByRole('button', { name: '除外' }).last().click();
  await security.getByRole('button', { name: '授予 2 个岗位' }).click();
  const question = security.getByRole('dialog');
  await question.getByText('1 行除外').waitFor();
  await question.getByRole('button', { name: '授予 2 个岗位' }).click();
  // The links of a set that is small enough to print at once are made with the grant.
  await security.getByRole('heading', { name: '交接单' }).waitFor();
  expect(await security.locator('svg[role=img]').count()).toBe(2);
  expect(await faultsAt(security, 'desktop', 'sets-sheets')).toEqual([]);
  expect(await faultsAt(security, 'phone', 'sets-sheets')).toEqual([]);

  const [link = ''] = (await security.locator('li code').allTextContents()).filter((text) => text.includes('/set-up#'));
  const stranger = await newPage(await browser.stranger());
  await stranger.goto(link);
  await stranger.getByLabel('启用码').waitFor();
  expect(await faultsAt(stranger, 'desktop', 'sets-set-up')).toEqual([]);
  await stranger.getByLabel('启用码').fill(codes.map((code) => code.trim())[0] ?? '');
  const fields = stranger.locator('input[type=password]');
  for (let field = 0; field < (await fields.count()); field += 1) await fields.nth(field).fill('Quanzhou-2025');
  await stranger.getByRole('button', { name: '设定密码' }).click();
  // Nothing is typed twice: the desk opens at once.
  await stranger.waitForURL((url) => url.pathname === '/');
  await settled(stranger);
  await keepPicture(stranger, 'sets-first-desk');
  expect(complaints.flat()).toEqual([]);
});
