import type { CellValue, FieldValues } from './catalogue.ts';
import { sameValue } from './values.ts';

/** A stored cell: `v` value, `n` version (grows by one with each change), `e` written explanation. */
export interface Cell {
  readonly v: CellValue;
  readonly n: number;
  readonly e?: string;
}

export type Cells = Readonly<Record<string, Cell>>;

/**
 * A change that somebody asks for. `version` is the version of the cell that the person saw, 0 for a cell that was
 * never written. Without `value` only the explanation changes; `explanation: null` takes it away.
 */
export interface CellChange {
  readonly field: string;
  readonly value?: CellValue | undefined;
  readonly explanation?: string | null | undefined;
  readonly version: number;
}

/** Two people at one cell: the later gets both values and decides again. */
export interface CellConflict {
  readonly field: string;
  readonly yours: CellValue;
  readonly theirs: CellValue;
  readonly version: number;
}

/** What a batch of changes does. `changed` names the fields that really differ now, in the order they were sent. */
export interface AppliedChanges {
  readonly cells: Cells;
  readonly changed: readonly string[];
  readonly conflicts: readonly CellConflict[];
}

/**
 * Applies a batch to the current cells. A change whose version is not the cell's is a conflict, unless it asks for what
 * already stands there (the same batch sent twice after a broken connection does no harm). The other changes of the
 * batch are applied all the same. A field that appears twice counts the second time from the result of the first.
 */
export function applyChanges(current: Cells, changes: readonly CellChange[]): AppliedChanges {
  const cells: Record<string, Cell> = { ...current };
  const changed: string[] = [];
  const conflicts: CellConflict[] = [];
  for (const change of changes) {
    const cell = cells[change.field] ?? { v: null, n: 0 };
    const value = change.value === undefined ? cell.v : change.value;
    const explanation = change.explanation === undefined ? cell.e : change.explanation || undefined;
    if (sameValue(value, cell.v) && explanation === cell.e) continue;
    const again = changed.includes(change.field);
    if (!again && change.version !== cell.n) {
      conflicts.push({ field: change.field, yours: value, theirs: cell.v, version: cell.n });
      continue;
    }
    cells[change.field] = { v: value, n: cell.n + 1, ...(explanation === undefined ? {} : { e: explanation }) };
    if (!again) changed.push(change.field);
  }
  return { cells, changed, conflicts };
}

/** The bare values of the cells. */
export function valuesOf(cells: Cells): Record<string, CellValue> {
  return Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell.v]));
}

/** The written explanations by field. */
export function explanationsOf(cells: Cells): Record<string, string> {
  const explanations: Record<string, string> = {};
  for (const [key, cell] of Object.entries(cells)) if (cell.e) explanations[key] = cell.e;
  return explanations;
}

/** The fields, of those given, whose value differs between two sets of values. */
export function differences(
  keys: readonly string[],
  before: FieldValues,
  after: FieldValues,
): { field: string; before: CellValue; after: CellValue }[] {
  return keys
    .filter((key) => !sameValue(before[key], after[key]))
    .map((key) => ({ field: key, before: before[key] ?? null, after: after[key] ?? null }));
}
