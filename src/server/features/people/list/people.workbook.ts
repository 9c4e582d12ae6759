import { undecidedOf } from '#core/imports/table-faults.ts';
import type { PeopleColumn, PeopleLine } from '#domain/access/people-list.ts';
import { foldingsIn, foldingWords, tidyName } from '#domain/text/name-folding.ts';
import type { Reader } from '#platform/documents/file-read.ts';
import { type HeadedTable, readHeadedTable, type TableFile } from '#platform/documents/headed-table.ts';
import { ownText, textOf } from '#platform/documents/table-cell.ts';

const columns = [
  { key: 'name', name: '姓名', aliases: ['人员姓名'] },
  { key: 'phone', name: '电话', aliases: ['手机', '手机号', '联系电话'] },
  { key: 'role', name: '角色', aliases: ['岗位', '系统角色'] },
  {
    key: 'place',
    name: '单位',
    aliases: ['单位或学校', '单位名称', '学校', '学校名称', '所在单位'],
    optional: true,
  },
  { key: 'section', name: '科室', aliases: ['部门', '处室', '所在科室'], optional: true },
  { key: 'code', name: '学校标识码', aliases: ['标识码'], optional: true },
  { key: 'username', name: '用户名', aliases: ['账号', '登录名'], optional: true },
] as const;

/** Lines in one list: a bound of what is kept between preview and confirmation, far above the schools of a city. */
export const mostPeople = 10_000;

/** The lines of an uploaded list of people without those in doubt, and the names that were read otherwise than they are written. */
export interface ReadPeople {
  readonly table: HeadedTable;
  readonly lines: readonly PeopleLine[];
  readonly notes: readonly string[];
}

/** The heading of a column of a list of people. */
export const headingOf = Object.fromEntries(columns.map(({ key, name }) => [key, name])) as Readonly<
  Record<PeopleColumn, string>
>;

/**
 * Reads a list of people from a workbook or a CSV file, wherever its headings stand.
 * @param reader for whom it is read, see `readInThread`
 * @throws Problem as `readHeadedTable` throws
 */
export async function readPeople(file: TableFile, reader: Reader): Promise<ReadPeople> {
  const table = await readHeadedTable(file, columns, { things: 'people', reader });
  const undecided = undecidedOf(table);
  const decided = table.rows.filter(({ number }) => !undecided.has(number));
  const lines = decided.map(({ number, cells }): PeopleLine => {
    const cell = (key: PeopleColumn) => cells.get(headingOf[key]);
    return {
      row: number,
      name: ownText(cell('name')),
      phone: textOf(cell('phone')),
      role: ownText(cell('role')),
      place: ownText(cell('place')),
      section: ownText(cell('section')),
      code: textOf(cell('code')),
      username: textOf(cell('username')),
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
