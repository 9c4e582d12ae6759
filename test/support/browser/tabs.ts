import type { Page } from 'playwright-core';
import { complaintsOf, desktop, newPage, type TestBrowser } from './browser.ts';

export interface Tab {
  /** Username of a printed account; null: nobody is signed in. */
  readonly as: string | null;
  readonly page: Page;
  readonly complaints: string[];
}

/** Tabs whose visit went well. The next visit of the same person goes on in one of them, as people do. */
export class Tabs {
  readonly #browser: TestBrowser;
  readonly #idle: Tab[] = [];

  constructor(browser: TestBrowser) {
    this.#browser = browser;
  }

  /** A tab of this person with a window of this size. */
  async take(as: string | null, size = desktop): Promise<Tab> {
    const at = this.#idle.findIndex((tab) => tab.as === as);
    const [known] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (known) {
      known.complaints.length = 0;
      await known.page.setViewportSize(size);
      return known;
    }
    const page = await newPage(as === null ? await this.#browser.stranger() : await this.#browser.as(as));
    const tab = { as, page, complaints: complaintsOf(page) };
    if (size !== desktop) await page.setViewportSize(size);
    return tab;
  }

  /** Keeps a tab for the next visit; one that failed is left where it is, for its picture. */
  giveBack(tab: Tab): void {
    this.#idle.push(tab);
  }
}
