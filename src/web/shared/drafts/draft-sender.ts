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
import { DraftHistory } from './draft-history.ts';
import type { DraftKeep } from './draft-keep.ts';
import type { DraftClock, DraftPost } from './draft-post.ts';
import { acknowledge, discardRefused, refuse, release, resolve } from './draft-reply.ts';
import { cellKey, type UndoAct } from './draft-undo.ts';
import { leftBy, type SeenCell, type TakenBack } from './take-back.ts';

export interface DraftSnapshot<Value> {
  readonly draft: Draft<Value>;
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
  readonly #history: DraftHistory<Value>;
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
    this.#history = new DraftHistory(keep, {
      read: () => this.#snapshot.draft,
      edit: (subjectId, edits) => this.edit(subjectId, edits),
      answered: (cells) => this.#answered(cells),
    });
    this.#snapshot = {
      draft,
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

  /** See `DraftHistory`. */
  remember(act: UndoAct<Value>, versions?: Readonly<Record<string, number>>): UndoAct<Value> | null {
    return this.#history.remember(act, versions);
  }

  /** See `DraftHistory`. */
  takeBack(
    step: 'undo' | 'redo',
    seen: (subjectId: string, part: string) => SeenCell<Value> | undefined,
    wanted?: UndoAct<Value>,
  ): Promise<TakenBack<Value> | null> {
    return this.#history.takeBack(step, seen, wanted);
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
    return this.#when(({ draft, sending, trouble }) => {
      const waiting = batchOf(draft, subjectId) !== null || sending.has(subjectId);
      if (waiting && !trouble) return undefined;
      return !waiting && draft.subjects[subjectId] === undefined;
    });
  }

  /** The person gives up everything that is unsent. Text typed afterwards is kept again. */
  drop(): void {
    this.#keep.clear();
    this.#history.clear();
    // The sequence goes on: the answer to a request under way must not meet a later change under the same number.
    const { sequence } = this.#snapshot.draft;
    this.#publish({ draft: { ...emptyDraft, sequence }, unkept: new Set(), trouble: null });
  }

  /** After the session: nothing is sent any more, and the copies stay as they are. */
  close(): void {
    this.#closed = true;
    this.#history.close();
    this.#cancelTimer?.();
    this.#listeners.clear();
  }

  #version(subjectId: string, part: string, shown: number): number {
    return Math.max(shown, this.#versions.get(cellKey(subjectId, part)) ?? 0);
  }

  /** Resolves once none of these cells waits for its answer; at once while the server is unreachable. */
  #answered(cells: UndoAct<Value>): Promise<true> {
    return this.#when(({ draft, trouble }) => {
      const waits = cells.some(({ subjectId, part }) => {
        const cell = draft.subjects[subjectId]?.[part];
        return cell?.back !== undefined && cell.refused === undefined;
      });
      return waits && !trouble ? undefined : true;
    });
  }

  /** Resolves with the first answer; `answer` returns undefined while there is none. */
  #when<Answer>(answer: (snapshot: DraftSnapshot<Value>) => Answer | undefined): Promise<Answer> {
    return new Promise((done) => {
      const look = () => {
        const found = answer(this.#snapshot);
        if (found === undefined) return;
        stop();
        done(found);
      };
      const stop = this.subscribe(look);
      look();
    });
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
      for (const [part, version] of Object.entries(answer.versions)) {
        this.#versions.set(cellKey(subjectId, part), version);
      }
      await answer.show();
      if (this.#closed) return;
      const conflicting = new Set(answer.conflicts.map((conflict) => conflict.part));
      this.#history.noteWritten(subjectId, batch, answer.versions, conflicting);
      const left = leftBy(subjectId, this.#snapshot.draft.subjects[subjectId], answer.conflicts);
      const arrived = Object.keys(batch.sequences).filter((part) => !conflicting.has(part));
      this.#failures = 0;
      const late = left.filter((cell) => !this.#history.takes(cell));
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
        const step = retries[Math.min(this.#failures, retries.length - 1)]!;
        const wait = Math.max(step, refusal.retryAfter ?? 0);
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

  /** In one publication, so that no reader sees the request ended while the draft is unchanged. */
  #finish(subjectId: string, part: Partial<DraftSnapshot<Value>>): void {
    const sending = new Set(this.#snapshot.sending);
    sending.delete(subjectId);
    const draft = part.draft ?? this.#snapshot.draft;
    this.#publish({ ...part, sending, unkept: this.#keepCopies(draft, [subjectId]) });
  }
}
