import { z } from 'zod';
import { reminderMails } from '#domain/filing/review/call.ts';
import { day, instant } from '../kit/kit.shape.ts';
import { file, listQuery, route, workbookType } from '../route.ts';
import { filingFilter } from './filings.shape.ts';

/** Schools on one list at most. A city has fewer. */
const mostCalls = 3000;

/** A school that has not filed, and whom to call there. */
export const call = z.object({
  filingId: z.uuid(),
  school: z.object({ name: z.string(), countyName: z.string() }),
  /** Somebody of the school who files, first whoever has a telephone; null where the school has no account. */
  contact: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
  filled: z.number().int(),
  required: z.number().int(),
  /** The last day on which it was due. */
  dueOn: day,
  /** Days since then; 0 where it is not late yet. */
  lateDays: z.number().int(),
  reminded: z
    .object({
      at: instant,
      by: z.string(),
      mail: z.enum(reminderMails),
      sentence: z.string().nullable(),
      /** When somebody of the school read it in the inbox. */
      readAt: instant.nullable(),
    })
    .nullable(),
});

const query = z.object({
  ...filingFilter,
  search: listQuery.shape.search,
  /** Also the schools that a mail has reached. */
  all: z.stringbool().optional(),
});

export const callList = route({
  name: 'filings.callList',
  method: 'GET',
  path: '/api/filings/calls',
  access: 'filing.remind',
  scoped: true,
  summary: '电话催报单：可以催报而邮件没有送到的未报学校，联系人、电话、缺什么、从哪天起',
  query,
  output: z.object({ rows: z.array(call).max(mostCalls), reached: z.number().int() }),
});

export const exportCalls = route({
  name: 'filings.exportCalls',
  method: 'GET',
  path: '/api/filings/calls/export',
  access: 'filing.remind',
  scoped: true,
  summary: '导出电话催报单 xlsx',
  query,
  output: file(workbookType),
});
