import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  newPage,
  openBrowser,
  seriousFaults,
  settled,
  sidewaysScroll,
  type TestBrowser,
} from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';
import { pdfOf } from '../support/product/pdf-made.ts';
import { draftSchool } from '../support/product/sample-schools.ts';
import { bookOf, rowsXml, sheetXml, zipOf } from '../support/workbook/workbook-file.ts';

const { code, clerk } = draftSchool;
let browser: TestBrowser;
let filing: string;
const folder = mkdtempSync(path.join(tmpdir(), 'dudao-chosen-'));
beforeAll(async () => {
  browser = await openBrowser();
  const county = await browser.as('officer-350504');
  const found = await (await county.request.get(`/api/filings?search=${code}`)).json();
  filing = found.rows[0].id;
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string, bytes: Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const files = (page: Page) => page.getByRole('region', { name: '佐证材料' });
const choose = (page: Page, file: string) => files(page).getByLabel('文件（选择文件）').setInputFiles(file);

async function openForm(page: Page): Promise<void> {
  await page.goto(`/filings/${filing}`);
  await files(page).getByRole('button', { name: '选择文件', exact: true }).waitFor();
}

it('a clerk attaches files over a line that breaks, looks at them, takes one off and back; who reviews sees them', async () => {
  const context = await browser.as(clerk);
  const page = await newPage(context);
  await openForm(page);
  await choose(page, fileOf('操场照片.png', dot));
  await files(page).getByRole('button', { name: '操场照片.png', exact: true }).waitFor();

  // The line breaks after the first part of three.
  let parts = 0;
  await page.route('**/files/uploads/*', (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    parts += 1;
    return parts > 1 && parts < 4 ? route.abort('connectionfailed') : route.continue();
  });
  await choose(page, fileOf('活动录像.bin', randomBytes(18 * 1024 * 1024)));
  await files(page).getByText('活动录像.bin', { exact: true }).waitFor();
  await files(page).getByRole('button', { name: '下载活动录像.bin' }).waitFor();
  expect(parts).toBeGreaterThan(4);

  await files(page).getByRole('button', { name: '操场照片.png', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const picture = dialog.getByRole('img', { name: '操场照片.png' });
  await picture.waitFor();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
  expect(await faultsAt(page, 'desktop', 'file-preview')).toEqual([]);
  await page.keyboard.press('Escape');
  const opener = files(page).getByRole('button', { name: '操场照片.png', exact: true });
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);

  await files(page).getByRole('button', { name: '移除操场照片.png' }).click();
  await page.getByText('已移除“操场照片.png”').waitFor();
  await files(page).getByRole('button', { name: '操场照片.png', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '撤销', exact: true }).last().click();
  await files(page).getByRole('button', { name: '操场照片.png', exact: true }).waitFor();

  await choose(page, fileOf('名为图片.png', Buffer.from('<html><script>1</script></html>')));
  await files(page).getByText('与扩展名 .png 不符').waitFor();

  // What shows children says for what, until when and for whom, and its period can be shortened.
  await files(page).getByLabel('涉及未成年人的影像或声音').check();
  await files(page).getByLabel('用途').fill('核实活动开展');
  await files(page).getByLabel('仅上传人和审核人员').check();
  await choose(page, fileOf('合唱.bin', randomBytes(2000)));
  await files(page).getByText('仅上传人和审核人员可以打开').waitFor();
  await files(page).getByRole('button', { name: '调整合唱.bin的保存期' }).click();
  const terms = page.getByRole('dialog').getByLabel('保存期', { exact: true });
  const shorter = (await terms.locator('option', { hasText: '6 个月' }).textContent())!;
  await terms.selectOption(shorter);
  await settled(page);
  expect(await faultsAt(page, 'phone', 'file-period')).toEqual([]);
  expect(await faultsAt(page, 'desktop', 'file-period')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: '缩短保存期' }).click();
  const question = page.getByRole('dialog', { name: /保存期缩短到/ });
  await question.getByLabel('缩短原因').fill('活动已经核实');
  await settled(page);
  expect(await faultsAt(page, 'phone', 'file-shortened')).toEqual([]);
  await question.getByRole('button', { name: '缩短保存期' }).click();
  await files(page)
    .getByText(`保存到 ${/\d{4}-\d\d-\d\d/.exec(shorter)![0]}`)
    .waitFor();
  await settled(page);
  expect(await faultsAt(page, 'phone', 'file-list')).toEqual([]);
  expect(await faultsAt(page, 'desktop', 'file-list')).toEqual([]);

  // What came without a mark is marked where it hangs, and the preview says so.
  expect(await files(page).getByLabel('涉及未成年人的影像或声音').isChecked()).toBe(false);
  await files(page).getByRole('button', { name: '标明操场照片.png涉及未成年人' }).click();
  await page.getByRole('dialog').getByLabel('用途').fill('核实操场改造');
  await settled(page);
  for (const size of ['phone', 'desktop'] as const) expect(await faultsAt(page, size, 'file-mark')).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: '标明', exact: true }).click();
  await files(page).getByText('用途：核实操场改造').waitFor();
  await opener.click();
  await dialog.getByText('用途：核实操场改造').waitFor();
  await settled(page);
  for (const size of ['phone', 'desktop'] as const) expect(await faultsAt(page, size, 'file-marked')).toEqual([]);
  await page.keyboard.press('Escape');

  const county = await newPage(await browser.as('director-350504'));
  await county.goto(`/filings/${filing}`);
  await files(county).getByRole('button', { name: '操场照片.png', exact: true }).waitFor();
  expect(await files(county).getByLabel('文件（选择文件）').count()).toBe(0);
  expect(await files(county).getByRole('button', { name: /^移除/ }).count()).toBe(0);
});

it('an upload goes on after the page was loaded anew, with the same file and no other', async () => {
  const page = await newPage(await browser.as(clerk));
  const chosen = fileOf('断点.bin', randomBytes(20 * 1024 * 1024));
  await openForm(page);
  let parts = 0;
  await page.route('**/files/uploads/*', (route) => {
    if (route.request().method() === 'PATCH') parts += 1;
    return parts > 1 ? route.abort('connectionfailed') : route.continue();
  });
  await choose(page, chosen);
  await files(page).getByText('网络断开，恢复后自动继续').waitFor();
  await page.unroute('**/files/uploads/*');
  page.on('dialog', (asked) => void asked.accept());
  await page.reload();
  const goOn = files(page).getByLabel('文件（再选一次同一个文件，从 40% 继续）');
  await goOn.waitFor({ state: 'attached' });
  await goOn.setInputFiles(fileOf('别的.bin', Buffer.from('x')));
  await page.getByText('选的不是“断点.bin”').waitFor();
  const offsets: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset'] ?? '');
  });
  await goOn.setInputFiles(chosen);
  await files(page).getByRole('button', { name: '下载断点.bin' }).waitFor();
  expect(offsets[0]).toBe(String(8 * 1024 * 1024));

  // One that is given up while it runs goes from the page and from the server, and asks nothing that is not there.
  const missed: string[] = [];
  page.on('response', (response) => {
    if (response.status() === 404) missed.push(response.url());
  });
  parts = 0;
  await page.route('**/files/uploads/*', (route) => {
    if (route.request().method() === 'PATCH') parts += 1;
    return parts > 1 ? route.abort('connectionfailed') : route.continue();
  });
  await choose(page, fileOf('不传了.bin', randomBytes(9 * 1024 * 1024)));
  const line = files(page).getByRole('list', { name: '正在传送的文件' }).getByRole('listitem');
  await line.getByText('网络断开，恢复后自动继续').waitFor();
  await page.unroute('**/files/uploads/*');
  const discarded = page.waitForResponse((response) => response.request().method() === 'DELETE');
  await line.getByRole('button', { name: '取消', exact: true }).click();
  await line.waitFor({ state: 'detached' });
  expect((await discarded).status()).toBe(204);
  const left = await (await page.request.get('/api/uploads')).json();
  expect(left.rows.map(({ name }: { name: string }) => name)).not.toContain('不传了.bin');
  expect(missed).toEqual([]);
});

it('a PDF is read in the page, page by page, and nothing in it runs', async () => {
  const page = await newPage(await browser.as(clerk));
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await openForm(page);
  const script = "app.alert\\('1'\\); this.exportValue = 1;";
  for (const [name, bytes] of [
    ['督导方案.pdf', pdfOf({ pages: ['督导方案', '第二部分', '附件'], script })],
    ['加密.pdf', pdfOf({ pages: ['密'], locked: true })],
    ['残缺.pdf', Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog')],
  ] as const) {
    await choose(page, fileOf(name, bytes));
    await files(page).getByRole('button', { name, exact: true }).waitFor();
  }
  await files(page).getByRole('button', { name: '督导方案.pdf', exact: true }).click();
  const frame = page.frameLocator('iframe[title="PDF 文档：督导方案.pdf"]');
  const first = frame.getByRole('region', { name: '第 1 页', exact: true });
  await first.getByText('督导方案', { exact: true }).waitFor({ state: 'attached' });
  await expect
    .poll(() => first.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width))
    .toBeGreaterThan(300);
  await frame.getByText('共 3 页').waitFor();

  const width = await first.evaluate((section) => section.clientWidth);
  await frame.getByRole('button', { name: '放大' }).click();
  await expect.poll(() => first.evaluate((section) => section.clientWidth)).toBeGreaterThan(width * 1.2);
  await frame.getByRole('button', { name: '下一页' }).click();
  await expect.poll(() => frame.getByLabel('页码').inputValue()).toBe('2');
  await frame.getByRole('main').press('ArrowLeft');
  await expect.poll(() => frame.getByLabel('页码').inputValue()).toBe('1');

  const inside = page.frames().find((one) => one.url().endsWith('/files/viewer/'))!;
  for (const size of ['desktop', 'phone'] as const) {
    expect(await faultsAt(page, size, 'file-pdf')).toEqual([]);
    expect(await seriousFaults(inside, { contrast: true })).toEqual([]);
    expect((await sidewaysScroll(inside)).because).toEqual([]);
  }
  // It has no origin of ours, and reaches nothing.
  expect(await inside.evaluate(() => window.origin)).toBe('null');
  expect(
    await inside.evaluate(() =>
      fetch('/api/session').then(
        () => 'answered',
        () => 'refused',
      ),
    ),
  ).toBe('refused');

  for (const [name, sentence] of [
    ['加密.pdf', '有打开密码'],
    ['残缺.pdf', '已损坏或不完整'],
  ] as const) {
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
    await files(page).getByRole('button', { name, exact: true }).click();
    await page.frameLocator('iframe').getByText(sentence).waitFor();
  }
  expect(asked).toEqual([]);
});

it('a Word document and a workbook are read in the page as their text, and a damaged one is only saved', async () => {
  const page = await newPage(await browser.as(clerk));
  await openForm(page);
  const space = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>';
  const word = (body: string) =>
    Buffer.from(
      zipOf([
        { name: 'word/document.xml', content: `<w:document xmlns:w="${space}"><w:body>${body}</w:body></w:document>` },
        {
          name: 'word/numbering.xml',
          content: `<w:numbering xmlns:w="${space}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
        },
      ]),
    );
  const report = word(
    `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run('整改报告')}</w:p><w:p>${item}${run('清理通道')}</w:p>` +
      `<w:p>${item}${run('&lt;img src=x onerror=alert(1)&gt;')}</w:p>` +
      `<w:tbl><w:tr><w:tc><w:p>${run('灭火器')}</w:p></w:tc><w:tc><w:p>${run('12')}</w:p></w:tc></w:tr></w:tbl>`,
  );
  const book = Buffer.from(
    bookOf({ sheets: [{ xml: sheetXml(rowsXml([['设备', 7]])) }, { xml: sheetXml(rowsXml([['=1+1', '校舍']])) }] }),
  );
  for (const [name, bytes] of [
    ['整改报告.docx', report],
    ['清单.xlsx', book],
    ['残缺.docx', Buffer.from(zipOf([{ name: 'word/document.xml', content: '<w:document><w:body' }]))],
  ] as const) {
    await choose(page, fileOf(name, bytes));
    await files(page).getByRole('button', { name, exact: true }).waitFor();
  }
  const dialog = page.getByRole('dialog');
  const close = () => dialog.getByRole('button', { name: '关闭' }).click();
  await files(page).getByRole('button', { name: '整改报告.docx', exact: true }).click();
  await dialog.getByRole('heading', { name: '整改报告', exact: true }).waitFor();
  await dialog.getByText('（二）', { exact: true }).waitFor();
  await dialog.getByText('<img src=x onerror=alert(1)>', { exact: true }).waitFor();
  await dialog.getByRole('region', { name: '表格' }).getByText('灭火器').waitFor();
  expect(await dialog.locator('img, a, iframe, script').count()).toBe(0);
  for (const size of ['phone', 'desktop'] as const) expect(await faultsAt(page, size, 'file-word')).toEqual([]);
  await close();
  await files(page).getByRole('button', { name: '清单.xlsx', exact: true }).click();
  await dialog.getByText('设备', { exact: true }).waitFor();
  await dialog.getByRole('group', { name: '工作表' }).getByRole('button').nth(1).click();
  await dialog.getByText('=1+1', { exact: true }).waitFor();
  for (const size of ['phone', 'desktop'] as const) expect(await faultsAt(page, size, 'file-sheets')).toEqual([]);
  await close();
  await files(page).getByRole('button', { name: '残缺.docx', exact: true }).click();
  await dialog.getByText('请下载').waitFor();
  await dialog.getByRole('button', { name: '下载', exact: true }).waitFor();
});
