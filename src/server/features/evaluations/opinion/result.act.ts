import { digestOf } from '#core/evidence/digest.ts';
import {
  branchRows,
  conclusionText,
  lacksAhead,
  type OpinionAct,
  type OpinionDraft,
  opinionLacks,
} from '#domain/evaluation/opinion.ts';
import { exactPointsText, readExactPoints } from '#domain/evaluation/points/score.ts';
import { keptResult, scoringEngine } from '#domain/evaluation/result/kept-result.ts';
import { type MovedConclusion, movedConclusions, movedSentence } from '#domain/evaluation/result/moved-conclusion.ts';
import { keptSince, snapshotOfRules } from '#domain/evaluation/snapshot.ts';
import type { Circumstances, Context } from '#domain/framework/answer.ts';
import type { Code } from '#domain/framework/edition.ts';
import type { Prepared, Result } from '#domain/framework/result.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { editionOf } from '../edition.act.ts';
import type { BroughtFacts, EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import { knownTotal, settledLayers } from './layers.act.ts';
import { findOpinion, type OpinionRows } from './opinion.store.ts';
import type { ResultCertificate, ResultPoint, ResultRows } from './result.store.ts';
import { concludeAmong } from './round.act.ts';

/** What the scores of the city give now, over what this person sees. */
export interface CityResult {
  readonly prepared: Prepared;
  readonly rows: ResultRows;
  readonly scored: Result;
  readonly selfTotal: Exact | null;
  /** Null while leaves are open, and where the edition has no points. */
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly certificate: ResultCertificate;
  /** What is concluded otherwise than it was released. */
  readonly moved: readonly MovedConclusion[];
  /** Subjects of the campaign for whom the confirmation of a grade with a quota waits. */
  readonly quotaWaits: readonly string[];
}

/**
 * Total, nodes and conclusions of the city's layer: what is open keeps the total a range, and a conclusion that looks at the other
 * subjects of the campaign waits for them. What rules read is kept with each release; a confirmed result stays as it was concluded.
 */
export async function cityResult(ctx: EvaluationContext, evaluation: Evaluation): Promise<CityResult> {
  const { prepared } = await editionOf(ctx.db, evaluation);
  const own = await settledLayers(ctx, evaluation, prepared);
  const { rows, city, selfTotal, scene } = own;
  const decided = evaluation.decidedOn === null ? undefined : rows.certificate?.concluded;
  const { result: scored, quotaWaits } =
    decided === undefined
      ? await concludeAmong(ctx, evaluation, own)
      : { result: { ...city, ...decided }, quotaWaits: [] };
  const { vetoes, caps, downgrades, conclusions, actions } = scored;
  const total = knownTotal(city);
  const points = rows.points.map(({ code, layer, points: text, answer }) => ({ code, layer, points: text, answer }));
  const before = rows.certificate?.facts ?? [];
  const facts = decided === undefined ? keptSince(before, snapshotOfRules(prepared, scene.facts, ctx.today)) : before;
  const released = evaluation.releasedAt === null ? undefined : (rows.certificate ?? undefined);
  return {
    ...{ prepared, rows, scored, selfTotal, total: total === null ? null : exactPointsText(total) },
    conclusion: conclusionText(conclusions),
    certificate: {
      ...{ hash: evaluation.frameworkHash, engine: scoringEngine, on: ctx.today },
      points: digestOf(
        points.sort((one, other) => (`${one.layer} ${one.code}` < `${other.layer} ${other.code}` ? -1 : 1)),
      ),
      branches: branchRows({ prepared, scored }),
      facts,
      concluded: { vetoes, caps, downgrades, conclusions, actions },
      circumstances: circumstancesOf(scene.context),
      results: keptResult(scored),
    },
    moved: movedConclusions(released, { conclusions, facts }),
    quotaWaits,
  };
}

const circumstancesOf = ({ occasion, evaluations }: Context): Circumstances => ({
  ...(occasion === undefined ? {} : { occasion }),
  ...(evaluations === undefined ? {} : { evaluations }),
});

/** The points of a layer by leaf, as far as they are settled. */
export function layerScores(rows: ResultRows, layer: ResultPoint['layer']): ReadonlyMap<Code, Exact> {
  return new Map(
    rows.points.flatMap((one) =>
      one.layer === layer && one.points !== null ? [[one.code, readExactPoints(one.points)] as const] : [],
    ),
  );
}

/** The act before which the opinion is asked what it lacks, by the step. */
export function nextOpinionAct({ state }: Pick<Evaluation, 'state'>): OpinionAct | null {
  switch (state) {
    case 'materialReview':
    case 'siteVisit':
    case 'preliminaryOpinion':
      return 'release';
    case 'statement':
      return 'issueOpinion';
    case 'opinionLetter':
      return 'submitResult';
    case 'confirmation':
      return 'confirmResult';
    default:
      return null;
  }
}

type Drafted = Omit<OpinionRows, 'statements'>;

const draftOf = ({ scored }: Pick<CityResult, 'scored'>, { opinion, findings }: Drafted): OpinionDraft => ({
  comments: opinion?.comments ?? [],
  findings: findings.map(({ title, code, dutyType, dutyId, dutyName, dueOn }) => ({
    ...{ title, code, dueOn },
    duty: dutyType === null || dutyId === null ? null : { type: dutyType, id: dutyId, name: dutyName ?? '' },
  })),
  ...{ scored, conclusions: scored.conclusions },
});

/** The result of a locked evaluation with its opinion, once for all that an act asks of it. */
export async function resultAndOpinion(ctx: EvaluationContext, evaluation: Evaluation): Promise<Concluding> {
  return { result: await cityResult(ctx, evaluation), rows: await findOpinion(ctx.db, evaluation) };
}

/** The result of an evaluation with its opinion. */
export interface Concluding {
  readonly result: CityResult;
  readonly rows: OpinionRows;
}

/** What the opinion lacks for an act, each with a name and a sentence. */
function lacksFor(
  ctx: Pick<EvaluationContext, 'today'>,
  result: Pick<CityResult, 'scored'>,
  rows: Drafted,
  act: OpinionAct,
) {
  return opinionLacks(draftOf(result, rows), act, ctx.today);
}

/** What the result and its opinion bring to an act, in sentences without a full stop; and both, for what follows. */
export function broughtBy(
  ctx: Pick<EvaluationContext, 'today'>,
  { result, rows }: Concluding,
  act: OpinionAct,
): BroughtFacts & Concluding {
  return {
    ...{ result, rows },
    opinionLacks: lacksFor(ctx, result, rows, act),
    conclusionMoved: result.moved.map(movedSentence),
    quotaWaits: result.quotaWaits,
  };
}

/** What the page lists beside the opinion: what bars the act, and behind it what only the letter will want. */
export function listedLacks(
  ctx: Pick<EvaluationContext, 'today'>,
  result: Pick<CityResult, 'scored'>,
  rows: Drafted,
  act: OpinionAct,
) {
  const draft = draftOf(result, rows);
  return [
    ...opinionLacks(draft, act, ctx.today).map((lack) => ({ ...lack, ahead: false })),
    ...lacksAhead(draft, act, ctx.today).map((lack) => ({ ...lack, ahead: true })),
  ];
}
