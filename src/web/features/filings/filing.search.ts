import { z } from 'zod';
import { timelineKinds } from '#domain/filing/review/timeline.ts';
import { filingSituations } from '#domain/filing/situation.ts';
import { importSearch } from '#web/shared/import/import.search.ts';

const flag = z.coerce.boolean().optional().catch(undefined);
const text = z.coerce.string().trim().max(120).optional().catch(undefined);
const situation = z.enum(filingSituations).optional().catch(undefined);
const mark = z
  .enum(['owed', 'overdue', 'to-remind', 'late', 'checked', 'comments', 'changed', 'released'])
  .optional()
  .catch(undefined);

const narrowing = {
  situation,
  mark,
  /** Key of a section of the edition. */
  level: text,
  managedBy: z.enum(['county', 'city']).optional().catch(undefined),
  doubts: flag,
  search: text,
};

/** 数据填报: the list, and above it the units for the city. */
export const filingListSearch = z.object({
  ...narrowing,
  page: z.coerce.number().int().min(1).optional().catch(undefined),
  pageSize: z.coerce.number().int().min(10).max(200).optional().catch(undefined),
  sort: text,
});

/** 电话催报单: the filters of the list of which it was made, and whether the schools that a mail has reached stand on it too. */
export const filingCallsSearch = z.object({ ...narrowing, all: flag });

/** The grid: its columns, its rows, and the content of the panel beside it. */
export const filingGridSearch = z.object({
  ...narrowing,
  /** A group of the edition; absent: its first group. */
  group: text,
  all: flag,
  panel: z.enum(['cell', 'check']).optional().catch(undefined),
});

/** The review queue: its filter, and the filing on the right. */
export const filingReviewSearch = z.object({
  filing: z.uuid().optional().catch(undefined),
  queue: z.enum(['submitted', 'approved']).optional().catch(undefined),
  doubts: flag,
  changed: flag,
  /** 核过 or not yet; absent: both. */
  checked: z.enum(['yes', 'no']).optional().catch(undefined),
  /** Absent: the oddest first. */
  order: z.enum(['submittedAt']).optional().catch(undefined),
});

/** The import page: for one school's filing or a whole unit, and the preview that is open. */
export const filingImportSearch = importSearch.extend({
  filing: z.uuid().optional().catch(undefined),
});

/** The history of a filing: the kind of entries of its timeline, and the field whose own history is shown. */
export const filingHistorySearch = z.object({
  kind: z.enum(timelineKinds).optional().catch(undefined),
  field: text,
});

/** The address says `true`, the query of a route says `'true'`. */
export function asQuery<Search extends { doubts?: boolean | undefined }>({ doubts, ...rest }: Search) {
  return { ...rest, ...(doubts ? { doubts: 'true' } : {}) };
}

/** The filters of a list, without the page number: an export contains all pages. */
export function narrowingOf<Search extends { doubts?: boolean | undefined; page?: unknown; pageSize?: unknown }>(
  search: Search,
) {
  const { page: _page, pageSize: _pageSize, ...rest } = asQuery(search);
  return rest;
}

/** The list of years: the dialog that opens one. */
export const periodsSearch = z.object({ opening: flag });
