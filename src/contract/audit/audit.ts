import { z } from 'zod';
import { day, instant } from '../kit/kit.shape.ts';
import { file, listOutput, listQuery, route } from '../route.ts';

/**
 * One act. It carries values only of subjects without a place (people, roles, settings, sessions). People in scope read
 * the values of a filing in the filing's own history, so `before` and `after` are null for filings.
 */
export const auditEntry = z.object({
  id: z.number().int(),
  at: instant,
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  /** The holder of the post, if a colleague stood in. */
  standInFor: z.string().nullable(),
  actorRole: z.string().nullable(),
  address: z.string().nullable(),
  /** The access token that spoke for the person; null where the person was signed in. */
  tokenId: z.string().nullable(),
  action: z.string(),
  objectType: z.string(),
  objectId: z.string(),
  /** The school, the person with the username, the unit or the role; null where the object has no such name. */
  objectName: z.string().nullable(),
  unit: z.string().nullable(),
  fields: z.array(z.string()),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});

/**
 * `action` is an exact action or a subject (`filing` finds `filing.approved`); `actor` is a name, a username or an id.
 */
export const auditFilter = z.object({
  from: day.optional(),
  /** The whole day is included. */
  to: day.optional(),
  actor: z.string().trim().max(60).optional(),
  address: z.string().trim().max(60).optional(),
  action: z.string().trim().max(60).optional(),
  objectType: z.string().trim().max(60).optional(),
  objectId: z.string().trim().max(60).optional(),
  /** The object by name, present or former, by pinyin or by a part of its id. */
  object: z.string().trim().max(60).optional(),
  field: z.string().trim().max(60).optional(),
  unitId: z.coerce.number().int().optional(),
});

export const list = route({
  name: 'audit.list',
  method: 'GET',
  path: '/api/audit',
  access: 'audit.read',
  scoped: true,
  summary: '审计记录：何人、何时、从何处、做了什么、涉及哪些数据项',
  query: listQuery.pick({ page: true, pageSize: true }).extend(auditFilter.shape),
  output: listOutput(auditEntry),
});

export const download = route({
  name: 'audit.download',
  method: 'GET',
  path: '/api/audit/download',
  access: 'audit.read',
  scoped: true,
  summary: '按条件导出审计记录（CSV，最多 5 万条）',
  query: auditFilter,
  output: file('text/csv; charset=utf-8'),
});

export const verification = route({
  name: 'audit.verification',
  method: 'GET',
  path: '/api/audit/verification',
  access: 'audit.read',
  scoped: true,
  summary: '核对封存链：重算上次全链核对以来的每一节；全链每晚核对一次',
  output: z.object({
    ok: z.boolean(),
    seals: z.number().int(),
    rows: z.number().int(),
    /** Rows that no link covers yet. */
    unsealed: z.number().int(),
    head: z.string(),
    /** When all links from the first one on were last recomputed; the later links were recomputed now. */
    wholeAt: instant,
    broken: z
      .object({
        position: z.number().int(),
        firstId: z.number().int(),
        lastId: z.number().int(),
        reason: z.string(),
      })
      .nullable(),
  }),
});
