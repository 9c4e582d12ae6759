import type { Draft, DraftBatch, DraftEdit } from './draft.ts';
import type { DraftKeep } from './draft-keep.ts';
import { cellKey, emptyUndo, redo, remember, type UndoAct, type UndoStack, undo, withoutCells } from './draft-undo.ts';
import { type LeftCell, type SeenCell, sortAct, type TakenBack } from './take-back.ts';

/** The drafts into which an undo is written. */
interface HistoryDrafts<Value> {
  read(): Draft<Value>;
  edit(subjectId: string, edits: readonly DraftEdit<Value>[]): void;
  /** Resolves once none of these cells waits for its answer; at once while the server is unreachable. */
  answered(cells: UndoAct<Value>): Promise<unknown>;
}

/** The acts of a person that can be taken back, and the versions that this person's writes brought. */
export class DraftHistory<Value> {
  readonly #keep: DraftKeep<Value>;
  readonly #drafts: HistoryDrafts<Value>;
  #stack: UndoStack<Value>;
  /** The versions that this person's writes brought, by cell; a later one is another's. */
  readonly #written: Map<string, number>;
  /** Undos under way, with the cells that they left alone. */
  readonly #takings = new Set<{ keys: ReadonlySet<string>; left: LeftCell<Value>[] }>();
  #closed = false;

  constructor(keep: DraftKeep<Value>, drafts: HistoryDrafts<Value>) {
    this.#keep = keep;
    this.#drafts = drafts;
    const kept = keep.readUndo();
    this.#stack = kept.stack;
    this.#written = kept.written;
  }

  /**
   * Remembers an act; returns it as it can be taken back, or null where it changed nothing. `versions` are those that
   * the server gave its cells, where the server wrote it itself.
   */
  remember(act: UndoAct<Value>, versions: Readonly<Record<string, number>> = {}): UndoAct<Value> | null {
    for (const { subjectId, part } of act) {
      const version = versions[part];
      if (version !== undefined) this.#written.set(cellKey(subjectId, part), version);
    }
    const stack = remember(this.#stack, act);
    if (stack === this.#stack) return null;
    this.#set(stack);
    return stack.done.at(-1) ?? null;
  }

  /**
   * Takes the last act (or the given one) back, or does it again, in the cells that still hold what it wrote. Resolves
   * once the server has answered or cannot be reached; null where there is nothing to take back.
   */
  async takeBack(
    step: 'undo' | 'redo',
    seen: (subjectId: string, part: string) => SeenCell<Value> | undefined,
    wanted?: UndoAct<Value>,
  ): Promise<TakenBack<Value> | null> {
    const found = step === 'undo' ? undo(this.#stack, wanted) : redo(this.#stack);
    if (!found) return null;
    const { allowed, left } = sortAct(found.act, this.#drafts.read().subjects, this.#written, seen);
    const side = step === 'undo' ? 'undone' : 'done';
    const stack = withoutCells(found.stack, side, found.stack[side].at(-1), keysOf(left));
    const moved = allowed.length > 0 ? stack[side].at(-1) : undefined;
    this.#set(stack);
    const edits = new Map<string, DraftEdit<Value>[]>();
    for (const { cell, version } of allowed) {
      const { subjectId, part, before, after } = cell;
      const list = edits.get(subjectId) ?? [];
      list.push({ part, value: after, version, back: { wrote: before } });
      edits.set(subjectId, list);
    }
    const cells = allowed.map(({ cell }) => cell);
    const taking = { keys: keysOf(cells), left };
    this.#takings.add(taking);
    for (const [subjectId, list] of edits) this.#drafts.edit(subjectId, list);
    await this.#drafts.answered(cells);
    this.#takings.delete(taking);
    const gone = keysOf(left);
    this.#set(withoutCells(this.#stack, side, moved, gone));
    const rest = cells.filter(({ subjectId, part }) => !gone.has(cellKey(subjectId, part)));
    const here = (cell: UndoAct<Value>[number]) => this.#drafts.read().subjects[cell.subjectId]?.[cell.part];
    const refused = rest.filter((cell) => here(cell)?.refused !== undefined);
    return {
      taken: rest.filter((cell) => here(cell)?.back === undefined),
      waiting: rest.filter((cell) => here(cell)?.back !== undefined && !refused.includes(cell)),
      left,
      refused,
      refusal: (refused[0] && here(refused[0])?.refused) ?? null,
    };
  }

  /** The undo under way hears what it left alone; false where it is over. */
  takes(cell: LeftCell<Value>): boolean {
    const key = cellKey(cell.subjectId, cell.part);
    const takings = [...this.#takings].filter(({ keys }) => keys.has(key));
    for (const { left } of takings) left.push(cell);
    return takings.length > 0;
  }

  /**
   * Remembers which versions are this person's. A version more than one above the one sent had other writers in
   * between, who happened to write the same.
   */
  noteWritten(
    subjectId: string,
    { changes }: DraftBatch<Value>,
    versions: Readonly<Record<string, number>>,
    conflicting: ReadonlySet<string>,
  ): void {
    const keys = new Set<string>();
    for (const { part, version } of changes) {
      const now = versions[part];
      if (now === undefined || conflicting.has(part)) continue;
      const key = cellKey(subjectId, part);
      keys.add(key);
      if (now - version <= 1) this.#written.set(key, now);
      else this.#written.delete(key);
    }
    const acts = [...this.#stack.done, ...this.#stack.undone].flat();
    const undoable = acts.some((cell) => keys.has(cellKey(cell.subjectId, cell.part)));
    if (undoable) this.#keep.keepUndo(this.#stack, this.#written);
  }

  /** The person gave everything up, and the copy of the history is removed already. */
  clear(): void {
    this.#stack = emptyUndo;
  }

  /** The copy stays as it is. */
  close(): void {
    this.#closed = true;
  }

  #set(stack: UndoStack<Value>): void {
    if (this.#closed) return;
    this.#stack = stack;
    this.#keep.keepUndo(stack, this.#written);
  }
}

const keysOf = (cells: ReadonlyArray<{ subjectId: string; part: string }>) =>
  new Set(cells.map(({ subjectId, part }) => cellKey(subjectId, part)));
