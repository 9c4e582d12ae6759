import { importTemplate, peopleImport } from '#contract/people/import.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import { listPostUnits, listRoles } from '../people.store.ts';
import { peopleImporting } from './people-list.act.ts';
import { peopleTemplate } from './people-template.workbook.ts';

const on = serving<WholeHandle>();

/** Many accounts at once from a list: looked at first, made all or none. */
export const peopleListRoutes = [
  on(importTemplate, async (ctx) =>
    workbookReply(
      '人员名单模板.xlsx',
      peopleTemplate({ roles: await listRoles(ctx.db), units: await listPostUnits(ctx.db) }),
      ctx.actor.userId,
    ),
  ),
  ...importing<WholeHandle>()(peopleImport, peopleImporting),
];
