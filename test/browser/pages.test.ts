import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entrances, pages } from '#web/desk/pages.ts';
import {
  complaintsOf,
  desktop,
  newPage,
  openBrowser,
  phone,
  seriousFaults,
  settled,
  sidewaysScroll,
  type TestBrowser,
} from '../support/browser.ts';
import { entranceVisits, type FirstRow, otherVisits, type Visit, visits } from './visits.ts';

/** `PICTURES=folder` keeps a picture of every page at both sizes, and in its folder `readme` those of the README. */
const pictures = process.env.PICTURES;

let browser: TestBrowser;
beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const first: FirstRow = async (as, list, index = 0) => {
  const reply = await (await browser.as(as)).request.get(list);
  const row = ((await reply.json()) as { rows?: Array<{ id: string }> }).rows?.[index];
  if (!row) throw new Error(`${as} finds no row ${index} in ${list}`);
  return row;
};

it('has a visit for every page that is registered', () => {
  // The router's own types of a route are as long as the table of pages; only the path is asked for.
  const registered = (routes: readonly unknown[]) =>
    (routes as ReadonlyArray<{ options: { path: string } }>).map((route) => route.options.path);
  expect(Object.keys(visits).sort()).toEqual(registered(pages).sort());
  expect(Object.keys(entranceVisits).sort()).toEqual(registered(entrances).sort());
});

const all = [...Object.values(visits), ...Object.values(entranceVisits), otherVisits].flat();

describe('every page, on an office screen and on a phone, is whole, quiet and readable by everybody', () => {
  it.concurrent.each(all)('$name', async (visit) => {
    const context = visit.as === null ? await browser.stranger() : await browser.as(visit.as);
    const page = await newPage(context);
    const complaints = complaintsOf(page);
    try {
      await page.goto(typeof visit.address === 'string' ? visit.address : await visit.address(first));
      const found = [...(await look(page, visit, 'desktop')), ...(await look(page, visit, 'phone'))];
      const said = complaints.filter((line) => !(visit.refused && line.startsWith('Failed to load resource')));
      expect([...found, ...said]).toEqual([]);
    } finally {
      await page.close();
    }
  });
});

/** What is wrong with the page at this size, in sentences. */
async function look(page: Page, { name, shown }: Visit, size: 'desktop' | 'phone'): Promise<string[]> {
  await page.setViewportSize(size === 'desktop' ? desktop : phone);
  await settled(page);
  const wrong: string[] = [];
  const headings = await page.locator('h1').count();
  if (headings !== 1) wrong.push(`${headings} main headings`);
  if (!/\S · 督导 Dudao$/.test(await page.title())) wrong.push(`the title is “${await page.title()}”`);
  const { pixels, because } = await sidewaysScroll(page);
  if (pixels > 0) wrong.push(`it scrolls sideways by ${pixels} px: ${because.join(', ')}`);
  wrong.push(...(await seriousFaults(page)));
  if (pictures) {
    await page.screenshot({ path: path.join(pictures, `${name}-${size}.png`), fullPage: true });
    if (shown && size === 'desktop') await page.screenshot({ path: path.join(pictures, 'readme', `${shown}.png`) });
  }
  return wrong.map((sentence) => `${size}: ${sentence}`);
}
