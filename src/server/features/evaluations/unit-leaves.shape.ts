import { isFilledLeaf, type LeafLack, type LeafState, lacksOf } from '#domain/evaluation/leaf.ts';
import type { Layer } from '#domain/evaluation/lists.ts';
import { type LayerTotal, readExactPoints, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { type UnitLeaf, unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { relativeValue } from '#domain/evaluation/relative-value.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Reopening } from '#domain/flow/reopening.ts';
import type { Code } from '#domain/framework/edition.ts';
import type { LeafResult, Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Leaf } from './leaf/leaf.store.ts';

/** What a person gave at a leaf; null where nobody did, or the person who asks may not see it. */
export const givenAt = ({ self }: Pick<Leaf, 'self'>) => self?.answer?.given ?? null;

/** How the self-evaluation of a leaf stands, from what is stored. Where it is hidden, that somebody answered is not. */
export function stateOf(prepared: Prepared, leaf: Leaf): LeafResult['state'] {
  const given = givenAt(leaf);
  if (leaf.applies === false || (given !== null && 'notApplicable' in given)) return 'notApplicable';
  if (leaf.self === undefined) return leaf.answeredAt === null ? 'unanswered' : 'scored';
  if (leaf.self.points !== null) return 'scored';
  // A leaf without points by its nature has none when it is answered. A note says why data are missing, and fills nothing.
  const isThere =
    leaf.origin === 'data' ? (leaf.self.answer?.trace ?? []).length > 0 && leaf.answeredAt !== null : given !== null;
  return isThere && prepared.byCode.get(leaf.code)?.points === 'none' ? 'scored' : 'unanswered';
}

/** How each leaf stands; `waits`: data have measured it, and its points wait for those of all subjects. */
export function statesOf(prepared: Prepared, leaves: readonly Leaf[]): Map<Code, LeafState> {
  return new Map(
    leaves.map((leaf) => {
      const waits = leaf.self?.answer?.value !== undefined && leaf.self.points === null;
      return [leaf.code, { state: stateOf(prepared, leaf), waits }];
    }),
  );
}

/**
 * What data measure at a leaf that is compared over all subjects: by the facts as they were read, else as it was measured over many
 * members. Null at every other leaf.
 */
export function dataValueAt(
  leaf: PreparedLeaf,
  { facts, self }: Pick<Leaf, 'facts'> & { readonly self?: Leaf['self'] | null | undefined },
): Exact | null {
  const value = relativeValue(leaf, keptFacts(facts));
  const kept = self?.answer?.value;
  return value === null && kept !== undefined ? readExactPoints(kept) : value;
}

/** The self-evaluation as it is stored at the leaves. */
export function selfAt(prepared: Prepared, leaves: readonly Leaf[]): (code: Code) => UnitLeaf {
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  return (code) => {
    const leaf = byCode.get(code);
    if (leaf === undefined) return { applies: null, settled: undefined };
    const { applies, self } = leaf;
    if (self === undefined || stateOf(prepared, leaf) === 'unanswered') return { applies, settled: undefined };
    return { applies, settled: { points: self.points, answer: givenAt(leaf) } };
  };
}

/**
 * What data give at a leaf that they fill, by the facts as they were read: a judge who does not see the self-evaluation yet
 * sees the same figures. Undefined where they give nothing; what is counted over many members is in the self-evaluation alone.
 */
export function byDataAt(
  prepared: Prepared,
  leaf: Pick<Leaf, 'code' | 'origin' | 'facts'> & {
    readonly self?: { readonly points: string | null } | null | undefined;
  },
  on: Day,
): Pick<LeafResult, 'state' | 'points'> | undefined {
  if (leaf.origin !== 'data') return undefined;
  const result = scoreOneLeaf({ prepared, facts: keptFacts(leaf.facts), context: { on } }, leaf.code, null, false);
  if (result.points !== null || result.state === 'notApplicable') return result;
  const kept = leaf.self?.points ?? null;
  return kept === null ? undefined : { state: 'scored', points: readExactPoints(kept) };
}

/** A total as routes give it. */
export const shownTotal = <L extends Layer>(layer: L, { unanswered, ...total }: LayerTotal) => ({
  ...{ layer, ...total, unanswered: unanswered.length },
});

/** The running total of the self-evaluation. */
export function selfTotal(prepared: Prepared, leaves: readonly Leaf[]) {
  return shownTotal('self', unitTotal(prepared, selfAt(prepared, leaves)));
}

/**
 * What the submission lacks, leaf by leaf, by the facts of their snapshots. Where only some leaves were sent back, the others are
 * locked: nobody is asked for what he cannot fill.
 * @param open the leaves that were sent back; null where all are open
 */
export function lacksAt(prepared: Prepared, leaves: readonly Leaf[], open: readonly Code[] | null = null): LeafLack[] {
  const answers = new Map(leaves.map((leaf) => [leaf.code, { answer: givenAt(leaf), note: leaf.note }]));
  const lacks = lacksOf(prepared, answers, statesOf(prepared, leaves), keptFacts(leaves.flatMap(({ facts }) => facts)));
  return open === null ? lacks : lacks.filter(({ code }) => open.includes(code));
}

/** The source of figures that the subject itself enters. */
const typedSource = 'entered';

/** Leaves that rest on figures that the subject typed. */
export const typedCodes = (leaves: readonly Pick<Leaf, 'code' | 'facts'>[]): ReadonlySet<Code> =>
  new Set(leaves.filter(({ facts }) => facts.some(({ source }) => source === typedSource)).map(({ code }) => code));

/** Whether nothing is left to be filled in at a leaf, as it is written beside it for lists. */
export function isFilledAt(prepared: Prepared, leaf: Leaf): boolean {
  const own = prepared.leaves.find(({ indicator }) => indicator.code === leaf.code);
  const state = statesOf(prepared, [leaf]).get(leaf.code);
  if (own === undefined || state === undefined) return leaf.answeredAt !== null;
  const { note, objection, facts } = leaf;
  return isFilledLeaf(prepared, own, { answer: givenAt(leaf), note, objection }, state, keptFacts(facts));
}

/**
 * At how many leaves nothing is left to be filled in, as lists count them: as it stands beside them, also for whoever does not see what
 * was answered. What was sent back is open until it is handed in again.
 * @param returned what is open for supplement; null where nothing is
 */
export const answeredOf = (
  leaves: readonly (Pick<Leaf, 'code' | 'answeredAt' | 'applies'> & Partial<Pick<Leaf, 'filled'>>)[],
  returned: Reopening | null = null,
) =>
  leaves.filter(({ code, answeredAt, applies, filled }) => {
    if (returned !== null && (returned.openParts === null || returned.openParts.includes(code))) return false;
    return filled ?? (answeredAt !== null || applies === false);
  }).length;
