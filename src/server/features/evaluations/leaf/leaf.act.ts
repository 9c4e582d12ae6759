import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput } from '#contract/route.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { answerRefusal, originRefusal } from '#domain/evaluation/leaf.ts';
import { engineAnswer } from '#domain/evaluation/points/running-points.ts';
import { exactPointsText, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import { editionOf } from '../edition.act.ts';
import {
  authoriseFor,
  type EvaluationContext,
  evaluationWord,
  factsFor,
  loadEvaluation,
  recordOf,
  subjectOf,
} from '../evaluation.act.ts';
import { type Evaluation, lockAtStep, reopeningOf } from '../evaluation.store.ts';
import { namedLeaves, sendWithin } from '../notice.act.ts';
import { answeredOf, givenAt, isFilledAt, selfTotal } from '../unit-leaves.shape.ts';
import { givenAnswer } from './answer.shape.ts';
import {
  type GivenTo,
  type Leaf,
  type LeafChange,
  leafWrite,
  listColleagues,
  listLeaves,
  lockLeaves,
  type SelfAnswer,
  scoresVoiding,
  selfWrite,
  writeResponsible,
} from './leaf.store.ts';

export const leafWord = '项指标';

/** The evaluation and some of its leaves, kept for a person who may write them now. */
export async function lockForAnswer(
  ctx: EvaluationContext,
  id: string,
  codes: readonly string[],
): Promise<{ evaluation: Evaluation; leaves: Leaf[] }> {
  const found = await loadEvaluation(ctx, id);
  const held = await lockAtStep(ctx.db, found);
  if (held === undefined) throw problem('thing.notFound', { what: evaluationWord });
  // Whoever moved it on between the two reads did so before it was held.
  const isSame = held.step === found.state && (found.returned?.round ?? 0) === (held.returned?.round ?? 0);
  const evaluation = isSame ? found : await loadEvaluation(ctx, id);
  const leaves = await lockLeaves(ctx.db, evaluation, codes);
  if (leaves.length === 0) throw problem('thing.notFound', { what: leafWord });
  const subject = subjectOf(ctx, evaluation, await factsFor(ctx, evaluation, 'answer'));
  for (const leaf of leaves) {
    const refusal = answerRefusal(subject, leaf, ctx.actor);
    ctx.authorize(refusal === null, refusal ?? undefined);
  }
  return { evaluation, leaves };
}

/** Whether a change has to hide what surrounds it and void what was judged: wherever somebody judges blind, or has judged. */
const isJudged = ({ rules, state, returned }: Evaluation) =>
  rules.blind || state !== 'selfEvaluation' || returned !== null;

/** Writes a leaf and what the subject says of it, and voids what was judged of it before. */
export function writeLeaf(
  ctx: Pick<EvaluationContext, 'db' | 'along' | 'now' | 'actor'>,
  { evaluation, prepared }: { readonly evaluation: Evaluation; readonly prepared: Prepared },
  leaf: Leaf,
  change: LeafChange,
  self?: { readonly answer: SelfAnswer | null; readonly points: string | null },
): Leaf {
  const version = leaf.version + 1;
  const by = signatureOf(ctx.actor);
  const { answeredBy } = change;
  const written: Leaf = {
    ...leaf,
    ...change,
    ...(answeredBy === undefined ? {} : { answeredBy, answeredAt: answeredBy === null ? null : ctx.now.toISOString() }),
    ...(self === undefined ? {} : { self }),
    version,
  };
  const filled = isFilledAt(prepared, written);
  ctx.along(leafWrite(ctx.db, evaluation, leaf.code, { ...change, filled }, ctx.now).compile());
  if (self !== undefined) {
    ctx.along(selfWrite(ctx.db, evaluation, leaf.code, { ...self, leafVersion: version, by }, ctx.now).compile());
  }
  if (isJudged(evaluation)) {
    ctx.along(scoresVoiding(ctx.db, evaluation, leaf.code, `指标 ${leaf.code} 的自评材料有改动`, ctx.now));
  }
  return { ...written, filled };
}

/** The leaf as it is after an act, with the running total of its unit. */
export async function writtenReply(ctx: EvaluationContext, evaluation: Evaluation, changed: readonly Leaf[]) {
  const { prepared } = await editionOf(ctx.db, evaluation);
  const byCode = new Map(changed.map((leaf) => [leaf.code, leaf]));
  const leaves = (await listLeaves(ctx.db, evaluation)).map((leaf) => byCode.get(leaf.code) ?? leaf);
  const [first] = changed;
  return {
    ...{ code: first!.code, version: first!.version, points: first!.self?.points ?? null },
    totals: [selfTotal(prepared, leaves)],
    answered: answeredOf(leaves, reopeningOf(evaluation)),
    scored: 0,
  };
}

type Given = RouteInput<typeof evaluations.answerLeaf>['body'];

/**
 * The answer of a person. Whoever comes with an older version of the leaf gets both contents, unless the same stands there
 * already: a save may be sent twice after a broken connection.
 */
export async function answerLeaf(ctx: EvaluationContext, id: string, code: string, given: Given) {
  const { evaluation, leaves } = await lockForAnswer(ctx, id, [code]);
  const leaf = leaves[0]!;
  const answer = given.answer === null ? null : engineAnswer(given.answer);
  const before = givenAt(leaf);
  const { note } = given;
  const isSame = canonicalJson(answer) === canonicalJson(before) && note === leaf.note;
  if (isSame) return await writtenReply(ctx, evaluation, [leaf]);
  if (given.version !== leaf.version) throw overtakenLeaf(leaf);
  // A leaf that data fill takes a note, and no answer.
  if (answer !== null) {
    const refusal = originRefusal(leaf, 'answer');
    if (refusal) throw refusal;
  }
  const { prepared } = await editionOf(ctx.db, evaluation);
  if (leaf.origin === 'data') {
    // Where the figures are missing, the note that says so is what the subject can give.
    const isFilled = leaf.applies === false || (leaf.self?.points ?? null) !== null;
    const by = note === '' ? null : signatureOf(ctx.actor);
    const change = { note, returnedReason: null, ...(isFilled ? {} : { answeredBy: by }) };
    const written = writeLeaf(ctx, { evaluation, prepared }, leaf, change);
    await ctx.record(recordOf(evaluation, 'leafAnswered', { fields: [code], after: { leafCode: code } }));
    return await writtenReply(ctx, evaluation, [written]);
  }
  const context = { on: ctx.today };
  const scene = { prepared, facts: keptFacts(leaf.facts), context };
  const result = answer === null ? null : scoreOneLeaf(scene, code, answer, false);
  const points = result === null || result.points === null ? null : exactPointsText(result.points);
  const written = writeLeaf(
    ctx,
    { evaluation, prepared },
    leaf,
    { note, answeredBy: answer === null ? null : signatureOf(ctx.actor), returnedReason: null },
    { answer: answer === null ? null : { given: answer }, points },
  );
  await ctx.record(recordOf(evaluation, 'leafAnswered', { fields: [code], after: { leafCode: code } }));
  return await writtenReply(ctx, evaluation, [written]);
}

/** The refusal of whoever comes with an older version of a leaf: both contents, and whose the other one is. */
function overtakenLeaf(leaf: Leaf) {
  const { code, version, note, answeredBy, answeredAt } = leaf;
  const given = givenAt(leaf);
  const theirs = { answer: given === null ? null : givenAnswer(given), note };
  return problem('evaluation.leafOvertaken', { code, version, theirs, by: answeredBy, at: answeredAt });
}

/** Objects to what data gave, or takes the objection back with an empty text. */
export async function objectToLeaf(
  ctx: EvaluationContext,
  id: string,
  code: string,
  { version, objection }: { readonly version: number; readonly objection: string },
) {
  const { evaluation, leaves } = await lockForAnswer(ctx, id, [code]);
  const leaf = leaves[0]!;
  const refusal = originRefusal(leaf, 'objection');
  if (refusal) throw refusal;
  const said = objection === '' ? null : objection;
  if (said === leaf.objection) return await writtenReply(ctx, evaluation, [leaf]);
  if (version !== leaf.version) throw overtakenLeaf(leaf);
  const { prepared } = await editionOf(ctx.db, evaluation);
  const written = writeLeaf(ctx, { evaluation, prepared }, leaf, { objection: said, returnedReason: null });
  const after = { leafCode: code, objection: said };
  await ctx.record(recordOf(evaluation, said === null ? 'objectionWithdrawn' : 'leafObjected', { after }));
  return await writtenReply(ctx, evaluation, [written]);
}

/** How many people of one subject a choice names. */
const mostColleagues = 200;

/** The people of a subject who answer, and the sections in which some of them work. */
export async function listAnswering(ctx: EvaluationContext, evaluation: Evaluation) {
  const rows = await listColleagues(ctx.db, evaluation, mostColleagues);
  const sections = new Map<number, { id: number; name: string; people: number }>();
  for (const { sectionId, section } of rows) {
    if (sectionId === null || section === null) continue;
    sections.set(sectionId, { id: sectionId, name: section, people: (sections.get(sectionId)?.people ?? 0) + 1 });
  }
  return { rows, sections: [...sections.values()] };
}

/** The evaluation, kept at its step, for somebody who answers for the subject, or for the office that concludes. */
export async function holdFor(ctx: EvaluationContext, id: string, action: 'answer' | 'conclude'): Promise<Evaluation> {
  const found = await loadEvaluation(ctx, id);
  if ((await lockAtStep(ctx.db, found)) === undefined) throw problem('thing.notFound', { what: evaluationWord });
  await authoriseFor(ctx, found, action);
  return found;
}

/** Gives leaves to a colleague of the subject, to a section of it, or to nobody. */
export async function assignLeaves(
  ctx: EvaluationContext,
  id: string,
  { codes, personId, sectionId }: { readonly codes: readonly string[] } & GivenTo,
): Promise<{ changed: number }> {
  const evaluation = await holdFor(ctx, id, 'answer');
  const { rows, sections } = await listAnswering(ctx, evaluation);
  const colleague = personId === null ? null : rows.find((one) => one.id === personId);
  if (colleague === undefined) throw problem('thing.notFound', { what: '名本单位填写自评的人员' });
  const section = sectionId === null ? null : sections.find((one) => one.id === sectionId);
  if (section === undefined) throw problem('thing.notFound', { what: '个有人填写自评的科室' });
  const changed = await writeResponsible(ctx.db, evaluation, codes, { personId, sectionId });
  if (changed === 0) throw problem('thing.nothingChanges', { what: '指标责任人' });
  const given = colleague ?? section;
  const after = { leafCodes: codes.join('、'), responsiblePerson: given?.name ?? null };
  await ctx.record(recordOf(evaluation, 'leavesAssigned', { after }));
  const told =
    section === null ? (colleague === null ? [] : [colleague]) : rows.filter((one) => one.sectionId === sectionId);
  const others = told.filter((one) => one.id !== ctx.actor.userId).map(({ id: one }) => ({ personId: one }));
  if (others.length > 0) {
    const note = [section === null ? '' : `${section.name}：`, namedLeaves(codes)].join('');
    await sendWithin(ctx, evaluation, 'evaluation.leavesGiven', others, note);
  }
  return { changed };
}
