import { z } from 'zod';
import { permissions, tokenPermissions } from '#domain/access/permissions.ts';
import { done, instant, newestEntries } from '../kit/kit.shape.ts';
import { tokenName } from '../kit/names.shape.ts';
import { route } from '../route.ts';

/** A personal access token. The secret token is not included: it is shown once when it is made. */
export const accessToken = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.enum(permissions)),
  /** The post for which it speaks. */
  post: z.object({ roleName: z.string(), placeName: z.string().nullable() }),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});

export const list = route({
  name: 'tokens.list',
  method: 'GET',
  path: '/api/tokens',
  access: 'signed-in',
  summary: '自己的访问令牌',
  output: z.object({ rows: z.array(accessToken).max(newestEntries) }),
});

export const create = route({
  name: 'tokens.create',
  method: 'POST',
  path: '/api/tokens',
  access: 'signed-in',
  ownSession: true,
  summary: '建立访问令牌，供其他系统代表自己调用接口；令牌只显示这一次',
  body: z.object({
    name: tokenName,
    /** A part of one's own permissions. Permissions of administrators are excluded: they need a signed-in person. */
    permissions: z.array(z.enum(tokenPermissions, '访问令牌不能带有管理员的权限')).min(1),
    /** Days until it ends; at most a year. */
    days: z.number().int().min(1).max(366),
  }),
  output: z.object({ id: z.uuid(), token: z.string(), expiresAt: instant }),
});

export const revoke = route({
  name: 'tokens.revoke',
  method: 'DELETE',
  path: '/api/tokens/:tokenId',
  access: 'signed-in',
  ownSession: true,
  summary: '撤销访问令牌',
  params: z.object({ tokenId: z.uuid() }),
  output: done,
});
