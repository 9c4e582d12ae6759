import type { FindingWeight } from '#domain/kit/finding-weight.ts';
import type { CellValue, FieldValues } from './catalogue.ts';
import { sameValue } from './values.ts';

/**
 * A stored cell: `v` value, `n` version (grows by one with each change), `e` written explanation of the doubts about
 * this value, `d` codes of the doubts that existed when it was written. Without `d` the explanation answers every
 * doubt.
 */
export interface Cell {
  readonly v: CellValue;
  readonly n: number;
  readonly e?: string;
  readonly d?: readonly string[];
}

export type Cells = Readonly<Record<string, Cell>>;

/** Characters of an explanation at most. */
export const longestExplanation = 500;

/**
 * A requested change. `version` is the version of the cell that the person saw, 0 for a cell that was never written.
 * Without `value` only the explanation changes; `explanation: null` removes it. A new value also removes it unless a
 * new explanation comes along, because the old one was about the old value.
 */
export interface CellChange {
  readonly field: string;
  readonly value?: CellValue | undefined;
  readonly explanation?: string | null | undefined;
  readonly version: number;
}

/** Two people changed one cell: the later person gets both values and decides again. */
export interface CellConflict {
  readonly field: string;
  readonly yours: CellValue;
  readonly theirs: CellValue;
  readonly version: number;
}

/** The result of a batch of changes. `changed` names the fields that really differ now, in the order they were sent. */
export interface AppliedChanges {
  readonly cells: Cells;
  readonly changed: readonly string[];
  readonly conflicts: readonly CellConflict[];
}

/**
 * Applies a batch to the current cells. A change whose version is not the cell's is a conflict, unless the cell already
 * has the requested content (so a batch may be sent twice after a broken connection). The other changes of the batch
 * are still applied. A field that appears twice counts the second time from the result of the first.
 *
 * `doubtsOf` returns the codes of the doubts that the person sees at a field. If the stored explanation does not answer
 * them all, writing the same explanation again is a change. Without `doubtsOf` a repeated explanation changes nothing.
 */
export function applyChanges(
  current: Cells,
  changes: readonly CellChange[],
  doubtsOf: (field: string) => readonly string[] = () => [],
): AppliedChanges {
  const cells: Record<string, Cell> = { ...current };
  const changed: string[] = [];
  const conflicts: CellConflict[] = [];
  for (const change of changes) {
    const cell = cells[change.field] ?? { v: null, n: 0 };
    const value = change.value === undefined ? cell.v : change.value;
    const same = sameValue(value, cell.v);
    const kept = same ? cell.e : undefined;
    const explanation = change.explanation === undefined ? kept : change.explanation || undefined;
    if (same && explanation === cell.e) {
      const { d: answered } = cell;
      const repeated = change.explanation && answered;
      if (!repeated || doubtsOf(change.field).every((code) => answered.includes(code))) continue;
    }
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

/** The properties of a finding that are needed here. */
interface WeighedFinding {
  readonly code: string;
  readonly weight: FindingWeight;
  readonly fields: readonly string[];
}

/** The codes of the doubts at one field. */
export function doubtsAt(findings: readonly WeighedFinding[], field: string): string[] {
  return findings.filter(({ weight, fields }) => weight === 'soft' && fields[0] === field).map(({ code }) => code);
}

/** The bare values of the cells. */
export function valuesOf(cells: Cells): Record<string, CellValue> {
  return Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell.v]));
}

/**
 * The changed cells in the form in which they are stored. A new explanation keeps the codes of the doubts that it
 * answers, so that a later doubt needs a new explanation. `findings` are those of the filing as it stands after the
 * change.
 */
export function keptCells(
  cells: Cells,
  changed: readonly string[],
  findings: readonly WeighedFinding[],
): Record<string, Cell> {
  return Object.fromEntries(
    changed.map((key) => {
      const cell = cells[key]!;
      if (cell.e === undefined || cell.d !== undefined) return [key, cell];
      return [key, { ...cell, d: doubtsAt(findings, key) }];
    }),
  );
}

/** A written explanation with the codes of the doubts that it answers; without codes it answers every doubt. */
export interface Explanation {
  readonly text: string;
  readonly answers?: readonly string[] | undefined;
}

/** The written explanations by field. */
export function explanationsOf(cells: Cells): Record<string, Explanation> {
  const explanations: Record<string, Explanation> = {};
  for (const [key, { e, d }] of Object.entries(cells)) if (e) explanations[key] = { text: e, answers: d };
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
