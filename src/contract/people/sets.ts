import { z } from 'zod';
import { longestPlaceName } from '#domain/access/people-list.ts';
import { done, instant, page } from '../kit/kit.shape.ts';
import { personName } from '../kit/names.shape.ts';
import { phone } from '../kit/texts.shape.ts';
import { listOutput, route } from '../route.ts';
import { proposal, rejection } from './proposal.shape.ts';

const setId = z.object({ setId: z.uuid() });

/** A person of a sheet: who gets it, and where. */
const recipient = z.object({
  personId: z.uuid(),
  name: z.string(),
  username: z.string(),
  phone: z.string().nullable(),
  /** The county-level unit or the city; of a school its county. */
  countyId: z.number().int().nullable(),
  countyName: z.string(),
  placeName: z.string(),
  /** The names of the posts, joined. */
  roleNames: z.string(),
});

/** The six digits that a person types beside the link; shown once. */
export const handedCode = recipient.extend({ code: z.string() });

const handedLink = recipient.extend({
  /** Path of the one-time page, to be put behind the address of the installation. */
  link: z.string(),
  /** Whom the person calls: the contact of the unit, or, where it names nobody, the administrator who proposed the set. */
  contact: z.string(),
});

/** Posts of many people, proposed with one table: who proposed, and what became of it. */
export const postSet = z.object({
  id: z.uuid(),
  state: z.enum(['waiting', 'granted', 'rejected']),
  fileName: z.string(),
  lines: z.number().int(),
  accounts: z.number().int(),
  ...proposal.shape,
});

const setLine = z.object({
  line: z.number().int(),
  personId: z.uuid(),
  name: z.string(),
  username: z.string(),
  phone: z.string().nullable(),
  /** Whether the account was made by this table. */
  isNew: z.boolean(),
  /** The posts that the person holds now, in words. */
  held: z.array(z.string()),
  roleName: z.string(),
  placeName: z.string(),
  /** The section of the unit that the line names; null where it names none. */
  sectionName: z.string().nullable(),
  countyName: z.string(),
  /** Why a rule forbids this post now; null where none does. */
  refusal: z.string().nullable(),
  outcome: z.enum(['granted', 'excepted', 'refused']).nullable(),
});

export const list = route({
  name: 'people.postSets',
  method: 'GET',
  path: '/api/people/post-sets',
  access: 'people.read',
  scoped: true,
  summary: '成批授权：等待授予的和已经办结的',
  query: z.object(page),
  output: listOutput(postSet),
});

export const propose = route({
  name: 'people.proposePost',
  method: 'POST',
  path: '/api/people/post-sets',
  access: 'people.manage',
  scoped: true,
  summary: '提出一人的一个岗位：建立没有权限的账户，等待安全管理员授予；启用码只显示一次',
  body: z.object({
    name: personName,
    phone: phone.min(1, '请填写电话'),
    /** The key of the role. */
    role: z.string().trim().min(1).max(60),
    /** The name, short name or code of the unit, or the name of the school; empty for a role of the city. */
    place: z.string().trim().max(longestPlaceName).default(''),
  }),
  output: z.object({ setId: z.uuid(), username: z.string(), codes: z.array(handedCode) }),
});

export const read = route({
  name: 'people.postSet',
  method: 'GET',
  path: '/api/people/post-sets/:setId',
  access: 'people.read',
  scoped: true,
  summary: '一批授权的差异：每行授予前后的岗位，按单位和角色计数',
  params: setId,
  query: z.object({
    ...page,
    unitId: z.coerce.number().int().optional(),
    only: z.enum(['new', 'existing', 'refused']).optional(),
  }),
  output: postSet.extend({
    /** What the grant must send back: it changes with every line and every post that the people hold. */
    digest: z.string(),
    counts: z.array(
      z.object({
        countyId: z.number().int().nullable(),
        countyName: z.string(),
        roleName: z.string(),
        lines: z.number().int(),
      }),
    ),
    /** How many lines a rule forbids. */
    refused: z.number().int(),
    /** How many people still wait for their first password. */
    withoutPassword: z.number().int(),
    rows: z.array(setLine),
    total: z.number().int(),
    can: z.object({ grant: z.boolean(), reject: z.boolean(), sheets: z.boolean(), codes: z.boolean() }),
  }),
});

export const grant = route({
  name: 'people.grantSet',
  method: 'POST',
  path: '/api/people/post-sets/:setId/grant',
  access: 'role.grant',
  summary: '成批授予：与所见的差异一致时生效；可除外若干行，规则不允许的行须确认行数',
  params: setId,
  body: z.object({
    digest: z.string().max(100),
    /** Lines that are left out by hand. */
    except: z.array(z.number().int()).max(20_000).default([]),
    /** How many lines a rule forbids, as the person saw it: none is left out in silence. */
    refused: z.number().int().min(0),
  }),
  output: z.object({ granted: z.number().int(), excepted: z.number().int(), refused: z.number().int() }),
});

export const reject = route({
  name: 'people.rejectSet',
  method: 'POST',
  path: '/api/people/post-sets/:setId/rejection',
  access: ['people.manage', 'role.grant'],
  scoped: true,
  summary: '否决一批授权；提出人也可以收回。已建立的账户保留，没有角色',
  params: setId,
  body: rejection,
  output: done,
});

const ofUnit = z.object({ unitId: z.number().int().nullable().default(null) });

export const sheets = route({
  name: 'people.setSheets',
  method: 'POST',
  path: '/api/people/post-sets/:setId/sheets',
  access: 'role.grant',
  summary: '给出一批人员的一次性链接，供打印交接单；以前给出的链接同时作废',
  params: setId,
  body: ofUnit,
  output: z.object({
    rows: z.array(handedLink),
    expiresAt: instant,
    /** People of the set who have chosen a password, and those whose code is missing or was given by the same person. */
    inUse: z.number().int(),
    withoutCode: z.number().int(),
  }),
});

export const codes = route({
  name: 'people.setCodes',
  method: 'POST',
  path: '/api/people/post-sets/:setId/codes',
  access: 'people.manage',
  summary: '重新给出一批人员的启用码；这些人员已有的链接同时作废',
  params: setId,
  body: ofUnit,
  output: z.object({ rows: z.array(handedCode) }),
});
