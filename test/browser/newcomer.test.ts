import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Acts, actsOf } from '../support/browser/acts.ts';
import { complaintsOf, desktop, newPage, settled } from '../support/browser/browser.ts';
import { launch } from '../support/browser/chromium.ts';
import { faultsAt } from '../support/browser/look.ts';
import {
  discardDataFolder,
  makeDataFolder,
  type ProductProcess,
  startProduct,
} from '../support/product/product-process.ts';
import { codeOf } from '../support/second-factor.ts';

/**
 * A city of another province begins with an empty installation, from the link on the terminal. The acts of everybody are
 * counted: the sum is what a new city has to do.
 */
let product: ProductProcess;
let browser: Browser;
const dataDir = makeDataFolder();
const done: string[] = [];
const counting = actsOf(done);
const complaints: string[][] = [];

beforeAll(async () => {
  const chromium = inject('chromium');
  if ('missing' in chromium) return;
  product = await startProduct({ dataDir });
  browser = await launch(chromium);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await discardDataFolder(dataDir);
});

interface Person {
  readonly page: Page;
  readonly acts: Acts;
}

/** Somebody at a machine of their own, who opens an address that was handed over. */
async function comes(who: string, address: string): Promise<Person> {
  const context: BrowserContext = await browser.newContext({
    ...{ baseURL: product.address, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
  });
  const page = await newPage(context);
  complaints.push(complaintsOf(page));
  await page.goto(address);
  await settled(page);
  return { page, acts: counting(page, who) };
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Makes the account of a link, which signs in at once, and binds a telephone without the password once more. */
async function enters({ page, acts }: Person, name: string, username: string): Promise<void> {
  const password = 'Ruogan-2026-shenme';
  await page.getByLabel('姓名').fill(name);
  await page.getByLabel('用户名').fill(username);
  for (const field of await page.locator('input[type="password"]').all()) await field.fill(password);
  await acts.press(button(page, '建立账户'));
  await page.getByLabel('备用码已经保存好').check();
  const secret = (await page.locator('[class*="secret"]').textContent())!.trim();
  await page.getByLabel('手机上显示的 6 位数字').fill(codeOf(secret));
  await acts.press(button(page, '完成绑定'));
  await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
  await settled(page);
}

/** The lines of the steps on the home page. */
const steps = (page: Page) => page.locator('section').filter({ hasText: '启用本系统' }).locator('ol > li');

it('a city of another province begins: each person reads what comes next and who does it', async () => {
  const link = /\/set-up#\S+/.exec(product.said())![0];
  const system = await comes('S', link);
  await enters(system, '陈系统', 'chenxt');
  await steps(system.page).first().waitFor();
  expect(await faultsAt(system.page, 'phone', 'newcomer/home-system')).toEqual([]);
  expect(await faultsAt(system.page, 'desktop', 'newcomer/home-system')).toEqual([]);
  expect(await steps(system.page).nth(0).textContent()).toContain('由您给出链接');
  expect(await steps(system.page).last().textContent()).toContain('由市级督导干部开启学年（还没有人）');

  // The city, found by its pinyin, with a zone.
  await system.acts.press(system.page.getByRole('link', { name: /^选定本市/ }));
  await settled(system.page);
  await system.page.getByRole('combobox', { name: '城市' }).fill('luoyang');
  await system.page.getByRole('option', { name: /洛阳市/ }).click();
  await settled(system.page);
  expect(system.page.url()).toContain('city=410300');
  await system.acts.press(button(system.page, '添加功能区'));
  await system.page.getByLabel('名称').fill('洛阳高新技术产业开发区');
  await system.page.getByLabel('简称').fill('高新区');
  expect(await faultsAt(system.page, 'phone', 'newcomer/city')).toEqual([]);
  expect(await faultsAt(system.page, 'desktop', 'newcomer/city')).toEqual([]);
  await system.acts.press(button(system.page, '选定洛阳市'));
  await system.page.getByText('已选定洛阳市，建立了 15 个县级单位。').waitFor();
  await settled(system.page);
  expect(await steps(system.page).nth(1).textContent()).toContain('现有 15 个县级单位');

  // The links of the other two are shown in place; whoever comes by them reads the same steps.
  await system.acts.press(button(system.page, '给出安全管理员和审计管理员的链接'));
  const links = system.page.locator('code');
  await links.nth(1).waitFor();
  expect(await faultsAt(system.page, 'desktop', 'newcomer/home-links')).toEqual([]);
  const [ofSecurity] = await links.allTextContents();
  const security = await comes('A', ofSecurity!);
  await enters(security, '李安全', 'lianq');
  await steps(security.page).first().waitFor();
  expect(await steps(security.page).nth(2).textContent()).toContain('由系统管理员（陈系统）建立账户；由您授予角色');
  expect(await faultsAt(security.page, 'desktop', 'newcomer/home-security')).toEqual([]);
  expect(done.length).toBeLessThanOrEqual(12);
  expect(complaints.flat()).toEqual([]);
});
