import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, faultsNow, keepPicture, type Size, sizes } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it.each<{ size: Size; people: readonly string[] }>([
  { size: 'desktop', people: ['陈一百', 'chen100', '林一百', 'lin100'] },
  { size: 'phone', people: ['陈二百', 'chen200', '林二百', 'lin200'] },
])('a list is taken once, says that it is being taken, and shows its result: $size', async ({ size, people }) => {
  const page = await newPage(await browser.as('system'));
  const complaints = complaintsOf(page);
  await page.setViewportSize(sizes[size]);
  await page.goto('/people/import');
  await settled(page);
  const [first, firstName, second, secondName] = people;
  const table = `姓名,用户名,电话,角色\n${first},${firstName},0595-1001,市局科室干部\n${second},${secondName},0595-1002,市局科室干部\n`;
  await page
    .getByLabel('名单文件', { exact: true })
    .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  const take = page.getByRole('button', { name: /^提出/ });
  await take.waitFor();
  expect(await faultsAt(page, size, 'import-seen')).toEqual([]);

  // The answer is held back until the page has said that it waits.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/confirmation', async (route) => {
    await held;
    await route.continue();
  });
  await take.click();
  await page.getByRole('status').filter({ hasText: '正在写入' }).waitFor();
  expect(await take.isDisabled()).toBe(true);
  expect(await faultsNow(page)).toEqual([]);
  await keepPicture(page, `import-taking-${size}`);
  letGo();

  await page
    .getByText(first ?? '')
    .first()
    .waitFor();
  await page
    .getByRole('heading', { name: /已提出/ })
    .first()
    .waitFor();
  expect(await faultsAt(page, size, 'import-taken')).toEqual([]);
  expect(complaints).toEqual([]);
  await page.close();
});
