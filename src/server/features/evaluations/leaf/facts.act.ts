import { systemName } from '#core/audit/audit.store.ts';
import type { FactOwner } from '#core/facts/entered.store.ts';
import { type FactSubject, findFacts } from '#core/facts/facts.store.ts';
import { exactPointsText, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { type KeptFact, keptFacts, type SnapshotLeaf, snapshotLeaf } from '#domain/evaluation/snapshot.ts';
import type { Context, Facts } from '#domain/framework/answer.ts';
import type { Prepared, PreparedLeaf } from '#domain/framework/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, recordOf } from '../evaluation.act.ts';
import { type Evaluation, type EvaluationHandle, reopeningOf } from '../evaluation.store.ts';
import { givenAt } from '../unit-leaves.shape.ts';
import { holdFor, writeLeaf } from './leaf.act.ts';
import { type Leaf, type LeafChange, lockLeaves, type SelfAnswer } from './leaf.store.ts';

type Subject = Pick<Evaluation, 'unitId' | 'schoolId' | 'assessmentYear'>;

/** Whose facts an evaluation reads: those of the school, or of the county and its schools. */
export function factSubjectOf({ unitId, schoolId }: Pick<Evaluation, 'unitId' | 'schoolId'>): FactSubject {
  return schoolId === null
    ? { type: 'unit', id: unitId, members: { type: 'school', places: [unitId] } }
    : { type: 'school', id: schoolId, members: null };
}

export const ownerOf = ({
  placeId,
  unitId,
  schoolId,
}: Pick<Evaluation, 'placeId' | 'unitId' | 'schoolId'>): FactOwner =>
  schoolId === null ? { placeId, type: 'unit', id: unitId } : { placeId, type: 'school', id: schoolId };

/** The facts of today, and the circumstances that the engine asks: whether it is the first round, and what the others gave. */
export async function liveFacts(
  db: EvaluationHandle,
  prepared: Prepared,
  subject: Subject,
): Promise<{ facts: Facts; context: Context }> {
  const facts = await findFacts(db, prepared, factSubjectOf(subject), subject.assessmentYear);
  return { facts, context: facts.circumstances };
}

/** Facts without the day of their snapshot: what differs by the day alone is no change. */
const contentOf = (facts: readonly KeptFact[]) => canonicalJson(facts.map(({ day: _, ...fact }) => fact));

/** What changes of a leaf by its facts of today; undefined where nothing does. */
function changeOf(
  prepared: Prepared,
  leaf: Leaf,
  now: SnapshotLeaf,
  context: Context,
): { change: LeafChange; self?: { answer: SelfAnswer | null; points: string | null } } | undefined {
  const given = givenAt(leaf);
  const isByData = leaf.origin === 'data';
  let points = now.points;
  if (!isByData) {
    const scene = { prepared, facts: keptFacts(now.facts), context };
    const result = given === null ? null : scoreOneLeaf(scene, leaf.code, given, false);
    points = result === null || result.points === null ? null : exactPointsText(result.points);
  }
  // The place of a value stands as long as the value does.
  if (now.value !== null && now.value === leaf.self?.answer?.value) points = leaf.self.points;
  const isSame =
    contentOf(now.facts) === contentOf(leaf.facts) &&
    now.applies === leaf.applies &&
    points === (leaf.self?.points ?? null) &&
    (now.value ?? undefined) === leaf.self?.answer?.value;
  if (isSame) return undefined;
  const noted = leaf.note === '' ? null : leaf.answeredBy;
  const byData = { trace: now.trace, ...(now.value === null ? {} : { value: now.value }) };
  const filled = isByData ? { answeredBy: now.isFilled ? systemName : noted } : {};
  return {
    change: { facts: now.facts, applies: now.applies, ...filled },
    self: { answer: isByData ? byData : (leaf.self?.answer ?? null), points },
  };
}

/** Fills leaves anew by the facts of today, and says which changed. */
export async function fillAnew(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  wanted: (leaf: PreparedLeaf) => boolean,
): Promise<{ changed: string[]; leaves: Leaf[] }> {
  const { prepared } = await editionOf(ctx.db, evaluation);
  const open = reopeningOf(evaluation)?.openParts ?? null;
  const named = prepared.leaves.filter((leaf) => wanted(leaf) && (open === null || open.includes(leaf.indicator.code)));
  const codes = named.map(({ indicator }) => indicator.code);
  const leaves = codes.length === 0 ? [] : await lockLeaves(ctx.db, evaluation, codes);
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  const { facts, context } = await liveFacts(ctx.db, prepared, evaluation);
  const changed: Leaf[] = [];
  for (const one of named) {
    const leaf = byCode.get(one.indicator.code);
    if (leaf === undefined) continue;
    const now = snapshotLeaf(prepared, one, facts, { ...context, on: ctx.today }, ctx.today);
    const made = changeOf(prepared, leaf, now, { ...context, on: ctx.today });
    if (made !== undefined) changed.push(writeLeaf(ctx, { evaluation, prepared }, leaf, made.change, made.self));
  }
  const now = new Map(changed.map((leaf) => [leaf.code, leaf]));
  return { changed: [...now.keys()], leaves: leaves.map((leaf) => now.get(leaf.code) ?? leaf) };
}

/** Reads the facts of the open leaves again, as they are today. */
export async function refreshFacts(ctx: EvaluationContext, id: string) {
  const evaluation = await holdFor(ctx, id, 'answer');
  const { changed, leaves } = await fillAnew(ctx, evaluation, () => true);
  if (changed.length > 0) {
    await ctx.record(recordOf(evaluation, 'factsRefreshed', { after: { leafCodes: changed.join('、') } }));
  }
  const ofData = leaves.filter(({ origin }) => origin === 'data');
  const filled = ofData.filter(({ applies, self }) => applies === false || (self?.points ?? null) !== null).length;
  return { changed, filled, unknown: ofData.length - filled };
}
