import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, phone, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';

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
  const draft = drafts.rows.find((row: { title: string }) => row.title.includes('商请提供教育经费数据'));
  await page.goto(`/letters/${draft.id}/edit`);
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
  // Whatever has the focus lies above the bar with 保存, from the top of the page to its end.
  const save = page.getByRole('button', { name: '保存', exact: true });
  const covered = async () => {
    const [line, fields] = [(await save.boundingBox())!, page.locator('main :is(input, textarea, select):visible')];
    const below: string[] = [];
    for (let at = 0; at < (await fields.count()); at += 1) {
      await fields.nth(at).focus();
      const box = (await fields.nth(at).boundingBox())!;
      const shown = await save.evaluate((button) => button.getBoundingClientRect().bottom <= innerHeight);
      if (!shown || box.y + Math.min(box.height, 48) > line.y) below.push(`${at}: ${box.y} at ${line.y}`);
    }
    return below;
  };
  await page.getByText('没有要保存的改动').waitFor();
  expect(await covered()).toEqual([]);
  await page.getByLabel('标题').first().pressSequentially('改');
  // Whoever could judge the letter is told what the change costs.
  await page.getByText(/^有改动还没有保存；保存后您不能(审核|签发|审核、签发)这份公文，须由他人办理$/).waitFor();
  expect(await page.getByRole('button', { name: '去送审' }).isDisabled()).toBe(true);
  await keepPicture(page, 'letter-editor-bar-desktop', { whole: false });
  await page.setViewportSize(phone);
  await settled(page);
  expect(await covered()).toEqual([]);
  await keepPicture(page, 'letter-editor-bar-phone', { whole: false });
  expect(await page.getByRole('button', { name: /PDF 排版/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
});
