import { compare, exact, sum } from '../../kit/decimal.ts';
import type { Points } from '../edition.ts';
import { type ColumnKind, findHead, isHeadAgain, type TableColumn, type TableHead } from './columns.ts';
import { type Grid, type GridRange, mergeAt, type Place, seenText, type WorkbookFault } from './grid.ts';
import { readLevelText, readPoints } from './level-text.ts';

/** The columns of an indicator beside its name and points. */
export type OutlinePart = Exclude<ColumnKind, 'level' | 'code' | 'points' | 'weight' | 'left'>;

/** An indicator as a table of an office shows it. */
export interface OutlineNode {
  code: string | null;
  readonly level: number;
  readonly parent: OutlineNode | null;
  readonly title: string;
  /** Undefined where the table says nothing of its points. */
  points: Points | undefined;
  weight: number | undefined;
  readonly parts: Partial<Record<OutlinePart, string>>;
  /** The cell of its name. */
  readonly place: Place;
  pointsPlace: Place | null;
  codePlace: Place | null;
}

/** What was understood of the tables of a workbook, with every cell that was not. */
export interface Outline {
  /** The line above the first head; empty where there is none. */
  readonly title: string;
  readonly nodes: readonly OutlineNode[];
  readonly faults: readonly WorkbookFault[];
  /** What was left out or read although it is unusual, as sentences. */
  readonly notes: readonly string[];
  readonly sheets: readonly { readonly name: string; readonly rows: number; readonly columns: number }[];
}

const sumRow = /^(合计|总计|总分|共计|总得分|小计)/;
const remarkRow = /^(注|说明|备注|填表|备 注)/;

/**
 * Reads tables of indicators as offices have them: first columns merged downwards or repeated, points in a column, in
 * several columns or in the name （5分）, titles above the head, several sheets. Whatever is not clear is a fault of its
 * cell; nothing is guessed but the methods, which come later and are shown as guesses.
 */
export function readOutline(grids: readonly Grid[]): Outline {
  const faults: WorkbookFault[] = [];
  const notes: string[] = [];
  const nodes: OutlineNode[] = [];
  const sheets: Array<Outline['sheets'][number]> = [];
  let title = '';
  for (const grid of grids) {
    if (grid.rows.every((cells) => cells === undefined || cells.every((cell) => cell === undefined))) continue;
    if (grid.hidden) {
      notes.push(`隐藏的工作表“${grid.name}”没有读取；如需读取，请先取消隐藏。`);
      continue;
    }
    const head = findHead(grid);
    if (head === undefined) {
      notes.push(`工作表“${grid.name}”没有指标表的表头，没有读取。`);
      continue;
    }
    title ||= titleAbove(grid, head);
    const left = head.columns.filter(({ kind }) => kind === 'left').map(({ heading }) => `“${oneLine(heading)}”`);
    if (left.length > 0) notes.push(`工作表“${grid.name}”中不属于指标体系的列没有读取：${left.join('、')}。`);
    const sheet = new SheetOutline(grid, head, faults, notes);
    sheet.read();
    nodes.push(...sheet.nodes);
    sheets.push({ name: grid.name, rows: sheet.rowCount, columns: head.columns.length });
  }
  return { title, nodes, faults, notes, sheets };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The longest line above the head: names of documents are longer than dates, numbers of annexes and units. */
function titleAbove(grid: Grid, head: TableHead): string {
  const lines = Array.from({ length: head.row }, (_, row) =>
    (grid.rows[row] ?? []).flatMap((cell) => (cell && !cell.covered && cell.text !== '' ? [oneLine(cell.text)] : [])),
  ).flat();
  const headings = new Set(head.columns.map(({ heading }) => oneLine(heading)));
  const named = lines.filter((line) => !headings.has(line) && !/^(附件|附表|单位|填报|被评|日期|时间)/.test(line));
  return named.reduce((best, line) => (line.length > best.length ? line : best), '').slice(0, 200);
}

/** One sheet, row after row. */
class SheetOutline {
  readonly nodes: OutlineNode[] = [];
  rowCount = 0;
  readonly #grid: Grid;
  readonly #head: TableHead;
  readonly #faults: WorkbookFault[];
  readonly #notes: string[];
  readonly #levels: readonly TableColumn[];
  /** The indicator of each level into which the next row falls. */
  readonly #current: Array<OutlineNode | undefined> = [];
  #total: { readonly points: number; readonly place: Place } | undefined;

  constructor(grid: Grid, head: TableHead, faults: WorkbookFault[], notes: string[]) {
    this.#grid = grid;
    this.#head = head;
    this.#faults = faults;
    this.#notes = notes;
    this.#levels = head.columns.filter(({ kind }) => kind === 'level');
  }

  read(): void {
    for (let row = this.#head.firstRow; row < this.#grid.rows.length; row += 1) {
      const texts = this.#head.columns.map(({ column }) => seenText(this.#grid, row, column));
      const first = this.#grid.rows[row]?.find((cell) => cell && !cell.covered && cell.text !== '');
      if (first === undefined || (texts.every((text) => text === '') && !sumRow.test(first.text))) continue;
      this.rowCount += 1;
      this.#row(row, first.text);
    }
    this.#compareTotal();
  }

  #row(row: number, first: string): void {
    if (remarkRow.test(first)) {
      this.#notes.push(`${this.#grid.name}第 ${row + 1} 行是说明，没有读取：${oneLine(first).slice(0, 40)}`);
      return;
    }
    if (isHeadAgain(this.#grid, row, this.#head)) {
      const rule = `第 ${row + 1} 行又是表头：一张工作表只能有一张指标表，请删去重复的表头，或把另一张表移到别的工作表`;
      this.#fault('head', { row, column: this.#head.columns[0]!.column }, rule, null);
      return;
    }
    const opening = this.#levels.flatMap((column) => {
      const text = seenText(this.#grid, row, column.column);
      return text === '' ? [] : [{ column, text }];
    });
    if (sumRow.test(first.replace(/\s/g, ''))) {
      this.#sumRow(row, first);
      return;
    }
    if (opening.some(({ column }) => this.#spansLevels(row, column))) return;
    const filledDown = (at: number) =>
      at < opening.length - 1 &&
      this.#current[opening[at]!.column.level!]?.title === readLevelText(opening[at]!.text).title;
    let opened: OutlineNode | undefined;
    for (const [at, { column, text }] of opening.entries()) {
      // A name that each row repeats is one indicator, not several.
      if (filledDown(at)) continue;
      opened = this.#open(row, column, text) ?? opened;
    }
    const node = opened ?? this.#deepest();
    if (node === undefined) {
      if (opening.length === 0)
        this.#fault('tree', { row, column: this.#levels[0]!.column }, '这一行没有指标名称，上面也没有指标', null);
      return;
    }
    this.#fill(row, node, opened !== undefined);
  }

  /** Whether the name is merged over several levels, so that nobody sees to which it belongs. */
  #spansLevels(row: number, { column }: TableColumn): boolean {
    const merge = mergeAt(this.#grid, row, column);
    if (merge === undefined || merge.left === merge.right) return false;
    const spanned = this.#levels.filter((one) => merge.left <= one.column && one.column <= merge.right);
    if (spanned.length < 2) return false;
    const names = spanned.map(({ heading }) => `“${oneLine(heading)}”`).join('和');
    this.#fault('merged', { row, column }, `合并单元格跨了${names}，看不出是哪一级的指标`, '拆开合并，写在所属的一级');
    return true;
  }

  #open(row: number, { column, level }: TableColumn, text: string): OutlineNode | undefined {
    const place = { row, column };
    if (this.#isUnreadable(place)) return undefined;
    const above = level === 0 ? null : this.#current[level! - 1];
    this.#current.length = level!;
    if (above === undefined) {
      const over = oneLine(this.#levels[level! - 1]!.heading);
      this.#fault('tree', place, `这项指标没有上级：“${over}”一列是空的`, `在同一行或上面填写“${over}”`);
      return undefined;
    }
    const read = readLevelText(text);
    const node: OutlineNode = {
      ...{ code: read.code, level: level!, parent: above, title: read.title, weight: undefined, parts: {} },
      points: read.points ?? undefined,
      place: this.#at(place),
      pointsPlace: read.points === null ? null : this.#at(place),
      codePlace: read.code === null ? null : this.#at(place),
    };
    this.#current[level!] = node;
    this.nodes.push(node);
    return node;
  }

  #deepest(): OutlineNode | undefined {
    return this.#current.findLast((node) => node !== undefined);
  }

  /** What the other columns of the row say of the indicator. */
  #fill(row: number, node: OutlineNode, isNew: boolean): void {
    for (const column of this.#head.columns) {
      const { kind } = column;
      const place = { row, column: column.column };
      const cell = this.#grid.rows[row]?.[column.column];
      if (kind === 'level' || kind === 'left' || cell === undefined || cell.covered) continue;
      if (this.#isUnreadable(place)) continue;
      if (kind === 'points') this.#points(place, this.#ownerOf(column, node, place), isNew);
      else if (kind === 'weight') this.#weight(place, node);
      else if (kind === 'code') this.#code(place, node, isNew);
      else if (cell.text !== '') node.parts[kind] = node.parts[kind] ? `${node.parts[kind]}\n${cell.text}` : cell.text;
    }
  }

  /** The indicator to which a cell of points belongs: that of the column's level, or the one with the same merged rows. */
  #ownerOf({ level }: TableColumn, node: OutlineNode, place: Pick<Place, 'row' | 'column'>): OutlineNode | undefined {
    if (level !== null) return this.#current[level];
    const merge = mergeAt(this.#grid, place.row, place.column);
    if (merge === undefined || merge.top === merge.bottom) return node;
    for (let at: OutlineNode | null = node; at !== null; at = at.parent) {
      if (spans(mergeAt(this.#grid, at.place.row, at.place.column), merge)) return at;
    }
    this.#fault('merged', place, '几行合并成一个分值，看不出是哪一项指标的', '每项指标各写分值');
    return undefined;
  }

  #points(place: Pick<Place, 'row' | 'column'>, node: OutlineNode | undefined, isNew: boolean): void {
    const cell = this.#grid.rows[place.row]![place.column]!;
    const read = readPoints(cell.text, cell.number);
    if ('blank' in read || node === undefined) return;
    if ('fault' in read) {
      this.#fault('points', place, read.fault, '数字、“5 分”、“不计分”或“未见”');
      return;
    }
    if (node.pointsPlace !== null && node.points !== read.points) {
      const rule = isNew
        ? `分值列为 ${cell.text}，指标名称中写的是 ${node.points} 分，两者不同`
        : `这一行没有指标名称，而上面的“${node.title}”已有分值 ${node.points}`;
      this.#fault('points', place, rule, null);
      return;
    }
    node.points = read.points;
    node.pointsPlace = this.#at(place);
  }

  #weight(place: Pick<Place, 'row' | 'column'>, node: OutlineNode): void {
    const cell = this.#grid.rows[place.row]![place.column]!;
    const read = readPoints(cell.text.replace(/[%％]$/, ''), cell.number);
    if ('blank' in read) return;
    if ('fault' in read || typeof read.points !== 'number' || read.points === 0) {
      this.#fault('points', place, `“${cell.text}”不是权重`, '大于 0 的数字');
      return;
    }
    node.weight = read.points;
  }

  #code(place: Pick<Place, 'row' | 'column'>, node: OutlineNode, isNew: boolean): void {
    const { text } = this.#grid.rows[place.row]![place.column]!;
    if (text === '' || !isNew) return;
    if (text === '*' || text.length > 40) this.#fault('code', place, `“${text.slice(0, 40)}”不能作编号`, '40 字以内');
    else {
      node.code = text;
      node.codePlace = this.#at(place);
    }
  }

  #sumRow(row: number, words: string): void {
    if (/小计/.test(words)) return;
    const cells = this.#head.columns.filter(({ kind }) => kind === 'points');
    for (const { column } of cells) {
      const cell = this.#grid.rows[row]?.[column];
      if (cell === undefined || cell.covered) continue;
      const read = readPoints(cell.text, cell.number);
      if ('fault' in read) this.#fault('points', { row, column }, read.fault, '数字');
      else if ('points' in read && typeof read.points === 'number') {
        this.#total = { points: read.points, place: this.#at({ row, column }) };
      }
    }
  }

  #compareTotal(): void {
    const total = this.#total;
    const roots = this.nodes.filter(({ parent }) => parent === null).map(({ points }) => points);
    if (total === undefined || !roots.every((points) => typeof points === 'number')) return;
    const known = sum(roots.map(exact));
    if (compare(known, exact(total.points)) === 0) return;
    this.#fault('sum', total.place, `合计为 ${total.points} 分，各项一级指标之和与它不等`, null);
  }

  #isUnreadable(place: Pick<Place, 'row' | 'column'>): boolean {
    const fault = this.#grid.rows[place.row]?.[place.column]?.fault;
    if (fault !== undefined) this.#fault('cell', place, fault, null);
    return fault !== undefined;
  }

  #fault(
    cause: WorkbookFault['cause'],
    { row, column }: Pick<Place, 'row' | 'column'>,
    rule: string,
    allowed: string | null,
  ): void {
    const heading = this.#head.columns.find((one) => one.column === column)?.heading ?? '';
    this.#faults.push({
      ...{ cause, rule, allowed, column: oneLine(heading), place: this.#at({ row, column }) },
      subject: this.#deepest()?.title ?? '',
      value: this.#grid.rows[row]?.[column]?.text ?? '',
    });
  }

  #at({ row, column }: Pick<Place, 'row' | 'column'>): Place {
    return { sheet: this.#grid.name, row, column };
  }
}

/** Whether two merged ranges cover the same rows. */
function spans(one: GridRange | undefined, other: GridRange): boolean {
  return one !== undefined && one.top === other.top && one.bottom === other.bottom;
}
