import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a plan is pasted, split by the keyboard, saved by itself, and issued after a second question', async () => {
  const page = await newPage(await browser.as('director-350504'));
  const complaints = complaintsOf(page);
  await page.goto('/work-plans?drafting=true');
  await page.getByLabel('种类').selectOption('优质均衡年度推进计划');
  await page.getByLabel('年度', { exact: true }).last().fill('2031');
  await page.getByLabel('计划全文').fill('一、补短板\n1.补齐教师，6月底前完成。\n2.改造校舍，年底前完成。\n');
  await page.getByRole('button', { name: '识别任务' }).click();
  const first = page.getByLabel('第 1 项任务', { exact: true });
  await first.waitFor();
  await page.getByText('2031-06-30 前').waitFor();

  // Behind 补齐教师，
  await first.press('Control+Home');
  for (let step = 0; step < 5; step += 1) await first.press('ArrowRight');
  await first.press('Control+Enter');
  const second = page.getByLabel('第 2 项任务', { exact: true });
  await expect.poll(() => second.inputValue()).toBe('6月底前完成。');
  await page.getByText('3 项任务 · 已保存').waitFor();
  await page.reload();
  await expect.poll(() => second.inputValue()).toBe('6月底前完成。');
  await second.press('Control+ArrowUp');
  await page.getByText('2 项任务 · 已保存').waitFor();
  await settled(page);
  expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);

  // Left at once after the last letter: it goes up all the same.
  await first.fill('补齐教师和教研员，6月底前完成。');
  await page.getByRole('link', { name: '首页' }).first().click();
  await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
  await page.goBack();
  await expect.poll(() => first.inputValue()).toBe('补齐教师和教研员，6月底前完成。');

  // Two windows of one person: the later one shows both, and what was typed there is not lost.
  const other = await newPage(page.context());
  await other.goto(page.url());
  const theirs = other.getByLabel('第 2 项任务', { exact: true });
  await theirs.fill('改造校舍和食堂，年底前完成。');
  await other.getByText('2 项任务 · 已保存').waitFor();
  await first.fill('补齐教师、教研员，6月底前完成。');
  const choice = page.getByRole('alert', { name: '草稿在别处另存过' });
  await choice.getByText('改造校舍和食堂，年底前完成。').waitFor();
  await choice.getByText(/^您已在另一个窗口于 .+ 修改这份草稿，/).waitFor();
  await choice.getByRole('button', { name: '用这里的，替换那边的' }).click();
  await page.getByText('2 项任务 · 已保存').waitFor();
  await choice.waitFor({ state: 'hidden' });
  await other.reload();
  await expect
    .poll(() => other.getByLabel('第 1 项任务', { exact: true }).inputValue())
    .toBe('补齐教师、教研员，6月底前完成。');
  await expect.poll(() => theirs.inputValue()).toBe('改造校舍，年底前完成。');
  await other.close();
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !/409/.test(one)));

  await page.getByRole('button', { name: '印发', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '印发' }).click();
  await page.getByRole('button', { name: '增补任务' }).waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
