/** One cell of an act that can be taken back. */
export interface UndoCell<Value> {
  readonly subjectId: string;
  readonly part: string;
  readonly before: Value;
  readonly after: Value;
}

/** A typed value is an act of one cell; a pasted block is an act of many. */
export type UndoAct<Value> = readonly UndoCell<Value>[];

export interface UndoStack<Value> {
  readonly done: readonly UndoAct<Value>[];
  readonly undone: readonly UndoAct<Value>[];
}

/** An empty stack, for values of any kind. */
export const emptyUndo = { done: [], undone: [] } as const satisfies UndoStack<never>;

const longest = 100;

/** Remembers an act; acts undone before it cannot be redone any more. */
export function remember<Value>(stack: UndoStack<Value>, act: UndoAct<Value>): UndoStack<Value> {
  const real = act.filter((cell) => cell.before !== cell.after);
  if (real.length === 0) return stack;
  return { done: [...stack.done, real].slice(-longest), undone: [] };
}

/** Undoes the last act: returns the values to write now and the stack afterwards. Null where nothing is left. */
export function undo<Value>(stack: UndoStack<Value>): { act: UndoAct<Value>; stack: UndoStack<Value> } | null {
  const act = stack.done.at(-1);
  if (!act) return null;
  const back = act.map((cell) => ({ ...cell, before: cell.after, after: cell.before }));
  return { act: back, stack: { done: stack.done.slice(0, -1), undone: [...stack.undone, act] } };
}

/** Redoes the act that was undone last. */
export function redo<Value>(stack: UndoStack<Value>): { act: UndoAct<Value>; stack: UndoStack<Value> } | null {
  const act = stack.undone.at(-1);
  if (!act) return null;
  return { act, stack: { done: [...stack.done, act], undone: stack.undone.slice(0, -1) } };
}
