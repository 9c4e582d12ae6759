import { z } from 'zod';
import { day, done, instant } from '../kit/kit.shape.ts';
import { route } from '../route.ts';

const post = z.object({ personId: z.uuid(), grantId: z.uuid() });

/** The reach of a post and its days: a school, a whole unit or a campaign; exactly one of the three is named. */
export const assignment = z.object({
  id: z.uuid(),
  schoolId: z.number().int().nullable(),
  schoolName: z.string().nullable(),
  /** For a school, the unit of its present location. */
  unitName: z.string().nullable(),
  campaignId: z.uuid().nullable(),
  /** The person's part of a campaign. */
  branch: z.string().nullable(),
  /** First and last day, both included, as days in China by the real clock. */
  from: day,
  to: day.nullable(),
  state: z.enum(['coming', 'current', 'over', 'ended']),
  /** Null where the program itself gave it. */
  givenBy: z.string().nullable(),
  givenAt: instant,
  endedBy: z.string().nullable(),
  endedAt: instant.nullable(),
  can: z.object({ end: z.boolean() }),
});

export const list = route({
  name: 'people.assignments',
  method: 'GET',
  path: '/api/people/:personId/posts/:grantId/assignments',
  access: 'people.read',
  scoped: true,
  summary: '一个岗位的指派：负责的学校、单位或参加的项目，含已结束的',
  params: post,
  output: z.object({ rows: z.array(assignment), can: z.object({ assign: z.boolean() }) }),
});

export const assign = route({
  name: 'people.assign',
  method: 'POST',
  path: '/api/people/:personId/posts/:grantId/assignments',
  access: 'role.grant',
  summary: '给一个岗位指派一所学校，自某日起、到某日止，当日即按新的范围办理',
  params: post,
  body: z.object({
    schoolId: z.int('请选择学校'),
    from: day,
    /** The last day, included; null: until further notice. */
    to: day.nullable(),
  }),
  output: z.object({ id: z.uuid() }),
});

export const end = route({
  name: 'people.endAssignment',
  method: 'DELETE',
  path: '/api/people/:personId/posts/:grantId/assignments/:assignmentId',
  access: 'role.grant',
  summary: '提前结束一项指派，立即生效',
  params: post.extend({ assignmentId: z.uuid() }),
  output: done,
});
