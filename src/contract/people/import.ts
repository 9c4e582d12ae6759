import { z } from 'zod';
import { importRoutes } from '../kit/imports.shape.ts';
import { file, route, workbookType } from '../route.ts';
import { handedCode } from './sets.ts';

/** How many lines a preview shows, those with a fault first; the counts and the findings cover all. */
export const shownLines = 200;

const listedPost = z.object({
  row: z.number().int(),
  name: z.string(),
  phone: z.string(),
  /** The username of the account, also of one that would be made; empty where the line has a fault. */
  username: z.string(),
  roleName: z.string(),
  placeName: z.string(),
  /** The section of the unit as the line names it; empty where it names none. */
  sectionName: z.string(),
  state: z.enum(['new-account', 'new-post', 'same']),
  /** Whether the line has a fault; the findings describe it. */
  faulty: z.boolean(),
});

export const importTemplate = route({
  name: 'people.importTemplate',
  method: 'GET',
  path: '/api/people/import-template',
  access: 'people.manage',
  scoped: true,
  summary: '下载人员名单模板（含填写说明、角色和单位）',
  output: file(workbookType),
});

/**
 * People with their roles and places become accounts without a right, and one set of posts that waits for the
 * 安全管理员. The code of each account is shown in the reply and nowhere else; its link is made when the set is granted.
 */
export const peopleImport = importRoutes({
  name: 'people',
  path: '/api/people-imports',
  access: 'people.manage',
  what: '人员名单',
  maxBytes: 4 * 1024 * 1024,
  fields: z.object({}),
  changes: z.object({
    people: z.array(listedPost),
    /** All lines, also those that `people` leaves out. */
    total: z.number().int(),
    accounts: z.number().int(),
    posts: z.number().int(),
    same: z.number().int(),
    /** New posts by unit and role, in the order of units and roles. */
    counts: z.array(z.object({ countyName: z.string(), roleName: z.string(), posts: z.number().int() })),
  }),
  taken: z.object({
    setId: z.uuid(),
    accounts: z.number().int(),
    posts: z.number().int(),
    codes: z.array(handedCode),
  }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = peopleImport;
