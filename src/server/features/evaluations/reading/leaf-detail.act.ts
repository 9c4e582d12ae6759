import type { z } from 'zod';
import { mostAtLeaf, mostLastFindings } from '#contract/evaluations/evaluations.shape.ts';
import type { leafDetail } from '#contract/evaluations/leaf.shape.ts';
import { seatCovers } from '#domain/evaluation/campaign/panel.ts';
import { permittedEvaluationActs } from '#domain/evaluation/flow.ts';
import { stepOf } from '#domain/evaluation/kind.ts';
import { answerRefusal, isOfPanel } from '#domain/evaluation/leaf.ts';
import { exactPointsText, readExactPoints, relaxedEdition, scoreOneLeaf } from '#domain/evaluation/points/score.ts';
import { optionsWithReason } from '#domain/evaluation/reason-wanted.ts';
import { valueAnswer } from '#domain/evaluation/relative-value.ts';
import { type KeptFact, keptFacts } from '#domain/evaluation/snapshot.ts';
import { conditionWords } from '#domain/framework/conclude/condition-words.ts';
import { conditionOf } from '#domain/framework/conclude/edition-conditions.ts';
import type { Indicator } from '#domain/framework/edition.ts';
import type { Prepared, Step } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { maxOf } from '#domain/framework/score/score-leaf.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, dayInChina } from '#domain/kit/school-year.ts';
import { missing, missingSentence } from '#domain/kit/value.ts';
import { editionOf } from '../edition.act.ts';
import { type EvaluationContext, loadEvaluation, subjectOf } from '../evaluation.act.ts';
import { shownLinked } from '../evidence/evidence.act.ts';
import { listLinked } from '../evidence/link.store.ts';
import { remarkRefusal, shownRemarks } from '../judging/remark.act.ts';
import { givenAnswer } from '../leaf/answer.shape.ts';
import { leafWord } from '../leaf/leaf.act.ts';
import type { Leaf } from '../leaf/leaf.store.ts';
import { entersProvince, shownProvince } from '../province/province.act.ts';
import { byDataAt, dataValueAt, givenAt } from '../unit-leaves.shape.ts';
import { instantOf, isServing, sideOf } from './detail.act.ts';
import { findWholeLeaf, type LayerSaying, type WholeLeaf } from './leaf-detail.store.ts';

type Detail = z.output<typeof leafDetail>;

/** The titles of the nodes above an indicator, the highest first. */
function pathOf({ byCode }: Prepared, { parent }: Indicator): string[] {
  const above = parent === null ? undefined : byCode.get(parent);
  return above === undefined ? [] : [...pathOf({ byCode } as Prepared, above), above.title ?? above.code];
}

/** The conditions at a leaf in words, by their text. */
function conditionsOf(prepared: Prepared, { adjust = [], method }: Indicator): Record<string, string> {
  const texts = [
    ...adjust.map(({ when }) => when),
    ...(method?.kind === 'deduction' ? (method.factorIf ?? []).map(({ when }) => when) : []),
  ];
  return Object.fromEntries(texts.map((text) => [text, conditionWords(conditionOf(prepared, text))]));
}

const shownFact = ({ name, yearsBack, value, source, certificate, missing: why, provisional }: KeptFact) => ({
  name: yearsBack === 0 ? name : `${name}（前 ${yearsBack} 年）`,
  value: value === null ? null : String(value),
  ...{ source, certificate: certificateText(certificate), provisional },
  reason: why === null ? null : missingSentence(missing(why)),
});

/** A certificate in a line: first what a reader understands, then what can be looked up by machine; instants as days. */
export function certificateText(certificate: unknown): string | null {
  if (typeof certificate !== 'object' || certificate === null) return null;
  const given = new Map(Object.entries(certificate));
  const keys = [...Object.keys(certificateWords), ...[...given.keys()].filter((key) => !(key in certificateWords))];
  const said = keys.flatMap((key) => {
    const value: unknown = given.get(key);
    if (value === undefined || value === null || typeof value === 'object') return [];
    // Who entered it and on what is said; the number of the row and the name of the source say nothing more.
    if (given.has('enteredBy') && (key === 'factId' || key === 'source')) return [];
    const text = key.endsWith('At') ? dayIn(String(value)) : String(value);
    return [`${certificateWords[key] ?? key} ${text}`];
  });
  return said.length === 0 ? null : said.join('；');
}

function dayIn(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? instant : dayInChina(at);
}

/** In the order in which they are said. */
const certificateWords: Readonly<Record<string, string>> = {
  ...{ document: '依据', enteredBy: '填写人', enteredAt: '填写时间', approvedAt: '批准时间' },
  ...{ schools: '学校数', known: '有数据的', filingId: '填报', runId: '测算', factId: '登记号' },
  ...{ inputsHash: '数据校验码', source: '来源' },
};

/** How the points came about: of data as they filled the leaf, of an answer as the method takes it. */
function traceOf(prepared: Prepared, leaf: Leaf, on: Day, relaxed: readonly Step[] = []): readonly Step[] {
  if (leaf.self === undefined) return relaxed;
  if (leaf.origin === 'data') return leaf.self.answer?.trace ?? [];
  const given = givenAt(leaf);
  if (given === null) return relaxed;
  return scoreOneLeaf({ prepared, facts: keptFacts(leaf.facts), context: { on } }, leaf.code, given, true).steps;
}

/** The layers beside each other; what is hidden says so and nothing else. */
function layersAt(
  { leaf, points, released, province }: WholeLeaf,
  isBlind: boolean,
  ofSubject: boolean,
): Detail['layers'] {
  const of = (layer: LayerSaying['layer']) => points.find((one) => one.layer === layer);
  const city = of('city');
  const shown = (
    one: Pick<LayerSaying, 'points' | 'answer' | 'reason'> | null | undefined,
    settled: LayerSaying['settled'] | null,
  ) => ({
    ...{ points: one?.points ?? null, answer: one?.answer ? givenAnswer(one.answer) : null },
    ...{ reason: one?.reason || null, settled },
  });
  const own = givenAt(leaf);
  const given = province.find(({ replacedAt }) => replacedAt === null);
  return [
    {
      ...{ layer: 'self', points: leaf.self?.points ?? null, answer: own && givenAnswer(own) },
      ...{ reason: leaf.note || null, settled: null, version: 0 },
      hidden: leaf.self === undefined,
    },
    {
      layer: 'county',
      ...shown(of('county'), of('county')?.settled ?? null),
      version: of('county')?.version ?? 0,
      hidden: isBlind && of('county') === undefined,
    },
    {
      ...{ layer: 'city', ...shown(city ?? (ofSubject ? released : null), city?.settled ?? null) },
      version: city?.version ?? 0,
      hidden: isBlind && city === undefined,
    },
    {
      ...{
        layer: 'province',
        points: given?.points ?? null,
        answer: null,
        reason: given?.reason || null,
        settled: null,
        version: 0,
      },
      hidden: isBlind,
    },
  ];
}

export async function readLeafDetail(ctx: EvaluationContext, id: string, code: string): Promise<Detail> {
  const evaluation = await loadEvaluation(ctx, id);
  const { prepared } = await editionOf(ctx.db, evaluation);
  const isKnown = prepared.byCode.has(code);
  const side = sideOf(ctx, evaluation);
  const { decimals } = prepared.edition;
  const enters = entersProvince(ctx.actor, evaluation);
  const whole = !isKnown
    ? undefined
    : await findWholeLeaf(ctx.db, evaluation, code, {
        // The subject compares itself with nobody.
        means: side !== 'subject',
        accounts: ctx.actor.level === 'county' || ctx.actor.level === 'city',
        owesBlind: enters,
        decimals,
      });
  if (whole === undefined) throw problem('thing.notFound', { what: leafWord });
  const { leaf, talk, beside, means } = whole;
  const relaxed = relaxedEdition({ prepared, facts: keptFacts(leaf.facts), context: { on: ctx.today } });
  const indicator = relaxed.prepared.byCode.get(code)!;
  const evidence = await listLinked(ctx.db, { placeId: evaluation.placeId, id, code }, mostAtLeaf);
  const { seat, state, kind, rules } = evaluation;
  const judges = stepOf(kind, state)?.judges ?? null;
  const isCovered =
    seat?.scores === true && seatCovers({ nodes: seat.nodes, evaluations: null }, evaluation.id, leaf.nodes);
  const ownScore = whole.scores.find(({ personId, voidedAt }) => personId === ctx.actor.userId && voidedAt === null);
  const isBlind = rules.blind && isCovered && ownScore === undefined;
  const facts = { answers: whole.answers ?? true, confirms: whole.confirms ?? true };
  const base = subjectOf(ctx, evaluation);
  const subject = { ...base, accounts: facts };
  const can = permittedEvaluationActs(subject, ctx.actor);
  const mayAnswer = can.answer && answerRefusal(subject, leaf, ctx.actor) === null;
  const given = givenAt(leaf);
  const { title, text, basis, evidence: asked, responsible } = indicator;
  const max = maxOf(indicator);
  const ofSubject = side === 'subject' || side === 'county';
  const own = prepared.leaves.find((one) => one.indicator.code === code);
  const mayScore =
    can.score && (judges === 'county' || (isCovered && isServing(ctx, evaluation))) && leaf.applies !== false;
  const byData = byDataAt(prepared, leaf, ctx.today);
  const measured = own === undefined ? null : dataValueAt(own, leaf);
  return {
    ...{ code, title, path: pathOf(prepared, indicator), max: max === null ? null : exactText(max, decimals) },
    ...{ text: text ?? null, basis: basis ?? null, evidenceAsked: asked ?? null, responsible: responsible ?? null },
    ...{ indicator, conditions: conditionsOf(prepared, indicator), origin: leaf.origin },
    reasonRequired: [...optionsWithReason(prepared.edition, indicator)],
    byData: mayScore && byData?.points ? exactPointsText(byData.points) : null,
    valueByData: mayScore && measured !== null ? valueAnswer(measured) : null,
    ofPanel: own !== undefined && isOfPanel(own, prepared.named),
    answer: given === null ? null : givenAnswer(given),
    ...{ facts: leaf.facts.map(shownFact), factsOn: leaf.facts[0]?.day ?? null },
    trace: traceOf(prepared, leaf, ctx.today, relaxed.steps.get(code)).map(({ words, value }) => ({
      words,
      value: value ?? null,
    })),
    ...{ note: leaf.note, objection: leaf.objection, returnedReason: leaf.returnedReason },
    ...{ answeredBy: leaf.answeredBy, answeredAt: instantOf(leaf.answeredAt) },
    // Who of the subject answers is its own matter.
    ...{ responsiblePerson: ofSubject ? leaf.responsible : null, version: leaf.version },
    responsibleSection: ofSubject ? leaf.section : null,
    layers: layersAt(whole, isBlind, ofSubject),
    province: shownProvince(whole.province),
    scores: whole.scores.map(({ personId, answer, givenAt: at, voidedAt, ...score }) => ({
      ...score,
      ...{ own: personId === ctx.actor.userId, answer: answer === null ? null : givenAnswer(answer) },
      ...{ givenAt: instantOf(at)!, voidedAt: instantOf(voidedAt) },
    })),
    talk:
      talk === null
        ? null
        : {
            ...{ layer: talk.layer, spread: talk.spread ?? '', openedAt: instantOf(talk.openedAt)! },
            ...{ minutes: talk.minutes || null, points: talk.points, settledBy: talk.settledBy },
            answer: talk.answer && givenAnswer(talk.answer),
            settledAt: instantOf(talk.settledAt),
          },
    remarks: shownRemarks(whole.remarks, ctx.actor.userId),
    lastFindings: (beside.findings ?? []).slice(0, mostLastFindings).map((one) => ({ ...one })),
    earlier: (beside.earlier ?? []).slice(0, 20).map((one) => ({
      ...one,
      max: one.max == null ? null : exactText(readExactPoints(one.max), decimals),
    })),
    means: isBlind || means === null ? { county: null, city: null } : means,
    evidence: evidence.map(shownLinked),
    can: {
      ...{ answer: mayAnswer && leaf.origin === 'person', object: mayAnswer && leaf.origin === 'data' },
      evidence: mayAnswer,
      score: mayScore,
      talk: can.openTalk || can.settle,
      remark: !isBlind && remarkRefusal(ctx, evaluation, leaf) === null,
      enterProvince: enters && whole.owesBlind === false,
    },
  };
}
