import type { z } from 'zod';
import { doing, type FeatureJob } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type PlacedSubject, placePoints, relativeLeaves } from '#domain/evaluation/campaign/round.ts';
import { layerTitles } from '#domain/evaluation/kind.ts';
import { readExactPoints } from '#domain/evaluation/points/score.ts';
import { unitTotal } from '#domain/evaluation/points/unit-total.ts';
import { valueAnswer } from '#domain/evaluation/relative-value.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Prepared } from '#domain/framework/result.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { editionOf } from '../edition.act.ts';
import { recordOf } from '../evaluation.act.ts';
import { type Evaluation, type EvaluationHandle, findEvaluation, lockEvaluation } from '../evaluation.store.ts';
import { placeRound } from '../evaluations.jobs.ts';
import { listLeaves } from '../leaf/leaf.store.ts';
import { writeTotal } from '../total.store.ts';
import { selfAt } from '../unit-leaves.shape.ts';
import { listCounties, listRound, type RoundRow, writePlaces } from './round.store.ts';

/** What the job is asked where a leaf that is compared over the campaign was answered; undefined where the edition has none. */
export function placingOf(
  prepared: Prepared,
  { placeId, campaignPlaceId, id }: Pick<Evaluation, 'placeId' | 'campaignPlaceId' | 'id'>,
  codes: readonly string[] = relativeLeaves(prepared),
) {
  const relative = new Set(relativeLeaves(prepared));
  if (!codes.some((code) => relative.has(code))) return undefined;
  return { places: [...new Set([placeId, campaignPlaceId])], placeId, evaluationId: id };
}

/**
 * A subject with the answers of a layer; a leaf that does not apply to it has no place. What data measure counts for the subject as it
 * stands, and in the city where its judge took it.
 */
function subjectOf({ id, leaves }: RoundRow, layer: 'self' | 'city'): PlacedSubject {
  const values = leaves.flatMap(({ code, applies, answer, value }): [string, Exact][] => {
    if (value === null || applies === false) return [];
    const measured = readExactPoints(value);
    const isTaken =
      layer === 'self'
        ? answer === null
        : answer !== null && 'value' in answer && answer.value === valueAnswer(measured);
    return isTaken ? [[code, measured]] : [];
  });
  const answers = leaves.flatMap(({ code, applies, answer }): [string, Answer][] => {
    if (applies === false) return [[code, { notApplicable: true }]];
    return answer === null ? [] : [[code, answer]];
  });
  const facts = keptFacts(leaves.flatMap((leaf) => leaf.facts));
  return { id, answers: new Map(answers), facts, values: new Map(values) };
}

/**
 * Puts down what the places of all subjects of a campaign give at its relative leaves, in the layers of the subjects and of the city.
 * While the value of one subject is missing nobody has points there; of self-evaluations those count that were handed in, and what
 * stands at its judges is not placed again. It is a job, because whoever gives a value reaches no other subject.
 */
async function place(
  services: JobServices,
  { placeId, evaluationId, places }: z.output<typeof placeRound.data> & { readonly places: readonly number[] },
): Promise<void> {
  const known = await withReading(services.pool, atPlaces(places), async (db: EvaluationHandle) => {
    const evaluation = await findEvaluation(db, atPlaces([placeId]), evaluationId, null);
    if (evaluation === undefined) return undefined;
    const { prepared } = await editionOf(db, evaluation);
    return { evaluation, prepared, all: [...new Set([evaluation.campaignPlaceId, ...(await listCounties(db))])] };
  });
  if (known === undefined) return;
  const { evaluation, prepared, all } = known;
  const codes = relativeLeaves(prepared);
  for (const layer of ['self', 'city'] as const) {
    const rows = await withReading(services.pool, atPlaces(all), (db: EvaluationHandle) =>
      listRound(db, all, evaluation, { codes, layer }),
    );
    const placed = new Map(
      placePoints(
        prepared,
        rows.map((row) => subjectOf(row, layer)),
      ).map((one) => [`${one.id} ${one.code}`, one]),
    );
    for (const row of rows) {
      const changed = row.leaves.flatMap(({ code, answer, points, value }) => {
        const now = placed.get(`${row.id} ${code}`)?.points ?? null;
        // What its leader has confirmed stays as its judges see it; they may still be waiting for the places of others.
        const stands = layer === 'self' && row.isReceived && points !== null;
        const isSaid = answer === null ? layer === 'self' && value !== null : 'value' in answer;
        return isSaid && now !== points && !stands ? [{ code, points: now }] : [];
      });
      if (changed.length > 0) await placeOne(services, evaluation, row, { layer, changed });
    }
  }
}

interface Placing {
  readonly layer: 'self' | 'city';
  readonly changed: readonly { readonly code: string; readonly points: string | null }[];
}

async function placeOne(
  services: JobServices,
  { campaignPlaceId }: Evaluation,
  { placeId, id }: RoundRow,
  { layer, changed }: Placing,
): Promise<void> {
  await withWriting(services.pool, atPlaces([...new Set([placeId, campaignPlaceId])]), async (db: EvaluationHandle) => {
    const evaluation = await lockEvaluation(db, { placeId, id }, null);
    if (evaluation === undefined || evaluation.releasedAt !== null) return;
    if ((await writePlaces(db, evaluation, layer, changed)) === 0) return;
    if (layer === 'self') {
      // Another subject of the campaign has leaves of its own last round.
      const { prepared } = await editionOf(db, evaluation);
      const total = unitTotal(prepared, selfAt(prepared, await listLeaves(db, evaluation)));
      const certificate = { edition: evaluation.frameworkHash, day: services.today() };
      await writeTotal(db, evaluation, 'self', total, certificate, services.now());
    }
    const after = { layer: layerTitles[layer], leafCodes: changed.map(({ code }) => code).join('、') };
    const entry = recordOf(evaluation, 'placed', { after });
    // What the city says of a leaf the subject reads when it is released.
    await services.record(db, layer === 'self' ? entry : { ...entry, placeId: campaignPlaceId, schoolId: null });
  });
}

export const roundJobs: readonly FeatureJob[] = [doing(placeRound, place)];
