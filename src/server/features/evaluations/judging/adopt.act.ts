import { exactPointsText, readExactPoints, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import type { AdoptableLeaf } from '#domain/evaluation/points/settle.ts';
import { adoptionOf, answerByData } from '#domain/evaluation/points/settle.ts';
import { valueAnswer } from '#domain/evaluation/relative-value.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import { dataValueAt } from '../unit-leaves.shape.ts';
import { judgementRecord } from './judgement.shape.ts';
import { type JudgedLeaf, type NewScore, type ScoreOutcome, writeScores } from './judging.store.ts';
import { actOf, covers, type Judging, judgingOf, preparedLeaf, refusalOf, seenAt, settleAlong } from './score.act.ts';

/** What the self-evaluation says at a leaf, for whoever takes it over. */
function selfAt(
  { prepared, today }: { readonly prepared: Prepared; readonly today: Day },
  leaf: JudgedLeaf,
): { answer: Answer | null; points: string | null } | 'open' {
  const { code, self, applies, facts } = leaf;
  if (applies === false) return { answer: { notApplicable: true }, points: null };
  const answer = self?.answer?.given ?? null;
  if (answer !== null && 'notApplicable' in answer) return { answer, points: null };
  const points = self?.points ?? null;
  const own = preparedLeaf(prepared, code);
  if (points !== null) {
    // What is placed among all subjects goes on being placed by its value.
    const value = dataValueAt(own, leaf);
    return { answer: answer ?? (value === null ? null : { value: valueAnswer(value) }), points };
  }
  if (own.indicator.points !== 'none' || self === null) return 'open';
  // A leaf without points is taken over by what was said there, or by what data say.
  const scene = { prepared, facts: keptFacts(facts), context: { on: today } };
  const said = answer ?? answerByData(own.indicator, scoreOneLeaf(scene, code, null, false));
  return said === null ? 'open' : { answer: said, points: null };
}

/**
 * 其余各项同意自评: takes the self-evaluation over at the leaves that are named and have no score of this person yet. Each is a score in
 * his name, marked as such; what cannot be taken over is left with its reason.
 * @throws evaluation.selfHidden where reviewers judge blind, evaluation.nothingToAdopt where nothing is left
 */
export async function adoptSelf(
  ctx: EvaluationContext,
  id: string,
  { codes, reason }: { readonly codes: readonly string[]; readonly reason: string },
): Promise<{ adopted: number; refused: { code: string; sentence: string }[] }> {
  const judging = await judgingOf(ctx, id, codes);
  const { unit, prepared, layer } = judging;
  const known = new Map(unit.judged.map((leaf) => [leaf.code, leaf]));
  if (codes.some((code) => !known.has(code))) throw problem('thing.notFound', { what: leafWord });
  // Every leaf has a row of the subject; where there is none, it is hidden.
  const hidden = unit.judged.filter((leaf) => leaf.self === null && covers(judging, leaf)).map(({ code }) => code);
  if (hidden.length > 0) throw problem('evaluation.selfHidden', { codes: hidden });
  const scene = { prepared, today: ctx.today };
  const selves = new Map(unit.judged.map((leaf) => [leaf.code, selfAt(scene, leaf)]));
  const adoption = adoptionOf(unit.judged.map((leaf) => adoptable(judging, leaf, selves.get(leaf.code)!)));
  if (adoption.codes.length === 0) throw problem('evaluation.nothingToAdopt');
  const scores = adoption.codes.map((code): NewScore => {
    const leaf = known.get(code)!;
    const self = selves.get(code) as Exclude<ReturnType<typeof selfAt>, 'open'>;
    return { id: newId(), code, ...self, seen: seenAt(leaf), leafVersion: leaf.version, version: 0 };
  });
  const act = actOf(ctx, judging, reason, true);
  const outcomes = await writeScores(ctx.db, unit, scores, act);
  const given = outcomes.filter(({ outcome }) => outcome === 'given');
  await settleAlong(ctx, judging, given, act);
  const refused = [...adoption.refused];
  for (const { code, outcome } of outcomes) {
    if (outcome === 'given') continue;
    const { message } = await refusalOf(ctx, judging, code, outcome as Exclude<ScoreOutcome, 'given'>);
    refused.push({ code, sentence: message });
  }
  if (given.length > 0) {
    await ctx.record(
      judgementRecord(unit, layer, 'adopted', {
        ...{ leafCodes: given.map(({ code }) => code).join('、'), points: exactPointsText(adoption.points), reason },
      }),
    );
  }
  return { adopted: given.length, refused };
}

function adoptable(judging: Judging, leaf: JudgedLeaf, self: ReturnType<typeof selfAt>): AdoptableLeaf {
  return {
    ...{ code: leaf.code, scored: judging.unit.scored.includes(leaf.code), covered: covers(judging, leaf) },
    objected: leaf.objection !== null,
    self: self === 'open' ? 'open' : { points: self.points === null ? null : readExactPoints(self.points) },
  };
}
