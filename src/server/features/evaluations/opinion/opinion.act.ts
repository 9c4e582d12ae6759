import type { z } from 'zod';
import type * as evaluations from '#contract/evaluations/evaluations.ts';
import type { RouteReply } from '#contract/route.ts';
import { permittedEvaluationActs } from '#domain/evaluation/flow.ts';
import { exactPointsText, readExactPoints } from '#domain/evaluation/points/score.ts';
import { severityOfReviewers } from '#domain/evaluation/points/settle.ts';
import { movedSentence } from '#domain/evaluation/result/moved-conclusion.ts';
import { overClaimIndex } from '#domain/framework/conclude/layers.ts';
import type { Code, Indicator } from '#domain/framework/edition.ts';
import type { Concluded, Held, Prepared } from '#domain/framework/result.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import { type Exact, round, subtract } from '#domain/kit/decimal.ts';
import { isMissing } from '#domain/kit/value.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, loadEvaluation, subjectOf } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { findInLedger, type LedgerStanding } from './finding.store.ts';
import { type Finding, isOwingBlind } from './opinion.store.ts';
import { layerScores, listedLacks, nextOpinionAct, resultAndOpinion } from './result.act.ts';
import { findReleased, listScoresBy, type ScoredBy } from './result.store.ts';
import type { Statement } from './statement.store.ts';

type Detail = RouteReply<typeof evaluations.opinion>;

/** Decimals of an index: shares of points. */
const indexPlaces = 4;

const text = (value: Exact | null | undefined) => (value == null ? null : exactPointsText(value));

/** The conclusion of an evaluation: at the city as it is drafted, elsewhere what of it was released. */
export async function readOpinion(ctx: EvaluationContext, id: string): Promise<Detail> {
  const evaluation = await loadEvaluation(ctx, id);
  return ctx.actor.level === 'city' ? await drafted(ctx, evaluation) : await released(ctx, evaluation);
}

async function drafted(ctx: EvaluationContext, evaluation: Evaluation): Promise<Detail> {
  const { result, rows: found } = await resultAndOpinion(ctx, evaluation);
  const isBlind = await isOwingBlind(ctx.db, evaluation);
  const ledger = await ledgerOf(ctx, evaluation);
  const rows = isBlind ? { ...found, opinion: null, findings: [] } : found;
  const { prepared, scored } = result;
  const act = nextOpinionAct(evaluation);
  const [self, city] = [layerScores(result.rows, 'self'), layerScores(result.rows, 'city')];
  const maxima = maximaOf(prepared);
  const overClaim = overClaimIndex(self, city, maxima);
  const reasons = new Map(
    result.rows.points.flatMap(({ layer, code, reason }) => (layer === 'city' ? [[code, reason] as const] : [])),
  );
  return {
    state: rows.opinion?.state ?? 'draft',
    ...{ total: result.total, max: text(scored.max) },
    provisional: scored.provisional && {
      from: scored.total === null ? null : exactPointsText(scored.provisional.from),
      to: text(scored.provisional.to),
      unanswered: [...scored.provisional.unanswered],
    },
    conclusions: scored.conclusions.map(({ table, name, by, open }) => ({ table, name, by, open: [...open] })),
    rules: rulesOf(scored),
    conclusion: result.conclusion,
    ruling: scored.conclusions.find((one) => one.ruling !== undefined)?.ruling ?? null,
    moved: result.moved.map((one) => ({ ...one, because: [...one.because] })),
    mayReleaseAgain: permittedEvaluationActs(
      subjectOf(ctx, evaluation, undefined, { conclusionMoved: result.moved.map(movedSentence) }),
      ctx.actor,
    ).releaseAgain,
    comments: [...(rows.opinion?.comments ?? [])],
    findings: rows.findings.map((one) => presentFinding(one, ledger)),
    lacks: act === null ? [] : listedLacks(ctx, result, rows, act),
    indices: {
      overClaim: overClaim && round(overClaim, indexPlaces),
      reviewers: reviewersOf(await listScoresBy(ctx.db, evaluation), evaluation, maxima),
    },
    differences: differencesOf(prepared, self, city, (code) => reasons.get(code)),
    ...{ statements: rows.statements.flatMap(presentStatement), waiver: waiverOf(rows.statements) },
    certificate: rows.opinion?.certificate
      ? {
          ...{ hash: rows.opinion.certificate.hash, engine: rows.opinion.certificate.engine },
          on: rows.opinion.certificate.on,
        }
      : null,
    revision: evaluation.revision,
  };
}

/** Vetoes, caps and downgrades as they were judged, in the order of the edition. */
function rulesOf({ vetoes, caps, downgrades }: Pick<Concluded, 'vetoes' | 'caps' | 'downgrades'>): Detail['rules'] {
  const of = (kind: Detail['rules'][number]['kind'], rules: readonly Held[]) =>
    rules.map(({ code, text: words, holds }) => ({
      ...{ kind, code, text: words },
      holds: isMissing(holds) ? ('open' as const) : holds ? ('yes' as const) : ('no' as const),
      lacks: isMissing(holds) ? [...holds.fields] : [],
    }));
  return [...of('veto', vetoes), ...of('cap', caps), ...of('downgrade', downgrades)];
}

/** What the subject may read: nothing before the release, and nothing of single reviewers at any time. */
async function released(ctx: EvaluationContext, evaluation: Evaluation): Promise<Detail> {
  const { prepared } = await editionOf(ctx.db, evaluation);
  const rows = await findReleased(ctx.db, evaluation);
  const points = (some: readonly { code: string; points: string | null }[]) =>
    new Map(some.flatMap((one) => (one.points === null ? [] : [[one.code, readExactPoints(one.points)] as const])));
  const reasons = new Map(rows.points.map(({ code, reason }) => [code, reason]));
  const { edition } = prepared;
  // The act that confirms the result releases it for the last time, and raises its findings.
  const raisedAt = evaluation.decidedOn === null ? null : (evaluation.releasedAt?.toISOString() ?? null);
  const ledger = await ledgerOf(ctx, evaluation);
  return {
    state: evaluation.decidedOn === null ? 'draft' : 'confirmed',
    ...{ total: evaluation.total, max: edition.max === null ? null : String(edition.max) },
    ...{ provisional: null, conclusions: [], rules: [], conclusion: evaluation.conclusion, ruling: rows.ruling },
    ...{ moved: [], mayReleaseAgain: false },
    comments: [...(evaluation.opinion?.comments ?? [])],
    findings: (evaluation.opinion?.findings ?? []).map((one) =>
      presentFinding({ ...one, dutyName: null, raisedAt }, ledger),
    ),
    ...{ lacks: [], indices: { overClaim: null, reviewers: [] } },
    differences: differencesOf(prepared, points(rows.self), points(rows.points), (code) => reasons.get(code)),
    ...{ statements: rows.statements.flatMap(presentStatement), waiver: waiverOf(rows.statements) },
    certificate: null,
    revision: evaluation.revision,
  };
}

/** Where the findings stand in the ledger; before the result is confirmed nobody looks. */
const ledgerOf = (ctx: EvaluationContext, evaluation: Evaluation) =>
  evaluation.decidedOn === null ? new Map<string, LedgerStanding>() : findInLedger(ctx.db, evaluation);

function presentFinding(
  { dutyType, dutyId, dutyName: _, raisedAt, ...one }: Finding,
  ledger: ReadonlyMap<string, LedgerStanding>,
): z.input<typeof evaluations.shownFinding> {
  return {
    ...one,
    ledger: ledger.get(one.id) ?? null,
    dutySchoolId: dutyType === 'school' ? dutyId : null,
    dutyUnitId: dutyType === 'school' ? null : dutyId,
    raisedAt: raisedAt === null ? null : new Date(raisedAt).toISOString(),
  };
}

/** That nothing is stated is no statement. */
function presentStatement({ waived, ...one }: Statement): Detail['statements'] {
  return waived ? [] : [one];
}

/** One that was ended is none: the opinion was fed back anew, and the subject is heard again. */
function waiverOf(statements: readonly Statement[]): Detail['waiver'] {
  const standing = statements.find(({ waived, answeredOn }) => waived && answeredOn === null);
  return standing === undefined ? null : { madeBy: standing.madeBy, madeOn: standing.madeOn };
}

function maximaOf(prepared: Prepared): ReadonlyMap<Code, Exact> {
  return new Map(
    prepared.leaves.flatMap(({ indicator }) => {
      const max = maxOf(indicator);
      return max === null ? [] : [[indicator.code, max] as const];
    }),
  );
}

/** Self and city side by side, at the leaves of which one of them is known, in the order of the edition. */
function differencesOf(
  prepared: Prepared,
  self: ReadonlyMap<Code, Exact>,
  city: ReadonlyMap<Code, Exact>,
  reasonOf: (code: Code) => string | undefined,
): Detail['differences'] {
  return prepared.leaves.flatMap(({ indicator }: { indicator: Indicator }) => {
    const { code, title } = indicator;
    const [own, judged] = [self.get(code), city.get(code)];
    if (own === undefined && judged === undefined) return [];
    const difference = own && judged ? text(subtract(judged, own)) : null;
    return [{ code, title, self: text(own), city: text(judged), difference, reason: reasonOf(code) || null }];
  });
}

/**
 * How strict each reviewer of this evaluation is beside the others at the same leaves, over the whole campaign as far as this person
 * sees its scores; with how many leaves of this evaluation he judged.
 */
function reviewersOf(
  scores: readonly ScoredBy[],
  { id }: Evaluation,
  maxima: ReadonlyMap<Code, Exact>,
): Detail['indices']['reviewers'] {
  const here = scores.filter(({ evaluationId }) => evaluationId === id);
  const names = new Map(here.map(({ personId, name }) => [personId, name]));
  const severity = severityOfReviewers(
    scores.flatMap(({ evaluationId, code, personId, points }) => {
      const max = maxima.get(code);
      return max === undefined ? [] : [{ evaluationId, code, personId, points: readExactPoints(points), max }];
    }),
  );
  return [...names].map(([personId, name]) => {
    const own = severity.get(personId);
    return {
      name,
      severity: own?.severity ? round(own.severity, indexPlaces) : null,
      compared: own?.scores ?? 0,
      scores: here.filter((one) => one.personId === personId).length,
    };
  });
}
