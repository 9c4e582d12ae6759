import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '#platform/config/config.ts';
import { type OwnerClient, withClient } from '#platform/db/owner-client.ts';
import { reachDatabase } from '../../src/server/app/reach-database.ts';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt } from '../support/browser/look.ts';
import { productOfWorker } from '../support/product/product-of-worker.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** Lays a failed job of each kind into the queue of the running product. */
async function layFailed(...names: string[]): Promise<void> {
  const silent = { info() {}, warn() {}, error() {} };
  const database = await reachDatabase(loadConfig({ DATA_DIR: productOfWorker().dataDir }), silent);
  const laid = (client: OwnerClient) =>
    client.query(
      `insert into jobs (name, data, state, attempts, error, failed_at)
     select name, '{"places": []}', 'failed', 3, 'Problem database.unavailable: Error: connect ECONNREFUSED 127.0.0.1:5432', now()
       from unnest($1::text[]) as kind (name)`,
      [names],
    );
  try {
    await withClient(database.appUrl, laid);
  } finally {
    await database.close();
  }
}

it('what failed is on the home page, says why, and is repeated or given up', async () => {
  await layFailed('session.tidy', 'old.kind');
  const page = await newPage(await browser.as('system'));
  const complaints = complaintsOf(page);
  await page.goto('/');
  await page.getByText('项后台任务没有做成').waitFor();
  await page.getByRole('link', { name: '去处理' }).click();
  await page.getByRole('heading', { level: 1, name: '后台任务' }).waitFor();
  const known = page.getByRole('row').filter({ hasText: '清理失效的登录' });
  const unknown = page.getByRole('row').filter({ hasText: '本版本不认识的任务（old.kind）' });
  await known.getByText('执行时连接不上数据库。').waitFor();
  expect(await unknown.getByRole('button', { name: '再试一次' }).count()).toBe(0);
  await known.getByRole('button', { name: '清理失效的登录' }).click();
  await page.getByText('技术细节').click();
  await page.getByText('Problem database.unavailable: Error: connect ECONNREFUSED').waitFor();
  expect(await faultsAt(page, 'phone', 'jobs-laid')).toEqual([]);
  expect(await faultsAt(page, 'desktop', 'jobs-laid')).toEqual([]);

  await known.getByRole('button', { name: '再试一次' }).click();
  await page.getByText('任务正在重试，做成后不再列出。').waitFor();
  // The list shows every state now, so that the job stays in sight; the server does it at once, and it leaves the queue.
  await page.getByText(/^共 \d+ 项/).waitFor();
  await known.filter({ hasText: /正在重试|执行中/ }).waitFor({ state: 'detached' });
  await unknown.getByRole('button', { name: '放弃' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('不能撤销').waitFor();
  await dialog.getByRole('button', { name: '放弃任务' }).click();
  await unknown.waitFor({ state: 'detached' });
  await page.goto('/jobs?state=failed');
  await page.getByText('没有失败的任务').waitFor();
  await page.goto('/');
  await settled(page);
  expect(await page.getByText('项后台任务没有做成').count()).toBe(0);
  expect(complaints).toEqual([]);
});
