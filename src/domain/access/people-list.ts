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

/** A cell of a list: its text as it is shown, and the sentence that says why nothing may be read from it. */
export interface ListedCell {
  readonly text: string;
  readonly fault?: string | undefined;
}

/** A sheet of a workbook, or a text file as one sheet without a name. */
export interface ListedSheet {
  readonly name: string;
  readonly rows: ReadonlyArray<ReadonlyArray<ListedCell | undefined> | undefined>;
}

/** What was read, and from where: the sheet, and its columns counted from zero. */
export interface PeopleList<Sheet extends ListedSheet> {
  readonly people: readonly ListedPerson[];
  readonly sheet: Sheet;
  readonly columns: readonly number[];
}

/** Titles and remarks may stand above the names of the columns. */
const headingRows = 20;

interface Heading<Sheet extends ListedSheet> {
  readonly sheet: Sheet;
  readonly row: number;
  readonly at: Readonly<Record<keyof typeof headings, number>>;
}

/**
 * Reads a list of people: on one of the sheets one of the first rows names the columns (姓名 and 用户名 are needed, 电话
 * is not), in any order; further columns and empty rows are passed over.
 * @returns the people, or a sentence when no sheet has the names of the columns, or more than one
 */
export function readPeopleList<Sheet extends ListedSheet>(sheets: readonly Sheet[]): PeopleList<Sheet> | string {
  const candidates = sheets.flatMap(headingsOf);
  const whole = candidates.filter(({ at }) => at.name >= 0 && at.username >= 0);
  const found = whole[0];
  if (found === undefined) return lacking(sheets, candidates);
  const others = whole.filter(({ sheet }) => sheet !== found.sheet);
  if (others.length > 0) {
    const names = [found, ...others].map(({ sheet }) => `“${sheet.name}”`).join('、');
    return `工作表${names}都有名单，一次只读一张；请合并成一张，或分成几个文件`;
  }
  const { sheet, row, at } = found;
  const rows = sheet.rows.slice(row + 1).flatMap((cells, index) => {
    const faults: string[] = [];
    const text = (heading: keyof typeof headings) => {
      const cell = cells?.[at[heading]];
      if (cell?.fault !== undefined) faults.push(`${headings[heading][0]}：${cell.fault}`);
      return (cell?.text ?? '').normalize('NFKC').trim();
    };
    const [name, username, phone] = [text('name'), normalUsername(text('username')), text('phone')];
    return name === '' && username === '' && phone === ''
      ? []
      : [{ row: row + index + 2, name, username, phone, faults }];
  });
  const times = new Map<string, number>();
  for (const { username } of rows) times.set(username, (times.get(username) ?? 0) + 1);
  const people = rows.map(({ faults, ...person }) => ({
    ...person,
    // A cell that cannot be read is not missing: its own sentence says what is wrong.
    problems: faults.length > 0 ? faults : problemsOf(person, times),
  }));
  return { people, sheet, columns: Object.values(at).filter((column) => column >= 0) };
}

/** The first rows that name any of the columns. */
function headingsOf<Sheet extends ListedSheet>(sheet: Sheet): Heading<Sheet>[] {
  return Array.from(sheet.rows.slice(0, headingRows)).flatMap((cells, row) => {
    const texts = Array.from(cells ?? [], (cell) => (cell?.text ?? '').normalize('NFKC').replace(/\s/g, ''));
    const column = (names: readonly string[]) => texts.findIndex((text) => names.includes(text));
    const at = { name: column(headings.name), username: column(headings.username), phone: column(headings.phone) };
    return Object.values(at).some((place) => place >= 0) ? [{ sheet, row, at }] : [];
  });
}

function lacking(sheets: readonly ListedSheet[], candidates: readonly Heading<ListedSheet>[]): string {
  const nearest = candidates[0];
  const where = (names: readonly string[]) =>
    names.every((name) => name === '') ? '' : `工作表${names.map((name) => `“${name}”`).join('、')}`;
  if (nearest === undefined) {
    return `${where(sheets.map(({ name }) => name))}前 ${headingRows} 行里没有列名“姓名”和“用户名”`;
  }
  const missing = [nearest.at.name < 0 ? '姓名' : '', nearest.at.username < 0 ? '用户名' : ''];
  const named = missing.filter((name) => name !== '').join('”“');
  return `${where([nearest.sheet.name])}第 ${nearest.row + 1} 行是列名，缺少“${named}”`;
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
