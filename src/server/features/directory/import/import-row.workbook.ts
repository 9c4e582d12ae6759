import { addressOf, type TableFault } from '#core/imports/table-faults.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import { sponsors } from '#domain/org/sponsor.ts';
import { urbanClassNames } from '#domain/org/urban-class.ts';
import { foldedName } from '#domain/text/name-folding.ts';
import type { HeadedTable, TableRow } from '#platform/documents/headed-table.ts';
import { ownText, textOf } from '#platform/documents/table-cell.ts';

/** Kinds of school that the register takes, kindergartens among them. */
export const typeCodes = [...schoolTypes.values()].filter((type) => type.category !== 'attached-classes');

/** The values that a column takes, in words; the template's drop-downs offer the same. */
export const allowedIn: Readonly<Record<string, string>> = {
  学校标识码: '10 位数字，第三、四位为本省代码',
  办学类型: typeCodes.map((type) => `${type.code} ${type.name}`).join('、'),
  举办者类型: sponsors.map((sponsor) => `${sponsor.code} ${sponsor.name}`).join('、'),
  办别: Object.values(ownershipNames).join('、'),
  城乡类型: Object.values(urbanClassNames).join('、'),
  建校年份: '四位数的年份，可以不填；不填的，设立日期按变动日期记',
};

/** The cells of one row, with the list that collects their faults. */
export class RowReader {
  readonly row: TableRow;
  readonly #table: HeadedTable;
  readonly #faults: TableFault[];
  readonly #faulty = new Set<string>();

  constructor(table: HeadedTable, row: TableRow, faults: TableFault[]) {
    this.#table = table;
    this.row = row;
    this.#faults = faults;
  }

  get faults(): number {
    return this.#faults.length;
  }

  /** Whether a fault of this cell was reported. */
  isFaulty(column: string): boolean {
    return this.#faulty.has(column);
  }

  /** The text as written, for values that are stored and not looked up. */
  own(column: string): string {
    return ownText(this.row.cells.get(column));
  }

  address(column: string): string {
    return addressOf(this.#table, this.row, column);
  }

  needed(column: string): string {
    const text = this.words(column);
    const isRefused = this.row.cells.get(column)?.fault !== undefined;
    if (text === '' && !isRefused) this.fault(column, '不能为空', allowedIn[column] ?? '填写完整');
    return text;
  }

  /** The words of a cell, half width and without signs that cannot be seen; empty if there are none. */
  words(column: string): string {
    const cell = this.row.cells.get(column);
    const fault = cell?.fault;
    if (fault !== undefined) this.fault(column, fault, allowedIn[column] ?? '一个值');
    return fault === undefined ? textOf(cell) : '';
  }

  choice<Key extends string>(column: string, names: Readonly<Record<Key, string>>): Key | undefined {
    const text = this.needed(column);
    const found = (Object.entries(names) as [Key, string][]).find(([, name]) => foldedName(name) === foldedName(text));
    if (text && !found) this.fault(column, '不在可选范围内', allowedIn[column]!);
    return found?.[0];
  }

  fault(column: string, rule: string, allowed: string): void {
    this.#faulty.add(column);
    const value = this.row.cells.get(column)?.text ?? '';
    const cell = this.address(column);
    this.#faults.push({ row: this.row.number, cell, column, value, rule, allowed });
  }
}
