import {
  abandonTyping,
  adopt,
  batchOf,
  type Draft,
  type DraftBatch,
  type DraftEdit,
  type DraftTyping,
  edit,
  emptyDraft,
  settle,
  type,
} from './draft.ts';
import type { DraftKeep } from './draft-keep.ts';
import type { DraftClock, DraftPost } from './draft-post.ts';
import { acknowledge, discardRefused, refuse, release, resolve } from './draft-reply.ts';
import { cellKey, emptyUndo, redo, remember, type UndoAct, type UndoStack, undo, withoutCells } from './draft-undo.ts';
import { type LeftCell, leftBy, type SeenCell, sortAct, type TakenBack } from './take-back.ts';

export interface DraftSnapshot<Value> {
  readonly draft: Draft<Value>;
  readonly undo: UndoStack<Value>;
  /** Subjects with a request under way. */
  readonly sending: ReadonlySet<string>;
  /** Parts that the server confirmed since this page began, by subject. */
  readonly confirmed: Readonly<Record<string, ReadonlySet<string>>>;
  /** When the server last confirmed something, in milliseconds. */
  readonly savedAt: number | null;
  /** Set while the server is unreachable: nothing is lost, and the sender tries again. */
  readonly trouble: string | null;
  /** Subjects of which this browser stored no copy: they exist only on this page. */
  readonly unkept: ReadonlySet<string>;
}

/** Requests of one subject start at least this far apart. */
const pace = 1000;
/** A short wait gathers all changes of one act; a pause in typing finishes the text. */
const gather = 120;
const pause = 2000;
const mostAtOnce = 4;
const retries = [1000, 2000, 4000, 8000, 15000, 30000];

/** Keeps every change here, sends it in batches, and marks it until the server has it. One per signed-in person. */
export class DraftSender<Value> {
  #snapshot: DraftSnapshot<Value>;
  readonly #connection: DraftPost<Value>;
  readonly #keep: DraftKeep<Value>;
  readonly #clock: DraftClock;
  /** The changes were made in this post; the tab may already work in another. */
  readonly #post: string | null;
  readonly #listeners = new Set<() => void>();
  readonly #lastSent = new Map<string, number>();
  /** Since when a subject has something to send: steady typing must not delay the sending for ever. */
  readonly #readySince = new Map<string, number>();
  readonly #versions = new Map<string, number>();
  /** The versions that this person's writes brought, by cell; a later one is another's. */
  readonly #written: Map<string, number>;
  /** Undos under way, with the cells that they left alone. */
  readonly #takings = new Set<{ keys: ReadonlySet<string>; left: LeftCell<Value>[] }>();
  #failures = 0;
  #retryAt = 0;
  #cancelTimer: (() => void) | null = null;
  #closed = false;

  constructor(connection: DraftPost<Value>, keep: DraftKeep<Value>, clock: DraftClock, post: string | null) {
    this.#connection = connection;
    this.#post = post;
    this.#keep = keep;
    this.#clock = clock;
    let draft: Draft<Value> = emptyDraft;
    const taken = keep.takeOver();
    for (const left of taken) draft = adopt(draft, left.subjectId, left.cells);
    const kept = keep.readUndo();
    this.#written = kept.written;
    this.#snapshot = {
      draft,
      undo: kept.stack,
      sending: new Set(),
      confirmed: {},
      savedAt: null,
      trouble: null,
      unkept: new Set(),
    };
    this.#snapshot = { ...this.#snapshot, unkept: this.#keepCopies(draft, Object.keys(draft.subjects)) };
    this.#schedule();
  }

  readonly read = (): DraftSnapshot<Value> => this.#snapshot;

  readonly subscribe = (listen: () => void): (() => void) => {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  };

  /** Finished changes of one subject. With `act` they can be taken back. */
  edit(subjectId: string, edits: readonly DraftEdit<Value>[], act?: UndoAct<Value>): void {
    const known = edits.map((each) => ({
      ...each,
      // An undo names the version that its act brought, whatever came later.
      version: each.back ? each.version : this.#version(subjectId, each.part, each.version),
    }));
    this.#change(edit(this.#snapshot.draft, subjectId, known, this.#clock.now()), [subjectId]);
    if (act) this.remember(act);
  }

  type(subjectId: string, part: string, typing: DraftTyping<Value>, version: number): void {
    const seen = this.#version(subjectId, part, version);
    this.#change(type(this.#snapshot.draft, subjectId, part, typing, seen, this.#clock.now()), [subjectId]);
  }

  settle(subjectId: string, part: string): void {
    const typing = this.#snapshot.draft.subjects[subjectId]?.[part]?.typing;
    this.#change(settle(this.#snapshot.draft, subjectId, part), [subjectId]);
    if (typing?.value !== undefined && typing.before !== undefined) {
      this.remember([{ subjectId, part, before: typing.before, after: typing.value }]);
    }
  }

  abandonTyping(subjectId: string, part: string): void {
    this.#change(abandonTyping(this.#snapshot.draft, subjectId, part), [subjectId]);
  }

  resolve(subjectId: string, part: string, choice: 'mine' | 'theirs'): void {
    this.#change(resolve(this.#snapshot.draft, subjectId, part, choice), [subjectId]);
  }

  release(subjectId: string): void {
    this.#change(release(this.#snapshot.draft, subjectId), [subjectId]);
  }

  discardRefused(subjectId: string): void {
    this.#change(discardRefused(this.#snapshot.draft, subjectId), [subjectId]);
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
    const before = this.#snapshot.undo;
    const stack = remember(before, act);
    if (stack === before) return null;
    this.#setUndo(stack);
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
    const found = step === 'undo' ? undo(this.#snapshot.undo, wanted) : redo(this.#snapshot.undo);
    if (!found) return null;
    const { allowed, left } = sortAct(found.act, this.#snapshot.draft.subjects, this.#written, seen);
    const side = step === 'undo' ? 'undone' : 'done';
    const stack = withoutCells(found.stack, side, found.stack[side].at(-1), keysOf(left));
    const moved = allowed.length > 0 ? stack[side].at(-1) : undefined;
    this.#setUndo(stack);
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
    for (const [subjectId, list] of edits) this.edit(subjectId, list);
    await this.#answered(cells);
    this.#takings.delete(taking);
    const gone = keysOf(left);
    this.#setUndo(withoutCells(this.#snapshot.undo, side, moved, gone));
    const rest = cells.filter(({ subjectId, part }) => !gone.has(cellKey(subjectId, part)));
    const here = (cell: UndoAct<Value>[number]) => this.#snapshot.draft.subjects[cell.subjectId]?.[cell.part];
    const refused = rest.filter((cell) => here(cell)?.refused !== undefined);
    return {
      taken: rest.filter((cell) => here(cell)?.back === undefined),
      waiting: rest.filter((cell) => here(cell)?.back !== undefined && !refused.includes(cell)),
      left,
      refused,
      refusal: (refused[0] && here(refused[0])?.refused) ?? null,
    };
  }

  /** Tries at once: the network is back, or the person asks. */
  readonly tryNow = (): void => {
    this.#failures = 0;
    this.#retryAt = 0;
    this.#schedule();
  };

  /** Resolves once nothing of this subject waits for the server; true if everything arrived. */
  async flush(subjectId: string): Promise<boolean> {
    for (const [part, cell] of Object.entries(this.#snapshot.draft.subjects[subjectId] ?? {})) {
      if (cell.typing) this.settle(subjectId, part);
    }
    // An earlier trouble is no answer to this attempt.
    this.#publish({ trouble: null });
    this.tryNow();
    return new Promise((done) => {
      const look = () => {
        const { draft, sending, trouble } = this.#snapshot;
        const waiting = batchOf(draft, subjectId) !== null || sending.has(subjectId);
        if (waiting && !trouble) return;
        stop();
        done(!waiting && draft.subjects[subjectId] === undefined);
      };
      const stop = this.subscribe(look);
      look();
    });
  }

  /** The person gives up everything that is unsent. Text typed afterwards is kept again. */
  drop(): void {
    this.#keep.clear();
    this.#publish({ draft: emptyDraft, undo: emptyUndo, unkept: new Set(), trouble: null });
  }

  /** After the session: nothing is sent any more, and the copies stay as they are. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#listeners.clear();
  }

  #version(subjectId: string, part: string, shown: number): number {
    return Math.max(shown, this.#versions.get(`${subjectId} ${part}`) ?? 0);
  }

  /** Resolves once none of these cells waits for its answer; at once while the server is unreachable. */
  #answered(cells: UndoAct<Value>): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        const { draft, trouble } = this.#snapshot;
        const waits = cells.some(({ subjectId, part }) => {
          const cell = draft.subjects[subjectId]?.[part];
          return cell?.back !== undefined && cell.refused === undefined;
        });
        if (waits && !trouble) return;
        stop();
        done();
      };
      const stop = this.subscribe(look);
      look();
    });
  }

  #setUndo(stack: UndoStack<Value>): void {
    if (this.#closed) return;
    this.#keep.keepUndo(stack, this.#written);
    this.#publish({ undo: stack });
  }

  #change(draft: Draft<Value>, subjectIds: readonly string[]): void {
    if (draft === this.#snapshot.draft || this.#closed) return;
    this.#publish({ draft, unkept: this.#keepCopies(draft, subjectIds) });
    this.#schedule();
  }

  /** Stores the changed subjects, and again those for which there was no room; returns those without a copy. */
  #keepCopies(draft: Draft<Value>, changed: readonly string[]): ReadonlySet<string> {
    const unkept = new Set<string>();
    for (const subjectId of new Set([...changed, ...this.#snapshot.unkept])) {
      if (!this.#keep.keep(subjectId, draft.subjects[subjectId])) unkept.add(subjectId);
    }
    return unkept;
  }

  #publish(part: Partial<DraftSnapshot<Value>>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listen of [...this.#listeners]) listen();
  }

  /** Wakes when the next thing can happen: a pause ends, a second has passed, a retry is due. */
  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#closed) return;
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [subjectId, cells] of Object.entries(this.#snapshot.draft.subjects)) {
      for (const cell of Object.values(cells)) if (cell.typing) next = Math.min(next, cell.at + pause);
      if (this.#snapshot.sending.has(subjectId) || !batchOf(this.#snapshot.draft, subjectId)) continue;
      if (this.#snapshot.sending.size >= mostAtOnce) continue;
      const last = this.#lastSent.get(subjectId) ?? Number.NEGATIVE_INFINITY;
      const since = this.#readySince.get(subjectId) ?? now;
      this.#readySince.set(subjectId, since);
      next = Math.min(next, Math.max(since + gather, last + pace, this.#retryAt));
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#clock.after(Math.max(0, next - now), () => this.#work());
  }

  #work(): void {
    const now = this.#clock.now();
    for (const [subjectId, cells] of Object.entries(this.#snapshot.draft.subjects)) {
      for (const [part, cell] of Object.entries(cells)) {
        if (cell.typing && now >= cell.at + pause) this.settle(subjectId, part);
      }
    }
    if (now >= this.#retryAt) {
      for (const subjectId of Object.keys(this.#snapshot.draft.subjects)) {
        if (this.#snapshot.sending.size >= mostAtOnce) break;
        if (this.#snapshot.sending.has(subjectId)) continue;
        if (now < (this.#lastSent.get(subjectId) ?? Number.NEGATIVE_INFINITY) + pace) continue;
        const batch = batchOf(this.#snapshot.draft, subjectId);
        if (batch) void this.#send(subjectId, batch, now);
      }
    }
    this.#schedule();
  }

  async #send(subjectId: string, batch: DraftBatch<Value>, now: number): Promise<void> {
    this.#lastSent.set(subjectId, now);
    this.#readySince.delete(subjectId);
    this.#publish({ sending: new Set([...this.#snapshot.sending, subjectId]) });
    try {
      const answer = await this.#connection.send(subjectId, batch.changes, this.#post);
      if (this.#closed) return;
      for (const [part, version] of Object.entries(answer.versions))
        this.#versions.set(`${subjectId} ${part}`, version);
      await answer.show();
      if (this.#closed) return;
      const conflicting = new Set(answer.conflicts.map((conflict) => conflict.part));
      this.#noteWritten(subjectId, batch, answer.versions, conflicting);
      const left = leftBy(subjectId, this.#snapshot.draft.subjects[subjectId], answer.conflicts);
      const arrived = Object.keys(batch.sequences).filter((part) => !conflicting.has(part));
      this.#failures = 0;
      const late = left.filter((cell) => !this.#takes(cell));
      this.#finish(subjectId, {
        draft: acknowledge(this.#snapshot.draft, subjectId, batch, answer),
        confirmed: {
          ...this.#snapshot.confirmed,
          [subjectId]: new Set([...(this.#snapshot.confirmed[subjectId] ?? []), ...arrived]),
        },
        savedAt: this.#clock.now(),
        trouble: null,
      });
      if (late.length > 0) this.#connection.leftAlone(late);
    } catch (error) {
      if (this.#closed) return;
      const refusal = this.#connection.refusalOf(error);
      if (refusal.temporary) {
        const wait = retries[Math.min(this.#failures, retries.length - 1)]!;
        this.#failures += 1;
        this.#retryAt = this.#clock.now() + wait;
        this.#finish(subjectId, { trouble: refusal.message });
      } else {
        const sentence = { sentence: refusal.message, mayBeOneCell: refusal.kind === 'input' };
        this.#finish(subjectId, { draft: refuse(this.#snapshot.draft, subjectId, batch, sentence) });
      }
    }
    this.#schedule();
  }

  /** The undo under way hears what it left alone; false where it is over. */
  #takes(cell: LeftCell<Value>): boolean {
    const key = cellKey(cell.subjectId, cell.part);
    const takings = [...this.#takings].filter(({ keys }) => keys.has(key));
    for (const { left } of takings) left.push(cell);
    return takings.length > 0;
  }

  /**
   * Remembers which versions are this person's. A version more than one above the one sent had other writers in
   * between, who happened to write the same.
   */
  #noteWritten(
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
    const { done, undone } = this.#snapshot.undo;
    const undoable = [...done, ...undone].some((act) =>
      act.some((each) => keys.has(cellKey(each.subjectId, each.part))),
    );
    if (undoable) this.#keep.keepUndo(this.#snapshot.undo, this.#written);
  }

  /** In one publication, so that no reader sees the request ended while the draft is unchanged. */
  #finish(subjectId: string, part: Partial<DraftSnapshot<Value>>): void {
    const sending = new Set(this.#snapshot.sending);
    sending.delete(subjectId);
    const draft = part.draft ?? this.#snapshot.draft;
    this.#publish({ ...part, sending, unkept: this.#keepCopies(draft, [subjectId]) });
  }
}

const keysOf = (cells: ReadonlyArray<{ subjectId: string; part: string }>) =>
  new Set(cells.map(({ subjectId, part }) => cellKey(subjectId, part)));
