import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { desktop, phone, seriousFaults, settled, sidewaysScroll, zoomed } from './browser.ts';

/** The screens that every page must fit. */
export const sizes = { desktop, phone, zoomed } as const;
export type Size = keyof typeof sizes;
/** A desktop is looked at in this width; the narrow one shows first whether all of it fits. */
const wide = { width: 1440, height: 900 };

/**
 * `PICTURES=folder` keeps pictures of what the tests look at in this folder, and checks every state of every page with
 * every rule.
 */
export const pictures = process.env.PICTURES;

/** Keeps a picture of the page where pictures are asked for; a name may begin with a folder. */
export async function keepPicture(page: Page, name: string, { whole = true } = {}): Promise<void> {
  if (!pictures) return;
  const file = path.join(pictures, `${name}.png`);
  mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: whole });
}

/**
 * Looks at the page on a screen of this size once it is settled, and keeps a picture under this name.
 * @returns the faults in sentences: what sticks out to the side, and the serious findings of axe
 */
export async function faultsAt(
  page: Page,
  size: Size,
  picture?: string,
  { contrast = true }: { readonly contrast?: boolean } = {},
): Promise<string[]> {
  await page.setViewportSize(sizes[size]);
  await settled(page);
  const narrow: string[] = [];
  if (size === 'desktop') {
    narrow.push(...(await sidewaysFaults(page)));
    await page.setViewportSize(wide);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
  const faults = [...narrow, ...(await faultsNow(page, { contrast }))];
  if (picture !== undefined) await keepPicture(page, `${picture}-${size}`);
  return faults.map((fault) => `${size}: ${fault}`);
}

/** The faults of the page as it stands, also where it waits for something and does not settle. */
export async function faultsNow(
  page: Page,
  { contrast = true }: { readonly contrast?: boolean } = {},
): Promise<string[]> {
  return [...(await sidewaysFaults(page)), ...(await seriousFaults(page, { contrast }))];
}

async function sidewaysFaults(page: Page): Promise<string[]> {
  const { pixels, because } = await sidewaysScroll(page);
  return pixels > 0 ? [`it scrolls sideways by ${pixels} px: ${because.join(', ')}`] : [];
}
