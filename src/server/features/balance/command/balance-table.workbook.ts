import { pupilsField } from '#domain/balance/school/membership.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school/school.ts';
import type { PreparedStandard } from '#domain/balance/standard/prepared-standard.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolCodeFault } from '#domain/org/school-code.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { readSponsorWord } from '#domain/org/sponsor.ts';
import { foldedName, tidyName } from '#domain/text/name-folding.ts';
import type { TableRow } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { ownText, textOf } from '#platform/documents/table-cell.ts';
import { rowsOfCounty } from './balance-county.workbook.ts';
import { type CellIssue, type InputTable, quantityOf } from './input-table.workbook.ts';

const identity = ['学校标识码', '学校名称', '县级单位', '办学类型', '举办者'];
const pupils = [pupilsField('primary'), pupilsField('junior'), pupilsField('senior')];
const typeByName = new Map([...schoolTypes.values()].map(({ code, name }) => [foldedName(name), code]));

/** The headings that a table must have to be judged by a standard; further columns are ignored. */
function headingsFor(prepared: PreparedStandard): string[] {
  return [...new Set([...identity, ...pupils, ...prepared.fields])];
}

const numbers: ReadonlySet<string> = new Set(
  balanceFields.filter(({ type }) => type === 'number').map(({ name }) => name),
);

/** The units that may stand in brackets behind a heading; 平方米 is also written m² (㎡ reads the same in half width). */
export const headingUnits: ReadonlyMap<string, readonly string[]> = new Map(
  balanceFields.flatMap(({ name, unit }) =>
    unit === undefined ? [] : [[name, unit === '平方米' ? [unit, 'm²'] : [unit]] as const],
  ),
);

/** The columns that a table must have to be judged by a standard. */
export function columnsFor(prepared: PreparedStandard): Column[] {
  return headingsFor(prepared).map((name) => ({
    name,
    units: headingUnits.get(name) ?? [],
    quantity: numbers.has(name),
  }));
}

/** A code that a spreadsheet took for a number and shortened: `2.13599E+09`. */
const shortened = /^\d(\.\d+)?E\+\d+$/i;
const namedCodes = 5;

/** Here a code only names a school. An invalid code does not affect any figure, but a notice reports it. */
export function codeNotices(schools: readonly BalanceSchool[]): string[] {
  const faults = schools.map(({ code }) => schoolCodeFault(code)).filter((fault) => fault !== undefined);
  if (faults.length === 0) return [];
  const rest = faults.length > namedCodes ? `；……共 ${faults.length} 处` : '';
  return [`提示：${faults.slice(0, namedCodes).join('；')}${rest}。仍按表中的写法计算。`];
}

/**
 * The schools of one county from a table with one school a row. A blank cell is missing, never zero.
 * @param county the 县级单位 wanted; undefined where the table has only one
 * @returns the schools, and notices about how their names were read
 * @throws Problem `table.counties`, `table.countyUnknown`, `table.cells` with every cell that cannot be used
 */
export function schoolsOf(
  table: InputTable,
  prepared: PreparedStandard,
  county: string | undefined,
): { readonly schools: BalanceSchool[]; readonly notices: readonly string[] } {
  const issues: CellIssue[] = [];
  const { rows, notices } = rowsOfCounty(table, county, issues);
  const quantities = headingsFor(prepared).filter((heading) => numbers.has(heading));
  const rowOfCode = new Map<string, number>();
  const schools = rows.map((row): BalanceSchool => {
    const code = codeOf(row, rowOfCode, issues);
    const values = Object.fromEntries(quantities.map((heading) => [heading, quantityOf(row, heading, issues)]));
    checkSportsRooms(row, values, issues);
    return {
      code,
      name: tidyName(wordsOf(row, '学校名称', issues)),
      type: typeOf(row, issues),
      sponsor: sponsorOf(row, issues),
      values,
    };
  });
  if (issues.length > 0) throw problem('table.cells', { issues });
  return { schools, notices };
}

function codeOf(row: TableRow, rowOfCode: Map<string, number>, issues: CellIssue[]): string {
  const cell = row.cells.get('学校标识码');
  const code = textOf(cell);
  const earlier = rowOfCode.get(code);
  if (cell?.fault !== undefined) issues.push({ address: `${cell.address}“学校标识码”`, message: cell.fault });
  else if (code === '') issues.push({ address: `第 ${row.number} 行`, message: '学校标识码为空' });
  else if (shortened.test(code)) {
    issues.push({
      address: `${cell!.address}“学校标识码”`,
      message: `“${code}”是被电子表格改写成科学记数的号码，后几位已经丢失，请把这一列设为文本后重新填写`,
    });
  } else if (earlier !== undefined) {
    issues.push({ address: `第 ${row.number} 行`, message: `学校标识码 ${code} 与第 ${earlier} 行重复` });
  } else rowOfCode.set(code, row.number);
  return code;
}

/** The text of a cell as written; a date, an error and a formula without result are issues. */
function wordsOf(row: TableRow, heading: string, issues: CellIssue[]): string {
  const cell = row.cells.get(heading);
  if (cell?.fault !== undefined) issues.push({ address: `${cell.address}“${heading}”`, message: cell.fault });
  return ownText(cell);
}

/** Indoor sports rooms are part of the teaching rooms (a hard rule of the filing too); 优质均衡 subtracts them. */
function checkSportsRooms(
  row: TableRow,
  values: Readonly<Record<string, number | undefined>>,
  issues: CellIssue[],
): void {
  const { 室内体育用房面积: part, 教学及辅助用房面积: whole } = values;
  if (part === undefined || whole === undefined || part <= whole) return;
  issues.push({
    address: `${row.cells.get('室内体育用房面积')!.address}“室内体育用房面积”`,
    message: `${part} 大于教学及辅助用房面积 ${whole}，前者应已含在后者之中`,
  });
}

/** `211`, `211 小学` or `小学`; null where the cell is blank. */
function typeOf(row: TableRow, issues: CellIssue[]): string | null {
  const cell = row.cells.get('办学类型');
  const text = textOf(cell);
  if (text === '') return null;
  const code = /^(\d{3})(?!\d)/.exec(text)?.[1] ?? typeByName.get(foldedName(text)) ?? '';
  if (cell?.fault === undefined && schoolTypes.has(code)) return code;
  issues.push({
    address: `${cell!.address}“办学类型”`,
    message: cell!.fault ?? `“${text}”不是办学类型代码（如 211 小学、311 初级中学）`,
  });
  return null;
}

function sponsorOf(row: TableRow, issues: CellIssue[]): BalanceSchool['sponsor'] {
  const cell = row.cells.get('举办者');
  const text = textOf(cell);
  if (text === '') return null;
  const word = readSponsorWord(foldedName(text));
  if (cell?.fault === undefined && word) return word;
  const message = cell!.fault ?? `“${text}”应是 县、市、省、民办 或 其他`;
  issues.push({ address: `${cell!.address}“举办者”`, message });
  return null;
}
