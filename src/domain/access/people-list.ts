import { lostFault, tidyName } from '../text/name-folding.ts';
import { normalUsername, usernameIssue } from './username.ts';

/** Characters of the longest name of a person in a list. */
export const longestPersonName = 40;

/** Characters of the longest name of a school or a unit in a list. No other cell of a list may hold a longer text. */
export const longestPlaceName = 60;

/** The columns of a list of people. */
export type PeopleColumn = 'name' | 'phone' | 'role' | 'place' | 'section' | 'code' | 'username';

/** One line of a list of people as it stands in the table: one person in one post. */
export interface PeopleLine extends Readonly<Record<PeopleColumn, string>> {
  /** Row of the sheet, counted from 1. */
  readonly row: number;
  /** Why nothing may be read from a cell (a date, an Excel error), as a sentence; its text is only shown then. */
  readonly faults: { readonly [Column in PeopleColumn]?: string };
}

/** What is wrong with one column of a line, as a sentence; `allowed` says what may stand there. */
export interface LineProblem {
  readonly column: PeopleColumn;
  readonly rule: string;
  readonly allowed?: string;
}

/** The same line in the form in which it would be stored. */
export interface ListedPerson extends Omit<PeopleLine, 'faults'> {
  /** Everything that is wrong with this line. */
  readonly problems: readonly LineProblem[];
}

/**
 * Checks the lines of a list of people and reports every fault of every line. Names lose characters that cannot be
 * seen; usernames are brought to the form in which they are compared and kept. Empty lines are passed over. Whether the
 * role and the place exist is asked by `planPosts`.
 */
export function checkPeopleList(lines: readonly PeopleLine[]): ListedPerson[] {
  return lines.flatMap((line) => {
    const person = {
      row: line.row,
      name: tidyName(line.name),
      phone: line.phone.normalize('NFKC').trim(),
      role: tidyName(line.role),
      place: tidyName(line.place),
      section: tidyName(line.section),
      code: line.code.normalize('NFKC').replaceAll(/\s/g, ''),
      username: normalUsername(line.username),
    };
    const { row: _row, ...cells } = person;
    const isEmpty = Object.values(cells).every((text) => text === '');
    return isEmpty ? [] : [{ ...person, problems: problemsOf(person, line.faults) }];
  });
}

/** An unreadable cell is neither missing nor ill-formed: its own sentence says what is wrong. */
function problemsOf(person: Omit<ListedPerson, 'problems'>, faults: PeopleLine['faults']): LineProblem[] {
  const problems: LineProblem[] = Object.entries(faults).map(([column, rule]) => ({
    column: column as PeopleColumn,
    rule,
  }));
  const add = (column: PeopleColumn, rule: string) => {
    if (faults[column] === undefined) problems.push({ column, rule });
  };
  const lost = lostFault(person.name, '姓名');
  if (person.name === '') add('name', '缺少姓名');
  else if (lost !== undefined) add('name', lost);
  if (person.name.length > longestPersonName) add('name', `姓名最多 ${longestPersonName} 个字`);
  if (person.phone === '') add('phone', '缺少电话：同名的人按姓名和电话区分');
  else if (!/^[0-9+\-() ]{0,20}$/.test(person.phone)) add('phone', '电话只含数字、空格和 + - ( )，最多 20 位');
  else if (digitsOf(person.phone).length < 4) add('phone', '电话至少 4 位数字');
  if (person.role === '') add('role', '缺少角色');
  if (person.place.length > longestPlaceName) add('place', `单位或学校的名称最多 ${longestPlaceName} 个字`);
  if (person.section.length > longestPlaceName) add('section', `科室的名称最多 ${longestPlaceName} 个字`);
  const issue = person.username === '' ? null : usernameIssue(person.username);
  if (issue !== null) add('username', issue);
  return problems;
}

/** The digits of a telephone number, by which two spellings of it are compared. */
export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, '');
}
