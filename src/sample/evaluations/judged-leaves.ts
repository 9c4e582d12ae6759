import { exactPointsText, readExactPoints } from '#domain/evaluation/points/score.ts';
import { settledReason, settleScores, spreadOf } from '#domain/evaluation/points/settle.ts';
import type { UnitLeaf } from '#domain/evaluation/points/unit-total.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { problemAt } from '#domain/framework/score/generated-leaves.ts';
import { toNumber } from '#domain/kit/decimal.ts';
import type { Generator } from '#domain/kit/generator.ts';
import type { SampleSeat } from '../model.ts';
import { drawnAnswer } from './answers.ts';
import { sampleWords } from './evaluations.shape.ts';
import { type LaidLeaf, pointsOf } from './filled-leaves.ts';
import type { UnitScene } from './unit-scene.ts';

export type Layer = 'self' | 'county' | 'city';

/** One score as it stands. */
interface Given {
  readonly seat: SampleSeat;
  readonly answer: Answer;
  readonly points: string | null;
  readonly agreed: boolean;
}

/** What of a leaf a layer has settled. */
export interface Settled {
  readonly points: string | null;
  readonly answer: Answer | null;
  readonly way: 'one' | 'mean' | 'trimmed' | 'talk' | 'adopted';
}

export interface Judged {
  readonly scores: ReadonlyMap<string, readonly Given[]>;
  readonly county: ReadonlyMap<string, Settled>;
  readonly city: ReadonlyMap<string, Settled>;
  /** Points: null while the talk is open. */
  readonly talks: ReadonlyMap<string, { readonly spread: string; readonly points: string | null }>;
}

/** Whether a seat judges a leaf. */
export const reaches = ({ nodes }: SampleSeat, leaf: LaidLeaf) =>
  nodes.includes('*') || nodes.some((one) => leaf.nodes.includes(one));

/** How far the panel is: in the review of the material one of two has scored, at the visit both, and afterwards all is settled. */
export function judgeLeaves(scene: UnitScene, leaves: readonly LaidLeaf[]): Judged {
  const { round, step, isPast, draw, prepared } = scene;
  const { rules, kind, seats } = round;
  const scores = new Map<string, Given[]>();
  const county = new Map<string, Settled>();
  const city = new Map<string, Settled>();
  const talks = new Map<string, { spread: string; points: string | null }>();
  const byCounty = kind === 'school-evaluation';
  const isAll = isPast('siteVisit') || step === 'siteVisit';
  for (const [index, leaf] of leaves.entries()) {
    if (leaf.applies === false) continue;
    const reviewing = byCounty && (isPast('countyReview') || (step === 'countyReview' && index % 2 === 0));
    if (reviewing) county.set(leaf.code, judgedOnce(leaf, draw.fork(`county ${leaf.code}`), prepared));
    if (step !== 'materialReview' && !isAll) continue;
    const on = seats.filter((seat) => seat.scores && reaches(seat, leaf));
    // One of two has scored two leaves of three; where one judges a leaf, half of them are done.
    const giving = isAll ? on : on.length > 1 ? (index % 3 === 2 ? [] : on.slice(-1)) : index % 2 === 0 ? on : [];
    if (giving.length === 0) continue;
    const given = giving.map((seat): Given => {
      const own = draw.fork(`city ${leaf.code} ${seat.id}`);
      const { answer, points, way } = judgedByMerit(scene, leaf) ?? judgedOnce(leaf, own, prepared);
      return { seat, answer: answer!, points, agreed: way === 'adopted' };
    });
    scores.set(leaf.code, given);
    const settled = settleScores(
      leaf.prepared.indicator,
      given.map(({ seat, answer, points, agreed }) => ({
        ...{ personId: seat.person.id, answer, adopted: agreed },
        points: points === null ? null : readExactPoints(points),
      })),
      on.length - given.length,
      rules,
    );
    if (settled.kind === 'settled') {
      const { points, answer, way } = settled;
      city.set(leaf.code, { points: points === null ? null : exactPointsText(points), answer, way });
    }
    if (settled.kind === 'talk') {
      const known = given.flatMap(({ points }) => (points === null ? [] : [readExactPoints(points)]));
      // At the visit the first talk is still open; afterwards all have ended with what the stricter one saw.
      const isOpen = step === 'siteVisit' && talks.size === 0;
      const least = [...given].sort((one, other) => numberOf(one) - numberOf(other))[0]!;
      talks.set(leaf.code, { spread: exactPointsText(spreadOf(known)), points: isOpen ? null : least.points });
      if (!isOpen) city.set(leaf.code, { points: least.points, answer: least.answer, way: 'talk' });
    }
  }
  return { scores, county, city, talks };
}

const numberOf = ({ points }: Given) => (points === null ? 0 : toNumber(readExactPoints(points)));

/** One judgement of a leaf: mostly what the subject said, else the judge's own answer. */
function judgedOnce(leaf: LaidLeaf, draw: Generator, prepared: Prepared): Settled {
  const { indicator } = leaf.prepared;
  const own = leaf.self?.answer ?? null;
  if (own !== null && !draw.chance(0.3)) return { answer: own, points: leaf.points, way: 'adopted' };
  if (leaf.points !== null && own === null) {
    const points = Number(toNumber(readExactPoints(leaf.points)).toFixed(2));
    return { answer: { points }, points: pointsOf(prepared, leaf, { points }), way: 'adopted' };
  }
  const max = typeof indicator.points === 'number' ? indicator.points : 0;
  const answer =
    leaf.origin === 'person'
      ? (drawnAnswer(indicator, draw, true) ?? { points: max })
      : { points: Number((max * draw.between(0.8, 1)).toFixed(1)) };
  return { answer, points: pointsOf(prepared, leaf, answer), way: 'one' };
}

/** One judgement in a round about places; undefined where it is drawn as in others. */
function judgedByMerit({ subject: { merit }, prepared }: UnitScene, leaf: LaidLeaf): Settled | undefined {
  const { indicator } = leaf.prepared;
  const given = (answer: Answer): Settled => ({ answer, points: pointsOf(prepared, leaf, answer), way: 'one' });
  if (merit === 'plain' && problemAt(prepared, leaf.code) !== undefined && typeof indicator.points === 'number') {
    return given({ points: Number((indicator.points / 2).toFixed(2)) });
  }
  if (merit === undefined || merit === 'plain' || leaf.self === null) return undefined;
  const first = prepared.leaves.find((one) => one.indicator.method?.kind === 'elements')?.indicator.code;
  if (merit === 'equal' && leaf.code === first) return given({ missing: [1] });
  return { answer: leaf.self.answer, points: leaf.points, way: 'adopted' };
}

/** How a layer stands at each leaf, as the engine asks it. */
export function settledIn(leaves: readonly LaidLeaf[], judged: Judged): (layer: Layer) => (code: string) => UnitLeaf {
  const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
  return (layer) => (code) => {
    const leaf = byCode.get(code)!;
    if (layer === 'self') {
      const isOpen = leaf.points === null;
      return {
        applies: leaf.applies,
        settled: isOpen ? undefined : { points: leaf.points, answer: leaf.self?.answer ?? null },
      };
    }
    const own = judged[layer].get(code);
    return { applies: leaf.applies, settled: own && { points: own.points, answer: own.answer } };
  };
}

/** The reasons that fit what was given beside what the subject has. */
export function reasonsFor(points: string | null, self: string | null): readonly string[] {
  const { same, less, more, own } = sampleWords.reasons;
  if (points === null || self === null) return own;
  const [given, said] = [readExactPoints(points), readExactPoints(self)].map(toNumber) as [number, number];
  return given === said ? same : given < said ? less : more;
}

/** What the subject reads as the reason of a leaf: of a talk its reason, of a mean how it came about. */
export const reasonOf = ({ way, points }: Pick<Settled, 'way' | 'points'>) =>
  settledReason(way, points === null, way === 'talk' ? sampleWords.talkReason : '');
