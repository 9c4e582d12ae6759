import { importTemplate, peopleImport } from '#contract/people/import.ts';
import * as sets from '#contract/people/sets.ts';
import { type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import { serving } from '#core/access/serve.ts';
import { importing } from '#core/imports/importing.act.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import { workbookReply } from '#platform/documents/workbook.ts';
import { listPostUnits, listRoles } from '../people.store.ts';
import { peopleImporting } from './people-list.act.ts';
import { peopleTemplate } from './people-template.workbook.ts';
import { onePost, proposed } from './proposed-posts.act.ts';

const on = serving<WholeHandle>();

/** Many accounts at once from a list: looked at first, made all or none. A form proposes one person in the same way. */
export const peopleListRoutes = [
  on(importTemplate, async (ctx) =>
    workbookReply(
      '人员名单模板.xlsx',
      peopleTemplate({ roles: await listRoles(ctx.db), units: await listPostUnits(ctx.db) }),
      ctx.actor.userId,
    ),
  ),
  on(
    sets.propose,
    async (ctx, { body }, { hash }: ReadyPassword) => {
      const post = await onePost(ctx, body);
      const fileName = `${post.name}（${post.roleName}）`;
      const { setId, codes } = await proposed(ctx, [post], { fileName, hash });
      return { setId, username: post.username, codes };
    },
    () => readyFirst('link'),
  ),
  ...importing<WholeHandle>()(peopleImport, peopleImporting),
];
