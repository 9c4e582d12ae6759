import exceljs from 'exceljs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { faultsAt, keepPicture } from '../support/browser/look.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function office(points: number): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('指标');
  sheet.addRows([
    ['泉州市学校体育工作评估指标（2026年）'],
    ['一级指标', '二级指标', '分值', '评分标准', '佐证材料'],
    ['组织管理（10分）', '领导机构', 4, '机构健全得4分，否则不得分。', '文件'],
    [null, '工作会议', points, '每缺一次会议扣1分，扣完为止。', '会议记录'],
    ['场地器材（10分）', '器材配备', 10, '达到95%以上得10分，90%以上得6分。', '器材台账'],
  ]);
  sheet.mergeCells('A1:E1');
  sheet.mergeCells('A3:A4');
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Looks at the page on both screens, and leaves it on the wide one. */
async function lookAt(page: Page): Promise<void> {
  await settled(page);
  expect([...(await faultsAt(page, 'phone')), ...(await faultsAt(page, 'desktop'))]).toEqual([]);
}

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

it('a workbook is refused by its cell, mended, shown with its guesses and becomes a draft', async () => {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto('/frameworks');
  await page.getByRole('link', { name: '导入' }).click();
  await page.getByLabel('评估对象').selectOption('学校、幼儿园');
  const file = page.locator('input[type="file"]');
  await file.setInputFiles({ name: '体育.xlsx', mimeType: excel, buffer: await office(5) });
  await page.getByRole('group').getByRole('cell', { name: '指标!A3' }).waitFor();
  await page.getByText(/下级分值之和为 9/).waitFor();
  expect(await page.getByRole('button', { name: /^写成草稿/ }).isDisabled()).toBe(true);
  await lookAt(page);
  await keepPicture(page, 'framework-import-refused');
  await file.setInputFiles({ name: '体育.xlsx', mimeType: excel, buffer: await office(6) });
  await page.getByText('有 3 项的计分方法是按评分标准的文字猜测的').waitFor();
  await page
    .getByText(/猜测：扣分/)
    .first()
    .waitFor();
  await lookAt(page);
  await keepPicture(page, 'framework-import-understood');
  await page.getByRole('button', { name: '写成草稿，5 项指标' }).click();
  await page.getByRole('link', { name: '打开草稿' }).click();
  await page.getByRole('treeitem', { name: /领导机构.*方法为猜测/ }).click();
  await page.getByRole('button', { name: '确认无误' }).click();
  await page.getByText('已确认计分方法').first().waitFor();
  await page.getByRole('treeitem', { name: /领导机构.*4 分/ }).waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

it('a framework from nothing is typed by keys, checked while it is typed, moved, undone and published', async () => {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto('/frameworks');
  await page.getByRole('button', { name: '新建指标体系' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('名称', { exact: true }).fill('校园阅读评估');
  await dialog.getByLabel('评估对象').selectOption('学校、幼儿园');
  await dialog.getByLabel('满分').fill('10');
  await dialog.getByLabel('第一项一级指标').fill('阅读条件');
  await dialog.getByRole('button', { name: '新建草稿' }).click();
  await page.getByRole('treeitem', { name: /^A1/ }).waitFor();
  await page.getByRole('button', { name: '增加下级' }).click();
  await dialog.getByLabel('名称').fill('图书册数');
  await dialog.getByLabel('分值').fill('6');
  await dialog.getByRole('button', { name: '增加并继续' }).click();
  await page.getByRole('treeitem', { name: /^B1/ }).waitFor();
  expect(await dialog.getByLabel('编号').inputValue()).toBe('B2');
  await dialog.getByLabel('名称').fill('阅读课');
  await dialog.getByLabel('分值').fill('5');
  await dialog.getByRole('button', { name: '增加', exact: true }).click();
  await page.getByRole('treeitem', { name: /^B2/ }).waitFor();
  await page.getByRole('treeitem', { name: /^A1.*不符/ }).waitFor();
  // The sum is put right while it is typed, before anything is saved.
  await page.getByRole('treeitem', { name: /^B2/ }).click();
  await page.getByRole('textbox', { name: /^分值/ }).fill('4');
  await page.getByRole('treeitem', { name: /^A1.*阅读条件.*10 分/ }).waitFor();
  await page.getByLabel('计分方法').selectOption('扣分');
  await page.getByLabel('每次扣（或范围，如 1-3）').fill('0.5');
  await page.getByRole('button', { name: '保存 2 格' }).click();
  await page.getByText('已保存').first().waitFor();
  await lookAt(page);
  await keepPicture(page, 'framework-editor');
  // Alt with the arrows moves, the last change is taken back.
  await page.getByRole('treeitem', { name: /^B2/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  const order = () => page.getByRole('treeitem').evaluateAll((all) => all.map((one) => one.textContent!.slice(0, 2)));
  await expect.poll(order).toEqual(['A1', 'B2', 'B1']);
  await page.getByRole('button', { name: '撤销', exact: true }).click();
  await expect.poll(order).toEqual(['A1', 'B1', 'B2']);
  // Dropped onto the upper half of another it stands in front of it.
  const target = page.getByRole('treeitem', { name: /^B1/ });
  await page.getByRole('treeitem', { name: /^B2/ }).dragTo(target, { targetPosition: { x: 40, y: 3 } });
  await expect.poll(order).toEqual(['A1', 'B2', 'B1']);
  await page.getByRole('tab', { name: '规则和结论' }).click();
  await page.getByRole('button', { name: '增加一行：否决' }).click();
  await page.getByRole('textbox', { name: /^编号/ }).fill('V1');
  await page.getByRole('textbox', { name: /^内容/ }).fill('发生严重事故');
  await page.getByRole('textbox', { name: /^条件/ }).fill('leaf(B9)<1');
  await page.getByRole('button', { name: '保存 1 格' }).click();
  await page
    .getByText(/没有代码为“B9”的指标/)
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: /^条件/ }).fill('leaf(B1)<1');
  await page.getByRole('button', { name: '保存 1 格' }).click();
  await page.getByRole('button', { name: '发布' }).waitFor();
  await lookAt(page);
  await keepPicture(page, 'framework-rules');
  await page.getByRole('button', { name: '发布' }).click();
  await page.getByRole('dialog').getByLabel('版本说明').fill('首次发布');
  await page.getByRole('dialog').getByRole('button', { name: '发布' }).click();
  await page.getByText('已发布为本市样本').first().waitFor();
  expect(complaints).toEqual([]);
  await page.close();
});

it('a fact is answered once with its document, found by filters that the address keeps, and corrected', async () => {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto('/frameworks/questions?type=unit&assessed=2024');
  await page.getByRole('combobox', { name: '单位', exact: true }).selectOption('鲤城区');
  await page.getByRole('combobox', { name: '指标体系', exact: true }).selectOption('教育强县（市、区）');
  await expect.poll(() => new URL(page.url()).searchParams.get('framework')).not.toBeNull();
  await page.reload();
  await page.getByRole('button', { name: '填报' }).first().waitFor();
  await lookAt(page);
  await keepPicture(page, 'framework-questions');
  await page.getByRole('button', { name: '填报' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('不适用（没有这一事项）').check();
  await dialog.getByLabel('依据的文件或材料').fill('2024 年教育事业统计年报');
  await dialog.getByLabel('数据的日期').fill('2024-12-31');
  await dialog.getByRole('button', { name: '填报', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('combobox', { name: '状态', exact: true }).selectOption('已填报');
  await page.getByRole('cell', { name: /2024 年教育事业统计年报，2024-12-31/ }).waitFor();
  await page.getByRole('button', { name: '更正' }).click();
  await lookAt(page);
  await keepPicture(page, 'framework-answer');
  expect(complaints).toEqual([]);
  await page.close();
});

it('leaves of two frameworks are mapped by hand on a proposal, and a score of another scale is never carried', async () => {
  const page = await newPage(await browser.as('city'));
  const complaints = complaintsOf(page);
  await page.goto(
    '/frameworks/comparison?first=inspector-appraisal-sample&second=city-school-inspector-appraisal-sample',
  );
  await page.getByRole('link', { name: '指标对应' }).click();
  await page.getByText('还没有写定，全部为建议。').waitFor();
  await page
    .getByText(/只显示，不沿用/)
    .first()
    .waitFor();
  await lookAt(page);
  await keepPicture(page, 'framework-mapping');
  const first = page.getByRole('combobox', { name: /对应的原指标$/ }).first();
  await first.selectOption('没有对应');
  await page.getByRole('button', { name: '写定（改 1 项）' }).click();
  await page.getByText('已写定', { exact: true }).first().waitFor();
  await expect.poll(() => first.inputValue()).toBe('—');
  expect(complaints).toEqual([]);
  await page.close();
});
