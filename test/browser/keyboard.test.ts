import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, newPage, openBrowser, settled, type TestBrowser } from '../support/browser/browser.ts';
import { keepPicture, sizes } from '../support/browser/look.ts';
import { returnedSchool, untouchedSchool } from '../support/product/sample-schools.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function open(username: string, address: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await newPage(await browser.as(username));
  const complaints = complaintsOf(page);
  await page.goto(address);
  await settled(page);
  return { page, complaints };
}

describe('the review queue', () => {
  it('is walked with J and K, approved with A, undone with Ctrl Z, returned with R, space and Enter', async () => {
    const { page, complaints } = await open('director-350582', '/filings/review');
    const queue = page.getByRole('navigation', { name: '待办理的填报' }).getByRole('button').locator('strong');
    await queue.first().waitFor();
    const names = await queue.allTextContents();
    // A decided filing leaves the queue when the list has been read again. That may be after the next filing is shown.
    const left = (...gone: Array<string | undefined>) =>
      expect.poll(() => queue.allTextContents()).toEqual(names.filter((name) => !gone.includes(name)));
    const reading = page.getByRole('region', { name: '填报内容' });
    const shows = (name: string | undefined) => reading.getByRole('heading', { level: 2, name: name ?? '' }).waitFor();
    await shows(names[0]);
    // What is as last year is folded; it opens when fields are picked for a return.
    await reading.getByText(/^其余 \d+ 项与去年、同类学校相近$/).waitFor();
    expect(await reading.locator('details[open]').count()).toBe(0);
    await keepPicture(page, 'review/odd-first');
    await page.keyboard.press('j');
    await shows(names[1]);
    await page.keyboard.press('k');
    await shows(names[0]);
    await page.keyboard.press('j');
    await shows(names[1]);

    await page.keyboard.press('a');
    await page.getByText(`已批准：${names[1]}`).waitFor();
    await shows(names[2]);
    await left(names[1]);
    // The wrong school: the key that the message names takes the approval back, and the filing waits again.
    await page.getByText('本次已办 1 份').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText(`已撤销批准：${names[1]}`).waitFor();
    await left();
    await page.getByText('本次已办').waitFor({ state: 'hidden' });
    await page.keyboard.press('k');
    await shows(names[1]);
    await settled(page);
    await page.keyboard.press('a');
    await page.getByText(`已批准：${names[1]}`).waitFor();
    await shows(names[2]);
    await left(names[1]);

    await page.keyboard.press('r');
    const returning = page.getByRole('form', { name: '退回修改' });
    await returning.waitFor();
    await reading.locator('details[open]').first().waitFor();
    // Esc gives up, also when the reason has the focus.
    await page.keyboard.press('Escape');
    await returning.waitFor({ state: 'hidden' });
    await page.keyboard.press('r');
    await returning.locator('input:focus').waitFor();
    // The key A does nothing while a reason is being chosen.
    await page.keyboard.press('a');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText(`已退回：${names[2]}`).waitFor();
    await shows(names[3]);
    await left(names[1], names[2]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the review page', () => {
  const reading = (page: Page) => page.getByRole('region', { name: '填报内容' });

  it('opened from a filing shows that filing, whatever queue it is in, and decides about no other', async () => {
    const reply = await (await browser.as('city')).request.get('/api/filings?unitId=4&state=approved');
    const { id, school } = ((await reply.json()) as { rows: Array<{ id: string; school: { name: string } }> }).rows[3]!;
    const { page, complaints } = await open('city', `/filings/${id}`);
    await page.getByRole('link', { name: '去审核' }).click();
    await reading(page).getByRole('heading', { level: 2, name: school.name }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('queue')).toBe('approved');

    await page.goto(`/filings/review?filing=${id}`);
    await reading(page).getByText('这份填报不在列出的队列中').waitFor();
    await reading(page).getByRole('heading', { level: 2, name: school.name }).waitFor();
    expect(await reading(page).getByRole('heading', { level: 2 }).first().textContent()).toBe(school.name);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the form of a school', () => {
  it('is walked by Tab from input to input, with its help beside it, and nothing moves', async () => {
    const { clerk } = untouchedSchool;
    const reply = await (await browser.as(clerk)).request.get('/api/filings');
    const [filing] = ((await reply.json()) as { rows: Array<{ id: string }> }).rows;
    const { page, complaints } = await open(clerk, `/filings/${filing!.id}`);
    const inputs = await page
      .locator('[data-input]')
      .evaluateAll((all) => all.map((input) => (input as HTMLElement).dataset.input));
    expect(inputs.length).toBeGreaterThan(20);
    const boxes = () =>
      page
        .locator('[data-field]')
        .evaluateAll((rows) =>
          rows.map((row) => `${row.getBoundingClientRect().top + scrollY} ${row.getBoundingClientRect().height}`),
        );
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.input);
    for (const size of ['desktop', 'phone'] as const) {
      await page.setViewportSize(sizes[size]);
      // The desk answers to another size a few frames later.
      await settled(page);
      const before = await boxes();
      await page.locator('[data-input]').first().focus();
      const walked = [];
      for (let step = 0; step < inputs.length; step += 1) {
        walked.push(await focused());
        expect(walked).toEqual(inputs.slice(0, step + 1));
        // The help of the field lies within the screen.
        const help = page.locator(`[data-field="${walked.at(-1)}"] [id$="-help"]`);
        const { x, width } = (await help.boundingBox())!;
        expect(x + width).toBeLessThanOrEqual(sizes[size].width);
        if (step === 8) await keepPicture(page, `form/help-${size}`, { whole: false });
        await page.keyboard.press('Tab');
      }
      await page.locator('[data-input]').first().focus();
      expect(await boxes()).toEqual(before);
    }
    await page.setViewportSize(sizes.desktop);

    // History and comments by their keys; Esc leads back to the input.
    await page.keyboard.press('Alt+m');
    await page.locator('[data-field] textarea:focus, [data-field] [data-below] input:focus').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe(inputs[0]);
    await page.keyboard.press('Alt+h');
    await page.getByText('还没有修改记录。').waitFor();
    await page.keyboard.press('Alt+h');
    await page.getByText('还没有修改记录。').waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the grid', () => {
  it('is filled with arrows, Tab and Enter, takes a block from the clipboard, and takes everything back with Ctrl Z', async () => {
    const { page, complaints } = await open('officer-350582', '/filings/grid?situation=untouched&level=junior');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const cell = (row: number, column: number): Locator =>
      page.locator(`[data-row="${row}"] [data-column="${column}"]`);
    const active = async () => {
      const found = page.locator('[data-active]');
      const row = await found.locator('xpath=..').getAttribute('data-row');
      return [Number(row), Number(await found.getAttribute('data-column'))];
    };
    const standsAt = (row: number, column: number) => expect.poll(active).toEqual([row, column]);
    const missing = '—';
    const shows = (row: number, column: number, text: string) => cell(row, column).filter({ hasText: text }).waitFor();
    await shows(0, 0, missing);

    await cell(0, 0).click();
    await standsAt(0, 0);
    await page.keyboard.type('120');
    await page.keyboard.press('Tab');
    await standsAt(0, 1);
    await page.keyboard.type('6');
    await page.keyboard.press('Enter');
    await standsAt(1, 1);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await standsAt(1, 0);
    await page.keyboard.type('99');
    await page.keyboard.press('Escape');
    await shows(1, 0, missing);
    await shows(0, 0, '120');
    await shows(0, 1, '6');

    await page.evaluate(() => navigator.clipboard.writeText('210\t7\r\n305\t9\r\n'));
    await page.keyboard.press('Control+v');
    await page.getByText('粘贴 4 格，改动 4 格').waitFor();
    const block = async () =>
      Promise.all([1, 2].flatMap((row) => [0, 1].map((column) => cell(row, column).textContent())));
    await shows(1, 0, '210');
    await shows(1, 1, '7');
    await shows(2, 0, '305');
    await shows(2, 1, '9');
    await page.getByText(/^✓ 已保存/).waitFor();

    // One undo takes back the block, the next two take back the typed cells; the server then has the same values.
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await block()).every((text) => text?.includes(missing))).toBe(true);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await shows(0, 0, missing);
    await page.getByText(/^↑ 正在保存/).waitFor({ state: 'hidden' });
    await page.reload();
    await settled(page);
    await shows(0, 0, missing);
    await shows(1, 0, missing);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('a list', () => {
  it('a page beyond the last steps back to a page that exists', async () => {
    const { page, complaints } = await open('officer-350505', '/filings?page=40');
    await page.getByText(/^第 \d+–\d+ 行，共 \d+ 行$/).waitFor();
    await expect.poll(() => Number(new URL(page.url()).searchParams.get('page') ?? 1)).toBeLessThan(40);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the palette', () => {
  it('opens with Ctrl K and finds a page by pinyin initials and a school by its code', async () => {
    const { page, complaints } = await open('city', '/');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('jhjc');
    await page.getByRole('option', { name: '均衡监测', exact: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '均衡监测' }).waitFor();

    await page.keyboard.press('Control+k');
    const hints = page.getByText('↑ ↓ 选择，回车打开，Esc 关闭');
    await hints.waitFor();
    // A phone has none of these keys.
    await page.setViewportSize({ width: 390, height: 844 });
    await hints.waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await hints.waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: '搜索' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type(returnedSchool.code);
    await page.getByRole('option', { name: returnedSchool.name }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: returnedSchool.name }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('opens an act for the place that is named in pinyin, and signs out by the name of the act', async () => {
    const page = await newPage(await browser.as('section'));
    const complaints = complaintsOf(page);
    await page.goto('/');
    await settled(page);
    const find = async (text: string, option: string) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(text);
      await page.getByRole('option', { name: option, exact: true }).waitFor();
      await page.keyboard.press('Enter');
    };
    await find('junhengjiance luojiang', '均衡监测 洛江区');
    await page.getByRole('button', { name: /^单位：.*洛江区$/ }).waitFor();
    await page.getByRole('heading', { level: 1, name: '均衡监测' }).waitFor();
    await find('tuichu', '退出登录');
    await page.waitForURL(/sign-in/);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
