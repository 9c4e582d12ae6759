import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a printed account signs in and stands before the verdict of a county after three clicks, the first of which signs in', async () => {
  const page = await newPage(await browser.stranger());
  const complaints = complaintsOf(page);
  await page.addInitScript(() => {
    // The page itself counts, across navigations, so that no click of the test is missed.
    addEventListener(
      'click',
      (event) => {
        if (event.isTrusted) sessionStorage.setItem('clicks', String(Number(sessionStorage.getItem('clicks')) + 1));
      },
      { capture: true },
    );
  });
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill('city');
  await page.getByLabel('密码', { exact: true }).fill(browser.passwordOf('city'));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { level: 1, name: '首页' }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: '均衡监测' }).click();
  await page.getByRole('heading', { level: 1, name: '均衡监测' }).waitFor();
  await page.getByRole('link', { name: /丰泽/ }).first().click();
  await page.getByRole('heading', { level: 1, name: '丰泽区 · 均衡监测' }).waitFor();
  await settled(page);
  await page.getByText('资源配置七项不达标').first().waitFor();
  await page
    .getByText(/初中\S*骨干教师差异系数 0\.\d+，高于 0\.45/)
    .first()
    .waitFor();
  expect(await page.evaluate(() => Number(sessionStorage.getItem('clicks')))).toBeLessThanOrEqual(3);
  expect(complaints).toEqual([]);
});
