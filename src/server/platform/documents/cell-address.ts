import { columnLetters } from '#domain/text/column-letters.ts';

/** `A1` of a zero-based place. */
export function cellAddress(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** `A`, `Z`, `AA` of a zero-based column. */
export function columnName(column: number): string {
  return columnLetters(column + 1);
}
