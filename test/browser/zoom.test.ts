import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  complaintsOf,
  newPage,
  openBrowser,
  phone,
  settled,
  type TestBrowser,
  zoomed,
} from '../support/browser/browser.ts';
import { keepPicture } from '../support/browser/look.ts';
import { type FirstRow, type Visit, visits } from './visits.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const first: FirstRow = async (as, list, index = 0) => {
  const reply = await (await browser.as(as)).request.get(list);
  const row = ((await reply.json()) as { rows?: Array<{ id: string }> }).rows?.[index];
  if (!row) throw new Error(`${as} finds no row ${index} in ${list}`);
  return row;
};

async function open(visit: Visit, size = zoomed): Promise<{ page: Page; complaints: string[] }> {
  const page = await newPage(await (visit.as === null ? browser.stranger() : browser.as(visit.as)));
  const complaints = complaintsOf(page);
  await page.setViewportSize(size);
  await page.goto(typeof visit.address === 'string' ? visit.address : await visit.address(first));
  await settled(page);
  return { page, complaints };
}

function visitOf(name: string): Visit {
  const found = Object.values(visits)
    .flat()
    .find((visit) => visit.name === name);
  if (!found) throw new Error(`no visit is named ${name}`);
  return found;
}

describe('at 200 % of an office screen', () => {
  it('the grid fills the window once its head is scrolled away', async () => {
    const { page } = await open(visitOf('filing-grid-check'));
    const sheet = page.getByRole('grid');
    await sheet.evaluate((element) => scrollTo(0, scrollY + element.getBoundingClientRect().top - 48));
    const rows = await page.locator('[data-row]').evaluateAll((found) => {
      const room = document.querySelector('[role="grid"]')!.getBoundingClientRect().bottom;
      const seen = (box: DOMRect) => box.bottom <= Math.min(innerHeight, room);
      return found.filter((each) => seen(each.getBoundingClientRect())).length;
    });
    await keepPicture(page, 'filing-grid-filled-zoomed', { whole: false });
    expect(rows).toBeGreaterThanOrEqual(7);
    await page.close();
  });

  it('the menu is a button of the upper bar and is walked by keyboard', async () => {
    const { page, complaints } = await open(visitOf('filing-list-county'));
    await page.getByRole('button', { name: '主菜单' }).focus();
    await page.keyboard.press('Enter');
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    // The entry and the group under which the wide menu has it; below a shared entry each page that shares it.
    expect(await items.allTextContents()).toEqual([
      ...[
        '首页',
        '工作计划督政',
        '督导评估督政',
        '评估对象督导评估',
        '指标体系督导评估',
        '整改台账督政',
        '均衡监测监测',
        '均衡跟踪均衡监测',
        '数据填报数据',
        '单位与学校数据',
        '督学名册单位与学校',
        '公文公文',
      ],
    ]);
    await expect.poll(() => page.locator('[role="menuitem"]:focus').textContent()).toBe('数据填报数据');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '单位与学校' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('the filters are behind one button, which the keyboard opens', async () => {
    const { page } = await open(visitOf('filing-list-county'));
    const state = page.getByLabel('状态', { exact: true });
    expect(await state.isVisible()).toBe(false);
    await page.getByRole('button', { name: '筛选', exact: true }).focus();
    await page.keyboard.press('Enter');
    await state.waitFor();
    await page.close();
  });

  it('the form of a school is walked by Tab, and neither bar nor help covers the input', async () => {
    const { page, complaints } = await open(visitOf('filing-form-untouched'));
    const inputs = await page.locator('[data-input]').count();
    expect(inputs).toBeGreaterThan(20);
    await page.locator('[data-input]').first().focus();
    const covered: string[] = [];
    for (let step = 0; step < inputs; step += 1) {
      const seen = await page.evaluate(() => {
        const input = document.activeElement as HTMLElement;
        const { left, top, width, height } = input.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        const help = document.querySelector(`[data-field="${input.dataset.input}"] [id$="-help"]`);
        const box = help?.getBoundingClientRect();
        const helpSeen = !box || (box.top >= 48 && box.bottom <= innerHeight && box.right <= innerWidth);
        return { name: input.dataset.input ?? '', free: there === input && helpSeen };
      });
      if (!seen.free) covered.push(seen.name);
      if (step === 8) await keepPicture(page, 'form-walked-zoomed', { whole: false });
      await page.keyboard.press('Tab');
    }
    expect(covered).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('on a phone', () => {
  it('the acts of a year stand in sight, and the rest of its facts opens by keyboard and by finger', async () => {
    const { page } = await open(visitOf('filing-periods'), phone);
    await keepPicture(page, 'filing-periods-acts-phone');
    for (const act of ['调整期限', '补入学校', '结束', '撤销开启']) {
      const button = page.getByRole('button', { name: act, exact: true }).first();
      expect(await button.isVisible(), act).toBe(true);
      expect((await button.boundingBox())?.height, act).toBeGreaterThanOrEqual(40);
    }
    const rest = page.locator('summary').first();
    expect(await rest.textContent()).toBe('其余 3 项');
    expect((await rest.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    await rest.focus();
    await page.keyboard.press('Enter');
    await page.getByText('县级报送截止').first().waitFor();
    await page.close();
  });

  it('a list of schools begins on the first screen, its filters behind one button', async () => {
    const { page } = await open(visitOf('filing-list-county'), phone);
    expect(await page.getByLabel('情形', { exact: true }).isVisible()).toBe(false);
    const school = await page.getByRole('list', { name: '各校填报状态' }).getByRole('listitem').first().boundingBox();
    expect((school?.y ?? 0) + (school?.height ?? 0)).toBeLessThan(phone.height);
    await page.close();
  });
});
