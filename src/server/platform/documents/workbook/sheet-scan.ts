import { cellAddress } from '../cell-address.ts';
import type { CellColumns } from './cell/cell-columns.ts';
import type { CellContext } from './cell/cell-meaning.ts';
import { CellScan } from './cell/cell-scan.ts';
import type { Budget } from './limits.ts';
import { isTrue, XmlScanner } from './xml.ts';
import { damaged } from './zip.ts';

/** Rows and columns count from zero; the last ones are included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** The content of a sheet. */
export interface ScannedSheet {
  readonly cells: CellColumns;
  readonly merges: readonly CellRange[];
  readonly hiddenRows: readonly number[];
  /** Pairs of the first and the last column. */
  readonly hiddenColumns: ReadonlyArray<readonly [number, number]>;
  /** The range of a filter that hides rows, below its row of headings. */
  readonly filters: readonly CellRange[];
  /** Relationships to the tables of the sheet, which have their own filters. */
  readonly tables: readonly string[];
}

/**
 * Reads a sheet: the hidden columns, the cells, the merged ranges and the filters. The sheet's own statement of its
 * extent is not read, because it may be wrong.
 * @throws Problem `import.damaged`, `import.tooLarge`
 */
export function scanSheet(bytes: Buffer, context: CellContext): ScannedSheet {
  const scanner = new XmlScanner(bytes);
  if (!scanner.next() || scanner.name !== 'worksheet') throw damaged(`工作表“${context.sheet}”不是工作表`);
  const scan = new CellScan(bytes, scanner.prefix, context);
  const about = new SheetAbout(scanner, context.budget);
  while (scanner.next()) {
    if (!scanner.own || scanner.kind === 'close') continue;
    const name: string = scanner.name;
    if (name === 'sheetData' && scanner.kind === 'open') scanner.position = scan.read(scanner.position);
    else about.read();
  }
  const { cells, twice } = scan.cells.finish();
  if (twice) {
    throw damaged(`工作表“${context.sheet}”的 ${cellAddress(twice.row, twice.column)} 出现了两次`);
  }
  const { merges, hiddenColumns, filters, tables } = about;
  return { cells, merges, hiddenColumns, filters, tables, hiddenRows: scan.hiddenRows };
}

/** The filter of a table part, where it hides rows. */
export function scanTable(bytes: Buffer, budget: Budget): readonly CellRange[] {
  const scanner = new XmlScanner(bytes);
  const about = new SheetAbout(scanner, budget);
  while (scanner.next()) {
    if (scanner.own && scanner.kind !== 'close') about.read();
  }
  return about.filters;
}

/** The elements around the cells. */
class SheetAbout {
  readonly merges: CellRange[] = [];
  readonly hiddenColumns: [number, number][] = [];
  readonly filters: CellRange[] = [];
  readonly tables: string[] = [];
  readonly #scanner: XmlScanner;
  readonly #budget: Budget;
  #filtered: CellRange | undefined;

  constructor(scanner: XmlScanner, budget: Budget) {
    this.#scanner = scanner;
    this.#budget = budget;
  }

  read(): void {
    const scanner = this.#scanner;
    switch (scanner.name) {
      case 'col':
        this.#readColumns();
        break;
      case 'mergeCell': {
        this.#budget.countRange();
        const range = readRange(scanner.attribute('ref'));
        if (range) this.merges.push(range);
        break;
      }
      case 'autoFilter':
        this.#budget.walk();
        this.#filtered = readRange(scanner.attribute('ref'));
        break;
      case 'filterColumn':
        // A filter without a condition shows all rows.
        this.#budget.walk();
        if (this.#filtered && scanner.kind === 'open') {
          this.#budget.countRange();
          this.filters.push(this.#filtered);
        }
        this.#filtered = undefined;
        break;
      case 'tablePart': {
        this.#budget.walk();
        const id = scanner.attribute('id');
        if (id !== undefined) this.tables.push(id);
        break;
      }
      case 'customSheetView':
        // The views of other users have their own filters.
        this.#pass();
        break;
    }
  }

  #readColumns(): void {
    this.#budget.walk();
    const about = this.#scanner.attributes();
    const [first, last] = [Number(about.get('min')), Number(about.get('max'))];
    const isHidden = isTrue(about.get('hidden')) || about.get('width') === '0';
    if (!isHidden || !(first >= 1 && last >= first)) return;
    this.#budget.countRange();
    this.hiddenColumns.push([first - 1, last - 1]);
  }

  #pass(): void {
    const scanner = this.#scanner;
    if (scanner.kind === 'empty') return;
    while (scanner.next() && !(scanner.kind === 'close' && scanner.name === 'customSheetView'));
  }
}

/** `A1:C3` or `A1`; undefined for anything else. */
export function readRange(text: string | undefined): CellRange | undefined {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(text ?? '');
  if (!parts) return undefined;
  const [, left = '', top = '', right = left, bottom = top] = parts;
  return { top: Number(top) - 1, left: columnOf(left), bottom: Number(bottom) - 1, right: columnOf(right) };
}

function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) - 1;
}
