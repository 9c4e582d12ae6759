import type { RouteOutput } from '#contract/route.ts';
import type { Actor } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { RowColumns } from '#domain/table/row.ts';
import { type HeadedTable, readHeadedTable, type TableRow } from '#platform/documents/headed-table.ts';
import type { Column } from '#platform/documents/heading-search.ts';
import { ownText, type TableCell } from '#platform/documents/table-cell.ts';
import type { Context } from '../access/serve.ts';
import type { ChangesOf, Importing, Routes } from './importing.act.ts';
import type { ImportPlace } from './imports.store.ts';
import { type Mark, markedTable, marksOf } from './marked-table.workbook.ts';
import {
  addressOf,
  foundFaults,
  type KeptTable,
  keptTable,
  sheetsOf,
  type TableFault,
  tableNotes,
  tableOf,
  undecidedFaults,
  undecidedOf,
} from './table-faults.ts';

/** One row below the headings. */
interface ReadRow {
  /** The text of the cell; empty where there is none, or it cannot be read, which is reported already. */
  text(column: string): string;
  /** Reports a fault of a cell, unless the cell could not be read. A table with a fault cannot be taken. */
  fault(column: string, rule: string, allowed: string | null): void;
}

/** A row that was understood, with the way to report its faults. */
export interface ComparedRow<Row> {
  readonly row: Row;
  readonly fault: ReadRow['fault'];
}

interface Compared<Row> {
  readonly rows: readonly Row[];
  /** What a person should know of the table as a whole although no cell is at fault: sentences of the preview. */
  readonly remarks?: readonly string[];
}

/**
 * The parts that a feature supplies for a table whose rows become new things: no stored data is changed by it.
 */
interface RowsImporting<R extends Routes, H, Row> {
  /** A column of days takes cells that hold a day, which are a fault in any other column. */
  readonly columns: readonly (Column & { readonly isDay?: boolean })[];
  /** The kind of record in a row: it decides which rows are sums and not records. */
  readonly things: RowColumns['things'];
  /** The characters of the longest text that a cell may hold, see `Importing`. */
  readonly longestText: number;
  /** `过长的说明`: the heading of faulty cells. */
  readonly faulty: string;
  understand(row: ReadRow): Row;
  /** Compares the understood rows with stored data, all at once, and reports what does not fit. Taking asks again. */
  compare?(ctx: Context<H>, read: readonly ComparedRow<Row>[]): Promise<Compared<Row>>;
  /** Whether a row is stored already: the preview shows it, and taking leaves it. */
  isStored?(row: Row): boolean;
  place(actor: Actor): ImportPlace;
  /** Writes all rows that are not stored already, and records each. */
  take(ctx: Context<H>, rows: readonly Row[]): Promise<RouteOutput<R['confirmImport']>>;
}

interface Content<Row> {
  readonly rows: readonly Row[];
  readonly table: KeptTable;
  readonly marks: readonly Mark[];
}

/** The stamp of a table that was compared with no stored data, so that nobody can overtake it. */
const nothingCompared = '';

/** The import protocol of a table whose rows become one new thing each; its `changes` are these rows. */
export function rowsImporting<R extends Routes, H, Row>(
  given: RowsImporting<R, H, Row>,
): Importing<R, H, HeadedTable, Content<Row>, undefined, undefined> {
  const fresh = (rows: readonly Row[]) => rows.filter((row) => !given.isStored?.(row));
  return {
    longestText: given.longestText,
    read: (file, reader) => readHeadedTable(file, given.columns, { things: given.things, reader }),

    async plan(ctx, table) {
      if (table.rows.length === 0) throw problem('import.empty');
      const [first] = given.columns;
      const undecided = undecidedOf(table);
      const faults = undecidedFaults(table, first?.name ?? '');
      const read = table.rows
        .filter(({ number }) => !undecided.has(number))
        .map((row) => {
          faults.push(...unreadableCells(row, given.columns));
          const cells = readRow(table, row, faults, given.columns);
          return { row: given.understand(cells), fault: cells.fault };
        });
      const unseen = { rows: read.map(({ row }) => row) };
      const { rows, remarks = [] }: Compared<Row> = (await given.compare?.(ctx, read)) ?? unseen;
      return {
        place: given.place(ctx.actor),
        content: { rows, table: keptTable(table), marks: marksOf(table, faults) },
        stamp: nothingCompared,
        count: fresh(rows).length,
        findings: foundFaults(faults, given.faulty),
        preview: {
          sheets: sheetsOf(table),
          facts: [['行', `${rows.length}`]],
          notes: tableNotes(table, remarks),
          changes: rows as ChangesOf<R>,
        },
      };
    },

    lock: async () => ({ stamp: nothingCompared, locked: undefined }),
    overtaken: () => problem('import.expired'),
    take: (ctx, { rows }) => given.take(ctx, fresh(rows)),
    mark: async (_, { table, marks }) => markedTable(tableOf(table), marks),
  };
}

type RowColumn = Column & { readonly isDay?: boolean };

/** Why a cell of this column cannot be read; a day is read in a column of days. */
function faultOf(cell: TableCell | undefined, column: RowColumn | undefined): string | undefined {
  return column?.isDay && cell?.kind === 'date' && !cell.covered ? undefined : cell?.fault;
}

/** The cells of a row from which nothing may be read: an error, a day, a formula without a result. */
function unreadableCells({ number, cells }: TableRow, columns: readonly RowColumn[]): TableFault[] {
  return columns.flatMap((column) => {
    const { name } = column;
    const cell = cells.get(name);
    const fault = faultOf(cell, column);
    if (cell === undefined || fault === undefined) return [];
    return [{ row: number, cell: cell.address, column: name, value: cell.text, rule: fault, allowed: null }];
  });
}

function readRow(table: HeadedTable, row: TableRow, faults: TableFault[], columns: readonly RowColumn[]): ReadRow {
  const { number, cells } = row;
  const columnOf = (name: string) => columns.find((one) => one.name === name);
  return {
    text(column) {
      const cell = cells.get(column);
      return faultOf(cell, columnOf(column)) === undefined ? ownText(cell).trim() : '';
    },
    fault(column, rule, allowed) {
      const cell = cells.get(column);
      if (faultOf(cell, columnOf(column)) !== undefined) return;
      faults.push({ row: number, cell: addressOf(table, row, column), column, value: cell?.text ?? '', rule, allowed });
    },
  };
}
