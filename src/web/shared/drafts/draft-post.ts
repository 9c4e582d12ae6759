import type { DraftBatch } from './draft.ts';
import type { DraftReceipt } from './draft-reply.ts';

/** Time as the sender needs it; tests have their own. */
export interface DraftClock {
  now(): number;
  /** Runs `act` after so many milliseconds; the result calls it off. */
  after(milliseconds: number, act: () => void): () => void;
}

/** A refusal as `ProblemError` describes it. */
interface DraftRefusal {
  readonly message: string;
  readonly temporary: boolean;
  readonly kind: string;
}

export interface DraftAnswer<Value> extends DraftReceipt<Value> {
  /** Gives the reply to whoever shows the subject; once this resolves they show it, and the draft may let go. */
  show(): Promise<void>;
}

/** The way to the server. */
export interface DraftPost<Value> {
  /** Rejects with what `refusalOf` reads. */
  send(subjectId: string, changes: DraftBatch<Value>['changes']): Promise<DraftAnswer<Value>>;
  refusalOf(error: unknown): DraftRefusal;
}
