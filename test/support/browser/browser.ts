import axe, { type AxeResults, type Result } from 'axe-core';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { inject } from 'vitest';
import type { TestProduct } from '../product/product.ts';
import { productOfWorker } from '../product/product-of-worker.ts';
import { launch } from './chromium.ts';

/** The office screen, the phone, and an office screen of 1440 px at 200 %, all of which every page must fit. */
export const desktop = { width: 1366, height: 768 };
export const phone = { width: 390, height: 844 };
export const zoomed = { width: 720, height: 450 };

/** Milliseconds after which a test stops waiting: a bound, not a measure of speed. */
const patience = 120_000;

/** The Chromium of all files of this process: each start of one took a second. It ends with the process. */
let started: Promise<Browser> | undefined;

/** The people of the sample city for one test file, in a Chromium that all files share. */
export interface TestBrowser {
  /** Signs this account in through the API the first time; afterwards its pages share that one session. */
  as(username: string): Promise<BrowserContext>;
  /** Signs this account in at another machine: the newer sign-in ends the older session. */
  signInElsewhere(username: string): Promise<void>;
  /** Somebody who has not signed in. */
  stranger(): Promise<BrowserContext>;
  /** The password of a printed account. */
  passwordOf(username: string): string;
  close(): Promise<void>;
}

/** @param visited another product than that of the worker */
export async function openBrowser(visited?: TestProduct): Promise<TestBrowser> {
  const chromium = inject('chromium');
  if ('missing' in chromium) return noBrowser(chromium.missing);
  const { address, signIns } = visited ?? productOfWorker();
  started ??= launch(chromium);
  const browser = await started;
  const opened: BrowserContext[] = [];
  const contexts = new Map<string, Promise<BrowserContext>>();
  async function open(): Promise<BrowserContext> {
    const options = { baseURL: address, viewport: desktop, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
    const context = await browser.newContext(options);
    context.setDefaultTimeout(patience);
    opened.push(context);
    return context;
  }
  function passwordOf(username: string): string {
    const found = signIns.find((one) => one.username === username);
    if (!found) throw new Error(`the sample prints no account named ${username}`);
    return found.password;
  }
  async function signIn(username: string): Promise<BrowserContext> {
    const context = await open();
    const reply = await context.request.post('/api/session', { data: { username, password: passwordOf(username) } });
    if (!reply.ok()) throw new Error(`${username} could not sign in: ${await reply.text()}`);
    return context;
  }
  return {
    as(username) {
      const known = contexts.get(username) ?? signIn(username);
      contexts.set(username, known);
      return known;
    },
    async signInElsewhere(username) {
      await signIn(username);
    },
    stranger: open,
    passwordOf,
    async close() {
      await Promise.all(opened.map((context) => context.close()));
    },
  };
}

/** Lets a file whose tests are all skipped (`without-browser.ts`) begin; a test that runs all the same fails. */
function noBrowser(reason: string): TestBrowser {
  const refuse = () => {
    throw new Error(reason);
  };
  return { as: refuse, signInElsewhere: refuse, stranger: refuse, passwordOf: refuse, close: async () => {} };
}

/** The complaints of a page while it is open: errors of the console, uncaught exceptions, answers of 500 and above. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

const underWay = new WeakMap<Page, Set<unknown>>();

/** A new page of this person; `settled` accepts only pages opened here. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const requests = new Set<unknown>();
  underWay.set(page, requests);
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  return page;
}

/**
 * Waits until a page has drawn what it reads: a main heading, nothing busy, no answer outstanding, and the same size
 * over three drawn frames in a row. (A part that measures itself, such as a map or a plot, draws once more after a
 * change of width.)
 */
export async function settled(page: Page): Promise<void> {
  const requests = underWay.get(page);
  if (!requests) throw new Error('open the page with newPage');
  await page.locator('h1').first().waitFor();
  let before = '';
  for (let quiet = 0; quiet < 3; ) {
    const now = await page.evaluate(drawn);
    quiet = requests.size === 0 && now !== '' && now === before ? quiet + 1 : 0;
    before = now;
  }
}

/** The size of the page after the next two frames; nothing while a part of it is busy. */
function drawn(): Promise<string> {
  return new Promise((resolve) => {
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        resolve(document.querySelector('[aria-busy="true"]') ? '' : `${innerWidth} ${scrollWidth} × ${scrollHeight}`);
      }),
    );
  });
}

/** The rules that never find anything serious: axe gives each finding the impact of its rule. They are not asked. */
const lesser = (axe as unknown as { _audit: { rules: { id: string; impact: string }[] } })._audit.rules
  .filter(({ impact }) => impact === 'minor' || impact === 'moderate')
  .map(({ id }) => id);

/**
 * The serious or critical findings of axe, one line each. Contrast, its most expensive rule, is checked only on
 * request.
 */
export async function seriousFaults(page: Page | Frame, { contrast }: { contrast: boolean }): Promise<string[]> {
  const known = await page.evaluate('typeof axe === "object"');
  if (!known) await page.evaluate(axe.source);
  const options = {
    resultTypes: ['violations'],
    // The product's own style sheets demand no orientation.
    preload: false,
    rules: {
      ...Object.fromEntries(lesser.map((id) => [id, { enabled: false }])),
      'color-contrast': { enabled: contrast },
    },
  };
  const results = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.help} at ${whereOf(violation)}`);
}

function whereOf(violation: Result): string {
  return violation.nodes
    .slice(0, 3)
    .map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim() ?? ''})`)
    .join('; ');
}

/** By how many pixels the page scrolls sideways, and which elements stick out. */
export async function sidewaysScroll(page: Page | Frame): Promise<{ pixels: number; because: string[] }> {
  return page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    const pixels = root.scrollWidth - root.clientWidth;
    if (pixels <= 0) return { pixels: 0, because: [] };
    const because = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
    return { pixels, because: because.slice(0, 5) };
  });
}
