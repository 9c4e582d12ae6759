import { z } from 'zod';
import { instant, page } from '../kit/kit.shape.ts';
import { listOutput, route } from '../route.ts';
import { noticeKind } from './notices.shape.ts';

/** A notice that is addressed to the person at work. */
export const notice = z.object({
  id: z.uuid(),
  kind: noticeKind,
  subjectType: z.string(),
  subjectId: z.uuid(),
  /** What the subject was called when the notice was written; null where it was not said. */
  about: z.string().nullable(),
  note: z.string().nullable(),
  by: z.string(),
  at: instant,
  readAt: instant.nullable(),
});

export const list = route({
  name: 'notices.list',
  method: 'GET',
  path: '/api/notices',
  access: 'signed-in',
  summary: '消息：发给本人、本岗位、本单位或本校的通知，未读在前',
  query: z.object({
    ...page,
    kind: noticeKind.optional(),
    unread: z.stringbool().optional(),
  }),
  output: listOutput(notice).extend({
    /** The moment of this answer: marking all of it as read passes over what came later. */
    asOf: instant,
    /** The kinds in the inbox, whatever the filter, each with its unread. */
    kinds: z.array(z.object({ kind: noticeKind, unread: z.number().int() })),
  }),
});

/** Marks as read for this person alone; colleagues of the same place still see it as unread. */
export const read = route({
  name: 'notices.read',
  method: 'POST',
  path: '/api/notices/reads',
  access: 'signed-in',
  keepsRights: true,
  summary: '把消息标为已读：若干条，或某一时刻以前的全部',
  body: z.union([z.object({ ids: z.array(z.uuid()).min(1).max(200) }), z.object({ until: instant })]),
  output: z.object({ read: z.number().int() }),
});
