import type { DraftBatch } from './draft.ts';
import type { DraftReceipt } from './draft-reply.ts';
import type { LeftCell } from './take-back.ts';

/** The clock that the sender uses; tests have their own. */
export interface DraftClock {
  now(): number;
  /** Runs `act` after so many milliseconds; the result cancels it. */
  after(milliseconds: number, act: () => void): () => void;
}

export const realClock: DraftClock = {
  now: () => Date.now(),
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A refusal as `ProblemError` describes it. */
export interface DraftRefusal {
  readonly message: string;
  readonly temporary: boolean;
  readonly kind: string;
  /** Milliseconds that the server asks to wait; null or absent where it names none. */
  readonly retryAfter?: number | null;
}

export interface DraftAnswer<Value> extends DraftReceipt<Value> {
  /**
   * Passes the reply to the pages that show the subject. Once this resolves they show it, and the draft may drop the
   * change.
   */
  show(): Promise<void>;
}

/** The connection to the server. */
export interface DraftPost<Value> {
  /** Sends changes in the post in which they were made. Rejects with what `refusalOf` reads. */
  send(subjectId: string, changes: DraftBatch<Value>['changes'], post: string | null): Promise<DraftAnswer<Value>>;
  refusalOf(error: unknown): DraftRefusal;
  /** An undo that had waited for the server met values that somebody else wrote since, and left them. */
  leftAlone(cells: readonly LeftCell<Value>[]): void;
}
