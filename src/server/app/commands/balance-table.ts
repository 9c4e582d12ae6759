import { pupilsField } from '#domain/balance/membership.ts';
import type { PreparedStandard } from '#domain/balance/prepared-standard.ts';
import { type BalanceSchool, balanceFields } from '#domain/balance/school.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { readSponsorWord } from '#domain/org/sponsor.ts';
import { type TableRow, textOf } from '#platform/documents/table.ts';
import { type CellIssue, type InputTable, quantityOf } from './input-table.ts';

const identity = ['学校标识码', '学校名称', '县级单位', '办学类型', '举办者'];
const pupils = [pupilsField('primary'), pupilsField('junior'), pupilsField('senior')];
const typeByName = new Map([...schoolTypes.values()].map(({ code, name }) => [name, code]));

/** The headings that a table must have to be judged by a standard; further columns are ignored. */
export function headingsFor(prepared: PreparedStandard): string[] {
  return [...new Set([...identity, ...pupils, ...prepared.fields])];
}

/** The units that may stand in brackets behind a heading; 平方米 is also written m² (㎡ reads the same in half width). */
export const headingUnits: ReadonlyMap<string, readonly string[]> = new Map(
  balanceFields.flatMap(({ name, unit }) =>
    unit === undefined ? [] : [[name, unit === '平方米' ? [unit, 'm²'] : [unit]] as const],
  ),
);

/**
 * The schools of one county from a table with one school a row. A blank cell is missing, never zero.
 * @param county the 县级单位 wanted; undefined where the table has only one
 * @throws Problem `table.counties`, `table.countyUnknown`, `table.cells` with every cell that cannot be used
 */
export function schoolsOf(table: InputTable, prepared: PreparedStandard, county: string | undefined): BalanceSchool[] {
  const issues: CellIssue[] = [];
  const rows = rowsOf(table, county, issues);
  const numbers = new Set(balanceFields.filter(({ type }) => type === 'number').map(({ name }) => name));
  const quantities = headingsFor(prepared).filter((heading) => numbers.has(heading));
  const rowOfCode = new Map<string, number>();
  const schools = rows.map((row): BalanceSchool => {
    const code = textOf(row.cells.get('学校标识码'));
    const earlier = rowOfCode.get(code);
    if (code === '') issues.push({ address: `第 ${row.number} 行`, message: '学校标识码为空' });
    else if (earlier !== undefined) {
      issues.push({ address: `第 ${row.number} 行`, message: `学校标识码 ${code} 与第 ${earlier} 行重复` });
    } else rowOfCode.set(code, row.number);
    return {
      code,
      name: textOf(row.cells.get('学校名称')),
      type: typeOf(row, issues),
      sponsor: sponsorOf(row, issues),
      values: Object.fromEntries(quantities.map((heading) => [heading, quantityOf(row, heading, issues)])),
    };
  });
  if (issues.length > 0) throw problem('table.cells', { issues });
  return schools;
}

function rowsOf(table: InputTable, county: string | undefined, issues: CellIssue[]): readonly TableRow[] {
  const countyOf = (row: TableRow): string => textOf(row.cells.get('县级单位'));
  const counties = [...new Set(table.rows.map(countyOf))].filter((name) => name !== '');
  if (county !== undefined) {
    const wanted = county.normalize('NFKC').trim();
    const rows = table.rows.filter((row) => countyOf(row) === wanted);
    if (rows.length === 0) throw problem('table.countyUnknown', { county, counties });
    return rows;
  }
  if (counties.length > 1) throw problem('table.counties', { counties });
  for (const row of table.rows) {
    if (countyOf(row) === '') issues.push({ address: `第 ${row.number} 行`, message: '县级单位为空' });
  }
  return table.rows;
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
