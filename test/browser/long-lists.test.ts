import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { type SampleProduct, startSample } from '../support/product/product.ts';

/** The lists of the whole sample city. Those of the small one, which the other files visit, end before they go on. */
let whole: SampleProduct | undefined;
let browser: TestBrowser;
beforeAll(async () => {
  if ('missing' in inject('chromium')) return;
  whole = await startSample('on');
  browser = await openBrowser(whole.product);
});
afterAll(async () => {
  await browser?.close();
  await whole?.discard();
});

async function open(address: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto(address);
  await settled(page);
  return { page, complaints };
}

it('a long queue is listed piece by piece, and a large county is accepted whole, also while the list is narrowed', async () => {
  const { page, complaints } = await open('/filings/review?unit=8&queue=approved');
  const queue = page.getByRole('navigation', { name: '待办理的填报' });
  await queue.getByText('前 200 / 共 266').waitFor();
  await queue.getByRole('button', { name: '继续列出' }).click();
  await expect.poll(() => queue.getByRole('listitem').count()).toBe(266);

  await page.getByLabel('只看疑点').check();
  await expect.poll(() => queue.getByRole('listitem').count()).toBeLessThan(10);
  await page.getByRole('button', { name: '接收安溪县 266 份' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '接收 266 份' }).click();
  await page.getByText('已接收 266 所').waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

it('the grid of the whole city goes on where it seems to end, and the check looks at every school', async () => {
  const { page, complaints } = await open('/filings/grid?panel=check');
  const reply = await page.request.get('/api/filings?pageSize=1');
  const { total } = (await reply.json()) as { total: number };
  expect(total).toBeGreaterThan(1000);
  const whole = new Intl.NumberFormat('zh-CN').format(total);
  await page.getByText(`前 300 / 共 ${whole}`).waitFor();
  await page.getByText(/正在检查/).waitFor({ state: 'hidden' });
  await page.getByText(`检查范围：全部 ${whole} 所`).waitFor();
  await page.getByRole('columnheader', { name: '单位', exact: true }).waitFor();
  await page.getByRole('button', { name: '继续列出' }).click();
  await page.getByText(`前 600 / 共 ${whole}`).waitFor();
  await page.locator('[data-row="0"] [data-column="0"]').click();
  await page.keyboard.press('Control+End');
  await page.getByText(`前 900 / 共 ${whole}`).waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});
