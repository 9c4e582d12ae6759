import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture, sizes } from '../support/browser/look.ts';
import { specialSchool } from '../support/product/sample-schools.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a 科室 that the city opens is found by the palette, and a post that is granted names it', async () => {
  const city = await newPage(await browser.as('city'));
  const security = await newPage(await browser.as('security'));
  const complaints = [complaintsOf(city), complaintsOf(security)];
  await city.goto('/directory');
  await settled(city);
  await city.getByRole('link', { name: '科室与直属单位' }).click();
  await city.getByRole('button', { name: '设立科室或单位' }).click();
  const opening = city.getByRole('dialog');
  // A part of the 市教科所 can be nothing but a 科室.
  await opening.getByLabel('类别').selectOption('部门');
  await opening.getByLabel('上级').selectOption('市教科所');
  expect(await opening.getByLabel('类别').getByRole('option', { disabled: false }).allTextContents()).toEqual(['科室']);
  await opening.getByLabel('名称').fill('质量监测室');
  await opening.getByRole('button', { name: '设立', exact: true }).click();
  await city.getByText('质量监测室已设立。').waitFor();
  await city.getByRole('row', { name: /质量监测室 科室 市教科所/ }).waitFor();

  await city.goto('/');
  await settled(city);
  await city.keyboard.press('Control+k');
  await city.keyboard.type('zljc');
  await city.getByRole('option', { name: /质量监测室/ }).click();
  await city.getByRole('dialog', { name: '质量监测室：历史' }).waitFor();

  const people = await (await browser.as('security')).request.get(`/api/people?search=${specialSchool.head}`);
  const [{ id }] = (await people.json()).rows;
  await security.setViewportSize(sizes.desktop);
  await security.goto(`/people/${id}`);
  await settled(security);
  await security.getByRole('button', { name: '增加岗位' }).click();
  const granting = security.getByRole('dialog');
  await granting.getByLabel('角色').selectOption('市局科室干部');
  await granting.getByRole('combobox', { name: '单位' }).fill('泉州');
  await security.getByRole('option', { name: /泉州市/ }).click();
  await granting.getByRole('combobox', { name: '科室（可不选）' }).fill('质量');
  await security.getByRole('option', { name: /质量监测室/ }).waitFor();
  for (const size of ['desktop', 'phone'] as const) {
    expect(await faultsAt(security, size)).toEqual([]);
    await keepPicture(security, `grant-section-${size}`);
  }
  await security.getByRole('option', { name: /质量监测室/ }).click();
  await granting.getByRole('button', { name: '授予角色' }).click();
  await security.getByText('已授予市局科室干部').waitFor();
  await settled(security);
  await security.getByText('质量监测室').first().waitFor();
  expect(complaints).toEqual([[], []]);
});
