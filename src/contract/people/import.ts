import { z } from 'zod';
import { importRoutes } from '../imports.shape.ts';
import { file, route, workbookType } from '../route.ts';

const listedPerson = z.object({
  row: z.number().int(),
  name: z.string(),
  username: z.string(),
  phone: z.string(),
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

/** Names, usernames and telephones become accounts without a role; each first password is shown in the reply and nowhere else. */
export const peopleImport = importRoutes({
  name: 'people',
  path: '/api/people-imports',
  access: 'people.manage',
  what: '人员名单',
  maxBytes: 2 * 1024 * 1024,
  fields: z.object({}),
  changes: z.object({ people: z.array(listedPerson) }),
  taken: z.object({
    rows: z.array(z.object({ personId: z.uuid(), name: z.string(), username: z.string(), password: z.string() })),
  }),
});

export const { previewImport, readImport, confirmImport, markedWorkbook } = peopleImport;
