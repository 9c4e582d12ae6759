import { z } from 'zod';
import { route } from '../route.ts';

const post = z.object({ personId: z.uuid(), grantId: z.uuid() });

/** Kinds of open work at most. */
const mostKinds = 20;

export const openWork = route({
  name: 'people.openWork',
  method: 'GET',
  path: '/api/people/:personId/posts/:grantId/open-work',
  access: 'role.grant',
  scoped: true,
  summary: '一个岗位上没有办完的工作，按类计数，以及同单位可以接手的岗位；看不到工作的内容',
  params: post,
  output: z.object({
    rows: z
      .array(
        z.object({
          kind: z.string(),
          title: z.string(),
          count: z.number().int(),
          /** What of it stays whoever goes on, as half a sentence. */
          stays: z.string().nullable(),
        }),
      )
      .max(mostKinds),
    /** Posts at the same unit or school, each with the kinds that it may take over, and why not others that its role fits. */
    successors: z
      .array(
        z.object({
          grantId: z.uuid(),
          name: z.string(),
          roleName: z.string(),
          kinds: z.array(z.string()),
          bars: z.array(z.string()).max(mostKinds),
        }),
      )
      .max(500),
    can: z.object({ passWork: z.boolean() }),
  }),
});

export const passWork = route({
  name: 'people.passWork',
  method: 'POST',
  path: '/api/people/:personId/posts/:grantId/pass-work',
  access: 'role.grant',
  summary: '把一个岗位上没有办完的工作移交给同单位的另一个岗位，两人姓名都记在流转记录里，并通知双方',
  params: post,
  body: z.object({
    to: z.uuid(),
    kinds: z
      .array(
        z
          .string()
          .max(60)
          .regex(/^[a-z-]+\.[a-zA-Z]+$/),
      )
      .min(1, '请至少选择一类工作')
      .max(mostKinds),
  }),
  output: z.object({
    /** What passes now, in words. */
    what: z.string(),
    /** What of it stays, in words. */
    staying: z.string().nullable(),
    /** What it means for the successor to have so much, as a sentence. */
    beyond: z.string().nullable(),
  }),
});
