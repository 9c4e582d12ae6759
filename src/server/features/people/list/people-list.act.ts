import { type peopleImport, shownLines } from '#contract/people/import.ts';
import { readyFirst } from '#core/access/password/passwords.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { Importing } from '#core/imports/importing.act.ts';
import { type Mark, markedTable, marksOf } from '#core/imports/marked-table.workbook.ts';
import {
  addressOf,
  foundFaults,
  type KeptTable,
  keptTable,
  sheetsOf,
  type TableFault,
  tableNotes,
  tableOf,
  undecidedFaults,
} from '#core/imports/table-faults.ts';
import { checkPeopleList, type ListedPerson, longestPlaceName } from '#domain/access/people-list.ts';
import type { PlannedPost } from '#domain/access/post-list.ts';
import { groupedNumber } from '#domain/kit/number-text.ts';
import { problem } from '#domain/kit/problem.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import type { HeadedTable } from '#platform/documents/headed-table.ts';
import { listPostUnits, listRoles } from '../people.store.ts';
import { headingOf, mostPeople, type ReadPeople, readPeople } from './people.workbook.ts';
import { explainedPeople } from './people-template.workbook.ts';
import { accountsOf, plannedOf, proposed } from './proposed-posts.act.ts';

/** The data kept between preview and confirmation: the lines, which are compared again when the list is taken. */
interface ListContent {
  readonly listed: readonly Omit<ListedPerson, 'problems'>[];
  readonly table: KeptTable;
  readonly marks: readonly Mark[];
}

/** A list of people becomes accounts without a right and one set of posts that waits: all of it or nothing. */
export const peopleImporting: Importing<
  typeof peopleImport,
  WholeHandle,
  ReadPeople,
  ListContent,
  readonly PlannedPost[],
  { readonly hash: string }
> = {
  longestText: longestPlaceName,
  read: readPeople,

  async plan(ctx, { table, lines, notes }) {
    const listed = checkPeopleList(lines);
    const undecided = undecidedFaults(table, headingOf.name);
    if (listed.length + undecided.length === 0) throw problem('import.empty');
    const posts = await plannedOf(ctx, listed);
    const faults = [...undecided, ...faultsOf(table, posts)];
    const faulty = new Set(faults.map(({ row }) => row));
    const names = new Map(listed.map(({ row, name, username }) => [row, name || username]));
    const made = posts.filter(({ state }) => state !== 'same');
    const accounts = accountsOf(posts).length;
    const shown = [...posts].sort((one, other) => Number(faulty.has(other.row)) - Number(faulty.has(one.row)));
    return {
      place: { placeId: 0, schoolId: null, subject: null },
      content: {
        listed: listed.map(({ problems: _problems, ...line }) => line),
        table: keptTable(table),
        marks: marksOf(table, faults),
      },
      stamp: stampOf(posts),
      count: made.length,
      findings: foundFaults(faults, '需要更正的人员', (row) => names.get(row) ?? ''),
      preview: {
        sheets: sheetsOf(table),
        facts: [
          ['名单', `${groupedNumber(posts.length)} 行`],
          ['新建账户', `${groupedNumber(accounts)} 个`],
          ['提出岗位', `${groupedNumber(made.length)} 个`],
          ['与现在相同', `${groupedNumber(posts.length - made.length)} 行`],
          ['需要更正', `${groupedNumber(faulty.size)} 行`],
        ],
        notes: tableNotes(table, notes),
        changes: {
          people: shown.slice(0, shownLines).map((post) => ({
            ...{ row: post.row, name: post.name, phone: post.phone, username: post.username },
            ...{ roleName: post.roleName, placeName: post.placeName, sectionName: post.sectionName },
            ...{ state: post.state, faulty: faulty.has(post.row) },
          })),
          ...{ total: posts.length, accounts, posts: made.length, same: posts.length - made.length },
          counts: countsOf(made),
        },
      },
    };
  },

  async lock(ctx, { listed }) {
    const locked = await plannedOf(
      ctx,
      listed.map((line) => ({ ...line, problems: [] })),
    );
    return { stamp: stampOf(locked), locked };
  },

  overtaken: () => problem('thing.changed', { what: '名单涉及的账户、岗位、角色或学校' }),

  ready: () => readyFirst('link'),

  async take(ctx, _, { fileName, locked, ready }) {
    return proposed(ctx, locked, { fileName, hash: ready.hash });
  },

  async mark(ctx, { table, marks }) {
    const known = { roles: await listRoles(ctx.db), units: await listPostUnits(ctx.db) };
    return markedTable(tableOf(table), marks, explainedPeople(known));
  },
};

/** Which account, post and place each line means, as the data stood, and what was wrong with it. */
function stampOf(posts: readonly PlannedPost[]): string {
  return digestOf(
    posts.map(({ row, username, personId, role, unitId, schoolId, sectionId, state, problems }) => {
      return [row, username, personId, role, unitId, schoolId, sectionId, state, problems.map(({ rule }) => rule)];
    }),
  );
}

function countsOf(posts: readonly PlannedPost[]) {
  const counts = new Map<string, { countyName: string; roleName: string; posts: number }>();
  for (const { countyName, roleName } of posts) {
    const key = `${countyName}\n${roleName}`;
    const count = counts.get(key) ?? { countyName, roleName, posts: 0 };
    counts.set(key, { ...count, posts: count.posts + 1 });
  }
  return [...counts.values()].filter(({ countyName }) => countyName !== '');
}

function faultsOf(table: HeadedTable, posts: readonly PlannedPost[]): TableFault[] {
  const rows = new Map(table.rows.map((row) => [row.number, row]));
  return posts.flatMap(({ row, problems }, index) => {
    const tooMany =
      index === mostPeople
        ? [
            {
              column: 'name' as const,
              rule: `名单有 ${posts.length} 行，一次最多 ${mostPeople} 行，请分几次导入`,
            },
          ]
        : [];
    return [...problems, ...tooMany].map(({ column, rule, ...more }): TableFault => {
      const heading = headingOf[column];
      const read = rows.get(row)!;
      const value = read.cells.get(heading)?.text ?? '';
      const allowed = 'allowed' in more ? (more.allowed ?? null) : null;
      return { row, cell: addressOf(table, read, heading), column: heading, value, rule, allowed };
    });
  });
}
