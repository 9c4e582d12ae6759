import exceljs from 'exceljs';
import type { Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, desktop, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';
import { missingSchool } from '../support/product/sample-schools.ts';

/** A school of 洛江区 in the sample that has not begun, and the people who work on its filing. */
const school = missingSchool;
const [officer, director] = ['officer-350504', 'director-350504'];

let browser: TestBrowser;
const complaints: string[][] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The desk of one person, at its home page. */
async function deskOf(username: string): Promise<Page> {
  const page = await newPage(await browser.as(username));
  complaints.push(complaintsOf(page));
  await page.goto('/');
  await settled(page);
  return page;
}

async function follow(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('link', { name }).first().click();
  await settled(page);
}

it('a faulty workbook, its correction, two fields returned, the approval: and the county page changes', async () => {
  const county = await deskOf(director);
  await follow(county, '均衡监测');
  const before = await balanceOf(county);
  expect(before.owing).toContain(school.name);

  // The school fills the real template with last year's values, three slips, a number in full-width digits, and a gap.
  const clerk = await deskOf(school.clerk);
  await follow(clerk, '数据填报');
  await clerk.getByRole('heading', { level: 1, name: school.name }).waitFor();
  await follow(clerk, 'Excel 导入');
  const template = await Template.from(await download(clerk, /^下载.*模板$/));
  for (const field of template.fields) template.enter(field, template.lastYear(field));
  template.enter('小学班级数', '约十二个');
  template.enter('室内体育用房面积', Number(template.lastYear('教学及辅助用房面积')) + 1000);
  template.enter('计算机台数', '１２台');
  template.enter('网络多媒体教室数', fullWidth(template.lastYear('网络多媒体教室数')));
  template.enter('图书册数', null);
  await upload(clerk, template);

  // The product names every slip by its cell and the value in it; nothing can be written.
  const slips = ['小学班级数', '室内体育用房面积', '计算机台数'];
  for (const field of slips) {
    const line = clerk
      .getByRole('row')
      .filter({ hasText: template.address(field) })
      .first();
    expect(await line.textContent()).toContain(String(template.entered(field)));
  }
  await clerk.getByText('1 个单元格用了全角数字，已按数字读取').waitFor();
  expect(await clerk.getByRole('button', { name: /^全部写入/ }).isDisabled()).toBe(true);
  expect(await filledOf(clerk)).toBe(0);

  // The workbook comes back with those cells marked, both sides of a joint rule included. Corrected there, it is taken
  // whole.
  const marked = await Template.from(await download(clerk, '下载标注后的表格'));
  expect(marked.noted().sort()).toEqual([...slips, '教学及辅助用房面积'].sort());
  for (const field of slips) marked.enter(field, marked.lastYear(field));
  await upload(clerk, marked);
  const cells = marked.fields.length - 1;
  await clerk.getByRole('button', { name: `全部写入 ${cells} 格` }).click();
  await clerk.getByText(`已写入 1 所学校的 ${cells} 格`).waitFor();

  // The gap is filled in the form: books rose by 60 %, a doubt that needs a sentence. The clerk fills, the head
  // submits.
  await follow(clerk, '返回填报表');
  await clerk.getByText('还有 1 项没有填').first().waitFor();
  const books = Number(marked.lastYear('图书册数'));
  await clerk.getByRole('textbox', { name: '图书册数' }).fill(String(Math.round(books * 1.6)));
  await clerk.getByRole('textbox', { name: '图书册数' }).press('Tab');
  await saved(clerk);
  await explainDoubts(clerk, '省里统一配送图书一批，账册可查。');
  await clerk.getByText('已填齐，请校长提交').waitFor();
  // The clerk's list empties by her own act.
  await clerk.goto('/');
  await settled(clerk);
  await clerk.getByText('份已填齐，请校长提交').waitFor();
  const head = await deskOf(school.head);
  await submit(head);

  // The county returns two fields with a reason.
  const review = await deskOf(officer);
  await follow(review, /去审核/);
  await openInQueue(review);
  await review.keyboard.press('r');
  await review.getByRole('checkbox', { name: '退回 图书册数' }).last().check();
  await review.getByRole('checkbox', { name: '退回 计算机台数' }).check();
  await review.getByRole('checkbox', { name: '疑似单位或位数有误，请核对' }).check();
  await review.getByRole('textbox', { name: '补充说明' }).fill('配送清单与账册不符');
  await review.getByRole('button', { name: '退回 2 项' }).click();
  await review.getByText(`已退回：${school.name}`).waitFor();

  // Exactly these two can be corrected.
  await clerk.goto('/');
  await settled(clerk);
  await follow(clerk, /去修改/);
  await clerk.getByText('疑似单位或位数有误，请核对；配送清单与账册不符').waitFor();
  const open = clerk.locator('[data-input]');
  expect(await open.evaluateAll((inputs) => inputs.map((input) => (input as HTMLElement).dataset.input))).toEqual([
    '计算机台数',
    '图书册数',
  ]);
  await open.nth(0).fill(String(Number(marked.lastYear('计算机台数')) + 1));
  await open.nth(0).press('Tab');
  await saved(clerk);
  // The head corrects the other and submits at once: the text typed last is submitted too.
  await head.goto('/');
  await settled(head);
  await follow(head, '数据填报');
  await head.getByRole('textbox', { name: '图书册数' }).fill(String(books + 20));
  await head.getByRole('button', { name: '提交县级审核' }).click();
  await head.getByText('已提交，等待审核').first().waitFor();

  // The officer looks at it once more and leaves it to the director with a line, by the key H.
  await review.goto('/filings/review?checked=no');
  await settled(review);
  await openInQueue(review);
  await review.getByRole('textbox', { name: '给批准人的话（可不填）' }).fill('两项已核对账册');
  await review.getByRole('heading', { level: 2 }).first().click();
  await review.keyboard.press('h');
  await review.getByText(`已核过：${school.name}`).waitFor();

  // The director approves, the job computes, and the county page shows one school more.
  await county.goto('/filings/review?checked=yes');
  await settled(county);
  await openInQueue(county);
  await county
    .getByText(/已核过：两项已核对账册/)
    .first()
    .waitFor();
  // What came of the return stands before the form, and the way to it as one story behind a link.
  const sinceReturn = county.getByRole('region', { name: '自上次退回以来' });
  const shown = (value: number) => value.toLocaleString('en-US');
  const rows = sinceReturn.getByRole('row');
  await rows.nth(2).waitFor();
  expect((await rows.allTextContents()).join('\n')).toContain(`${shown(Math.round(books * 1.6))}${shown(books + 20)}`);
  expect(await rows.count()).toBe(3);
  await keepPicture(county, 'timeline/review-since-return');
  await follow(county, '经过');
  const story = county.locator('main').getByRole('listitem');
  await story.filter({ hasText: '导入' }).getByText(`${cells} 项`).waitFor();
  for (const size of ['desktop', 'phone'] as const) {
    expect(await faultsAt(county, size, 'timeline/history')).toEqual([]);
  }
  await county.setViewportSize(desktop);
  await county.getByRole('combobox', { name: '只看' }).selectOption({ label: '导入（1）' });
  await settled(county);
  expect(new URL(county.url()).searchParams.get('kind')).toBe('import');
  await county.goBack();
  await settled(county);
  await county.getByRole('button', { name: /^批准/ }).last().click();
  await county.getByText(`已批准：${school.name}`).waitFor();
  await expect
    .poll(
      async () => {
        await county.goto('/balance/county');
        await settled(county);
        return (await balanceOf(county)).missing;
      },
      { interval: 500 },
    )
    .toBe(before.missing - 1);
  const after = await balanceOf(county);
  expect(after.owing).not.toContain(school.name);
  expect(after.run).not.toBe(before.run);
  expect(complaints.flat()).toEqual([]);
});

/** What the county's balance page says: how many schools are missing, which ones, and which run it shows. */
async function balanceOf(page: Page) {
  await settled(page);
  const owing = page.getByRole('region', { name: /^缺 \d+ 所/ }).or(page.locator('section', { hasText: /^缺 \d+ 所/ }));
  const title = await owing.first().textContent();
  const run = await page.locator('header', { has: page.locator('h1') }).textContent();
  return { missing: Number(/缺报 (\d+) 所/.exec(run ?? '')?.[1]), owing: title, run };
}

/** The digits as a Chinese input method writes them. */
function fullWidth(value: exceljs.CellValue): string {
  return String(value).replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}

async function filledOf(page: Page): Promise<number> {
  const reply = await page.request.get('/api/filings');
  return ((await reply.json()) as { rows: Array<{ filled: number }> }).rows[0]?.filled ?? Number.NaN;
}

async function submit(page: Page): Promise<void> {
  await follow(page, '数据填报');
  await page.getByRole('button', { name: '提交县级审核' }).click();
  await page.getByText('已提交，等待审核').first().waitFor();
}

async function openInQueue(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '待办理的填报' }).getByRole('button', { name: school.name }).click();
  await page.getByRole('heading', { level: 2, name: school.name }).waitFor();
  await settled(page);
}

/** Waits until the server has what was typed. */
async function saved(page: Page): Promise<void> {
  await page.getByText(/^↑ 正在保存/).waitFor({ state: 'hidden' });
  await page.getByText(/^✓ 已保存/).waitFor();
}

/** Writes the same sentence under every doubt that has none, and waits until the server has it. */
async function explainDoubts(page: Page, sentence: string): Promise<void> {
  const boxes = page.getByRole('textbox', { name: '说明', exact: true });
  const count = await boxes.count();
  expect(count).toBeGreaterThan(0);
  for (let at = 0; at < count; at += 1) {
    await boxes.nth(at).fill(sentence);
    await boxes.nth(at).blur();
  }
  await saved(page);
}

async function download(page: Page, verb: string | RegExp): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: verb }).click()]);
  return file;
}

async function upload(page: Page, template: Template): Promise<void> {
  await page.getByLabel('Excel 文件', { exact: true }).setInputFiles({
    name: '填报表.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await template.bytes(),
  });
  await page.getByRole('heading', { name: /^3/ }).waitFor();
  await settled(page);
}

/**
 * The product's own template for one school, as Excel opens it: one field a row, last year's value in D, this year's in
 * E.
 */
class Template {
  readonly #book: exceljs.Workbook;
  readonly #rows = new Map<string, number>();

  private constructor(book: exceljs.Workbook) {
    this.#book = book;
    this.#sheet.eachRow((row, index) => {
      if (index > 3) this.#rows.set(String(row.getCell(2).value), index);
    });
  }

  static async from(file: Download): Promise<Template> {
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(await file.path());
    return new Template(book);
  }

  get #sheet(): exceljs.Worksheet {
    return this.#book.getWorksheet('填报表') as exceljs.Worksheet;
  }

  get fields(): string[] {
    return [...this.#rows.keys()];
  }

  #cell(field: string, column: 4 | 5): exceljs.Cell {
    return this.#sheet.getCell(this.#rows.get(field) as number, column);
  }

  lastYear(field: string): exceljs.CellValue {
    return this.#cell(field, 4).value;
  }

  enter(field: string, value: exceljs.CellValue): void {
    this.#cell(field, 5).value = value;
  }

  entered(field: string): exceljs.CellValue {
    return this.#cell(field, 5).value;
  }

  /** The name as the preview shows it. */
  address(field: string): string {
    return `填报表!${this.#cell(field, 5).address}`;
  }

  /** Fields whose cell carries a note. */
  noted(): string[] {
    return this.fields.filter((field) => this.#cell(field, 5).note !== undefined);
  }

  async bytes(): Promise<Buffer> {
    return Buffer.from(await this.#book.xlsx.writeBuffer());
  }
}
