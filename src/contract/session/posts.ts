import { z } from 'zod';
import { day, done, instant } from '../kit/kit.shape.ts';
import { route } from '../route.ts';

const grantId = z.object({ grantId: z.uuid() });

/** An arrangement by which a colleague stands in (代办) for the holder of a post. */
export const standIn = z.object({
  id: z.uuid(),
  grantId: z.uuid(),
  personName: z.string(),
  principalName: z.string(),
  roleName: z.string(),
  placeName: z.string().nullable(),
  /** The last day, included. */
  until: day,
  givenAt: instant,
});

export const list = route({
  name: 'posts.list',
  method: 'GET',
  path: '/api/posts',
  access: 'signed-in',
  summary: '自己的岗位、交给他人代办的和代他人办理的',
  output: z.object({
    posts: z.array(
      z.object({
        grantId: z.uuid(),
        roleName: z.string(),
        placeName: z.string().nullable(),
        /** Whether the acts of the post may be given to a colleague. */
        canGive: z.boolean(),
        standIns: z.array(standIn),
      }),
    ),
    held: z.array(standIn),
  }),
});

export const colleagues = route({
  name: 'posts.colleagues',
  method: 'GET',
  path: '/api/posts/:grantId/colleagues',
  access: 'signed-in',
  ownSession: true,
  summary: '可以代办一个岗位的同事：同一单位或同一学校的在用账户',
  params: grantId,
  output: z.object({ rows: z.array(z.object({ id: z.uuid(), name: z.string(), roles: z.string() })) }),
});

export const giveStandIn = route({
  name: 'posts.giveStandIn',
  method: 'POST',
  path: '/api/posts/:grantId/stand-ins',
  access: 'signed-in',
  ownSession: true,
  summary: '把一个岗位的事项交给同事代办，到某日为止；由本人或安全管理员办理',
  touches: ['people', 'session'],
  params: grantId,
  body: z.object({ personId: z.uuid(), until: day }),
  output: z.object({ id: z.uuid() }),
});

export const endStandIn = route({
  name: 'posts.endStandIn',
  method: 'DELETE',
  path: '/api/stand-ins/:standInId',
  access: 'signed-in',
  ownSession: true,
  summary: '提前结束代办；由本人、代办人或安全管理员办理',
  touches: ['people', 'session'],
  params: z.object({ standInId: z.uuid() }),
  output: done,
});
