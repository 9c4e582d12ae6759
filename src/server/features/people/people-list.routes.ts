import * as people from '#contract/people/people.ts';
import { createAccount } from '#core/access/account/accounts.ts';
import { type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import { serve } from '#core/access/serve.ts';
import { checkPeopleList } from '#domain/access/people-list.ts';
import { normalUsername } from '#domain/access/username.ts';
import { problem } from '#domain/kit/problem.ts';
import { takenUsernames } from './people.store.ts';
import { type ReadPeople, readPeople } from './people.workbook.ts';

/** Many accounts at once from a list: looked at first, made all or none. */
export const peopleListRoutes = [
  serve(
    people.previewList,
    async (ctx, _, { lines, notes }: ReadPeople) => {
      const listed = checkPeopleList(lines);
      const taken = await takenUsernames(
        ctx.db,
        listed.map((person) => person.username),
      );
      const rows = listed.map((person) =>
        taken.has(person.username)
          ? { ...person, problems: [...person.problems, `用户名“${person.username}”已有账户`] }
          : person,
      );
      return { rows, problems: rows.filter((row) => row.problems.length > 0).length, notes: [...notes] };
    },
    ({ body }, { userId }) => readPeople(body.file, userId),
  ),

  serve(
    people.createList,
    async (ctx, { body }, passwords: readonly ReadyPassword[]) => {
      const names = body.people.map((person) => normalUsername(person.username));
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) throw problem('thing.exists', { what: `用户名“${twice}”` });
      const rows = [];
      for (const [index, person] of body.people.entries()) {
        const account = await createAccount(ctx.db, {
          name: person.name,
          username: person.username,
          phone: person.phone ?? null,
          first: passwords[index]!,
          createdBy: ctx.actor.userId,
          now: ctx.now,
        });
        await ctx.record({
          action: 'person.created',
          objectType: 'person',
          objectId: account.personId,
          after: { username: account.username, name: person.name, first: 'password' },
        });
        rows.push({
          personId: account.personId,
          name: person.name,
          username: account.username,
          password: account.password ?? '',
        });
      }
      return { rows };
    },
    ({ body }) => passwordsFor(body.people.length),
  ),
];

/** One after the other: hundreds at once would keep everybody else's sign-in waiting. */
async function passwordsFor(count: number): Promise<ReadyPassword[]> {
  const ready: ReadyPassword[] = [];
  while (ready.length < count) ready.push(await readyFirst('password'));
  return ready;
}
