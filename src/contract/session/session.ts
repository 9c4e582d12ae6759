import { z } from 'zod';
import { reaches } from '#domain/access/actor.ts';
import { permissions } from '#domain/access/permissions.ts';
import { day, done, instant, newestEntries } from '../kit/kit.shape.ts';
import { personName } from '../kit/names.shape.ts';
import { route } from '../route.ts';
import { standIn } from './posts.ts';

/** Wrong tries on an account since its last sign-in. */
export const guesses = z.object({ tries: z.number().int(), addresses: z.number().int(), since: instant });

export const password = z.string().min(1).max(200);

/** A unit of the tree as the frame of the desk shows it. */
export const sessionUnit = z.object({
  id: z.number().int(),
  level: z.enum(['province', 'city', 'county']),
  name: z.string(),
  shortName: z.string(),
  /** The pinyin of both names, whole and as initials, by which the palette finds it; empty until it was written. */
  alsoFoundBy: z.string(),
});

/** A post: the grant and, where a colleague stands in for its holder, the arrangement. */
export const postName = z.object({ grantId: z.uuid(), standInId: z.uuid().nullable() });

/** A post in which the person can work. */
export const sessionPost = postName.extend({
  role: z.string(),
  roleName: z.string(),
  /** The unit or school; null for the three administrators. */
  placeName: z.string().nullable(),
  /** If the person stands in: the holder of the post, and the last day. */
  principalName: z.string().nullable(),
  until: day.nullable(),
});

/** The signed-in person with permissions, post and place, and anything that the person must do first. */
export const sessionState = z.object({
  person: z.object({ id: z.uuid(), username: z.string(), name: z.string() }),
  role: z.object({
    key: z.string(),
    name: z.string(),
    level: z.enum(reaches),
  }),
  /** The post at work; null if the person has none, or has several and has not chosen one. */
  post: postName.nullable(),
  posts: z.array(sessionPost),
  /** The own posts that a colleague works in now; the holder knows it also where the 安全管理员 gave them. */
  given: z.array(standIn.pick({ id: true, personName: true, roleName: true, until: true })),
  permissions: z.array(z.enum(permissions)),
  /** The unit of the grant; null for the three administrators and for people without a role. */
  unit: sessionUnit.nullable(),
  /** The units from the province down to the person's unit, which the top bar shows as the path. */
  path: z.array(sessionUnit),
  school: z
    .object({
      id: z.number().int(),
      code: z.string().nullable(),
      name: z.string(),
      /** When it was closed or merged, and into which school; null while it is open. */
      ended: z.object({ day, into: z.object({ id: z.number().int(), name: z.string() }).nullable() }).nullable(),
    })
    .nullable(),
  /** County-level units in scope, in their usual order. */
  counties: z.array(sessionUnit),
  /** Until done, every route that needs a permission is refused. */
  mustChangePassword: z.boolean(),
  mustEnrolSecondFactor: z.boolean(),
  secondFactorEnabled: z.boolean(),
  /** Whole days until the password must be changed; negative when it is overdue. */
  passwordDaysLeft: z.number().int(),
  idleMinutes: z.number().int(),
  /** Wrong passwords for this account between the sign-in before and this one, and from how many addresses. */
  guessed: guesses.nullable(),
  /** The sample city: the desk shows the band 示例数据. */
  sample: z.boolean(),
});

export const read = route({
  name: 'session.read',
  method: 'GET',
  path: '/api/session',
  access: 'signed-in',
  summary: '当前登录的人员、角色、权限和管辖范围',
  output: sessionState,
});

/** Somebody to call. */
const named = z.object({ name: z.string(), phone: z.string().nullable() });

/** Whom a person asks for rights and for the first year, and whether the post at work reaches anything yet. */
export const rights = route({
  name: 'session.rights',
  method: 'GET',
  path: '/api/session/rights',
  access: 'signed-in',
  summary: '本人岗位是否已有指派；谁授予角色、谁建立账户、谁开启学年',
  output: z.object({
    /** False for a post that reaches by assignment and has none today; true for every other post. */
    assigned: z.boolean(),
    /** The people who grant roles and assign schools, by name. */
    grantors: z.array(named),
    /** The people who make accounts: whom to ask while nobody grants roles. */
    managers: z.array(named),
    /** The people who open a school year. */
    openers: z.array(named),
  }),
});

/** `second-factor`: the password was right; now `session.passSecondFactor` within ten minutes. */
const opened = z.object({ state: z.enum(['signed-in', 'second-factor']) });

export const signIn = route({
  name: 'session.signIn',
  method: 'POST',
  path: '/api/session',
  access: 'public',
  summary: '用用户名或手机号和密码登录',
  body: z.object({ username: z.string().trim().min(1).max(60), password }),
  output: opened,
});

export const passSecondFactor = route({
  name: 'session.passSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor',
  access: 'public',
  summary: '登录的第二步：输入动态验证码或备用码',
  body: z.object({
    kind: z.enum(['totp', 'backup']).default('totp'),
    code: z.string().trim().min(6).max(20),
  }),
  output: opened,
});

export const choosePost = route({
  name: 'session.choosePost',
  method: 'PUT',
  path: '/api/session/post',
  access: 'signed-in',
  ownSession: true,
  summary: '选择岗位：不写明岗位的请求从此用这个岗位；不结束任何登录',
  body: postName,
  output: done,
});

export const signOut = route({
  name: 'session.signOut',
  method: 'DELETE',
  path: '/api/session',
  access: 'signed-in',
  ownSession: true,
  summary: '退出登录',
  output: done,
});

export const changePassword = route({
  name: 'session.changePassword',
  method: 'PUT',
  path: '/api/session/password',
  access: 'signed-in',
  ownSession: true,
  summary: '修改自己的密码；其他设备上的登录同时结束',
  body: z.object({ current: password, next: password }),
  output: done,
});

export const enrolSecondFactor = route({
  name: 'session.enrolSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor/enrolment',
  access: 'signed-in',
  ownSession: true,
  summary: '开始绑定动态验证码：给出二维码内容和备用码（只显示一次）',
  body: z.object({ password }),
  output: z.object({
    /** `otpauth://…`, to be drawn as a QR code. */
    uri: z.string(),
    /** The same secret in base32, for typing by hand. */
    secret: z.string(),
    backupCodes: z.array(z.string()),
  }),
});

export const confirmSecondFactor = route({
  name: 'session.confirmSecondFactor',
  method: 'PUT',
  path: '/api/session/second-factor/enrolment',
  access: 'signed-in',
  ownSession: true,
  summary: '输入一次动态验证码，完成绑定',
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, '请输入 6 位数字'),
  }),
  output: done,
});

export const removeSecondFactor = route({
  name: 'session.removeSecondFactor',
  method: 'POST',
  path: '/api/session/second-factor/removal',
  access: 'signed-in',
  ownSession: true,
  summary: '解除自己的动态验证码（角色允许时）',
  body: z.object({ password }),
  output: done,
});

export const list = route({
  name: 'session.list',
  method: 'GET',
  path: '/api/sessions',
  access: 'signed-in',
  ownSession: true,
  summary: '自己的登录：在哪里、何时、最近一次使用',
  output: z.object({
    rows: z
      .array(
        z.object({
          id: z.uuid(),
          address: z.string().nullable(),
          userAgent: z.string().nullable(),
          startedAt: instant,
          lastSeenAt: instant,
          current: z.boolean(),
        }),
      )
      .max(newestEntries),
  }),
});

export const end = route({
  name: 'session.end',
  method: 'DELETE',
  path: '/api/sessions/:sessionId',
  access: 'signed-in',
  ownSession: true,
  summary: '结束自己的一个登录',
  params: z.object({ sessionId: z.uuid() }),
  output: done,
});

/** The purpose of a one-time link; the page behind it shows the matching form. */
const linkState = z.object({
  /** `administrator`: makes a new account with `role`; `password`: sets the password of an account that exists. */
  purpose: z.enum(['administrator', 'password']),
  role: z.string().nullable(),
  username: z.string().nullable(),
  name: z.string().nullable(),
  /** Whether the six-digit code is asked that another administrator gave: the link is one of two halves. */
  code: z.boolean(),
  expiresAt: instant,
});

export const inspectLink = route({
  name: 'session.inspectLink',
  method: 'POST',
  path: '/api/set-up/inspection',
  access: 'public',
  summary: '查看一次性链接的用途',
  body: z.object({ token: z.string().min(20).max(100) }),
  output: linkState,
});

export const useLink = route({
  name: 'session.useLink',
  method: 'POST',
  path: '/api/set-up',
  access: 'public',
  summary: '使用一次性链接：建立管理员账户，或设定首个密码',
  body: z.object({
    token: z.string().min(20).max(100),
    /** For a new account. */
    username: z.string().trim().max(60).optional(),
    name: personName.optional(),
    /** For a link of two halves. */
    code: z.string().trim().max(20).optional(),
    password,
  }),
  output: z.object({ username: z.string() }),
});
