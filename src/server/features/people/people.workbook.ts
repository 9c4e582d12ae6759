import { undecidedOf } from '#core/imports/table-faults.ts';
import type { PeopleLine } from '#domain/access/people-list.ts';
import { foldingsIn, foldingWords, tidyName } from '#domain/text/name-folding.ts';
import { type HeadedTable, readHeadedTable, type TableFile } from '#platform/documents/headed-table.ts';
import { ownText, textOf } from '#platform/documents/table-cell.ts';

const columns = [
  { key: 'name', name: '姓名', aliases: ['人员姓名'] },
  { key: 'username', name: '用户名', aliases: ['账号', '登录名'] },
  { key: 'phone', name: '电话', aliases: ['手机', '手机号', '联系电话'], optional: true },
] as const;

/** People in one list: each account costs a password that is hashed slowly by intent. */
export const mostPeople = 500;

/** The lines of an uploaded list of people without those in doubt, and the names that were read otherwise than they are written. */
export interface ReadPeople {
  readonly table: HeadedTable;
  readonly lines: readonly PeopleLine[];
  readonly notes: readonly string[];
}

/** The heading of a column of a list of people. */
export const headingOf = Object.fromEntries(columns.map(({ key, name }) => [key, name])) as Readonly<
  Record<(typeof columns)[number]['key'], string>
>;

/**
 * Reads a list of people from a workbook or a CSV file, wherever its headings stand.
 * @param person whose file it is, see `readWorkbook`
 * @throws Problem as `readHeadedTable` throws
 */
export async function readPeople(file: TableFile, person: string): Promise<ReadPeople> {
  const table = await readHeadedTable(file, columns, { things: 'people', person });
  const undecided = undecidedOf(table);
  const decided = table.rows.filter(({ number }) => !undecided.has(number));
  const lines = decided.map(({ number, cells }): PeopleLine => {
    const [name, username, phone] = columns.map((column) => cells.get(column.name));
    return {
      row: number,
      name: ownText(name),
      username: textOf(username),
      phone: textOf(phone),
      faults: Object.fromEntries(
        columns.flatMap(({ name: heading, key }) => {
          const fault = cells.get(heading)?.fault;
          return fault === undefined ? [] : [[key, fault]];
        }),
      ),
    };
  });
  return { table, lines, notes: lines.flatMap(namedOtherwise) };
}

function namedOtherwise({ row, name }: PeopleLine): string[] {
  const foldings = foldingsIn(name);
  if (foldings.length === 0 || tidyName(name) === name.trim()) return [];
  return [`第 ${row} 行的姓名含有${foldingWords(foldings)}，已去掉，按“${tidyName(name)}”建立。`];
}
