import { halfWidth } from '../kit/half-width.ts';
import type { Slices } from '../kit/slices.ts';
import { schoolCodeFault } from '../org/school-code.ts';
import { withoutInvisible } from '../text/characters.ts';
import { numberingIn } from './numbering.ts';
import { labelOf, type RowColumns, type RowContent } from './row.ts';
import { isUnitRow, labelKind, wordsOfNoThing } from './row-words.ts';
import { isNothing, type Quantities, Sums } from './sums.ts';

/**
 * The role of a row that is neither a school nor a person; `null` for a row that is counted although it looks like
 * another kind.
 */
export type RowRole = 'numbering' | 'units' | 'total' | 'statistic' | 'remark' | 'sum' | 'part-sum' | 'mean';

/** In words for a notice: `第 7 行（全县）` + this. */
export const rowRoleWords: Readonly<Record<RowRole, string>> = {
  numbering: '是栏次编号',
  units: '是计量单位',
  total: '是合计或平均',
  statistic: '是统计结果',
  remark: '是表注',
  sum: '各项数等于其余各行之和',
  'part-sum': '各项数等于相邻几行之和',
  mean: '各项数等于其余各行的平均',
};

/** A row that is left out because of its role. `words` shows the role: 合计, or the first cells of the row. */
export interface LeftOutRow {
  readonly row: number;
  readonly role: RowRole;
  readonly words: string;
}

/**
 * A doubtful row: a person must decide its role (`refused`), or should know of it (`counted`). The sentence names the
 * row.
 */
export interface DoubtfulRow {
  readonly row: number;
  readonly fate: 'refused' | 'counted';
  readonly sentence: string;
}

export interface JudgedRows {
  readonly leftOut: readonly LeftOutRow[];
  readonly doubtful: readonly DoubtfulRow[];
}

/**
 * Finds the rows of a table that are not records: rows that number the columns or name their units, sums and means (by
 * words such as 合计, 全县, Total, or by figures), and remarks. Certain ones are left out. A row that could also be a
 * school is refused or, if a 学校标识码 proves the school, counted with a notice. A school whose name only resembles a sum
 * (全市实验小学, 合计路小学) is counted as a school.
 *
 * A large table is judged for a second or more, so the work pauses often: each `yield` is a place where the caller may do
 * something else.
 * @param rows the rows below the headings, in their order, without empty rows
 */
export function* judgeRows(rows: readonly RowContent[], columns: RowColumns): Slices<JudgedRows> {
  const leftOut: LeftOutRow[] = [];
  const doubtful: DoubtfulRow[] = [];
  const things: RowContent[] = [];
  for (const row of rows) {
    yield;
    const isProved = hasCode(row, columns);
    const said = wordsOfNoThing(row, columns, isProved);
    const numbering = numberingIn(row, columns, things.length === 0);
    if (said && said.role !== 'remark' && isProved) {
      const sentence = `第 ${row.row} 行“${said.words}”像合计行，却有学校标识码：是合计请删去标识码，是学校请改正名称`;
      doubtful.push({ row: row.row, fate: 'refused', sentence });
      things.push(row);
    } else if (said) leftOut.push({ row: row.row, ...said });
    else if (numbering === 'certain') leftOut.push({ row: row.row, role: 'numbering', words: firstTexts(row) });
    else if (numbering === 'doubtful') {
      const sentence = `第 ${row.row} 行（${firstTexts(row)}）像栏次编号：是编号请删去这一行，${completed[columns.things]}`;
      doubtful.push({ row: row.row, fate: 'refused', sentence });
    } else if (things.length === 0 && isUnitRow(row, columns)) {
      leftOut.push({ row: row.row, role: 'units', words: firstTexts(row) });
    } else things.push(row);
  }
  const byFigures = yield* judgeFigures(things, columns);
  const inOrder = (left: { readonly row: number }, right: { readonly row: number }) => left.row - right.row;
  return {
    leftOut: [...leftOut, ...byFigures.leftOut].sort(inOrder),
    doubtful: [...doubtful, ...byFigures.doubtful].sort(inOrder),
  };
}

/** What a person does with a row that is no sum and no numbering, by the kind of record. */
const completed: Readonly<Record<RowColumns['things'], string>> = {
  schools: '是学校请写上学校名称',
  people: '是人员请写上姓名',
  others: '不是的请把内容写完整',
};

interface Figures {
  readonly row: RowContent;
  readonly label: string;
  readonly kind: ReturnType<typeof labelKind>;
  readonly quantities: Quantities;
}

/** Rows that no word reveals: they contain the sum or the mean of other rows, or have no name. */
function* judgeFigures(rows: readonly RowContent[], columns: RowColumns): Slices<JudgedRows> {
  const leftOut: LeftOutRow[] = [];
  const doubtful: DoubtfulRow[] = [];
  let left: Figures[] = [];
  for (const row of rows) {
    left.push(...figuresOf(row, columns));
    yield;
  }
  const isNamed = left.filter(({ kind }) => kind !== 'none').length * 2 > left.length;
  const leave = (role: RowRole, { row, label }: Figures) =>
    leftOut.push({ row: row.row, role, words: label === '' ? firstTexts(row) : label });
  if (isNamed) left = yield* withoutPartSums(left, (figures) => leave('part-sum', figures));
  for (;;) {
    const found = yield* sumOfOthers(left, columns);
    if (!found) break;
    if (isNamed && (found.kind === 'place' || found.kind === 'none')) leave('sum', found);
    else doubtful.push(doubtOf(found, columns));
    left = left.filter((figures) => figures !== found);
  }
  if (!isNamed) return { leftOut, doubtful };
  const named = new Sums(columns.quantities.size);
  for (const { kind, quantities } of left) {
    if (kind !== 'none') named.add(quantities);
    yield;
  }
  for (const figures of left.filter(({ kind }) => kind === 'none')) {
    // Formulas that were filled down too far leave zeros.
    if (isNothing(figures.quantities)) continue;
    if (named.rows > 1 && named.matches(figures.quantities, { divisor: named.rows })) leave('mean', figures);
    else {
      const sentence = `第 ${figures.row.row} 行没有${columns.things === 'schools' ? '学校' : ''}名称：是合计请删去这一行，${completed[columns.things]}`;
      doubtful.push({ row: figures.row.row, fate: 'refused', sentence });
    }
  }
  return { leftOut, doubtful };
}

function figuresOf(row: RowContent, columns: RowColumns): Figures[] {
  const numbers = new Map(row.cells.map((cell) => [cell.column, cell.number]));
  const quantities = Array.from(columns.quantities, (column) => numbers.get(column));
  if (quantities.every((value) => value === undefined)) return [];
  const label = labelOf(row, columns);
  // A row with a code is a school, whatever its name.
  return [{ row, label, kind: hasCode(row, columns) ? 'school' : labelKind(label), quantities }];
}

/** Sums of more rows than this are only looked for over the whole table. */
const longestRun = 1000;
/** Sums of parts within parts: schools, towns, counties. */
const levels = 3;

/**
 * Takes out rows that have the name of a place, or no name, and contain the sum of the rows just above or just below.
 */
function* withoutPartSums(all: readonly Figures[], leave: (figures: Figures) => void): Slices<Figures[]> {
  let left = [...all];
  for (let level = 0; level < levels; level += 1) {
    const found = new Set<Figures>();
    for (const [index, figures] of left.entries()) {
      yield;
      if ((figures.kind !== 'place' && figures.kind !== 'none') || isNothing(figures.quantities)) continue;
      // If places have sums, the sum of a place with one school equals that school.
      const least = level > 0 && figures.kind === 'place' ? 1 : 2;
      for (const step of [-1, 1] as const) {
        if (!(yield* sumsNeighbours(left, index, { step, least, found }))) continue;
        found.add(figures);
        break;
      }
    }
    if (found.size === 0) break;
    for (const figures of found) leave(figures);
    left = left.filter((figures) => !found.has(figures));
  }
  return left;
}

function* sumsNeighbours(
  rows: readonly Figures[],
  index: number,
  { step, least, found }: { readonly step: 1 | -1; readonly least: number; readonly found: ReadonlySet<Figures> },
): Slices<boolean> {
  const { quantities } = rows[index]!;
  const sums = new Sums(quantities.length);
  for (let run = 1; run <= longestRun; run += 1) {
    const next = rows[index + run * step];
    if (!next) return false;
    if (found.has(next)) continue;
    yield;
    sums.add(next.quantities);
    if (sums.exceeds(quantities)) return false;
    if (sums.rows >= least && sums.matches(quantities)) return true;
  }
  return false;
}

/** The last row whose quantities are the sums of all other rows: a sum is more often at the end than at the top. */
function* sumOfOthers(rows: readonly Figures[], columns: RowColumns): Slices<Figures | undefined> {
  if (rows.length < 3) return undefined;
  const sums = new Sums(columns.quantities.size);
  for (const { quantities } of rows) {
    sums.add(quantities);
    yield;
  }
  return sums.rows < 3 ? undefined : rows.findLast(({ quantities }) => sums.matches(quantities, { own: true }));
}

function doubtOf({ row, label }: Figures, columns: RowColumns): DoubtfulRow {
  const named = label === '' ? '' : `“${label}”`;
  const same = `第 ${row.row} 行${named}的各项数恰好等于其余各行之和`;
  if (hasCode(row, columns)) {
    return { row: row.row, fate: 'counted', sentence: `${same}，有学校标识码，仍按学校计入，请核对` };
  }
  // Nothing proves what is not a school, so a refusal would leave no way out.
  if (columns.things !== 'schools') return { row: row.row, fate: 'counted', sentence: `${same}，仍照常计入，请核对` };
  const wayOut = '是合计请删去这一行；确是一所学校，请在“学校标识码”一列写上它的标识码';
  return { row: row.row, fate: 'refused', sentence: `${same}：${wayOut}` };
}

function hasCode(row: RowContent, { codes }: RowColumns): boolean {
  return row.cells.some(
    ({ column, text }) => codes.has(column) && schoolCodeFault(halfWidth(withoutInvisible(text)).trim()) === undefined,
  );
}

function firstTexts({ cells }: RowContent): string {
  const texts = cells.map((cell) => cell.text);
  return texts.length > 4 ? `${texts.slice(0, 4).join('、')}……` : texts.join('、');
}
