import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** How a file of each kind begins. */
const kinds = [
  ['Word 报告', 'docx', 'PK'],
  ['PDF 报告', 'pdf', '%PDF-'],
  ['Excel 报告', 'xlsx', 'PK'],
] as const;

describe.each([
  ['a county', '/balance/county?unit=5', '洛江区'],
  ['the city', '/balance', '泉州市'],
])('the report of %s', (_, address, unit) => {
  it('is saved in three formats from its page, which prints as before', async () => {
    const page = await newPage(await browser.as('city'));
    await page.goto(address);
    await settled(page);
    for (const [label, ending, begins] of kinds) {
      const button = page.getByRole('button', { name: label });
      const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), button.click()]);
      expect(file.suggestedFilename()).toMatch(new RegExp(`^均衡测算报告_${unit}.*_优质均衡 2017\\.${ending}$`));
      expect((await readFile(await file.path())).subarray(0, begins.length).toString()).toBe(begins);
    }
    expect([...(await faultsAt(page, 'desktop')), ...(await faultsAt(page, 'phone'))]).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    for (const [label] of kinds) expect(await page.getByRole('button', { name: label }).isVisible()).toBe(false);
    await page.close();
  });
});
