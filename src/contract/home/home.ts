import { z } from 'zod';
import { permissions, settingUp } from '#domain/access/permissions.ts';
import { collectionStates } from '#domain/collection/collection.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { route } from '../route.ts';

/** The feature of a line and its kind there: `filings.approve`. Each feature lists its kinds in its manifest. */
const kind = z.string().regex(/^[a-z-]+\.[A-Za-z]+$/);

/**
 * The data of the frame around every page, beside the session: the school years to choose from and the amount of
 * waiting work. The page asks for it again about every minute.
 */
export const frame = route({
  name: 'home.frame',
  method: 'GET',
  path: '/api/home/frame',
  access: 'signed-in',
  summary: '页面框架：可选学年、今天的日期、待办数、未读消息数',
  quiet: true,
  output: z.object({
    /** Today, or the reference date of a sample: deadlines are counted from it. */
    today: day,
    /** School years with a collection, newest first; empty for the three administrators, who see no business. */
    years: z.array(
      z.object({
        schoolYear: z.number().int(),
        state: z.enum(collectionStates),
        opensOn: day,
        /** Since this day the year is read only; absent while it takes writes. */
        archivedOn: day.optional(),
      }),
    ),
    /** The school year that a page shows when the address names none. */
    currentYear: z.number().int().nullable(),
    /**
     * How many lines `overview.work` has for the current year, over all units in scope: kinds of work, because their
     * counts (schools, units, filings) do not add up to anything.
     */
    waiting: z.number().int(),
    /** How many notices in the inbox the person has not read. */
    unread: z.number().int(),
  }),
});

/** A count of things of one kind. `count` is exactly the number of rows in the list that the line opens. */
export const workCount = z.object({
  kind,
  count: z.number().int().min(1),
  /** How many days the oldest of them has waited; null where waiting does not count. */
  oldestDays: z.number().int().nullable(),
  /** The id of the subject if there is just one: the line then opens it. */
  subject: z.string().nullable(),
});

/** Work that waits for this person. A thing is counted in one line: `parts` say what is special about some of them. */
export const workLine = workCount.extend({ parts: z.array(workCount).max(10) });

/** A deadline of a unit or a school. */
export const deadlineLine = z.object({
  kind,
  unitId: z.number().int().nullable(),
  /** The unit or school that must meet it. */
  name: z.string(),
  date: day,
  daysLeft: z.number().int(),
  /** The number of schools that are still missing. */
  outstanding: z.number().int(),
  /** The notice or article that sets it. */
  basis: z.string().nullable(),
  /** The school year in whose list it is counted, whatever year the home shows; null where the list knows no year. */
  schoolYear: z.number().int().nullable(),
});

/** A step of a new installation. */
export const step = z.object({
  kind,
  done: z.boolean(),
  /** How many of what the step makes are there: units, schools, posts. */
  count: z.number().int(),
  /** How many more are proposed and wait for somebody else's decision. */
  proposed: z.number().int().min(0),
  needed: z.number().int(),
  /** The permissions that the step takes, in their order, each with the people who hold it; nobody holds it at first. */
  doers: z.array(
    z.object({
      permission: z.enum(permissions),
      holders: z.array(z.object({ name: z.string(), phone: z.string().nullable() })),
    }),
  ),
});

/** What a new installation still needs, for those who set it up: its administrators and the officer of the city. */
export const beginning = route({
  name: 'home.beginning',
  method: 'GET',
  path: '/api/home/beginning',
  access: settingUp,
  scoped: true,
  summary: '启用的步骤：做到哪一步、谁来做；开启首个学年后没有',
  output: z.object({
    /** In the order in which they are taken; null once the first year is open. */
    steps: z.array(step).nullable(),
  }),
});

/** The home page: first the waiting work, then the deadlines, then the progress of the year. */
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
    /**
     * What this person has done and somebody else goes on with, such as a filing that waits for the head's signature. It
     * is told and does not count in `frame.waiting`.
     */
    handedOver: z.array(workCount),
    /** The nearest first. */
    deadlines: z.array(deadlineLine),
    /**
     * The last notice that a school has not answered yet, such as a 催报 before it submits; null for everybody outside
     * schools. `kind` is the kind under which the notice was sent.
     */
    notice: z.object({ kind: z.string(), at: instant, by: z.string(), note: z.string().nullable() }).nullable(),
    /**
     * The progress of the year, named `<feature>.<figure>`. A figure that this person may not see is absent and not 0.
     */
    figures: z.array(z.object({ key: kind, count: z.number().int() })),
    /** If no work waits: the next event and its date. */
    next: z.object({ kind, name: z.string(), date: day }).nullable(),
  }),
});
