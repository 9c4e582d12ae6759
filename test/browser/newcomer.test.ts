import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Acts, actsOf } from '../support/browser/acts.ts';
import { complaintsOf, desktop, newPage, settled } from '../support/browser/browser.ts';
import { launch } from '../support/browser/chromium.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';
import { filledTemplate, peopleFile, schoolsFile } from '../support/browser/newcomer.ts';
import {
  discardDataFolder,
  makeDataFolder,
  type ProductProcess,
  startProduct,
} from '../support/product/product-process.ts';
import { codeOf } from '../support/second-factor.ts';
import { soundValues } from '../support/sound-values.ts';

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

/** Types the new password into every field for it. */
async function choosesPassword(page: Page): Promise<void> {
  for (const field of await page.locator('input[type="password"]').all()) await field.fill('Ruogan-2026-shenme');
}

/** Binds a telephone without the password once more, and arrives at home. */
async function bindsTelephone({ page, acts }: Person): Promise<void> {
  await page.getByLabel('备用码已经保存好').check();
  const secret = (await page.locator('[class*="secret"]').textContent())!.trim();
  await page.getByLabel('手机上显示的 6 位数字').fill(codeOf(secret));
  await acts.press(button(page, '完成绑定'));
}

async function arrives({ page }: Person): Promise<void> {
  await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
  await settled(page);
}

/** Makes the account of a link, which signs in at once. */
async function enters(person: Person, name: string, username: string): Promise<void> {
  await person.page.getByLabel('姓名').fill(name);
  await person.page.getByLabel('用户名').fill(username);
  await choosesPassword(person.page);
  await person.acts.press(button(person.page, '建立账户'));
  await bindsTelephone(person);
  await arrives(person);
}

/** Comes with the link of a sheet and the code that was handed over apart from it. */
async function comesWithCode(who: string, link: string, code: string): Promise<Person> {
  const person = await comes(who, link);
  await person.page.getByLabel('启用码').fill(code);
  await choosesPassword(person.page);
  await person.acts.press(button(person.page, '设定密码'));
  return person;
}

/** Comes back to the desk on another day. */
async function returns({ page }: Person): Promise<void> {
  await page.goto('/');
  await settled(page);
}

/** The pages that show nothing before the first year. */
const hangOnYear = [
  ...['/balance', '/balance/county', '/balance/runs', '/tracking', '/tracking/figures'],
  ...['/filings', '/filings/grid', '/filings/review', '/filings/calls'],
];

/** The lines of the steps on the home page. */
const steps = (page: Page) => page.locator('section').filter({ hasText: '启用本系统' }).locator('ol > li');

it('a city of another province begins: each person reads what comes next and who does it', async () => {
  // What the product says is collected here, so the link stands in its file alone.
  const file = join(dataDir, 'set-up-link');
  expect(product.said()).toContain(file);
  expect(product.said()).not.toContain('set-up#');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const link = /\/set-up#\S+/.exec(readFileSync(file, 'utf8'))![0];
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
  expect(await faultsAt(system.page, 'desktop', 'newcomer/city')).toEqual([]);
  await system.acts.press(button(system.page, '选定洛阳市'));
  await system.page.getByText('已选定洛阳市，建立了 15 个县级单位。').waitFor();
  await settled(system.page);
  expect(await steps(system.page).nth(1).textContent()).toContain('现有 15 个县级单位');

  // The links of the other two are shown in place; whoever comes by them reads the same steps.
  await system.acts.press(button(system.page, '给出安全管理员和审计管理员的链接'));
  const links = system.page.locator('code');
  await links.nth(1).waitFor();
  await keepPicture(system.page, 'newcomer/home-links');
  const [ofSecurity] = await links.allTextContents();
  const security = await comes('A', ofSecurity!);
  await enters(security, '李安全', 'lianq');
  await steps(security.page).first().waitFor();
  expect(await steps(security.page).nth(2).textContent()).toContain('由系统管理员（陈系统）提出人选；由您授予角色');
  await keepPicture(security.page, 'newcomer/home-security');

  const [, ofAudit] = await links.allTextContents();
  const audit = await comes('U', ofAudit!);
  await enters(audit, '周审计', 'zhousj');
  await keepPicture(audit.page, 'newcomer/home-audit');

  // The officer of the city: proposed by one administrator in place, granted by another.
  await returns(system);
  await system.page.getByLabel('姓名').fill('林督导');
  await system.page.getByLabel('电话').fill('0379-63930001');
  await system.acts.press(button(system.page, '提出人选'));
  await system.page.getByText('已提出，用户名 ldd0001。').waitFor();
  expect(await faultsAt(system.page, 'phone', 'newcomer/home-officer')).toEqual([]);
  const officerCode = (await system.page.locator('code').textContent())!;
  await returns(security);
  await keepPicture(security.page, 'newcomer/home-security-set');
  const officerLink = await grants(security, 1, '林督导');
  const city = await comesWithCode('C', officerLink, officerCode);
  await bindsTelephone(city);
  await arrives(city);
  await keepPicture(city.page, 'newcomer/home-city');
  expect(await faultsAt(city.page, 'phone', 'newcomer/home-city')).toEqual([]);

  const people = { system, security, city };
  const sheets = await bringsSchools(people, { name: '西工区', short: '西工', first: 1 }, 100);
  const before = done.length;
  await returns(city);
  await bringsSchools(people, { name: '涧西区', short: '涧西', first: 501 }, 100);
  expect(done.slice(before).length, done.slice(before).join('\n')).toBeLessThanOrEqual(10);
  const further = done.splice(before);
  expect(further.length).toBeGreaterThan(0);

  // Before the first year each page that hangs on one says what comes next, and who does it.
  for (const address of hangOnYear) {
    await city.page.goto(address);
    await city.page.getByText('还没有开启学年').waitFor();
    expect(await city.page.getByRole('link', { name: '开启学年' }).getAttribute('href')).toContain('/filings/periods');
  }
  expect(await faultsAt(city.page, 'phone', 'newcomer/no-year-city')).toEqual([]);
  const clerk = await comesWithCode('K', sheets.of('西工1甲').link, sheets.of('西工1甲').code);
  await arrives(clerk);
  await clerk.page.getByText('由市级督导干部（林督导，0379-63930001）开启。').waitFor();
  await keepPicture(clerk.page, 'newcomer/home-clerk-before');
  await clerk.page.goto('/filings/import');
  await clerk.page.getByText('由市级督导干部（林督导，0379-63930001）开启。').waitFor();
  expect(await faultsAt(clerk.page, 'desktop', 'newcomer/no-year-clerk')).toEqual([]);

  // The year.
  await returns(city);
  await keepPicture(city.page, 'newcomer/home-city-year');
  await city.acts.press(city.page.getByRole('link', { name: /^开启学年/ }));
  await city.page.getByRole('dialog').waitFor();
  await settled(city.page);
  expect(await faultsAt(city.page, 'desktop', 'newcomer/year')).toEqual([]);
  await city.acts.press(button(city.page, '开启，200 所学校应报'));
  await city.page.getByText('已开启：200 所学校应报').waitFor();

  // The steps have gone, and no sentence points at them any more.
  await returns(system);
  await system.page.getByText('目前没有需要您处理的事项。', { exact: true }).waitFor();
  expect(await system.page.getByText('启用步骤').count()).toBe(0);

  // The clerk fills by workbook, the head submits.
  await returns(clerk);
  expect(await faultsAt(clerk.page, 'phone', 'newcomer/home-clerk')).toEqual([]);
  await clerk.acts.press(clerk.page.getByRole('link', { name: /^导入 Excel/ }));
  await settled(clerk.page);
  const [template] = await Promise.all([
    clerk.page.waitForEvent('download'),
    clerk.acts.press(button(clerk.page, '下载这所学校的模板')),
  ]);
  const filled = await filledTemplate(await template.path(), soundValues('211'));
  await clerk.acts.handIn(clerk.page.getByLabel('Excel 文件', { exact: true }), filled);
  await button(clerk.page, /^全部写入 \d+ 格/).waitFor();
  expect(await faultsAt(clerk.page, 'desktop', 'newcomer/import')).toEqual([]);
  await clerk.acts.press(button(clerk.page, /^全部写入 \d+ 格/));
  await clerk.page.getByText('已写入 1 所学校').waitFor();
  await keepPicture(clerk.page, 'newcomer/import-done');
  const head = await comesWithCode('H', sheets.of('西工1乙').link, sheets.of('西工1乙').code);
  await arrives(head);
  await keepPicture(head.page, 'newcomer/home-head');
  await head.acts.press(head.page.getByRole('link', { name: /去提交/ }));
  await settled(head.page);
  await head.acts.press(button(head.page, '提交县级审核'));
  await head.page.getByText('已提交，等待审核').first().waitFor();
  await keepPicture(head.page, 'newcomer/submitted');

  expect(done.length, done.join('\n')).toBeLessThanOrEqual(35);
  expect(complaints.flat()).toEqual([]);
});

/** Grants the only set that waits; its sheets appear at once. Answers with the link of this person. */
async function grants({ page, acts }: Person, posts: number, name: string): Promise<string> {
  await acts.press(page.getByRole('link', { name: /去核对/ }));
  await button(page, `授予 ${posts} 个岗位`).waitFor();
  await settled(page);
  await keepPicture(page, `newcomer/set-${posts}-${name}`);
  await acts.press(button(page, `授予 ${posts} 个岗位`));
  await page.getByRole('heading', { level: 1, name: '交接单' }).waitFor();
  await keepPicture(page, `newcomer/sheets-${posts}-${name}`, { whole: false });
  return linkOf(page, name);
}

/** The link on the sheet of this person. */
async function linkOf(page: Page, name: string): Promise<string> {
  return (await page
    .locator('li')
    .filter({ hasText: `${name}，` })
    .locator('code')
    .textContent())!;
}

interface Setters {
  readonly system: Person;
  readonly security: Person;
  readonly city: Person;
}

/** Schools by one workbook, their people by another: proposed with codes, granted with links. */
async function bringsSchools(
  { system, security, city }: Setters,
  county: { readonly name: string; readonly short: string; readonly first: number },
  count: number,
) {
  await city.acts.press(city.page.getByRole('link', { name: /导入学校|继续导入/ }));
  await settled(city.page);
  await city.acts.handIn(city.page.getByLabel('学校表格', { exact: true }), await schoolsFile(county, count));
  const write = button(city.page, `全部写入（${count} 项变动）`);
  await write.waitFor();
  await keepPicture(city.page, `newcomer/schools-${county.short}`, { whole: false });
  await city.acts.press(write);
  await city.page.getByText(`设立 ${count} 所`).waitFor();
  await keepPicture(city.page, `newcomer/schools-done-${county.short}`, { whole: false });

  await returns(system);
  await keepPicture(system.page, `newcomer/home-system-${county.short}`);
  await system.acts.press(system.page.getByRole('link', { name: /导入人员|继续导入/ }));
  await settled(system.page);
  await system.acts.handIn(system.page.getByLabel('名单文件', { exact: true }), await peopleFile(county, count));
  const propose = button(system.page, `提出 ${2 * count} 个岗位`);
  await propose.waitFor();
  await keepPicture(system.page, `newcomer/people-${county.short}`, { whole: false });
  await system.acts.press(propose);
  await system.page.getByRole('heading', { name: '已提出，等待安全管理员授予' }).waitFor();
  await system.acts.press(button(system.page, '打印启用码'));
  await keepPicture(system.page, `newcomer/codes-${county.short}`, { whole: false });
  const codeOfPerson = async (name: string) =>
    (await system.page.getByRole('row').filter({ hasText: name }).locator('code').textContent())!;
  const names = [`${county.short}1甲`, `${county.short}1乙`] as const;
  const codes = [await codeOfPerson(names[0]), await codeOfPerson(names[1])] as const;

  await returns(system);
  await keepPicture(system.page, `newcomer/home-proposed-${county.short}`, { whole: false });
  if (county.first === 1) {
    const step = steps(system.page).filter({ hasText: '学校人员就位' });
    await step.getByText(`已提出 ${2 * count} 个岗位，等待安全管理员（李安全）授予。`).waitFor();
    expect(await step.textContent()).not.toContain('这一步');
  }

  await returns(security);
  const link = await grants(security, 2 * count, names[0]);
  await security.acts.press(button(security.page, '打印交接单'));
  const other = await linkOf(security.page, names[1]);
  const handed = new Map<string, { link: string; code: string }>([
    [names[0], { link, code: codes[0] }],
    [names[1], { link: other, code: codes[1] }],
  ]);
  return { of: (name: string) => handed.get(name)! };
}
