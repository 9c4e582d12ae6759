import {
  abandonTyping,
  acknowledge,
  adopt,
  batchOf,
  type Draft,
  type DraftBatch,
  type DraftEdit,
  type DraftReceipt,
  type DraftTyping,
  discardRefused,
  edit,
  emptyDraft,
  refuse,
  release,
  resolve,
  settle,
  type,
} from './draft.ts';
import type { DraftKeep } from './draft-keep.ts';
import { redo, remember, type UndoAct, type UndoStack, undo } from './draft-undo.ts';

/** Time as the sender needs it; tests have their own. */
export interface DraftClock {
  now(): number;
  /** Runs `act` after so many milliseconds; the result calls it off. */
  after(milliseconds: number, act: () => void): () => void;
}

/** A refusal as `ProblemError` describes it. */
interface Refusal {
  readonly message: string;
  readonly temporary: boolean;
  readonly kind: string;
}

export interface DraftPost<Reply extends DraftReceipt> {
  /** Rejects with a refusal. */
  send(filingId: string, changes: DraftBatch['changes']): Promise<Reply>;
  refusalOf(error: unknown): Refusal;
  /** Whoever shows the filing takes the reply over; when this resolves it shows, and the draft may let go. */
  received(filingId: string, reply: Reply): Promise<void>;
}

export interface DraftSnapshot {
  readonly draft: Draft;
  readonly undo: UndoStack;
  /** Filings with a request under way. */
  readonly sending: ReadonlySet<string>;
  /** Fields that the server confirmed since this page began, by filing. */
  readonly confirmed: Readonly<Record<string, ReadonlySet<string>>>;
  /** When the server last confirmed something, in milliseconds. */
  readonly savedAt: number | null;
  /** Set while the server cannot be reached: nothing is lost, it is tried again. */
  readonly trouble: string | null;
  /** False where this browser would not keep a copy. */
  readonly kept: boolean;
}

/** Requests of one filing start at least this far apart. */
const pace = 1000;
/** A short wait gathers what one act changes; a pause in typing finishes the text. */
const gather = 120;
const pause = 2000;
const mostAtOnce = 4;
const retries = [1000, 2000, 4000, 8000, 15000, 30000];

/** Keeps every change here, sends it in batches, and marks it until the server has it. One per signed-in person. */
export class DraftSender<Reply extends DraftReceipt> {
  #snapshot: DraftSnapshot;
  readonly #post: DraftPost<Reply>;
  readonly #keep: DraftKeep;
  readonly #clock: DraftClock;
  readonly #listeners = new Set<() => void>();
  readonly #lastSent = new Map<string, number>();
  /** Since when a filing has something to send: steady typing must not put the sending off for ever. */
  readonly #readySince = new Map<string, number>();
  readonly #versions = new Map<string, number>();
  #failures = 0;
  #retryAt = 0;
  #cancelTimer: (() => void) | null = null;
  #closed = false;

  constructor(post: DraftPost<Reply>, keep: DraftKeep, clock: DraftClock) {
    this.#post = post;
    this.#keep = keep;
    this.#clock = clock;
    let draft = emptyDraft;
    let kept = true;
    for (const left of keep.takeOver()) {
      draft = adopt(draft, left.filingId, left.cells);
      kept = keep.keep(left.filingId, draft.filings[left.filingId]) && kept;
    }
    this.#snapshot = {
      draft,
      undo: keep.readUndo(),
      sending: new Set(),
      confirmed: {},
      savedAt: null,
      trouble: null,
      kept,
    };
    this.#schedule();
  }

  readonly read = (): DraftSnapshot => this.#snapshot;

  readonly subscribe = (listen: () => void): (() => void) => {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  };

  /** Finished changes of one filing. With `act` they can be taken back. */
  edit(filingId: string, edits: readonly DraftEdit[], act?: UndoAct): void {
    const known = edits.map((each) => ({ ...each, version: this.#version(filingId, each.field, each.version) }));
    this.#change(edit(this.#snapshot.draft, filingId, known, this.#clock.now()), [filingId]);
    if (act) this.remember(act);
  }

  type(filingId: string, field: string, typing: DraftTyping, version: number): void {
    const seen = this.#version(filingId, field, version);
    this.#change(type(this.#snapshot.draft, filingId, field, typing, seen, this.#clock.now()), [filingId]);
  }

  settle(filingId: string, field: string): void {
    const typing = this.#snapshot.draft.filings[filingId]?.[field]?.typing;
    this.#change(settle(this.#snapshot.draft, filingId, field), [filingId]);
    if (typing?.value !== undefined && typing.before !== undefined) {
      this.remember([{ filingId, field, before: typing.before, after: typing.value }]);
    }
  }

  abandonTyping(filingId: string, field: string): void {
    this.#change(abandonTyping(this.#snapshot.draft, filingId, field), [filingId]);
  }

  resolve(filingId: string, field: string, choice: 'mine' | 'theirs'): void {
    this.#change(resolve(this.#snapshot.draft, filingId, field, choice), [filingId]);
  }

  release(filingId: string): void {
    this.#change(release(this.#snapshot.draft, filingId), [filingId]);
  }

  discardRefused(filingId: string): void {
    this.#change(discardRefused(this.#snapshot.draft, filingId), [filingId]);
  }

  remember(act: UndoAct): void {
    this.#setUndo(remember(this.#snapshot.undo, act));
  }

  /** The values to write to take the last act back; the caller writes them with `edit`. */
  undo(): UndoAct | null {
    return this.#step(undo(this.#snapshot.undo));
  }

  redo(): UndoAct | null {
    return this.#step(redo(this.#snapshot.undo));
  }

  /** Tries at once: the network is back, or the person asks. */
  readonly tryNow = (): void => {
    this.#failures = 0;
    this.#retryAt = 0;
    this.#schedule();
  };

  /** Resolves once nothing of this filing waits for the server: true if all of it arrived. */
  async flush(filingId: string): Promise<boolean> {
    for (const [field, cell] of Object.entries(this.#snapshot.draft.filings[filingId] ?? {})) {
      if (cell.typing) this.settle(filingId, field);
    }
    this.tryNow();
    return new Promise((done) => {
      const look = () => {
        const { draft, sending, trouble } = this.#snapshot;
        const waiting = batchOf(draft, filingId) !== null || sending.has(filingId);
        if (waiting && !trouble) return;
        stop();
        done(!waiting && draft.filings[filingId] === undefined);
      };
      const stop = this.subscribe(look);
      look();
    });
  }

  /** Signed out: nothing is sent or kept any more. */
  close(): void {
    this.#closed = true;
    this.#cancelTimer?.();
    this.#listeners.clear();
  }

  #version(filingId: string, field: string, shown: number): number {
    return Math.max(shown, this.#versions.get(`${filingId} ${field}`) ?? 0);
  }

  #step(step: { act: UndoAct; stack: UndoStack } | null): UndoAct | null {
    if (step) this.#setUndo(step.stack);
    return step?.act ?? null;
  }

  #setUndo(stack: UndoStack): void {
    this.#keep.keepUndo(stack);
    this.#publish({ undo: stack });
  }

  #change(draft: Draft, filingIds: readonly string[]): void {
    if (draft === this.#snapshot.draft || this.#closed) return;
    let kept = true;
    for (const filingId of filingIds) kept = this.#keep.keep(filingId, draft.filings[filingId]) && kept;
    this.#publish({ draft, kept });
    this.#schedule();
  }

  #publish(part: Partial<DraftSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...part };
    for (const listen of [...this.#listeners]) listen();
  }

  /** Looks again when the next thing can happen: a pause ends, a second has passed, a retry is due. */
  #schedule(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    if (this.#closed) return;
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [filingId, cells] of Object.entries(this.#snapshot.draft.filings)) {
      for (const cell of Object.values(cells)) if (cell.typing) next = Math.min(next, cell.at + pause);
      if (this.#snapshot.sending.has(filingId) || !batchOf(this.#snapshot.draft, filingId)) continue;
      if (this.#snapshot.sending.size >= mostAtOnce) continue;
      const last = this.#lastSent.get(filingId) ?? Number.NEGATIVE_INFINITY;
      const since = this.#readySince.get(filingId) ?? now;
      this.#readySince.set(filingId, since);
      next = Math.min(next, Math.max(since + gather, last + pace, this.#retryAt));
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#clock.after(Math.max(0, next - now), () => this.#work());
  }

  #work(): void {
    const now = this.#clock.now();
    for (const [filingId, cells] of Object.entries(this.#snapshot.draft.filings)) {
      for (const [field, cell] of Object.entries(cells)) {
        if (cell.typing && now >= cell.at + pause) this.settle(filingId, field);
      }
    }
    if (now >= this.#retryAt) {
      for (const filingId of Object.keys(this.#snapshot.draft.filings)) {
        if (this.#snapshot.sending.size >= mostAtOnce) break;
        if (this.#snapshot.sending.has(filingId)) continue;
        if (now < (this.#lastSent.get(filingId) ?? Number.NEGATIVE_INFINITY) + pace) continue;
        const batch = batchOf(this.#snapshot.draft, filingId);
        if (batch) void this.#send(filingId, batch, now);
      }
    }
    this.#schedule();
  }

  async #send(filingId: string, batch: DraftBatch, now: number): Promise<void> {
    this.#lastSent.set(filingId, now);
    this.#readySince.delete(filingId);
    this.#publish({ sending: new Set([...this.#snapshot.sending, filingId]) });
    try {
      const reply = await this.#post.send(filingId, batch.changes);
      if (this.#closed) return;
      for (const [field, cell] of Object.entries(reply.cells)) this.#versions.set(`${filingId} ${field}`, cell.n);
      await this.#post.received(filingId, reply);
      if (this.#closed) return;
      const conflicting = new Set(reply.conflicts.map((conflict) => conflict.field));
      const arrived = Object.keys(batch.sequences).filter((field) => !conflicting.has(field));
      this.#failures = 0;
      this.#finish(filingId, {
        draft: acknowledge(this.#snapshot.draft, filingId, batch, reply),
        confirmed: {
          ...this.#snapshot.confirmed,
          [filingId]: new Set([...(this.#snapshot.confirmed[filingId] ?? []), ...arrived]),
        },
        savedAt: this.#clock.now(),
        trouble: null,
      });
    } catch (error) {
      if (this.#closed) return;
      const refusal = this.#post.refusalOf(error);
      if (refusal.temporary) {
        const wait = retries[Math.min(this.#failures, retries.length - 1)]!;
        this.#failures += 1;
        this.#retryAt = this.#clock.now() + wait;
        this.#finish(filingId, { trouble: refusal.message });
      } else {
        const sentence = { sentence: refusal.message, mayBeOneCell: refusal.kind === 'input' };
        this.#finish(filingId, { draft: refuse(this.#snapshot.draft, filingId, batch, sentence) });
      }
    }
    this.#schedule();
  }

  /** In one publication, so that nobody sees the request ended and the draft unchanged. */
  #finish(filingId: string, part: Partial<DraftSnapshot>): void {
    const sending = new Set(this.#snapshot.sending);
    sending.delete(filingId);
    const draft = part.draft ?? this.#snapshot.draft;
    const kept = this.#keep.keep(filingId, draft.filings[filingId]);
    this.#publish({ ...part, sending, kept });
  }
}
