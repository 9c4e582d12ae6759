import { pupilsField } from '#domain/balance/school/membership.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school/school.ts';
import type { PreparedStandard } from '#domain/balance/standard/prepared-standard.ts';
import { halfWidth } from '#domain/kit/half-width.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolCodeFault } from '#domain/org/school-code.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { readSponsorWord } from '#domain/org/sponsor.ts';
import { ownText, type TableRow, textOf } from '#platform/documents/table.ts';
import { type CellIssue, type InputTable, quantityOf } from './input-table.ts';

const identity = ['学校标识码', '学校名称', '县级单位', '办学类型', '举办者'];
const pupils = [pupilsField('primary'), pupilsField('junior'), pupilsField('senior')];
const typeByName = new Map([...schoolTypes.values()].map(({ code, name }) => [name, code]));

/** The headings that a table must have to be judged by a standard; further columns are ignored. */
export function headingsFor(prepared: PreparedStandard): string[] {
  return [...new Set([...identity, ...pupils, ...prepared.fields])];
}

const numbers: ReadonlySet<string> = new Set(
  balanceFields.filter(({ type }) => type === 'number').map(({ name }) => name),
);

/** Those of the headings under which quantities stand. */
export function quantitiesAmong(headings: readonly string[]): string[] {
  return headings.filter((heading) => numbers.has(heading));
}

/** The units that may stand in brackets behind a heading; 平方米 is also written m² (㎡ reads the same in half width). */
export const headingUnits: ReadonlyMap<string, readonly string[]> = new Map(
  balanceFields.flatMap(({ name, unit }) =>
    unit === undefined ? [] : [[name, unit === '平方米' ? [unit, 'm²'] : [unit]] as const],
  ),
);

/** A code that a spreadsheet took for a number and shortened: `2.13599E+09`. */
const shortened = /^\d(\.\d+)?E\+\d+$/i;
const namedCodes = 5;

/** A code only names a school here, so that one against the rules spoils no figure; but it is said. */
export function codeNotices(schools: readonly BalanceSchool[]): string[] {
  const faults = schools.map(({ code }) => schoolCodeFault(code)).filter((fault) => fault !== undefined);
  if (faults.length === 0) return [];
  const rest = faults.length > namedCodes ? `；……共 ${faults.length} 处` : '';
  return [`提示：${faults.slice(0, namedCodes).join('；')}${rest}。仍按表中的写法计算。`];
}

/**
 * The schools of one county from a table with one school a row. A blank cell is missing, never zero.
 * @param county the 县级单位 wanted; undefined where the table has only one
 * @throws Problem `table.counties`, `table.countyUnknown`, `table.cells` with every cell that cannot be used
 */
export function schoolsOf(table: InputTable, prepared: PreparedStandard, county: string | undefined): BalanceSchool[] {
  const issues: CellIssue[] = [];
  const rows = rowsOf(table, county, issues);
  const quantities = quantitiesAmong(headingsFor(prepared));
  const rowOfCode = new Map<string, number>();
  const schools = rows.map((row): BalanceSchool => {
    const cell = row.cells.get('学校标识码');
    const code = textOf(cell);
    const earlier = rowOfCode.get(code);
    if (code === '') issues.push({ address: `第 ${row.number} 行`, message: '学校标识码为空' });
    else if (shortened.test(code)) {
      issues.push({
        address: `${cell!.address}“学校标识码”`,
        message: `“${code}”是被电子表格改写成科学记数的号码，后几位已经丢失，请把这一列设为文本后重新填写`,
      });
    } else if (earlier !== undefined) {
      issues.push({ address: `第 ${row.number} 行`, message: `学校标识码 ${code} 与第 ${earlier} 行重复` });
    } else rowOfCode.set(code, row.number);
    const values = Object.fromEntries(quantities.map((heading) => [heading, quantityOf(row, heading, issues)]));
    checkSportsRooms(row, values, issues);
    return {
      code,
      name: ownText(row.cells.get('学校名称')),
      type: typeOf(row, issues),
      sponsor: sponsorOf(row, issues),
      values,
    };
  });
  if (issues.length > 0) throw problem('table.cells', { issues });
  return schools;
}

/** The rows of the county. A row without 县级单位 may be any county's: it is reported, not passed over. */
function rowsOf(table: InputTable, county: string | undefined, issues: CellIssue[]): readonly TableRow[] {
  const countyOf = (row: TableRow): string => textOf(row.cells.get('县级单位'));
  const counties = [...new Set(table.rows.map(countyOf))].filter((name) => name !== '');
  const wanted = county === undefined ? counties[0] : halfWidth(county).trim();
  if (county === undefined && counties.length > 1) throw problem('table.counties', { counties });
  if (county !== undefined && !counties.includes(wanted!)) throw problem('table.countyUnknown', { county, counties });
  for (const row of table.rows) {
    if (countyOf(row) === '') issues.push({ address: `第 ${row.number} 行`, message: '县级单位为空' });
  }
  return table.rows.filter((row) => [wanted, ''].includes(countyOf(row)));
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
  const code = /^(\d{3})(?!\d)/.exec(text)?.[1] ?? typeByName.get(text) ?? '';
  if (schoolTypes.has(code)) return code;
  issues.push({
    address: `${cell!.address}“办学类型”`,
    message: `“${text}”不是办学类型代码（如 211 小学、311 初级中学）`,
  });
  return null;
}

function sponsorOf(row: TableRow, issues: CellIssue[]): BalanceSchool['sponsor'] {
  const cell = row.cells.get('举办者');
  const text = textOf(cell);
  if (text === '') return null;
  const word = readSponsorWord(text);
  if (word) return word;
  issues.push({ address: `${cell!.address}“举办者”`, message: `“${text}”应是 县、市、省、民办 或 其他` });
  return null;
}
