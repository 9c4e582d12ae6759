import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';

const school = { name: '洛江区上坂镇霞都小学', head: 'head-2135990111' };
const title = '操场围栏破损';
/** Three parts, so that the line can break between two of them. */
const size = 18 * 1024 * 1024;

let browser: TestBrowser;
const folder = mkdtempSync(path.join(tmpdir(), 'dudao-proof-'));
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const wide = { width: 1440, height: 900 };
const confirmed = (page: Page, verb: string) =>
  page.getByRole('dialog').getByRole('button', { name: verb, exact: true });
const proofs = (page: Page) => page.getByRole('region', { name: '佐证材料' });

async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settled(page);
}

it('an item of the plan counts a finding that the city sends out, a school proves over a broken line, and the city closes', async () => {
  const city = await newPage(await browser.as('city'));
  await city.setViewportSize(wide);
  const complaints = complaintsOf(city);

  // The plan, with an item that the ledger counts.
  await city.goto('/work-plans?drafting=true');
  await city.getByLabel('种类').selectOption('市级工作要点');
  await city.getByLabel('年度', { exact: true }).last().fill('2032');
  await city.getByLabel('计划全文').fill('一、问题整改\n1.督促洛江区按期销号，年底前完成。\n');
  await city.getByRole('button', { name: '识别任务' }).click();
  await city.getByRole('button', { name: '单位与期限，第 1 项任务' }).click();
  await city.getByRole('button', { name: '自动计算进度' }).click();
  await city.getByLabel('进度依据').selectOption('问题整改（全部销号）');
  const schoolYear = await city.getByLabel('学年', { exact: true }).last().inputValue();
  await city.getByText('1 项任务 · 已保存').waitFor();
  await city.getByRole('button', { name: '印发', exact: true }).click();
  await confirmed(city, '印发').click();
  await city.getByRole('button', { name: '增补任务' }).waitFor();
  const planAddress = new URL(city.url()).pathname;
  const counted = async () => {
    const reply = await city.request.get(`/api${planAddress}`);
    const { items } = await reply.json();
    return items[0].count as { done: number; total: number };
  };
  const before = await counted();
  await city.getByText(`${before.done} / ${before.total}`, { exact: true }).first().waitFor();

  // The finding, sent to the school.
  await city.goto('/findings?entering=true');
  const entry = city.getByRole('dialog');
  await entry.getByRole('textbox', { name: '问题', exact: true }).fill(title);
  await entry.getByRole('combobox', { name: '责任主体' }).fill(school.name);
  await city.getByRole('option', { name: new RegExp(school.name) }).click();
  await entry.getByLabel('类别').selectOption({ index: 1 });
  await entry.getByLabel('发现日期').fill(`${schoolYear}-09-01`);
  await confirmed(city, '录入问题').click();
  await city.getByRole('heading', { level: 1, name: title }).waitFor();
  const finding = new URL(city.url()).pathname;
  await city.getByRole('button', { name: '下发', exact: true }).click();
  await confirmed(city, '下发').click();
  await city.getByText('已下发，完成时限').waitFor();

  // The school plans, proves while the line breaks, and reports.
  const head = await newPage(await browser.as(school.head));
  await head.setViewportSize(wide);
  await openAt(head, finding);
  expect(await proofs(head).getByRole('button', { name: '选择文件', exact: true }).count()).toBe(0);
  await head.getByRole('button', { name: '制定整改措施' }).click();
  await head.getByLabel('措施', { exact: true }).fill('更换破损围栏并每日巡查');
  await confirmed(head, '保存整改措施').click();
  await proofs(head).getByRole('button', { name: '选择文件', exact: true }).waitFor();
  let parts = 0;
  await head.route('**/files/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    parts += 1;
    return parts === 2 ? route.abort('connectionfailed') : route.continue();
  });
  const file = path.join(folder, '更换围栏.bin');
  writeFileSync(file, randomBytes(size));
  await proofs(head).getByLabel('文件（选择文件）').setInputFiles(file);
  await proofs(head).getByRole('button', { name: '下载更换围栏.bin' }).waitFor();
  expect(parts).toBeGreaterThan(3);
  await settled(head);
  expect(await faultsAt(head, 'phone', 'finding-proof')).toEqual([]);
  expect(await faultsAt(head, 'desktop', 'finding-proof')).toEqual([]);
  await head.setViewportSize(wide);
  await head.getByRole('button', { name: '报告整改完成' }).click();
  await head.getByLabel('整改情况').fill('围栏已更换，安排专人巡查。');
  await confirmed(head, '报告整改完成').click();
  await head.getByText('已报告，等待核查').waitFor();
  // What was reported stays as it was reported.
  await proofs(head).getByRole('button', { name: '选择文件', exact: true }).waitFor({ state: 'detached' });
  expect(await proofs(head).getByRole('button', { name: /^移除/ }).count()).toBe(0);

  // The city looks at the proof, checks and closes; the plan counts it.
  await openAt(city, finding);
  await proofs(city).getByRole('button', { name: '下载更换围栏.bin' }).waitFor();
  await city.getByRole('button', { name: '核查通过', exact: true }).click();
  await city.getByRole('button', { name: '销号', exact: true }).click();
  await confirmed(city, '销号').click();
  await city.getByText('已销号').first().waitFor();
  await proofs(city).getByRole('button', { name: '选择文件', exact: true }).waitFor({ state: 'detached' });
  expect(await faultsAt(city, 'phone', 'finding-closed')).toEqual([]);
  expect(await faultsAt(city, 'desktop', 'finding-closed')).toEqual([]);
  await city.setViewportSize(wide);
  await openAt(city, planAddress);
  await city
    .getByText(`${before.done + 1} / ${before.total + 1}`, { exact: true })
    .first()
    .waitFor();

  // A note tells more of it, with its file.
  await city.getByRole('button', { name: '查看任务 1 的依据和记录' }).click();
  await city.getByRole('button', { name: '记录落实情况' }).click();
  await city.getByRole('textbox', { name: '落实情况' }).fill('已到校复核围栏。');
  await confirmed(city, '记录').click();
  await city.getByRole('button', { name: '附上文件' }).click();
  const noted = city.getByRole('region', { name: /记录的附件$/ });
  const minutes = path.join(folder, '复核记录.txt');
  writeFileSync(minutes, '围栏牢固。');
  await noted.getByLabel('文件（选择文件）').setInputFiles(minutes);
  await noted.getByRole('button', { name: '下载复核记录.txt' }).waitFor();
  expect(await faultsAt(city, 'phone', 'plan-note-files')).toEqual([]);
  expect(await faultsAt(city, 'desktop', 'plan-note-files')).toEqual([]);
  // The client asks first whether the server holds a part of the file, and the browser notes the answer.
  expect(complaints.filter((one) => !/404 \(Not Found\) \(\S+\/api\/uploads\//.test(one))).toEqual([]);
});
