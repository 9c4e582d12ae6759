import { z } from 'zod';
import { day, instant } from '../kit.shape.ts';
import { route } from '../route.ts';

/**
 * What stands around every page beside the session: the school years to choose between and how much work waits. Asked
 * again every minute or so.
 */
export const frame = route({
  name: 'home.frame',
  method: 'GET',
  path: '/api/home/frame',
  access: 'signed-in',
  summary: '页面框架：可选学年、今天的日期、待办数',
  quiet: true,
  output: z.object({
    /** Today, or the reference date of a sample: deadlines are counted from it. */
    today: day,
    /** Newest first; empty for the three administrators, who see no business. */
    years: z.array(z.object({ schoolYear: z.number().int(), state: z.enum(['open', 'closed']) })),
    /** The school year that a page shows when the address names none. */
    currentYear: z.number().int().nullable(),
    /**
     * How many lines `overview.work` has for the current year, over all units in scope: kinds of work, because their
     * counts (schools, units, filings) do not add up to anything.
     */
    waiting: z.number().int(),
  }),
});

/**
 * What waits for this person. `count` is the number of rows in the list that the line opens, and nothing else:
 * - `fill` filings in draft that this person fills, `submit` complete drafts that wait for the head,
 *   `returned` filings sent back to this person's place,
 * - `review` submitted filings, `approve` those that this person may approve, `doubt` those of them with soft findings,
 *   `accept` county sets ready for the city,
 * - `unfiled` schools past the deadline without submission,
 * - `accounts` locked accounts (system administrator), `grants` accounts without a role (security administrator),
 *   `audit` rows not yet sealed for longer than a minute (audit administrator),
 *   `roleChanges` changes of roles that wait (security and audit administrators).
 */
export const workKind = z.enum([
  'fill',
  'submit',
  'returned',
  'doubt',
  'review',
  'approve',
  'accept',
  'unfiled',
  'accounts',
  'grants',
  'audit',
  'roleChanges',
]);

export const workLine = z.object({
  kind: workKind,
  count: z.number().int().min(1),
  /** How many days the oldest of them has waited; null where waiting does not count. */
  oldestDays: z.number().int().nullable(),
  /** The one filing, where there is just one: the line then opens it. */
  filingId: z.uuid().nullable(),
});

export const deadlineLine = z.object({
  unitId: z.number().int().nullable(),
  /** Who is held to it: a unit or a school. */
  name: z.string(),
  /** `filing`: schools submit; `approval`: the county approves; `acceptance`: the city accepts. */
  stage: z.enum(['filing', 'approval', 'acceptance']),
  date: day,
  daysLeft: z.number().int(),
  /** Schools that are still missing. */
  outstanding: z.number().int(),
  /** The notice or article that sets it. */
  basis: z.string().nullable(),
});

/** The home page: work first, then what falls due, then how far the year is. */
export const overview = route({
  name: 'home.overview',
  method: 'GET',
  path: '/api/home/overview',
  access: 'signed-in',
  summary: '首页：需要我处理的事项、临近期限、本年度进度',
  query: z.object({
    year: z.coerce.number().int().optional(),
    unitId: z.coerce.number().int().optional(),
  }),
  output: z.object({
    work: z.array(workLine),
    deadlines: z.array(deadlineLine),
    /** The last 催报 that a school has not answered by submitting; null for everybody who is not of a school. */
    reminder: z.object({ at: instant, by: z.string(), note: z.string().nullable() }).nullable(),
    /** Null for people who see no business, and where no period of that year exists. */
    progress: z
      .object({
        owed: z.number().int(),
        submitted: z.number().int(),
        approved: z.number().int(),
        accepted: z.number().int(),
      })
      .nullable(),
    /** Units whose balance verdict can be given, and those whose data are incomplete. */
    balance: z.object({ available: z.number().int(), incomplete: z.number().int() }).nullable(),
    /** When nothing waits: what comes next and when. */
    next: z.object({ stage: deadlineLine.shape.stage, name: z.string(), date: day }).nullable(),
  }),
});
