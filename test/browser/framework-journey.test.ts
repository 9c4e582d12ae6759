import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('an edition is walked by keyboard, and tried out by the data of a county with its trace and conclusion', async () => {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto('/frameworks/county-inspection-sample?node=C16');
  await page.getByRole('heading', { level: 2, name: /^C16/ }).waitFor();
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 2, name: /^C17/ }).waitFor();
  expect(new URL(page.url()).searchParams.get('node')).toBe('C17');
  await page.getByRole('link', { name: '试算' }).click();
  await page.getByLabel('取哪个单位的数据').selectOption('鲤城区');
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: '试算结果' }).waitFor();
  await page.getByRole('treeitem', { name: /^C28/ }).click();
  await page.getByRole('heading', { level: 2, name: '得分 1 / 1' }).waitFor();
  await page.getByText('由系统取数', { exact: true }).waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
  await keepPicture(page, 'framework-trial-result');
  // What is typed counts before what is known, and the total follows.
  await page.getByLabel('数值（生/师）').fill('30');
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: '得分 0 / 1' }).waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

it('an edition with unknown points is copied, completed cell by cell and refused until nothing is unknown', async () => {
  const page = await newPage(await browser.as('city'));
  await page.goto('/frameworks/kindergarten-conduct-jiangxi');
  await page.getByText(/^官方文本（不全）/).waitFor();
  await page.getByRole('button', { name: '复制并补全' }).click();
  await page.getByText(/^样本，非官方文本。由泉州市补全/).waitFor();
  await page.getByRole('textbox', { name: '佐证材料' }).fill('办园许可证');
  // Walking in the tree keeps what was typed.
  await page.keyboard.press('Escape');
  await page.getByRole('treeitem').nth(1).click();
  await page.getByRole('button', { name: '保存 1 格' }).click();
  await page.getByText('已保存').first().waitFor();
  // While something is open the page leads there, and asks for no words about a publication.
  await page.getByRole('button', { name: /^补全 \d+ 处$/ }).click();
  expect(await page.getByRole('button', { name: '发布' }).count()).toBe(0);
  await page.getByRole('button', { name: '本市不采用' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: '本市不采用' }).click();
  await page.getByText('已记下本市不采用').waitFor();
  await page.close();
});
