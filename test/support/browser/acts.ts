import type { Locator, Page } from 'playwright-core';

/** What one person does on the desk, counted: a button or link pressed, a form sent, a file handed in. */
export interface Acts {
  /** How many acts so far, and what they were. */
  readonly done: readonly string[];
  press(target: Locator): Promise<void>;
  handIn(
    target: Locator,
    file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
  ): Promise<void>;
}

/** Counts the acts of everybody who works with this list; typing, and opening an address that was handed over, is no act. */
export function actsOf(done: string[]): (page: Page, who: string) => Acts {
  return (_page, who) => ({
    done,
    async press(target) {
      done.push(`${who}: ${((await target.textContent()) ?? '').trim() || (await target.getAttribute('aria-label'))}`);
      await target.click();
    },
    async handIn(target, file) {
      done.push(`${who}: ${file.name}`);
      await target.setInputFiles({ ...file });
    },
  });
}
