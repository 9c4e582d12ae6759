import type { z } from 'zod';
import type { evaluationDetail, treeNode } from '#contract/evaluations/detail.shape.ts';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import { holds, signature } from '#domain/access/actor.ts';
import { isSeatOn, seatCovers } from '#domain/evaluation/campaign/panel.ts';
import { evaluationStepTitle } from '#domain/evaluation/flow/action-titles.ts';
import { permittedEvaluationActs } from '#domain/evaluation/flow.ts';
import { evaluationStateTitles, kindOf, stepOf } from '#domain/evaluation/kind.ts';
import { isGivenTo, leafStanding } from '#domain/evaluation/leaf.ts';
import { evaluationStates, type Layer, layers as layerList } from '#domain/evaluation/lists.ts';
import { evidenceStanding } from '#domain/evaluation/missing-evidence.ts';
import { partBranches } from '#domain/evaluation/points/part-branches.ts';
import { answerText } from '#domain/evaluation/points/running-points.ts';
import { layerTotal, readExactPoints, scoreLayer } from '#domain/evaluation/points/score.ts';
import { givenOf, type UnitLeaf, unitLeaves } from '#domain/evaluation/points/unit-total.ts';
import type { Reopening } from '#domain/flow/reopening.ts';
import { noFacts } from '#domain/framework/answer.ts';
import type { Code } from '#domain/framework/edition.ts';
import type { Prepared, Scored } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import { type Exact, exact, sum } from '#domain/kit/decimal.ts';
import { type Day, daysBetween } from '#domain/kit/school-year.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, judgingLayerOf, loadEvaluation, subjectOf } from '../evaluation.act.ts';
import { type Evaluation, reopeningOf, selfStandingOf } from '../evaluation.store.ts';
import { isPerPerson } from '../judging/score.act.ts';
import { givenAnswer } from '../leaf/answer.shape.ts';
import type { Leaf } from '../leaf/leaf.store.ts';
import { findFactsOf } from '../looked-up.store.ts';
import { entersProvince, shownProvince } from '../province/province.act.ts';
import { answeredOf, lacksAt, selfAt, shownTotal, statesOf, typedCodes } from '../unit-leaves.shape.ts';
import { findWhole, type Whole } from './detail.store.ts';

type Detail = z.output<typeof evaluationDetail>;
type Node = z.output<typeof treeNode>;

/** From where a person looks at an evaluation. */
export function sideOf({ actor }: Pick<EvaluationContext, 'actor'>, { schoolId }: Pick<Evaluation, 'schoolId'>) {
  if (actor.level === 'campaign') return 'panel' as const;
  if (actor.level === 'city') return 'city' as const;
  return actor.level === 'county' && schoolId !== null ? ('county' as const) : ('subject' as const);
}

/** Whether the own seat is in force today: whoever is past its last day, or has not begun, judges nothing. */
export const isServing = ({ today }: Pick<EvaluationContext, 'today'>, { seat }: Pick<Evaluation, 'seat'>) =>
  seat !== null && isSeatOn({ ...seat, endedOn: null }, today);

/** How each layer stands at a leaf. */
type Layers = Readonly<Record<Layer, (code: Code) => UnitLeaf>>;

/** How a layer stands at each leaf, as far as the person may see it. */
export function layersOf(
  prepared: Prepared,
  { leaves, points, released, provinceLeaves }: Pick<Whole, 'leaves' | 'points' | 'released' | 'provinceLeaves'>,
): Layers {
  const judged = (layer: 'county' | 'city') => {
    const own = points.filter((one) => one.layer === layer);
    // What the subject reads of the city is what was released to it.
    return unitLeaves(leaves, layer === 'city' && own.length === 0 ? released : own);
  };
  const province = unitLeaves(
    leaves,
    provinceLeaves.map((one) => ({ ...one, answer: null })),
  );
  return { self: selfAt(prepared, leaves), county: judged('county'), city: judged('city'), province };
}

/** Each layer rolled up once: its tree and its total are of the same figures. */
const scoredOf = (prepared: Prepared, layers: Layers): Readonly<Record<Layer, Scored>> => {
  const scored = (layer: Layer) =>
    scoreLayer({ prepared, facts: noFacts, context: {} }, givenOf(prepared, layers[layer]));
  return { self: scored('self'), county: scored('county'), city: scored('city'), province: scored('province') };
};

/** The tree of an edition with every layer, as far as the person may see it. */
function treeOf(
  ctx: EvaluationContext,
  evaluation: Evaluation,
  prepared: Prepared,
  whole: Whole,
  { layers, scored }: { readonly layers: Layers; readonly scored: Readonly<Record<Layer, Scored>> },
): Node[] {
  const isPanel = ['panel', 'city'].includes(sideOf(ctx, evaluation));
  const { decimals } = prepared.edition;
  const text = (value: Exact | null) => (value === null ? null : exactText(value, decimals));
  const nodesOf = new Map(
    layerList.map((layer) => [layer, new Map(scored[layer].nodes.map((node) => [node.code, node]))]),
  );
  const byCode = new Map(whole.leaves.map((leaf) => [leaf.code, leaf]));
  const states = statesOf(prepared, whole.leaves);
  const lacks = new Map(lacksAt(prepared, whole.leaves).map((lack) => [lack.code, lack]));
  const returned = reopeningOf(evaluation);
  const objected = new Set(whole.leaves.flatMap(({ code, objection }) => (objection === null ? [] : [code])));
  const linked = new Map(Object.entries(whole.evidence));
  const { missing: unproved } = evidenceStanding(prepared, states, linked, objected, typedCodes(whole.leaves));
  const lacking = new Set(unproved.map(({ code }) => code));
  const wordsOfProvince = new Map(whole.provinceLeaves.map(({ code, words }) => [code, words]));
  const own = new Map(whole.own.map(({ code, points }) => [code, points]));
  const judges = stepOf(evaluation.kind, evaluation.state)?.judges ?? null;
  const isCountyJudge =
    judges === 'county' && sideOf(ctx, evaluation) === 'county' && holds(ctx.actor, 'evaluation.judge');
  // Whoever had a hand in the self-evaluation judges none of it.
  const isApart = !evaluation.ownSide;
  const covers = (leaf: Leaf) =>
    evaluation.seat?.scores === true &&
    seatCovers({ nodes: evaluation.seat.nodes, evaluations: null }, evaluation.id, leaf.nodes);
  const serves = isServing(ctx, evaluation);
  // Where one judges in the open a leaf has one score, whosever it is.
  const isShared = !isPerPerson(evaluation);
  const settledAt = (layer: Layer, code: Code) => layers[layer](code).settled;

  // Whoever sees a part of the leaves reads its sums against that part.
  const part = whole.leaves.length < prepared.leaves.length ? partBranches(prepared, whole.leaves) : null;
  const visible = new Set(whole.leaves.flatMap(({ nodes }) => nodes));
  return prepared.order
    .filter(({ code }) => visible.has(code))
    .map((indicator): Node => {
      const { code, parent, title } = indicator;
      const leaf = byCode.get(code);
      const shared = { code, parent, title };
      if (leaf === undefined) {
        // A node shows points of a layer when something below it has some.
        const has = (layer: Layer) =>
          whole.leaves.some(({ code: below, nodes }) => nodes.includes(code) && settledAt(layer, below) !== undefined);
        const own = part?.get(code);
        const pointsAt = (layer: Layer) =>
          own
            ? sum(own.leaves.map((below) => readExactPoints(settledAt(layer, below)?.points ?? '0')))
            : (nodesOf.get(layer)?.get(code)?.points ?? null);
        const at = (layer: Layer) => (has(layer) ? text(pointsAt(layer)) : null);
        const max = nodesOf.get('self')?.get(code)?.max ?? null;
        const worth = max ?? (typeof indicator.points === 'number' ? exact(indicator.points) : null);
        return {
          ...shared,
          ...{ max: text(part === null ? worth : (own?.max ?? null)), isLeaf: false },
          ...{ origin: null, standing: null, self: at('self'), county: at('county') },
          ...{ city: at('city'), province: at('province') },
          said: { self: null, county: null, city: null, province: null },
          ...{
            own: null,
            owed: false,
            talk: null,
            evidence: 0,
            lacksEvidence: false,
            mine: false,
            responsibleId: null,
            responsibleSectionId: null,
            version: 0,
          },
        };
      }
      const state = states.get(code) ?? { state: 'unanswered' as const };
      // A talk about an older leaf was voided with its scores.
      const talk = whole.talks.find((one) => one.code === code && one.version === leaf.version);
      const judged = covers(leaf) && judges === 'city' ? 'city' : isCountyJudge ? 'county' : null;
      const isOwed =
        isApart &&
        leaf.applies !== false &&
        (judged === 'city'
          ? serves && !own.has(code) && !(isShared && settledAt('city', code) !== undefined)
          : judged === 'county' && settledAt('county', code) === undefined);
      const at = (layer: Layer) => settledAt(layer, code)?.points ?? null;
      const said = (layer: Exclude<Layer, 'province'>) => {
        const { points, answer } = settledAt(layer, code) ?? { points: null, answer: null };
        return points === null && answer !== null ? answerText(indicator, givenAnswer(answer)) : null;
      };
      return {
        ...shared,
        ...{ max: text(maxOf(indicator)), isLeaf: true, origin: leaf.origin },
        standing: leafStanding(leaf, state, lacks.get(code) ?? null, returned),
        ...{ self: at('self'), county: at('county'), city: at('city'), province: at('province') },
        ...{ own: own.get(code) ?? null, owed: isOwed },
        said: {
          ...{ self: said('self'), county: said('county'), city: said('city') },
          province: at('province') === null ? (wordsOfProvince.get(code) ?? null) : null,
        },
        talk: talk === undefined ? null : talk.settled ? 'settled' : 'open',
        ...{ evidence: whole.evidence[code] ?? 0, lacksEvidence: lacking.has(code) },
        mine: isGivenTo(leaf, ctx.actor) || covers(leaf),
        responsibleId: isPanel ? null : (leaf.responsible?.id ?? null),
        responsibleSectionId: isPanel ? null : (leaf.section?.id ?? null),
        version: leaf.version,
      };
    });
}

/** `转入“实地督导”`: of the steps that only lead on the record says whither. */
const takenTitle = (action: string, to: string) => {
  const state = evaluationStates.find((one) => one === to);
  return action === 'moveOn' && state !== undefined
    ? `转入“${evaluationStateTitles[state]}”`
    : evaluationStepTitle(action);
};

const betweenOf = ({ total, from, to }: { total: string | null; from: string | null; to: string | null }) =>
  total === null && from !== null ? { from, to } : null;

/** Where nobody has written since the leaf was sent back: writing takes the reason off. Whether other evidence is there is seen beside it. */
function untouchedOf(reopening: Reopening | null, { leaves }: Pick<Whole, 'leaves'>): string[] {
  const open = reopening?.openParts ?? [];
  return leaves
    .filter(({ code, returnedReason }) => open.includes(code) && returnedReason !== null)
    .map(({ code }) => code);
}

const seenOf = (prepared: Prepared, leaves: readonly Leaf[]): Detail['seen'] =>
  leaves.some(({ self }) => self === undefined) ? 'blind' : leaves.length < prepared.leaves.length ? 'part' : 'whole';

/** The last day of the present step, and how far it is. */
export function dueOf(to: Day | null, today: Day): { due: Day | null; daysLeft: number | null } {
  return { due: to, daysLeft: to === null ? null : daysBetween(today, to) };
}

export async function readDetail(ctx: EvaluationContext, id: string): Promise<Detail> {
  const evaluation = await loadEvaluation(ctx, id);
  const { prepared } = await editionOf(ctx.db, evaluation);
  const enters = entersProvince(ctx.actor, evaluation);
  const beside = { owesBlind: enters, judgeLeft: isKeptFromScoring(ctx, evaluation) };
  const whole = await findWhole(ctx.db, evaluation, ctx.actor.userId, {
    ...{ newest: newestEntries, today: ctx.today, beside },
  });
  const facts = await findFactsOf(ctx.db, evaluation, ['accounts', 'statements'], judgingLayerOf(evaluation));
  const { edition } = prepared;
  const layers = layersOf(prepared, whole);
  const scored = scoredOf(prepared, layers);
  const nodes = treeOf(ctx, evaluation, prepared, whole, { layers, scored });
  const leaves = nodes.filter(({ isLeaf }) => isLeaf);
  const wholeOfProvince = whole.province.find(({ replacedAt }) => replacedAt === null);
  const totals = kindOf(evaluation.kind).layers.map((layer) => {
    const isOpen = whole.leaves.every(({ code, self }) =>
      layer === 'self' ? self?.answer == null : layers[layer](code).settled === undefined,
    );
    const ends = layerTotal(scored[layer]);
    // Of what nobody has judged nothing is known, also where deductions leave some points in every case.
    const added = shownTotal(layer, isOpen ? { ...ends, total: null, from: null, to: null } : ends);
    // What the province gave to the whole counts, also where nothing of its leaves is known.
    return layer === 'province' && wholeOfProvince !== undefined
      ? { layer, total: wholeOfProvince.points, from: null, to: null, unanswered: 0 }
      : added;
  });
  const side = sideOf(ctx, evaluation);
  const can = permittedEvaluationActs(subjectOf(ctx, evaluation, facts), ctx.actor);
  const present = whole.timetable.find(({ step }) => step === evaluation.state);
  const ofSubject = side !== 'panel' && side !== 'city';
  const { handIn, seat } = evaluation;
  const judgesNow = can.score && (seat === null || (seat.scores && isServing(ctx, evaluation)));
  // A return voids the confirmation: what the leader signed is not what will be handed in.
  const self = selfStandingOf(evaluation);
  const signed = self === 'confirmed' ? handIn : null;
  const reopening = reopeningOf(evaluation);
  return {
    ...{ id: evaluation.id, placeId: evaluation.placeId, campaignId: evaluation.campaignId, kind: evaluation.kind },
    ...{ title: evaluation.title, assessmentYear: evaluation.assessmentYear, unitId: evaluation.unitId },
    decisionYear: evaluation.decisionYear,
    ...{ schoolId: evaluation.schoolId, subjectName: evaluation.subjectName, leadUnitName: evaluation.leadUnitName },
    ...{ partnerUnitName: evaluation.partnerUnitName, state: evaluation.state },
    ...dueOf(present?.to ?? null, ctx.today),
    ...{ answered: answeredOf(whole.leaves, reopening), leaves: leaves.length },
    toScore: leaves.filter(({ owed }) => owed).length,
    scoreLeftTo: scoreLeftTo(whole, layers),
    scored: whole.own.length,
    returned: reopening !== null,
    selfTotal: totals[0]!.total,
    selfBetween: betweenOf(totals[0]!),
    ...{ total: evaluation.total, conclusion: evaluation.conclusion, revision: evaluation.revision },
    edition: {
      ...{ key: evaluation.frameworkKey, revision: evaluation.frameworkRevision, hash: evaluation.frameworkHash },
      ...{ title: edition.title, authority: edition.authority, completedBy: edition.completedBy ?? null },
    },
    steps: whole.timetable.map((row) => ({ ...row, title: stepOf(evaluation.kind, row.step)?.title ?? row.step })),
    totals,
    seen: seenOf(prepared, whole.leaves),
    nodes,
    lacks: ofSubject
      ? lacksAt(prepared, whole.leaves, evaluation.returned?.codes ?? null).map(({ code, sentence }) => ({
          code,
          sentence,
        }))
      : [],
    self,
    ...{ confirmedBy: signed?.confirmedBy ?? null, confirmedAt: instantOf(signed?.confirmedAt ?? null) },
    untouched: untouchedOf(reopening, whole),
    ...{ returnedReason: reopening?.reason ?? null, statementDue: evaluation.statementDue },
    lastFindings: (whole.unplaced ?? []).map((one) => ({ ...one })),
    province: shownProvince(whole.province),
    letters: lettersFor(evaluation, side),
    history: whole.history.map(({ id: stepId, action, from, to, actorName, standInFor, at, reason }) => ({
      ...{ id: stepId, title: takenTitle(action, to), action, from, to, reason },
      ...{ actorName: signature(actorName, standInFor), at: instantOf(at)! },
    })),
    side,
    readEditionAt: instantOf(whole.readEditionAt),
    can: {
      ...{ answer: can.answer, submit: can.submit, confirmSelf: can.confirmSelf, takeBack: can.takeBack },
      // Whoever comes by a seat alone changes no row of the subject.
      return: can.return && side !== 'panel',
      receive: side !== 'panel' && (can.receive || (can.moveOn && judgingLayerOf(evaluation) === 'county')),
      ...{ score: judgesNow, adopt: judgesNow },
      ...{ talk: can.openTalk || can.settle, moveOn: can.moveOn, release: can.release, state: can.state },
      ...{
        waive: can.waiveStatement,
        answerStatement: can.answerStatement,
        opinion: can.issueOpinion,
        conclude: can.conclude,
      },
      ...{ submitResult: can.submitResult, confirmResult: can.confirmResult, finish: can.finish || can.close },
      enterProvince: enters && whole.owesBlind === false,
    },
  };
}

/** Whether this person would judge for the county, but for the own hand in the self-evaluation. */
const isKeptFromScoring = (ctx: EvaluationContext, evaluation: Evaluation): boolean =>
  stepOf(evaluation.kind, evaluation.state)?.judges === 'county' &&
  holds(ctx.actor, 'evaluation.judge') &&
  evaluation.ownSide &&
  sideOf(ctx, evaluation) === 'county';

/** To whom the county's score is left where this person may not give it and it is not there. */
function scoreLeftTo({ leaves, judgeLeft }: Whole, layers: Layers): Detail['scoreLeftTo'] {
  if (judgeLeft === null) return null;
  const isOpen = leaves.some(({ code, applies }) => applies !== false && layers.county(code).settled === undefined);
  if (!isOpen) return null;
  return judgeLeft ? 'colleague' : 'nobody';
}

/** The letters of the office that writes them: others receive theirs as letters, and find them there. */
function lettersFor({ noticeLetterId, opinionLetterId, resultLetterId }: Evaluation, side: Detail['side']) {
  if (side !== 'city') return { notice: null, opinion: null, result: null };
  return { notice: noticeLetterId, opinion: opinionLetterId, result: resultLetterId };
}

export const instantOf = (at: string | null) => (at === null ? null : new Date(at).toISOString());
