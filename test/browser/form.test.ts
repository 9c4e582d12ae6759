import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPage, openBrowser, phone, settled, type TestBrowser } from '../support/browser/browser.ts';
import { keepPicture } from '../support/browser/look.ts';
import { untouchedSchool } from '../support/product/sample-schools.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const { clerk } = untouchedSchool;

async function openForm(size: { width: number; height: number }): Promise<Page> {
  const list = await (await browser.as(clerk)).request.get('/api/filings');
  const [row] = ((await list.json()) as { rows: Array<{ id: string }> }).rows;
  const page = await newPage(await browser.as(clerk));
  await page.setViewportSize(size);
  await page.goto(`/filings/${row!.id}`);
  await settled(page);
  return page;
}

/** Whether two parts of the page are drawn over each other. */
async function overlap(page: Page, one: string, other: string): Promise<boolean> {
  const [first, second] = [await page.locator(one).boundingBox(), await page.locator(other).boundingBox()];
  if (!first || !second) throw new Error(`${one} or ${other} is not drawn`);
  const apart = (at: 'x' | 'y', size: 'width' | 'height') =>
    first[at] + first[size] <= second[at] || second[at] + second[size] <= first[at];
  return !apart('x', 'width') && !apart('y', 'height');
}

const pupils = '[data-field="小学在校生数"]';

it('the help of a field covers neither the name of the school nor the field on a phone', async () => {
  const page = await openForm(phone);
  await page.locator('[data-input="小学在校生数"]').focus();
  await page.locator(`${pupils} [data-within]`).waitFor();
  expect(await overlap(page, `${pupils} [data-within]`, 'main h1')).toBe(false);
  expect(await overlap(page, `${pupils} [data-within]`, `${pupils} [data-input]`)).toBe(false);
  await keepPicture(page, 'form-help-phone', { whole: false });
  await page.close();
});
