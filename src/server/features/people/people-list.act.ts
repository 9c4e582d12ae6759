import type { peopleImport } from '#contract/people/import.ts';
import { createAccount } from '#core/access/account/accounts.ts';
import { type ReadyPassword, readyFirst } from '#core/access/password/passwords.ts';
import type { Context } from '#core/access/serve.ts';
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
import { checkPeopleList, type ListedPerson, longestPersonName } from '#domain/access/people-list.ts';
import { problem } from '#domain/kit/problem.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import type { HeadedTable } from '#platform/documents/headed-table.ts';
import { recordOfPerson } from './people.audit.shape.ts';
import { listPostUnits, listRoles, listTakenUsernames } from './people.store.ts';
import { headingOf, mostPeople, type ReadPeople, readPeople } from './people.workbook.ts';
import { explainedPeople } from './people-template.workbook.ts';

type KeptPerson = Pick<ListedPerson, 'row' | 'name' | 'username' | 'phone'>;

/**
 * The data kept between preview and confirmation. Passwords are made at the confirmation and are stored nowhere else.
 */
interface ListContent {
  readonly people: readonly KeptPerson[];
  readonly table: KeptTable;
  readonly marks: readonly Mark[];
}

/** A list of people becomes accounts without a role: all of them or none. */
export const peopleImporting: Importing<
  typeof peopleImport,
  WholeHandle,
  ReadPeople,
  ListContent,
  ReadonlySet<string>,
  readonly ReadyPassword[]
> = {
  longestText: longestPersonName,
  read: readPeople,

  async plan(ctx, { table, lines, notes }) {
    const listed = checkPeopleList(lines);
    const undecided = undecidedFaults(table, headingOf.name);
    if (listed.length + undecided.length === 0) throw problem('import.empty');
    const people = listed.map(({ problems: _problems, ...person }) => person);
    const taken = await takenOf(ctx, people);
    const faults = [...undecided, ...faultsOf(table, listed, taken)];
    const faulty = new Set(faults.map(({ row }) => row));
    const names = new Map(people.map(({ row, name, username }) => [row, name || username]));
    return {
      place: { placeId: 0, schoolId: null, subject: null },
      content: { people, table: keptTable(table), marks: marksOf(table, faults) },
      stamp: stampOf(taken),
      count: people.length,
      findings: foundFaults(faults, '需要更正的人员', (row) => names.get(row) ?? ''),
      preview: {
        sheets: sheetsOf(table),
        facts: [
          ['名单', `${people.length} 人`],
          ['需要更正', `${faulty.size} 人`],
        ],
        notes: tableNotes(table, notes),
        changes: { people: people.map((person) => ({ ...person, faulty: faulty.has(person.row) })) },
      },
    };
  },

  async lock(ctx, { people }) {
    const locked = await takenOf(ctx, people);
    return { stamp: stampOf(locked), locked };
  },

  overtaken: (_, __, taken) => problem('thing.exists', { what: `用户名“${[...taken].sort()[0]}”` }),

  // One after the other: hundreds at once would keep everybody else's sign-in waiting.
  async ready({ people }) {
    const passwords: ReadyPassword[] = [];
    while (passwords.length < people.length) passwords.push(await readyFirst('password'));
    return passwords;
  },

  async take(ctx, { people }, { ready }) {
    const rows = [];
    for (const [index, { name, username, phone }] of people.entries()) {
      const first = ready[index]!;
      const { actor, now } = ctx;
      const account = await createAccount(ctx.db, { name, username, phone, first, createdBy: actor.userId, now });
      await ctx.record(
        recordOfPerson(account.personId, 'person.created', {
          after: { username: account.username, name, first: 'password' },
        }),
      );
      const { personId, password } = account;
      rows.push({ personId, name, username: account.username, password: password ?? '' });
    }
    return { rows };
  },

  async mark(ctx, { table, marks }) {
    const known = { roles: await listRoles(ctx.db), units: await listPostUnits(ctx.db) };
    return markedTable(tableOf(table), marks, explainedPeople(known));
  },
};

function takenOf(ctx: Context<WholeHandle>, people: readonly KeptPerson[]): Promise<ReadonlySet<string>> {
  return listTakenUsernames(
    ctx.db,
    people.map(({ username }) => username),
  );
}

/** Which of the usernames had an account. */
function stampOf(taken: ReadonlySet<string>): string {
  return digestOf([...taken].sort());
}

function faultsOf(table: HeadedTable, listed: readonly ListedPerson[], taken: ReadonlySet<string>): TableFault[] {
  const rows = new Map(table.rows.map((row) => [row.number, row]));
  return listed.flatMap(({ row, username, problems }, index) => {
    const exists = taken.has(username) ? [{ column: 'username' as const, rule: `用户名“${username}”已有账户` }] : [];
    const tooMany =
      index === mostPeople
        ? [{ column: 'name' as const, rule: `名单有 ${listed.length} 人，一次最多 ${mostPeople} 人，请分几次导入` }]
        : [];
    return [...problems, ...exists, ...tooMany].map(({ column, rule }): TableFault => {
      const heading = headingOf[column];
      const read = rows.get(row)!;
      const value = read.cells.get(heading)?.text ?? '';
      return { row, cell: addressOf(table, read, heading), column: heading, value, rule, allowed: null };
    });
  });
}
