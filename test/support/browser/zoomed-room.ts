import type { Page } from 'playwright-core';
import type { Visit } from '../../browser/visits.ts';
import { settled, sidewaysScroll, zoomed } from './browser.ts';
import { faultsAt, keepPicture } from './look.ts';

const row = 'main tbody tr';
/** Where the work of a page begins: it stands in the first window, below its head and its filters. */
const begins: Readonly<Record<string, string>> = {
  'filing-list-city': row,
  'filing-list-county': row,
  'filing-grid-check': 'main [data-row="0"]',
  'filing-review-county': 'main [aria-label="填报内容"] h2',
  'filing-review-city': 'main [aria-label="填报内容"] h2',
  'filing-periods': row,
  'filing-form-untouched': 'main [data-input]',
  'filing-form-returned': 'main [aria-label="退回修改"] p',
  'balance-overview': 'main h2',
  'balance-runs': row,
  standards: row,
  'directory-city': row,
  units: row,
  'people-system': row,
  jobs: row,
  audit: row,
};
/** Pages that are also read by axe at this size. */
const main = [
  'home-county',
  'filing-list-county',
  'filing-grid-check',
  'filing-form-untouched',
  'filing-review-county',
];

/** Whether the page is looked at for where its work begins, also in a state that is no visit of its own. */
export const hasBeginning = ({ name }: Visit): boolean => name in begins;

/**
 * What takes a page its room for the work when its window is that of an office screen at 200 %: it scrolls sideways, its head
 * and its filters fill half of the window, or the work begins below it.
 */
export async function crampedAt200(page: Page, { name }: Visit): Promise<string[]> {
  await page.setViewportSize(zoomed);
  await page.evaluate(() => scrollTo(0, 0));
  await settled(page);
  await keepPicture(page, `${name}-zoomed`, { whole: false });
  const { pixels, because } = await sidewaysScroll(page);
  const start = begins[name] ?? null;
  const { head, work } = await page.evaluate((selector) => {
    const title = document.querySelector('main header:has(h1)');
    const found = selector === null ? null : document.querySelector(selector);
    const before = [...document.querySelectorAll('main search')].filter(
      (filters) => found && filters.compareDocumentPosition(found) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const bottoms = [title, ...before].map((part) => part?.getBoundingClientRect().bottom ?? 0);
    return { head: Math.max(...bottoms), work: found?.getBoundingClientRect().bottom ?? null };
  }, start);
  return [
    ...(pixels > 0 ? [`zoomed: it scrolls sideways by ${pixels} px: ${because.join(', ')}`] : []),
    ...(head < zoomed.height / 2 ? [] : [`zoomed: its head and filters end at ${head} px`]),
    ...(start === null || (work !== null && work <= zoomed.height) ? [] : [`zoomed: its work ends at ${work} px`]),
    ...(main.includes(name) ? await faultsAt(page, 'zoomed') : []),
  ];
}
