import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteInput } from '#contract/route.ts';
import { holder } from '#core/access/holder.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { type Actor, holds, signatureOf } from '#domain/access/actor.ts';
import { exactPointsText } from '#domain/evaluation/points/score.ts';
import { type ProvinceAt, provinceRefusal } from '#domain/evaluation/result/province-score.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { exact } from '#domain/kit/decimal.ts';
import { problem } from '#domain/kit/problem.ts';
import { newId } from '#platform/ids/new-id.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, loadEvaluation, recordOf } from '../evaluation.act.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import { preparedLeaf } from '../judging/score.act.ts';
import { isOwingBlind } from '../opinion/opinion.store.ts';
import {
  findProvinceEntry,
  findProvinceSalt,
  type NewProvinceScore,
  type ProvinceEntry,
  type ProvinceRow,
  writeProvinceScore,
} from './province.store.ts';

type Given = RouteInput<typeof evaluations.enterProvince>['body'];

/**
 * Whether somebody enters what the province gave: the office of the city that concludes, and nobody who was on the other side. The
 * database refuses whoever still owes a blind score of the evaluation.
 */
export const entersProvince = (actor: Actor, { ownSide, state }: Pick<Evaluation, 'ownSide' | 'state'>): boolean =>
  actor.level === 'city' && holds(actor, 'evaluation.conclude') && !ownSide && state !== 'cancelled';

const instantOf = (at: string) => new Date(at).toISOString();

/** An entry as pages show it. */
export const shownProvince = (rows: readonly ProvinceRow[]) =>
  rows.map(({ enteredAt, replacedAt, ...row }) => ({
    ...row,
    ...{ enteredAt: instantOf(enteredAt), replacedAt: replacedAt === null ? null : instantOf(replacedAt) },
  }));

/** Whether an entry says what stands there already, in the same words. */
const isSame = (standing: ProvinceEntry, { code, points, words, document, on, reason }: NewProvinceScore) =>
  canonicalJson([code, points, words, document, on, reason]) ===
  canonicalJson([standing.code, standing.points, standing.words, standing.document, standing.on, standing.reason]);

/**
 * Enters what the province gave, from its document. Whoever comes with an older entry is refused, so that nobody overwrites unseen; what
 * stood before stays to be read.
 */
export async function enterProvince(ctx: EvaluationContext, id: string, given: Given): Promise<{ id: string }> {
  const evaluation = await loadEvaluation(ctx, id);
  const enters = entersProvince(ctx.actor, evaluation) && !(await isOwingBlind(ctx.db, evaluation));
  ctx.authorize(enters, problem('evaluation.provinceNot'));
  const { prepared } = await editionOf(ctx.db, evaluation);
  const { code, document, on, reason, replaces, withdraws } = given;
  if (on > ctx.today) throw problem('evaluation.provinceUnfit', { what: code ?? '总分', fault: '日期不能晚于今天' });
  const indicator = code === null ? null : preparedLeaf(prepared, code).indicator;
  const { max, bonus } = prepared.edition;
  const at: ProvinceAt =
    indicator === null ? { indicator, max: max ?? 'none', passesMax: bonus?.beyondMax === true } : { indicator };
  const refusal = withdraws ? null : provinceRefusal(given, at);
  if (refusal) throw refusal;
  const row = {
    ...{ id: newId(), code, document, on, reason, replaces, by: signatureOf(ctx.actor) },
    points: given.points === null ? null : exactPointsText(exact(given.points)),
    words: given.words,
  };
  const standing = replaces === null ? undefined : await findProvinceEntry(ctx.db, replaces);
  if (standing?.stands && standing.evaluationId === id && isSame(standing, row)) {
    throw problem('thing.nothingChanges', { what: '省级得分' });
  }
  const outcome = await writeProvinceScore(ctx.db, evaluation, row, ctx.now);
  if (outcome === 'changed') throw problem('thing.changed', { what: '省级得分' });
  if (outcome === 'absent') throw problem('thing.nothingChanges', { what: '省级得分' });
  const after = await keptOf(ctx, evaluation, row);
  await ctx.record(recordOf(evaluation, withdraws ? 'provinceWithdrawn' : 'provinceEntered', { after }));
  return { id: row.id };
}

/**
 * What the audit keeps of an entry. Where the city judges blind, the entry is recorded by its digest alone until the feedback: reviewers
 * with a post read the audit of the place before they have scored. The salt lies hidden with the entry.
 */
async function keptOf(
  ctx: EvaluationContext,
  { rules, releasedAt }: Evaluation,
  { id, code, points, words, document, on, reason }: NewProvinceScore,
): Promise<Record<string, unknown>> {
  const leafCode = code ?? '总分';
  if (!rules.blind || releasedAt !== null) {
    return { leafCode, points, provinceWords: words, provinceDocument: document, reason };
  }
  const salt = await findProvinceSalt(ctx.db, id);
  return { leafCode, digest: digestOf({ entry: id, points, words, document, on, reason, salt }) };
}

/** The document of the province hangs on the entry: whoever reads the evaluation opens it, the office that enters brings it. */
export const provinceHolder = holder<EvaluationHandle>({
  read: ['evaluation.read', 'evaluation.judge'],
  attach: ['evaluation.conclude'],
  judges: ['evaluation.conclude'],
  async may(ctx, entryId, act) {
    const entry = await findProvinceEntry(ctx.db, entryId);
    if (!entry) throw problem('thing.notFound', { what: '条省级得分' });
    const evaluation = await loadEvaluation(ctx, entry.evaluationId);
    if (act === 'attach') {
      ctx.authorize(entersProvince(ctx.actor, evaluation) && entry.stands, problem('evaluation.provinceNot'));
    }
    return { type: 'province-score', id: entryId, placeId: entry.placeId, schoolId: entry.schoolId };
  },
});
