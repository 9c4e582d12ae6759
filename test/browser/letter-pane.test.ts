import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, phone, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('beside the editor of a letter stands what the press makes of it, reached by the keyboard, and not on a phone', async () => {
  const context = await browser.as('city');
  const drafts = await (await context.request.get('/api/letters?state=draft')).json();
  const page = await newPage(context);
  const complaints = complaintsOf(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/letters/${drafts.rows[0].id}/edit`);
  await settled(page);
  await page.getByRole('button', { name: '显示 PDF 排版' }).focus();
  await page.keyboard.press('Enter');
  const sheet = page
    .frameLocator('iframe[title="PDF 文档：公文"]')
    .getByRole('region', { name: '第 1 页', exact: true });
  await sheet.getByText('商请提供教育经费数据').first().waitFor({ state: 'attached', timeout: 60_000 });
  await expect
    .poll(() => sheet.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.width))
    .toBeGreaterThan(300);
  // It stands in place of the picture.
  expect(await page.getByRole('article', { name: '公文全文' }).count()).toBe(0);
  expect(await faultsAt(page, 'desktop', 'letter-editor-pdf')).toEqual([]);
  await page.getByRole('button', { name: '收起 PDF 排版' }).click();
  await page.getByRole('article', { name: '公文全文' }).waitFor();
  await page.setViewportSize(phone);
  await settled(page);
  expect(await page.getByRole('button', { name: /PDF 排版/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
});
