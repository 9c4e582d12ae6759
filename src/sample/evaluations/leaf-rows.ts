import { systemName } from '#core/audit/audit.store.ts';
import { isLaidFilled } from '#domain/evaluation/laid-leaf.ts';
import { problemAt } from '#domain/framework/score/generated-leaves.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { momentOn } from '../calendar.ts';
import { keyPointsMapping } from '../editions.ts';
import type { SampleCity, SampleRaised, SampleRound } from '../model.ts';
import type { Laying } from '../part.ts';
import type { EvaluationTables } from './evaluation-tables.ts';
import { sampleWords } from './evaluations.shape.ts';
import type { Filled, LaidLeaf } from './filled-leaves.ts';
import { type Judged, reaches, reasonOf, reasonsFor, type Settled } from './judged-leaves.ts';
import type { Hand, UnitScene } from './unit-scene.ts';

/** What the rows of all evaluations are laid with. */
export interface RowMeans {
  readonly city: SampleCity;
  readonly raised: readonly SampleRaised[];
  readonly laying: Laying;
  readonly tables: EvaluationTables;
  readonly placeId: number;
  /** Who organises, and who writes for the panel. */
  readonly officer: Hand;
  readonly second: Hand;
  nextId(): string;
}

/** Who reads a leaf by a seat, and who owes a score of it. */
interface Lists {
  readonly seats: readonly string[];
  readonly owing: readonly string[];
}

/** The lists of a leaf as the product sets them: nobody but the subject reads drafts, and a talk opens what was blind. */
export function listsOf({ round, step, isPast }: UnitScene, judged: Judged): (leaf: LaidLeaf) => Lists {
  const { rules, seats, isClosed } = round;
  const shown = areShown(step, isPast);
  return (leaf) => {
    const on = seats.filter((seat) => reaches(seat, leaf));
    const gave = new Set((judged.scores.get(leaf.code) ?? []).map(({ seat }) => seat.person.id));
    const owes = rules.blind && !isClosed && !judged.talks.has(leaf.code);
    return {
      seats: shown ? on.filter(({ part }) => part === 'expert').map((one) => one.id) : [],
      owing: owes
        ? on.filter(({ scores, person }) => scores && !gave.has(person.id)).map(({ person }) => person.id)
        : [],
    };
  };
}

/** Whether the panel reads: behind the self-evaluation and before the feedback. */
export const areShown = (step: string, isPast: UnitScene['isPast']) =>
  !['notice', 'selfEvaluation'].includes(step) && !isPast('preliminaryOpinion');

/** The rows of the leaves of one evaluation: what was said, scored, talked about and settled. */
export function addLeafRows(means: RowMeans, scene: UnitScene, { leaves, sentBack }: Filled, judged: Judged): void {
  const { tables, laying, placeId: cityId, officer, second, nextId } = means;
  const { standing, today } = laying;
  const { round, subject, days, draw, hands, filled, isHandedIn, clip, dayOf } = scene;
  const { id, placeId, schoolId } = subject;
  const [first] = days;
  const opened = openedAt(scene, standing);
  const lists = listsOf(scene, judged);
  const judgedOn = clip(addDays(days.find(({ step }) => step === 'materialReview')?.from ?? today, 3));
  const beside = besideOf(means, scene);
  for (const [index, leaf] of leaves.entries()) {
    const { seats: readers, owing } = lists(leaf);
    const isBack = sentBack.includes(leaf.code) && !isHandedIn;
    const isFilled = leaf.origin === 'data' ? leaf.isFilled : leaf.self !== null;
    const isUnknown = filled === 1 && leaf.origin === 'data' && !leaf.isFilled;
    const by = isFilled ? (leaf.origin === 'data' ? systemName : hands[0].name) : isUnknown ? hands[0].name : null;
    const note = isUnknown
      ? sampleWords.unknown
      : leaf.self === null
        ? ''
        : draw.fork(`note ${leaf.code}`).pick(sampleWords.notes);
    const objects = isHandedIn && leaf.origin === 'data' && leaf.isFilled && draw.fork(`no ${leaf.code}`).chance(0.03);
    tables.leaves.add(
      ...[placeId, id, leaf.code, schoolId, readers, index + 1, leaf.nodes, leaf.origin, JSON.stringify(leaf.facts)],
      ...[leaf.applies, note, objects ? sampleWords.objection : null, null, sectionOf(means, scene, leaf)],
      ...[isBack ? sampleWords.returned[index % sampleWords.returned.length]! : null, by],
      ...[by === null ? null : momentOn(clip(addDays(first!.from, 10 + (index % 20))), index, standing)],
      ...[JSON.stringify(beside(leaf.code)), leaf.version],
      isLaidFilled(scene.prepared, leaf.prepared, leaf, {
        ...{ answer: leaf.self?.answer ?? null, note, points: leaf.points },
        objection: objects ? sampleWords.objection : null,
      }),
    );
    const said =
      leaf.self === null ? (leaf.trace.length > 0 ? { trace: leaf.trace } : null) : { given: leaf.self.answer };
    tables.addPoints(
      ...([placeId, id, leaf.code, 'self', placeId, schoolId, readers, owing] as const),
      ...([said, leaf.points, '', 'self', leaf.version, by ?? systemName, opened] as const),
    );
    for (const { seat, answer, points, agreed } of judged.scores.get(leaf.code) ?? []) {
      const reason = agreed ? '' : draw.fork(`why ${leaf.code} ${seat.id}`).pick(reasonsFor(points, leaf.points));
      tables.scores.add(
        ...[cityId, nextId(), id, round.id, placeId, leaf.code, 'city', seat.id, seat.person.id, seat.person.name],
        ...[readers, owing.filter((one) => one !== seat.person.id), { ...answer }, points, reason, agreed, false],
        ...[leaf.version, seenOf(leaf, note), 1, momentOn(judgedOn, 30 + index, standing)],
      );
    }
    for (const layer of ['county', 'city'] as const) {
      const settled = judged[layer].get(leaf.code);
      if (settled === undefined) continue;
      const isCity = layer === 'city';
      const on = isCity ? judgedOn : dayOf('countyReview');
      if (!isCity) addCountyScore(leaf, settled, note, on, index);
      tables.addPoints(
        ...([isCity ? cityId : placeId, id, leaf.code, layer, placeId, null] as const),
        ...([isCity ? readers : [], isCity ? owing : []] as const),
        ...([settled.answer === null ? null : { given: settled.answer }, settled.points, reasonOf(settled)] as const),
        ...([settled.way, leaf.version, isCity ? second.name : hands[2].name] as const),
        momentOn(on, 60 + index, standing),
      );
    }
    const talk = judged.talks.get(leaf.code);
    if (talk !== undefined) {
      const end = talk.points === null ? null : momentOn(judgedOn, 200 + index, standing);
      tables.talks.add(
        ...[cityId, id, leaf.code, 'city', leaf.version, placeId, readers, owing, talk.spread, second.name],
        ...[momentOn(judgedOn, 100 + index, standing), end === null ? '' : sampleWords.talk, talk.points],
        ...[end === null ? null : officer.name, end],
      );
    }
  }

  function addCountyScore(leaf: LaidLeaf, { answer, points, way }: Settled, note: string, on: Day, index: number) {
    const [, , reviews] = hands;
    tables.scores.add(
      ...[placeId, nextId(), id, round.id, placeId, leaf.code, 'county', null, reviews.id, reviews.name, [], []],
      ...[{ ...answer }, points, '', way === 'adopted', true, leaf.version, seenOf(leaf, note), 1],
      momentOn(on, 30 + index, standing),
    );
  }
}

/** While a county fills its self-evaluation, every third leaf of its people is given to the section that keeps the money. */
function sectionOf({ city }: RowMeans, { round, subject, step, hands }: UnitScene, leaf: LaidLeaf): number | null {
  if (round.kind !== 'county-inspection' || step !== 'selfEvaluation' || leaf.origin !== 'person') return null;
  if (leaf.self !== null || hands[0].role !== 'county-officer' || leaf.prepared.at % 3 !== 0) return null;
  const { placeId } = subject;
  return city.people.find((one) => one.unitId === placeId && one.sectionId !== null)?.sectionId ?? null;
}

/** When the evaluation was opened. */
export const openedAt = ({ days, at }: UnitScene, standing: Date): Date => momentOn(days[0]!.from, 40 + at, standing);

const seenOf = ({ version, facts, self, points }: LaidLeaf, note: string): Record<string, unknown> => ({
  ...{ leafVersion: version, facts, note, objection: null, evidence: [] },
  self: points === null ? null : { answer: self?.answer ?? null, points },
});

/** What the round before found of a subject; undefined where there was none. */
export function lastProblems({ city, raised }: Pick<RowMeans, 'city' | 'raised'>, round: SampleRound, placeId: number) {
  const earlier = city.rounds.find(({ id }) => id === round.earlierId);
  const before = earlier?.subjects.find((one) => one.placeId === placeId);
  if (earlier === undefined || before === undefined) return undefined;
  return { earlier, problems: raised.filter(({ source }) => source.id === before.id) };
}

/** What stands beside a leaf of the round before: what it found there. */
function besideOf(means: RowMeans, { round, subject, prepared }: UnitScene): (code: string) => Record<string, unknown> {
  const last = lastProblems(means, round, subject.placeId);
  if (last === undefined) return () => ({});
  const { earlier, problems } = last;
  const foundAt = (code: string): readonly SampleRaised[] => {
    const at = problemAt(prepared, code);
    if (at !== undefined) return problems.slice(at, at + 1);
    const before = earlier.framework === round.framework ? code : keyPointsMapping[code];
    return problems.filter(({ source }) => source.key.startsWith(`${before} `));
  };
  return (code) => ({
    findings: foundAt(code).map(({ title, state }) => ({
      ...{ title, state: state === 'closed' ? '已销号' : '整改中', year: earlier.assessmentYear },
      closedOn: null,
    })),
    earlier: [],
  });
}
