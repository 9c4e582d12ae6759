import type { Answer } from '../framework/answer.ts';
import type { Prepared, PreparedLeaf } from '../framework/result.ts';
import { isFilledLeaf, type LeafState } from './leaf.ts';
import { keptFacts, type SnapshotLeaf } from './snapshot.ts';

/** What a subject says of a leaf beside its data; points as an exact text. */
export interface SaidOfLeaf {
  readonly answer: Answer | null;
  readonly note: string;
  readonly objection: string | null;
  readonly points: string | null;
}

/**
 * Whether nothing is left to be filled in at a leaf as it is laid: by the snapshot of its data, and by what its subject has said of it.
 * @param said nothing yet, where it was only laid
 */
export function isLaidFilled(
  prepared: Prepared,
  leaf: PreparedLeaf,
  snapshot: SnapshotLeaf,
  said: SaidOfLeaf = { answer: null, note: '', objection: null, points: snapshot.points },
): boolean {
  const { applies, origin, isFilled, trace, value, facts } = snapshot;
  const { answer, points } = said;
  const isThere = origin === 'data' ? isFilled && trace.length > 0 : answer !== null;
  const isScored = points !== null || (isThere && leaf.indicator.points === 'none');
  const isOut = applies === false || (answer !== null && 'notApplicable' in answer);
  const result: LeafState = {
    state: isOut ? 'notApplicable' : isScored ? 'scored' : 'unanswered',
    waits: value !== null && points === null,
  };
  return isFilledLeaf(prepared, leaf, said, result, keptFacts(facts));
}
