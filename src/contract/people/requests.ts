import { z } from 'zod';
import { done } from '../kit/kit.shape.ts';
import { route } from '../route.ts';
import { handedOut } from './people.ts';
import { proposal, rejection } from './proposal.shape.ts';

const requestId = z.object({ requestId: z.uuid() });

/** What an administrator may ask for an account that one person alone must not come by. */
export const requestedActs = ['password', 'second-factor', 'enable'] as const;

/** A request for an account: proposed by one administrator, confirmed by another, and what became of it. */
export const accountRequest = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  username: z.string(),
  act: z.enum(requestedActs),
  state: z.enum(['waiting', 'confirmed', 'rejected']),
  ...proposal.shape,
  can: z.object({ confirm: z.boolean(), reject: z.boolean() }),
});

export const list = route({
  name: 'people.requests',
  method: 'GET',
  path: '/api/people/requests',
  access: 'people.read',
  scoped: true,
  summary: '账户的申请：等待另一位管理员确认的和最近办结的',
  query: z.object({ personId: z.uuid().optional() }),
  output: z.object({ rows: z.array(accountRequest).max(100) }),
});

export const propose = route({
  name: 'people.proposeRequest',
  method: 'POST',
  path: '/api/people/:personId/requests',
  access: 'people.manage',
  summary: '申请双人链接、解除动态验证码或恢复账户；由安全管理员确认后生效',
  params: z.object({ personId: z.uuid() }),
  body: z.object({ act: z.enum(requestedActs) }),
  /** `code`: the six digits that go with the link; shown once, and null where there is no link. */
  output: z.object({ id: z.uuid(), code: z.string().nullable() }),
});

export const confirm = route({
  name: 'people.confirmRequest',
  method: 'POST',
  path: '/api/people/requests/:requestId/confirmation',
  access: 'role.grant',
  summary: '确认账户的申请，立即生效；提出人不能自己确认。重置密码的，给出一次性链接',
  params: requestId,
  output: handedOut.pick({ link: true, expiresAt: true }),
});

export const reject = route({
  name: 'people.rejectRequest',
  method: 'POST',
  path: '/api/people/requests/:requestId/rejection',
  access: ['people.manage', 'role.grant'],
  scoped: true,
  summary: '否决账户的申请；提出人也可以收回',
  params: requestId,
  body: rejection,
  output: done,
});
