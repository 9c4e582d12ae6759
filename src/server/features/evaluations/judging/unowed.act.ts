import type { JobServices } from '#core/access/job-services.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import { exactPointsText } from '#domain/evaluation/points/score.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationHandle, findEvaluation } from '../evaluation.store.ts';
import { sendTalks } from '../evaluations.jobs.ts';
import { listUnowed, openingsOf, settlingOf } from './judging.store.ts';
import { preparedLeaf, settledBy } from './score.act.ts';

/**
 * Settles by the rule of the campaign the leaves at which the last who owed a score has left, after the lists were dealt in the same
 * transaction. Where the scores lie too far apart, it opens the talk and lets the reviewers know.
 */
export async function settleUnowed(
  services: Pick<JobServices, 'acting' | 'now' | 'today' | 'enqueue'>,
  db: EvaluationHandle,
  { placeId, id }: { readonly placeId: number; readonly id: string },
): Promise<void> {
  const evaluation = await findEvaluation(db, atPlaces([placeId]), id, null);
  if (evaluation === undefined || stepOf(evaluation.kind, evaluation.state)?.judges !== 'city') return;
  const leaves = await listUnowed(db, evaluation, services.today());
  if (leaves.length === 0) return;
  const { prepared } = await editionOf(db, evaluation);
  const { name } = await services.acting(db);
  const apart: { code: string; spread: string | null }[] = [];
  for (const { code, version, standing, reason } of leaves) {
    const settled = settledBy(preparedLeaf(prepared, code), standing, evaluation);
    if (settled.kind === 'talk') apart.push({ code, spread: exactPointsText(settled.spread) });
    if (settled.kind !== 'settled') continue;
    const points = settled.points === null ? null : exactPointsText(settled.points);
    const answer = standing.every((one) => one.answer !== null) ? settled.answer : null;
    await db.executeQuery(
      settlingOf(db, evaluation, [{ code, way: settled.way, points, answer, leafVersion: version }], {
        ...{ layer: 'city', seatId: null, reason, agreed: false, by: name, now: services.now() },
      }),
    );
  }
  if (apart.length === 0) return;
  const act = { layer: 'city', seatId: null, by: name, now: services.now() } as const;
  const { rows } = await db.executeQuery(openingsOf(db, evaluation, apart, act));
  // A talk that was open before is no news.
  const codes = (rows as { code: string; opened: boolean }[]).flatMap(({ code, opened }) => (opened ? [code] : []));
  if (codes.length === 0) return;
  const places = [...new Set([placeId, evaluation.campaignPlaceId])];
  await services.enqueue(db, sendTalks, { places, placeId, evaluationId: id, codes });
}
