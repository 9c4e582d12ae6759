import { lostFault, tidyName } from '../text/name-folding.ts';
import { normalUsername, usernameIssue } from './username.ts';

/** Characters of the longest name of a person in a list. No other cell of a list may hold a longer text. */
export const longestPersonName = 40;

/** One line of a list of people as it stands in the table. */
export interface PeopleLine {
  /** Row of the sheet, counted from 1. */
  readonly row: number;
  readonly name: string;
  readonly username: string;
  readonly phone: string;
  /** Why nothing may be read from a cell (a date, an Excel error), as a sentence; its text is only shown then. */
  readonly faults: { readonly [Column in 'name' | 'username' | 'phone']?: string };
}

type Column = keyof PeopleLine['faults'];

/** What is wrong with one column of a line, as a sentence. */
interface LineProblem {
  readonly column: Column;
  readonly rule: string;
}

/** The same line in the form in which it would be stored. */
export interface ListedPerson extends Omit<PeopleLine, 'faults'> {
  /** Everything that is wrong with this line. */
  readonly problems: LineProblem[];
}

/**
 * Checks the lines of a list of people and reports every fault of every line. Names lose characters that cannot be
 * seen; usernames are brought to the form in which they are compared and kept. Empty lines are passed over.
 */
export function checkPeopleList(lines: readonly PeopleLine[]): ListedPerson[] {
  const people = lines.flatMap((line) => {
    const { row, faults } = line;
    const person = {
      row,
      name: tidyName(line.name),
      username: normalUsername(line.username),
      phone: line.phone.normalize('NFKC').trim(),
    };
    const isEmpty = person.name === '' && person.username === '' && person.phone === '';
    return isEmpty ? [] : [{ person, faults }];
  });
  const times = new Map<string, number>();
  for (const { person } of people) times.set(person.username, (times.get(person.username) ?? 0) + 1);
  return people.map(({ person, faults }) => ({ ...person, problems: problemsOf(person, faults, times) }));
}

/** An unreadable cell is neither missing nor ill-formed: its own sentence says what is wrong. */
function problemsOf(
  person: Omit<ListedPerson, 'problems'>,
  faults: PeopleLine['faults'],
  times: ReadonlyMap<string, number>,
): LineProblem[] {
  const problems: LineProblem[] = Object.entries(faults).map(([column, rule]) => ({ column: column as Column, rule }));
  const add = (column: Column, rule: string) => problems.push({ column, rule });
  const lost = lostFault(person.name, '姓名');
  if (faults.name === undefined) {
    if (person.name === '') add('name', '缺少姓名');
    else if (lost !== undefined) add('name', lost);
    if (person.name.length > longestPersonName) add('name', `姓名最多 ${longestPersonName} 个字`);
  }
  if (faults.username === undefined) {
    const issue = usernameIssue(person.username);
    if (issue !== null) add('username', issue);
    else if ((times.get(person.username) ?? 0) > 1) add('username', `用户名“${person.username}”在名单中重复`);
  }
  const isPhone = /^[0-9+\-() ]{0,20}$/.test(person.phone);
  if (faults.phone === undefined && !isPhone) add('phone', '电话只含数字、空格和 + - ( )，最多 20 位');
  return problems;
}
