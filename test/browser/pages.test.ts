import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crampedAt200, hasBeginning } from '#test/support/browser/zoomed-room.ts';
import { desks } from '#web/desk/desks.ts';
import type { AnyDesk } from '#web/shared/desk/desk.ts';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture, pictures, type Size } from '../support/browser/look.ts';
import { Tabs } from '../support/browser/tabs.ts';
import { readPdf } from '../support/product/pdf-pages.ts';
import { entranceVisits, type FirstRow, otherVisits, type Visit, visits } from './visits.ts';

let browser: TestBrowser;
let tabs: Tabs;
beforeAll(async () => {
  browser = await openBrowser();
  tabs = new Tabs(browser);
});
afterAll(() => browser?.close());

const first: FirstRow = async (as, list, index = 0) => {
  const reply = await (await browser.as(as)).request.get(list);
  const row = ((await reply.json()) as { rows?: Array<{ id: string }> }).rows?.[index];
  if (!row) throw new Error(`${as} finds no row ${index} in ${list}`);
  return row;
};

it('has a visit for every page that is registered', () => {
  const all: readonly AnyDesk[] = desks;
  // Any route could be one without a path of its own; the routes of pages have one.
  const paths = (routes: AnyDesk['pages']) => routes.map((route) => (route.options as { path?: string }).path);
  expect(Object.keys(visits).sort()).toEqual(all.flatMap(({ pages }) => paths(pages)).sort());
  expect(Object.keys(entranceVisits).sort()).toEqual(all.flatMap(({ entrances }) => paths(entrances ?? [])).sort());
});

it('sends the sign-in page light, whatever environment it was built in: this suite runs as NODE_ENV=test', async () => {
  const page = await newPage(await browser.stranger());
  await page.goto('/sign-in');
  await settled(page);
  const bytes = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name }) => /\.(?:js|css)$/.test(name))
      .reduce((total, { encodedBodySize }) => total + encodedBodySize, 0),
  );
  expect(bytes / 1024).toBeGreaterThan(50);
  expect(bytes / 1024).toBeLessThan(164);
  await page.close();
});

it('prints a list with its heads and the names of its rows, and without what only a screen can do', async () => {
  const page = await newPage(await browser.as('officer-350504'));
  await page.goto('/filings');
  await settled(page);
  const { pages: sheets } = await readPdf(await page.pdf({ width: '297mm', height: '140mm' }));
  expect(sheets.length).toBeGreaterThan(1);
  const textOf = (sheet: (typeof sheets)[number]) => sheet.texts.map(({ text }) => text).join('');
  for (const title of ['学校', '状态', '完成']) expect(textOf(sheets[1]!)).toContain(title);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('button', { name: '导出 Excel' }).isVisible()).toBe(false);
  await page.goto('/filings/grid');
  await page.getByText('需要纸质表格').waitFor();
  expect(await page.getByRole('grid').count()).toBe(0);
  await page.close();
});

it('prints the list to call from with a column to write into, and its heads on every sheet', async () => {
  const page = await newPage(await browser.as('city'));
  await page.goto('/filings/calls');
  const result = page.getByRole('columnheader', { name: '通话记录' });
  await page.getByRole('columnheader', { name: '联系人' }).waitFor();
  expect(await result.count()).toBe(0);
  const { pages: sheets } = await readPdf(await page.pdf({ width: '297mm', height: '140mm' }));
  expect(sheets.length).toBeGreaterThan(1);
  for (const { texts } of sheets.slice(0, 2)) {
    // A sheet may draw a character by its radical.
    const text = texts
      .map((one) => one.text)
      .join('')
      .normalize('NFKC');
    for (const title of ['学校', '联系人', '电话', '缺项', '通话记录']) expect(text).toContain(title);
  }
  // Room for a sentence: the column is wider than those of two or three words, and empty.
  await page.emulateMedia({ media: 'print' });
  const width = async (name: string) => (await page.getByRole('columnheader', { name }).boundingBox())!.width;
  expect(await width('通话记录')).toBeGreaterThan(1.5 * (await width('缺项')));
  const cells = page.getByRole('row').nth(1).getByRole('cell');
  expect(await cells.last().textContent()).toBe('');
  await page.close();
});

describe('a table that was looked at', () => {
  const csv = (lines: readonly string[]) => ({
    name: '表格.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${lines.join('\n')}\n`),
  });
  const headings = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型';
  const tables = [
    {
      as: 'system',
      address: '/people/import',
      label: '名单文件',
      seen: '陈一一',
      file: async () => csv(['姓名,用户名,电话,角色', '陈一一,chen11,0595-1001,市局科室干部', '林二二,lin22,abc,校长']),
      faulty: true,
    },
    {
      as: 'city',
      address: '/directory/import',
      label: '学校表格',
      seen: '鲤城区知峰第二小学',
      file: async () => csv([headings, '2135990001,鲤城区知峰第二小学,鲤城区,211,10,民办,镇区']),
      faulty: false,
    },
    {
      as: 'officer-350504',
      address: '/filings/import',
      label: 'Excel 文件',
      seen: '填报表.xlsx',
      file: async () => ({
        name: '填报表.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: await (await (await browser.as('officer-350504')).request.get('/api/filings/template?unitId=5')).body(),
      }),
      faulty: false,
    },
  ];

  it.each(tables)('is kept over a reload, with what is wrong in it: $address', async (table) => {
    const page = await newPage(await browser.as(table.as));
    const complaints = complaintsOf(page);
    await page.goto(table.address);
    await settled(page);
    await page.getByLabel(table.label, { exact: true }).setInputFiles(await table.file());
    const understood = page.locator('main');
    const seen = async () => {
      await page.getByRole('heading', { name: /^3/ }).waitFor();
      // The list of changes is drawn by a part that is loaded late.
      await understood.getByText(table.seen).first().waitFor();
      await settled(page);
      // The footer for paper names the minute, which may end between two looks.
      return (await understood.textContent())?.replace(/打印时间 [\d-]+ [\d:]+/, '');
    };
    const before = await seen();
    expect(await page.getByRole('button', { name: '下载标注后的表格' }).count()).toBe(table.faulty ? 1 : 0);
    await page.reload();
    expect(await seen()).toBe(before);
    if (table.faulty) {
      const [marked] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: '下载标注后的表格' }).click(),
      ]);
      expect(marked.suggestedFilename()).toMatch(/\.xlsx$/);
    }
    await settled(page);
    expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/**
 * Without pictures the suite checks each page once or twice, and contrast on the office screen only, because the phone
 * has the same colours. Every page of the desk is then looked at as an office screen at 200 % shows it, and some states of
 * pages for that alone.
 */
const ofDesk: ReadonlySet<Visit> = new Set(Object.values(visits).flat());
const wanted = ({ also }: Visit) => pictures !== undefined || !also;
const all = [...ofDesk, ...Object.values(entranceVisits).flat(), ...otherVisits].filter(
  (visit) => wanted(visit) || hasBeginning(visit),
);

describe('every page, on an office screen, on a phone and at 200 %, is whole, quiet and readable by everybody', () => {
  it.concurrent.each(all)('$name', async (visit) => {
    const tab = await tabs.take(visit.as);
    const { page, complaints } = tab;
    await page.goto(typeof visit.address === 'string' ? visit.address : await visit.address(first));
    const found: string[] = [];
    if (wanted(visit)) found.push(...(await look(page, visit, 'desktop')));
    if (ofDesk.has(visit)) found.push(...(await crampedAt200(page, visit)));
    if (wanted(visit)) found.push(...(await look(page, visit, 'phone')));
    const said = complaints.filter((line) => !(visit.refused && line.startsWith('Failed to load resource')));
    expect([...found, ...said]).toEqual([]);
    tabs.giveBack(tab);
  });
});

/** The faults of the page at this size, in sentences. The pictures of the README go into the folder `readme`. */
async function look(page: Page, { name, shown }: Visit, size: Size): Promise<string[]> {
  const faults = await faultsAt(page, size, name, { contrast: size === 'desktop' || pictures !== undefined });
  const wrong: string[] = [];
  const headings = await page.locator('h1').count();
  if (headings !== 1) wrong.push(`${headings} main headings`);
  if (!/\S · 督导 Dudao$/.test(await page.title())) wrong.push(`the title is “${await page.title()}”`);
  if (shown && size === 'desktop') await keepPicture(page, `readme/${shown}`, { whole: false });
  return [...faults, ...wrong.map((sentence) => `${size}: ${sentence}`)];
}
