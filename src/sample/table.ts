import type { CopyTable, CopyValue } from '#platform/db/copy.ts';

/** Rows of one table under construction. */
export class Table implements CopyTable {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: (readonly CopyValue[])[] = [];
  readonly policed: boolean;

  constructor(table: string, columns: string, policed = false) {
    this.table = table;
    this.columns = columns.split(' ');
    this.policed = policed;
  }

  add(...row: readonly CopyValue[]): void {
    this.rows.push(row);
  }
}
