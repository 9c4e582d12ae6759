import { digestOf } from '#core/evidence/digest.ts';
import {
  branchRows,
  conclusionText,
  lacksAhead,
  type OpinionAct,
  type OpinionDraft,
  opinionLacks,
} from '#domain/evaluation/opinion.ts';
import { givenOf, type UnitLeaf } from '#domain/evaluation/points/unit-total.ts';
import { scoringEngine } from '#domain/evaluation/result/result-certificate.ts';
import { concludeLayer, exactPointsText, readExactPoints, scoreLayer } from '#domain/evaluation/score.ts';
import { keptFacts } from '#domain/evaluation/snapshot.ts';
import type { Code } from '#domain/framework/edition.ts';
import type { Prepared, Result } from '#domain/framework/result.ts';
import type { Exact } from '#domain/kit/decimal.ts';
import { editionOf } from '../edition.act.ts';
import type { EvaluationContext } from '../evaluation.act.ts';
import type { Evaluation } from '../evaluation.store.ts';
import type { OpinionRows } from './opinion.store.ts';
import { findResultRows, type ResultCertificate, type ResultPoint, type ResultRows } from './result.store.ts';

/** What the scores of the city give now, over what this person sees. */
export interface CityResult {
  readonly prepared: Prepared;
  readonly rows: ResultRows;
  readonly scored: Result;
  readonly selfTotal: Exact | null;
  /** Null while leaves are open. */
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly certificate: ResultCertificate;
}

/** What one layer has at each leaf, as totals take it. */
function leavesOf(rows: ResultRows, layer: ResultPoint['layer']): (code: Code) => UnitLeaf {
  const applying = new Map(rows.leaves.map(({ code, applies }) => [code, applies]));
  const points = new Map(rows.points.flatMap((point) => (point.layer === layer ? [[point.code, point] as const] : [])));
  return (code) => {
    const point = points.get(code);
    // The subject has a row for every leaf; one without points and answer says nothing yet.
    const isOpen = point === undefined || (point.points === null && (point.answer?.given ?? null) === null);
    return {
      applies: applying.get(code) ?? null,
      settled:
        isOpen && layer === 'self' ? undefined : point && { points: point.points, answer: point.answer?.given ?? null },
    };
  };
}

/**
 * Total, nodes and conclusions of the city's layer, by the engine over its settled points and the facts of the snapshots: what
 * is open keeps the total a range.
 */
export async function cityResult(ctx: EvaluationContext, evaluation: Evaluation): Promise<CityResult> {
  const [{ prepared }, rows] = [await editionOf(ctx.db, evaluation), await findResultRows(ctx.db, evaluation)];
  const facts = keptFacts(rows.leaves.flatMap((leaf) => leaf.facts));
  const scene = { prepared, facts, context: { on: ctx.today } };
  const totalOf = (layer: ResultPoint['layer']) => scoreLayer(scene, givenOf(prepared, leavesOf(rows, layer)));
  const [self, county, city] = [totalOf('self'), totalOf('county'), totalOf('city')];
  const known = ({ total, provisional }: typeof self) => (provisional === null ? total : null);
  const selfTotal = known(self);
  const scored = concludeLayer(scene, city, { self: selfTotal, county: known(county) });
  const total = known(city);
  const points = rows.points.map(({ code, layer, points: text, answer }) => ({ code, layer, points: text, answer }));
  return {
    ...{ prepared, rows, scored, selfTotal, total: total === null ? null : exactPointsText(total) },
    conclusion: conclusionText(scored.conclusions),
    certificate: {
      ...{ hash: evaluation.frameworkHash, engine: scoringEngine, on: ctx.today },
      points: digestOf(
        points.sort((one, other) => (`${one.layer} ${one.code}` < `${other.layer} ${other.code}` ? -1 : 1)),
      ),
      branches: branchRows({ prepared, scored }),
    },
  };
}

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

/** What the opinion lacks for an act, each with a name and a sentence. */
export function lacksFor(
  ctx: Pick<EvaluationContext, 'today'>,
  result: Pick<CityResult, 'scored'>,
  rows: Drafted,
  act: OpinionAct,
) {
  return opinionLacks(draftOf(result, rows), act, ctx.today);
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
