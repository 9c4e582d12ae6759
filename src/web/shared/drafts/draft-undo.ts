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

/** A step through the stack: the values to write now, and the stack afterwards. */
export interface UndoStep<Value> {
  readonly act: UndoAct<Value>;
  readonly stack: UndoStack<Value>;
}

/** Undoes the last act, or the given one. Null where it is not there any more. */
export function undo<Value>(stack: UndoStack<Value>, wanted?: UndoAct<Value>): UndoStep<Value> | null {
  const at = wanted ? stack.done.indexOf(wanted) : stack.done.length - 1;
  const act = stack.done[at];
  if (!act) return null;
  const back = act.map((cell) => ({ ...cell, before: cell.after, after: cell.before }));
  return { act: back, stack: { done: stack.done.filter((one) => one !== act), undone: [...stack.undone, act] } };
}

/** Redoes the act that was undone last. */
export function redo<Value>(stack: UndoStack<Value>): UndoStep<Value> | null {
  const act = stack.undone.at(-1);
  if (!act) return null;
  return { act, stack: { done: [...stack.done, act], undone: stack.undone.slice(0, -1) } };
}

/** Names a cell in both directions of an act. */
export const cellKey = (subjectId: string, part: string) => `${subjectId} ${part}`;

/** The stack without some cells of one of its acts: they were left alone, so there is nothing to do again. */
export function withoutCells<Value>(
  stack: UndoStack<Value>,
  side: 'done' | 'undone',
  act: UndoAct<Value> | undefined,
  left: ReadonlySet<string>,
): UndoStack<Value> {
  if (!act || left.size === 0) return stack;
  const rest = act.filter(({ subjectId, part }) => !left.has(cellKey(subjectId, part)));
  return { ...stack, [side]: stack[side].flatMap((one) => (one !== act ? [one] : rest.length > 0 ? [rest] : [])) };
}
