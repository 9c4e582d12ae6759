import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';

/** Its year 2024 was cancelled in the sample, so that it can be opened and walked through to its end. */
const county = { name: '永春县', officer: 'officer-350525', director: 'director-350525' };
const issue = /^永春县毓华学校（初中）办学条件未达标/;
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

/** Presses the verb of an act and confirms it. */
async function act(page: Page, verb: string): Promise<void> {
  await page.getByRole('button', { name: verb, exact: true }).click();
  await confirmed(page, verb).click();
}

it('a planned year of a county goes from the province’s figures over report, review and a proven measure to its look back', async () => {
  const [city, officer, director] = (await Promise.all(
    ['city', county.officer, county.director].map(async (name) => newPage(await browser.as(name))),
  )) as [Page, Page, Page];
  for (const page of [city, officer, director]) await page.setViewportSize(wide);
  const complaints = [city, officer, director].map(complaintsOf);

  // The plan, with an item that the tracking and the ledger of the year count.
  await city.goto('/work-plans?drafting=true');
  await city.getByLabel('种类').selectOption('市级工作要点');
  await city.getByLabel('年度', { exact: true }).last().fill('2032');
  await city.getByLabel('计划全文').fill(`一、均衡跟踪\n1.督促${county.name}完成均衡跟踪并按期销号，年底前完成。\n`);
  await city.getByRole('button', { name: '识别任务' }).click();
  await city.getByRole('button', { name: '单位与期限，第 1 项任务' }).click();
  for (const [at, kind] of ['均衡监测年度跟踪（已办结）', '问题整改（全部销号）'].entries()) {
    await city.getByRole('button', { name: '自动计算进度' }).click();
    await city.getByLabel('进度依据').nth(at).selectOption(kind);
    await city.getByLabel('学年', { exact: true }).last().selectOption('2024 学年');
  }
  await city.getByText('1 项任务 · 已保存').waitFor();
  await act(city, '印发');
  await city.getByRole('button', { name: '增补任务' }).waitFor();
  const planAddress = new URL(city.url()).pathname;
  const counted = async () => {
    const reply = await city.request.get(`/api${planAddress}`);
    const { items } = await reply.json();
    return items[0].count as { done: number; total: number };
  };
  const before = await counted();
  await city.getByText(`${before.done} / ${before.total}`, { exact: true }).first().waitFor();

  // The city opens the year, enters what the province published, and asks for the self-report.
  await openAt(city, '/tracking?year=2024');
  await act(city, '启动年度跟踪');
  await city.getByText('已为 1 个县（市、区）启动跟踪').waitFor();
  await openAt(city, '/tracking/figures?year=2024');
  await city.getByRole('table').getByText(county.name, { exact: true }).click();
  const entry = city.getByRole('dialog');
  await entry.getByLabel('文号').fill('闽教督〔2025〕3号');
  await entry.getByLabel('公布日期').fill('2025-03-31');
  await entry.getByLabel('来源').fill('附件 2 第 3 页');
  await entry.getByLabel('小学综合差异系数').fill('０．３１２');
  await confirmed(city, '录入数据').click();
  await entry.waitFor({ state: 'detached' });
  await openAt(city, '/tracking?year=2024');
  await city.getByRole('link', { name: county.name }).click();
  await city.getByRole('heading', { level: 1, name: new RegExp(county.name) }).waitFor();
  const track = new URL(city.url()).pathname;
  await act(city, '布置自评');
  await city.getByText('已布置，县级收到通知').waitFor();

  // The county explains, writes and passes on; what was typed last travels with it.
  await openAt(officer, track);
  await officer.getByRole('button', { name: '写明原因：小学综合差异系数' }).click();
  await officer.getByRole('dialog').getByLabel('原因').fill('省级计入教学点，本平台按标准不计入。');
  await confirmed(officer, '记下原因').click();
  await officer.getByRole('dialog').waitFor({ state: 'detached' });
  await officer.getByLabel('已采取的措施').fill('新建校舍两处。');
  await officer.getByLabel('自评结论').fill('达到基本均衡要求。');
  const passesOn = async () => {
    await officer.getByRole('button', { name: '送主任审核' }).click();
    await officer.getByText('已送审，数据已固定').waitFor();
    await openAt(director, track);
    await act(director, '提交自评报告');
    await director.getByText('已提交，等待市级复核').waitFor();
  };
  await passesOn();

  // The city sends it back once, the county mends it, the city accepts it.
  await openAt(city, track);
  await city.getByRole('button', { name: '退回', exact: true }).click();
  await city.getByRole('dialog').getByLabel('已采取的措施需要修改').check();
  await city.getByRole('dialog').getByLabel('退回原因').fill('写明完成时间');
  await confirmed(city, '退回').click();
  await city.getByText('已退回，县级收到通知').waitFor();
  await openAt(officer, track);
  await officer.getByText('写明完成时间').first().waitFor();
  await officer.getByLabel('已采取的措施').fill('新建校舍两处，九月启用。');
  await passesOn();
  await openAt(city, track);
  // The new round as a whole, and beside the returned one as what came in.
  await city
    .getByRole('definition')
    .filter({ hasText: /^新建校舍两处，九月启用。$/ })
    .waitFor();
  await city.getByRole('insertion').filter({ hasText: '新建校舍两处，九月启用。' }).waitFor();
  await city.getByRole('button', { name: '复核通过' }).click();
  await city.getByText('已复核通过').waitFor();

  // Of what the rules find one issue goes into the ledger.
  await city.getByRole('button', { name: '列出问题清单' }).click();
  const list = city.getByRole('dialog');
  await list.getByLabel(issue).waitFor();
  await list.getByRole('button', { name: '全不选' }).click();
  for (const box of await list.getByRole('checkbox').all()) expect(await box.isChecked()).toBe(false);
  await list.getByLabel(issue).check();
  await list.getByRole('button', { name: '转入 1 个问题' }).click();
  await city.getByRole('dialog').last().getByRole('button', { name: '转入 1 个问题' }).click();
  await city.getByText('1 个问题已转入整改台账').waitFor();
  // The page itself looks until the ledger has it: nobody loads it anew.
  await city.getByRole('link', { name: issue }).waitFor();
  await city.getByRole('row', { name: issue }).getByText('待下发').waitFor();
  expect(await faultsAt(city, 'phone', 'track-listed')).toEqual([]);
  expect(await faultsAt(city, 'desktop', 'track-listed')).toEqual([]);
  await city.setViewportSize(wide);
  await city.getByRole('link', { name: issue }).click();
  await city.getByRole('heading', { level: 1, name: issue }).waitFor();
  const finding = new URL(city.url()).pathname;
  await act(city, '下发');
  await city.getByText('已下发，完成时限').waitFor();

  // The county plans, proves while the line breaks, and reports.
  await openAt(officer, finding);
  expect(await proofs(officer).getByRole('button', { name: '选择文件', exact: true }).count()).toBe(0);
  await officer.getByRole('button', { name: '制定整改措施' }).click();
  await officer.getByLabel('措施', { exact: true }).fill('扩建两所学校的教学用房');
  await confirmed(officer, '保存整改措施').click();
  await proofs(officer).getByRole('button', { name: '选择文件', exact: true }).waitFor();
  let parts = 0;
  await officer.route('**/files/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    parts += 1;
    return parts === 2 ? route.abort('connectionfailed') : route.continue();
  });
  const file = path.join(folder, '校舍验收.bin');
  writeFileSync(file, randomBytes(size));
  await proofs(officer).getByLabel('文件（选择文件）').setInputFiles(file);
  await proofs(officer).getByRole('button', { name: '下载校舍验收.bin' }).waitFor();
  expect(parts).toBeGreaterThan(3);
  await settled(officer);
  expect(await faultsAt(officer, 'phone', 'finding-proof')).toEqual([]);
  expect(await faultsAt(officer, 'desktop', 'finding-proof')).toEqual([]);
  await officer.setViewportSize(wide);
  await officer.getByRole('button', { name: '报告整改完成' }).click();
  await officer.getByLabel('整改情况').fill('教学用房已扩建启用。');
  await confirmed(officer, '报告整改完成').click();
  await officer.getByText('已报告，等待核查').waitFor();
  // What was reported stays as it was reported.
  await proofs(officer).getByRole('button', { name: '选择文件', exact: true }).waitFor({ state: 'detached' });
  expect(await proofs(officer).getByRole('button', { name: /^移除/ }).count()).toBe(0);

  // The city looks at the proof, checks and closes the finding, then the year; the plan counts both.
  await openAt(city, finding);
  await proofs(city).getByRole('button', { name: '下载校舍验收.bin' }).waitFor();
  await city.getByRole('button', { name: '核查通过', exact: true }).click();
  await act(city, '销号');
  await city.getByText('已销号').first().waitFor();
  await proofs(city).getByRole('button', { name: '选择文件', exact: true }).waitFor({ state: 'detached' });
  expect(await faultsAt(city, 'phone', 'finding-closed')).toEqual([]);
  expect(await faultsAt(city, 'desktop', 'finding-closed')).toEqual([]);
  await city.setViewportSize(wide);
  await openAt(city, track);
  await city.getByRole('button', { name: '确认整改完成' }).click();
  await city.getByText('已确认整改完成').waitFor();
  await act(city, '办结本年度');
  await city.getByRole('button', { name: '办结本年度' }).waitFor({ state: 'detached' });
  await openAt(city, planAddress);
  await city
    .getByText(`${before.done + 2} / ${before.total + 1}`, { exact: true })
    .first()
    .waitFor();

  // The next year looks back on it, and finds the same again.
  await openAt(officer, track);
  await officer.getByRole('link', { name: '2025 学年' }).click();
  const lookBack = officer.getByRole('table', { name: '上年问题' });
  await lookBack.getByRole('link', { name: issue }).waitFor();
  await lookBack.getByText('再次出现', { exact: true }).waitFor();

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
  // The client asks first whether the server holds a part of the file, and the browser notes the answer and the broken line.
  const expected = /404 \(Not Found\) \(\S+\/api\/uploads\/|ERR_CONNECTION_FAILED \(\S+\/files\/uploads\//;
  expect(complaints.flat().filter((one) => !expected.test(one))).toEqual([]);
});
