import { z } from 'zod';
import { reaches } from '#domain/access/actor.ts';
import { permissions } from '#domain/access/permissions.ts';
import { businessPermissions } from '#domain/access/role-change.ts';
import { done, instant } from '../kit/kit.shape.ts';
import { roleName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { proposal, rejection } from './proposal.shape.ts';

const changeId = z.object({ changeId: z.uuid() });

const content = z.object({
  name: z.string(),
  reach: z.enum(reaches),
  permissions: z.array(z.enum(permissions)),
  secondFactor: z.boolean(),
});

/** A proposed change of a role, or a proposed new role, and the decision on it. */
export const roleChange = z.object({
  id: z.uuid(),
  role: z.string(),
  /** Null for a new role. */
  before: content.nullable(),
  after: content,
  /** The time when it takes effect without a second person. */
  effectiveAt: instant,
  state: z.enum(['waiting', 'confirmed', 'rejected', 'elapsed', 'overtaken']),
  ...proposal.shape,
  can: z.object({ confirm: z.boolean(), reject: z.boolean() }),
});

export const list = route({
  name: 'roles.changes',
  method: 'GET',
  path: '/api/roles/changes',
  access: ['people.read', 'audit.read'],
  scoped: true,
  summary: '角色的改动：等待确认的和最近办结的',
  output: z.object({ rows: z.array(roleChange) }),
});

export const propose = route({
  name: 'roles.propose',
  method: 'POST',
  path: '/api/roles/changes',
  access: 'role.grant',
  summary: '提出修改角色的权限或另建角色；另一位安全管理员确认，或满 24 小时后生效',
  body: z.object({
    /** The key of the role; null for a new one. */
    role: z.string().max(60).nullable(),
    /** The revision that the person read; 0 for a new role. */
    revision: z.number().int().min(0),
    name: roleName,
    reach: z.enum(reaches),
    permissions: z.array(z.enum(businessPermissions, '业务角色不能带有三员的权限')).min(1, '请至少选择一项权限'),
    secondFactor: z.boolean(),
  }),
  output: z.object({ id: z.uuid() }),
});

export const confirm = route({
  name: 'roles.confirm',
  method: 'POST',
  path: '/api/roles/changes/:changeId/confirmation',
  access: 'role.grant',
  summary: '确认角色的改动，立即生效；提出人不能自己确认',
  touches: ['people', 'session'],
  params: changeId,
  output: done,
});

export const reject = route({
  name: 'roles.reject',
  method: 'POST',
  path: '/api/roles/changes/:changeId/rejection',
  access: 'role.grant',
  scoped: true,
  summary: '否决角色的改动；提出人也可以收回',
  params: changeId,
  body: rejection,
  output: done,
});

export const names = route({
  name: 'roles.names',
  method: 'GET',
  path: '/api/roles/names',
  access: 'signed-in',
  summary: '角色的名称；可只列持有某项权限的角色',
  query: z.object({ permission: z.enum(permissions).optional() }),
  output: z.object({ rows: z.array(z.object({ key: z.string(), name: z.string() })) }),
});
