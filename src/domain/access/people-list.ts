import { normalUsername, usernameIssue } from './username.ts';

/** One line of a list of people as it was read. */
export interface ListedPerson {
  /** Row of the sheet, counted from 1 with the heading. */
  readonly row: number;
  readonly name: string;
  /** Normal, so that it can be compared. */
  readonly username: string;
  readonly phone: string;
  /** Everything that is wrong with this line, as sentences. */
  readonly problems: string[];
}

const headings = {
  name: ['姓名', '人员姓名'],
  username: ['用户名', '账号', '登录名'],
  phone: ['电话', '手机', '手机号', '联系电话'],
};

/**
 * Reads a list of people from the cells of a table: the first row names the columns (姓名 and 用户名 are needed, 电话
 * is not), in any order; further columns and empty rows are passed over.
 * @param table rows of cell texts, the heading first
 * @returns the people, or a sentence when the heading does not fit
 */
export function readPeopleList(table: readonly (readonly string[])[]): ListedPerson[] | string {
  const heading = (table[0] ?? []).map((cell) => cell.normalize('NFKC').replace(/\s/g, ''));
  const column = (names: readonly string[]) => heading.findIndex((cell) => names.includes(cell));
  const at = { name: column(headings.name), username: column(headings.username), phone: column(headings.phone) };
  const lacking = [at.name < 0 ? '姓名' : '', at.username < 0 ? '用户名' : ''].filter((name) => name !== '');
  if (lacking.length > 0) return `第一行应为列名，缺少“${lacking.join('”“')}”`;
  const rows = table.slice(1).flatMap((cells, index) => {
    const text = (position: number) => (position < 0 ? '' : (cells[position] ?? '').normalize('NFKC').trim());
    const person = {
      row: index + 2,
      name: text(at.name),
      username: normalUsername(text(at.username)),
      phone: text(at.phone),
    };
    return person.name === '' && person.username === '' && person.phone === '' ? [] : [person];
  });
  const times = new Map<string, number>();
  for (const { username } of rows) times.set(username, (times.get(username) ?? 0) + 1);
  return rows.map((person) => ({ ...person, problems: problemsOf(person, times) }));
}

function problemsOf(person: Omit<ListedPerson, 'problems'>, times: ReadonlyMap<string, number>): string[] {
  const problems: string[] = [];
  if (person.name === '') problems.push('缺少姓名');
  if (person.name.length > 40) problems.push('姓名最多 40 个字');
  const issue = usernameIssue(person.username);
  if (issue !== null) problems.push(issue);
  else if ((times.get(person.username) ?? 0) > 1) problems.push(`用户名“${person.username}”在名单中重复`);
  if (!/^[0-9+\-() ]{0,20}$/.test(person.phone)) problems.push('电话只含数字、空格和 + - ( )，最多 20 位');
  return problems;
}
