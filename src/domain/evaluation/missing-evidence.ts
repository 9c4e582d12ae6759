import type { Code } from '../framework/edition.ts';
import type { LeafResult, Prepared } from '../framework/result.ts';
import { isOfPanel, leafOrigin } from './leaf.ts';

/** A leaf whose evidence is still missing. */
export interface MissingEvidence {
  readonly code: Code;
  readonly title: string | null;
  /** What the document names as typical evidence. */
  readonly asked: string | null;
  readonly responsible: string | null;
}

/** What an evaluation lacks in evidence. */
export interface EvidenceStanding {
  readonly missing: readonly MissingEvidence[];
  /** Leaves that data fill and that need no upload. */
  readonly closedByData: number;
}

/**
 * The leaves that have no evidence and need some, in the order of the edition. A leaf that the office's data fill needs none
 * while nobody objects to them; figures that the subject has just typed prove nothing by themselves. One that does not
 * apply needs none.
 * @param linked how many pieces with a file stand at each leaf; expired ones are not counted by the caller
 * @param objected leaves whose data the subject objects to
 * @param typed leaves that rest on a figure that the subject entered itself
 */
export function evidenceStanding(
  prepared: Prepared,
  results: ReadonlyMap<Code, Pick<LeafResult, 'state'>>,
  linked: ReadonlyMap<Code, number>,
  objected: ReadonlySet<Code> = new Set(),
  typed: ReadonlySet<Code> = new Set(),
): EvidenceStanding {
  const missing: MissingEvidence[] = [];
  let closedByData = 0;
  for (const leaf of prepared.leaves) {
    const { code, title, evidence, responsible } = leaf.indicator;
    const state = results.get(code)?.state ?? 'unanswered';
    if (state === 'notApplicable' || isOfPanel(leaf, prepared.named)) continue;
    const isByData = leafOrigin(leaf) === 'data' && state !== 'unanswered';
    if (isByData && !objected.has(code) && !typed.has(code)) closedByData += 1;
    else if ((linked.get(code) ?? 0) === 0) {
      missing.push({ code, title, asked: evidence ?? null, responsible: responsible ?? null });
    }
  }
  return { missing, closedByData };
}
