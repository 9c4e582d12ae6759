import { exactPointsText, readExactPoints } from '#domain/evaluation/score.ts';
import type { AdoptableLeaf } from '#domain/evaluation/settle.ts';
import { adoptionOf } from '#domain/evaluation/settle.ts';
import type { Answer } from '#domain/framework/answer.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import { judgementRecord } from './judgement.act.ts';
import { type JudgedLeaf, type NewScore, type ScoreOutcome, writeScores } from './judging.store.ts';
import { actOf, covers, type Judging, judgingOf, preparedLeaf, refusalOf, seenAt, settleAlong } from './score.act.ts';

/** What the self-evaluation says at a leaf, for whoever takes it over. */
function selfAt({ self, applies }: JudgedLeaf): { answer: Answer | null; points: string | null } | 'open' {
  if (applies === false) return { answer: { notApplicable: true }, points: null };
  const answer = self?.answer?.given ?? null;
  if (answer !== null && 'notApplicable' in answer) return { answer, points: null };
  const points = self?.points ?? null;
  return points === null ? 'open' : { answer, points };
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
  const adoption = adoptionOf(unit.judged.map((leaf) => adoptable(judging, leaf)));
  if (adoption.codes.length === 0) throw problem('evaluation.nothingToAdopt');
  const scores = adoption.codes.map((code): NewScore => {
    const leaf = known.get(code)!;
    preparedLeaf(prepared, code);
    const self = selfAt(leaf) as Exclude<ReturnType<typeof selfAt>, 'open'>;
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

function adoptable(judging: Judging, leaf: JudgedLeaf): AdoptableLeaf {
  const self = selfAt(leaf);
  return {
    ...{ code: leaf.code, scored: judging.unit.scored.includes(leaf.code), covered: covers(judging, leaf) },
    objected: leaf.objection !== null,
    self: self === 'open' ? 'open' : { points: self.points === null ? null : readExactPoints(self.points) },
  };
}
