import { z } from 'zod';

/** A moment with its offset: `2026-03-02T08:00:00.000Z`. */
export const instant = z.iso.datetime({ offset: true });

/** A day of China's calendar: `2026-03-02`. */
export const day = z.iso.date();

/** A day that somebody plans or sets: within the years for which the product keeps anything. */
export const setDay = day.refine((one) => one >= '2000-01-01' && one <= '2200-12-31', '日期须在 2000 年至 2200 年之间');

/** The reply to an act that answers with nothing else. */
export const done = z.object({ done: z.literal(true) });

/**
 * How many entries of the history of one thing a reply carries, the newest: a history has no end. The pages of a timeline
 * or of the audit hold the rest.
 */
export const newestEntries = 200;

/** The wanted rows of a list: the number of the page, beginning with 1, and the number of rows on a page. */
export const page = {
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(25),
};
