import type { CellValue } from '#domain/filing/catalogue.ts';

/** One cell of an act that can be taken back. */
export interface UndoCell {
  readonly filingId: string;
  readonly field: string;
  readonly before: CellValue;
  readonly after: CellValue;
}

/** A typed value is an act of one cell, a pasted block an act of many. */
export type UndoAct = readonly UndoCell[];

export interface UndoStack {
  readonly done: readonly UndoAct[];
  readonly undone: readonly UndoAct[];
}

export const emptyUndo: UndoStack = { done: [], undone: [] };

const longest = 100;

/** Remembers an act; what was undone before it cannot be redone any more. */
export function remember(stack: UndoStack, act: UndoAct): UndoStack {
  const real = act.filter((cell) => cell.before !== cell.after);
  if (real.length === 0) return stack;
  return { done: [...stack.done, real].slice(-longest), undone: [] };
}

/** Takes the last act back: the values to write now, and the stack afterwards. Null where nothing is left. */
export function undo(stack: UndoStack): { act: UndoAct; stack: UndoStack } | null {
  const act = stack.done.at(-1);
  if (!act) return null;
  const back = act.map((cell) => ({ ...cell, before: cell.after, after: cell.before }));
  return { act: back, stack: { done: stack.done.slice(0, -1), undone: [...stack.undone, act] } };
}

/** Does again what was undone last. */
export function redo(stack: UndoStack): { act: UndoAct; stack: UndoStack } | null {
  const act = stack.undone.at(-1);
  if (!act) return null;
  return { act, stack: { done: [...stack.done, act], undone: stack.undone.slice(0, -1) } };
}
