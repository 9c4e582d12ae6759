import { z } from 'zod';
import { reaches } from '#domain/access/actor.ts';
import { permissions } from '#domain/access/permissions.ts';
import { day, done, instant, newestEntries } from '../kit/kit.shape.ts';
import { personName as name } from '../kit/names.shape.ts';
import { mobile, phone, writtenReason } from '../kit/texts.shape.ts';
import { file, listOutput, listQuery, route, workbookType } from '../route.ts';
import { guesses } from '../session/session.ts';

const personId = z.object({ personId: z.uuid() });

/**
 * The way in which the person gets the first password: a one-time link (valid for a day), or a random password that is
 * shown once.
 */
export const firstPassword = z.enum(['link', 'password']);

/** Exactly one of the two is set; neither is stored. */
export const handedOut = z.object({
  /** Path of the one-time page, to be put behind the address of the installation. */
  link: z.string().nullable(),
  password: z.string().nullable(),
  expiresAt: instant.nullable(),
});

/** A post: a person's role and its place. */
export const grant = z.object({
  grantId: z.uuid(),
  role: z.string(),
  roleName: z.string(),
  reach: z.enum(reaches),
  unitId: z.number().int().nullable(),
  unitName: z.string().nullable(),
  schoolId: z.number().int().nullable(),
  schoolName: z.string().nullable(),
  /** The section of the unit; null where the post has none. */
  sectionId: z.number().int().nullable(),
  sectionName: z.string().nullable(),
  /** The section was closed, or moved from below the unit, after the post was put into it. */
  sectionLapsed: z.boolean(),
  grantedAt: instant,
});

export const personSummary = z.object({
  id: z.uuid(),
  username: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  /** The role of the first of `posts`, in the order of roles. */
  grant: grant.nullable(),
  posts: z.array(grant),
  /** The first password has not been chosen, or an administrator reset it. */
  passwordPending: z.boolean(),
  locked: z.boolean(),
  /** Wrong passwords since the last sign-in, where there are ten or more. */
  guessed: guesses.nullable(),
  secondFactorEnabled: z.boolean(),
  lastSeenAt: instant.nullable(),
});

export const personDetail = personSummary.extend({
  revision: z.number().int(),
  /** The number that signs in, and one that the person asked for; both masked. */
  mobile: z.string().nullable(),
  mobileAsked: z.string().nullable(),
  /**
   * Two people are needed to reset the password or the second factor of this account or to enable it again: the 系统管理员
   * proposes it, and the 安全管理员 confirms it.
   */
  guarded: z.boolean(),
  createdAt: instant,
  passwordChangedAt: instant.nullable(),
  sessions: z.number().int(),
  tokens: z.number().int(),
  /** Posts that stand and the newest others. */
  history: z.array(grant.extend({ revokedAt: instant.nullable() })).max(newestEntries),
  /** Current stand-ins: for posts of this person, and by this person for others. */
  standIns: z.array(
    z.object({
      id: z.uuid(),
      grantId: z.uuid(),
      personId: z.uuid(),
      personName: z.string(),
      principalId: z.uuid(),
      principalName: z.string(),
      roleName: z.string(),
      until: day,
    }),
  ),
  can: z.object({
    update: z.boolean(),
    resetPassword: z.boolean(),
    unlock: z.boolean(),
    disable: z.boolean(),
    enable: z.boolean(),
    endSessions: z.boolean(),
    removeSecondFactor: z.boolean(),
    /** Whether this administrator may propose what another one confirms. */
    propose: z.boolean(),
    grant: z.boolean(),
    revoke: z.boolean(),
    standIn: z.boolean(),
    setMobile: z.boolean(),
  }),
});

export const list = route({
  name: 'people.list',
  method: 'GET',
  path: '/api/people',
  access: 'people.read',
  scoped: true,
  summary: '人员账户列表，可按姓名、用户名、拼音查找',
  query: listQuery.extend({
    role: z.string().max(60).optional(),
    unitId: z.coerce.number().int().optional(),
    mark: z
      .enum([
        'active',
        'disabled',
        'guessed',
        'locked',
        'mobile-asked',
        'no-role',
        'password-pending',
        'section-lapsed',
      ])
      .optional(),
  }),
  output: listOutput(personSummary),
});

export const read = route({
  name: 'people.read',
  method: 'GET',
  path: '/api/people/:personId',
  access: 'people.read',
  scoped: true,
  summary: '一个人员账户，含角色历史和可办事项',
  params: personId,
  output: personDetail,
});

export const create = route({
  name: 'people.create',
  method: 'POST',
  path: '/api/people',
  access: 'people.manage',
  scoped: true,
  summary: '建立账户；角色由安全管理员另行授予',
  body: z.object({ name, username: z.string().trim().max(60), phone: phone.optional(), first: firstPassword }),
  output: handedOut.extend({ personId: z.uuid() }),
});

export const update = route({
  name: 'people.update',
  method: 'PATCH',
  path: '/api/people/:personId',
  access: 'people.manage',
  scoped: true,
  summary: '修改姓名和电话',
  params: personId,
  body: z.object({ name, phone: phone.nullable(), revision: z.number().int() }),
  output: done,
});

export const setMobile = route({
  name: 'people.setMobile',
  method: 'PUT',
  path: '/api/people/:personId/mobile',
  access: 'role.grant',
  scoped: true,
  summary: '登记或核对一个人员登录用的手机号；本人登记过的须一致；空值去掉手机号',
  params: personId,
  body: z.object({ mobile: mobile.nullable() }),
  output: done,
});

export const exportData = route({
  name: 'people.exportData',
  method: 'POST',
  path: '/api/people/:personId/data',
  access: 'people.manage',
  scoped: true,
  summary: '应本人要求导出平台所存的个人信息（Excel）；写明由谁、怎样要求，记入审计',
  params: personId,
  body: z.object({ reason: writtenReason(500) }),
  output: file(workbookType),
});

export const resetPassword = route({
  name: 'people.resetPassword',
  method: 'POST',
  path: '/api/people/:personId/password',
  access: 'people.manage',
  summary: '重置密码：给出一次性链接或临时密码，结束其全部登录',
  params: personId,
  body: z.object({ first: firstPassword }),
  output: handedOut,
});

export const setStatus = route({
  name: 'people.setStatus',
  method: 'PUT',
  path: '/api/people/:personId/status',
  access: 'people.manage',
  summary: '停用或恢复账户',
  params: personId,
  body: z.object({ status: z.enum(['active', 'disabled']) }),
  output: done,
});

export const unlock = route({
  name: 'people.unlock',
  method: 'POST',
  path: '/api/people/:personId/unlock',
  access: 'people.manage',
  scoped: true,
  summary: '解除因连续失败而暂停的登录',
  params: personId,
  output: done,
});

export const endSessions = route({
  name: 'people.endSessions',
  method: 'DELETE',
  path: '/api/people/:personId/sessions',
  access: 'people.manage',
  scoped: true,
  summary: '结束一个人员的全部登录',
  params: personId,
  output: done,
});

export const removeSecondFactor = route({
  name: 'people.removeSecondFactor',
  method: 'DELETE',
  path: '/api/people/:personId/second-factor',
  access: 'people.manage',
  summary: '解除一个人员的动态验证码（更换或遗失手机时）',
  params: personId,
  output: done,
});

export const inviteAdministrator = route({
  name: 'people.inviteAdministrator',
  method: 'POST',
  path: '/api/people/administrators',
  access: 'people.manage',
  scoped: true,
  summary: '在尚无安全管理员或审计管理员时，给出建立其账户的一次性链接',
  body: z.object({ role: z.enum(['security-administrator', 'audit-administrator']) }),
  output: z.object({ link: z.string(), expiresAt: instant }),
});

export const grantRole = route({
  name: 'people.grantRole',
  method: 'PUT',
  path: '/api/people/:personId/grant',
  access: 'role.grant',
  summary: '授予一个岗位：角色、管辖单位和科室；已有岗位的，其登录同时结束',
  params: personId,
  body: z.object({
    role: z.string().max(60),
    unitId: z.number().int().nullable(),
    schoolId: z.number().int().nullable(),
    /** A 科室, 部门 or 直属单位 below the unit. */
    sectionId: z.number().int().nullable().default(null),
  }),
  output: done,
});

export const setSection = route({
  name: 'people.setSection',
  method: 'PUT',
  path: '/api/people/:personId/posts/:grantId/section',
  access: 'role.grant',
  summary: '改变一个岗位所在的科室，或不再写明科室；岗位、登录和代办照旧',
  touches: ['session'],
  params: personId.extend({ grantId: z.uuid() }),
  body: z.object({ sectionId: z.number().int().nullable() }),
  output: done,
});

export const revokeRole = route({
  name: 'people.revokeRole',
  method: 'DELETE',
  path: '/api/people/:personId/grant',
  access: 'role.grant',
  summary: '收回一个岗位；其登录、这个岗位的访问令牌和代办同时结束',
  params: personId,
  /** The post; may be left out if there is only one. */
  query: z.object({ grantId: z.uuid().optional() }),
  output: done,
});

export const roles = route({
  name: 'people.roles',
  method: 'GET',
  path: '/api/roles',
  access: ['people.read', 'audit.read'],
  scoped: true,
  summary: '角色、权限和人数',
  output: z.object({
    rows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        level: z.enum(reaches),
        revision: z.number().int(),
        separated: z.boolean(),
        secondFactor: z.boolean(),
        permissions: z.array(z.enum(permissions)),
        people: z.number().int(),
      }),
    ),
  }),
});

export const places = route({
  name: 'people.places',
  method: 'GET',
  path: '/api/people/places',
  access: 'people.read',
  scoped: true,
  summary: '授权时可选的单位、科室和学校，按名称、标识码或拼音查找',
  query: z.object({
    /** `unit`: a city or a county-level unit; `section`: a 科室, 部门 or 直属单位 below the unit of `within`. */
    level: z.enum(['city', 'county', 'unit', 'section', 'school']),
    /** Only schools or sections of this unit; of a city the schools of all its counties. */
    within: z.coerce.number().int().optional(),
    search: z.string().trim().max(60).optional(),
  }),
  output: z.object({
    rows: z
      .array(
        z.object({
          unitId: z.number().int(),
          schoolId: z.number().int().nullable(),
          name: z.string(),
          note: z.string(),
        }),
      )
      .max(50),
  }),
});
