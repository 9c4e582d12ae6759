import { foundByOf } from '#core/directory/initials.ts';
import { stepsFor } from '#domain/evaluation/kind.ts';
import { unitTotal } from '#domain/evaluation/points/unit-total.ts';
import type { Facts } from '#domain/framework/answer.ts';
import { factNamesOf } from '#domain/framework/questions/read-facts.ts';
import { generatesLeaves, withGeneratedLeaves } from '#domain/framework/score/generated-leaves.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { decisionYearOf, momentOn } from '../calendar.ts';
import { sampleEdition } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRaised, SampleRound, SampleRoundSubject } from '../model.ts';
import type { Laying } from '../part.ts';
import { addCourse, addHandIns, addSteps } from './course-rows.ts';
import { EnteredRows } from './entered-rows.ts';
import { EvaluationTables } from './evaluation-tables.ts';
import { EvidenceRows } from './evidence-rows.ts';
import { enteredOf, factsOf } from './facts.ts';
import { type Filled, fillLeaves } from './filled-leaves.ts';
import { type Judged, judgeLeaves, type Layer, settledIn } from './judged-leaves.ts';
import { addLeafRows, areShown, lastProblems, listsOf, openedAt, type RowMeans } from './leaf-rows.ts';
import { addOpinion, addProvince, addStatement, letterScene, type Opinion } from './opinion-rows.ts';
import { RoundLetters } from './round-letters.ts';
import { type UnitResult, unitResult } from './unit-result.ts';
import { type LastTotal, type UnitScene, unitScene } from './unit-scene.ts';

/** An edition of so few leaves is proved by a few pieces. */
const smallEdition = 20;

/** The rows of all evaluations of the rounds, with every figure as the engine of the product gives it. */
export async function evaluationRows(city: SampleCity, raised: readonly SampleRaised[], laying: Laying) {
  const { standing, files } = laying;
  const ids = sampleIds(generator(`${city.seed} evaluations`), '2024-01-09T08:00:00+08:00');
  const nextId = () => ids.next();
  const tables = new EvaluationTables();
  const means: RowMeans = {
    ...{ city, raised, laying, tables, nextId },
    placeId: city.units.find(({ adminLevel }) => adminLevel === 'city')!.id,
    officer: city.people.find(({ role }) => role === 'city-officer')!,
    second: city.people.find(({ role }) => role === 'section-officer')!,
  };
  const evidence = new EvidenceRows(city, files, tables, means.placeId);
  const letters = new RoundLetters(city, laying);
  const entered = new EnteredRows(tables, nextId);
  const lastTotals = new Map<string, LastTotal>();
  for (const round of city.rounds) {
    letters.notice(round);
    const sounds = await foundByOf(round.subjects.map(({ name }) => name));
    for (const [at, subject] of round.subjects.entries()) addOne(round, subject, sounds[at]!, at);
  }
  evidence.addResemblances(nextId, standing);
  return { tables: tables.all(evidence.hanging.table), series: [letters.series()] };

  function addOne(round: SampleRound, subject: SampleRoundSubject, sound: string, at: number): void {
    const published = sampleEdition(round.framework);
    const problems = lastProblems(means, round, subject.placeId)?.problems ?? [];
    const generated = generatesLeaves(published) ? problems.map((one) => ({ title: one.title })) : null;
    const prepared = generated === null ? published : withGeneratedLeaves(published, generated);
    const key = `${round.framework} ${subject.placeId} ${subject.schoolId}`;
    const scene = unitScene(city, laying, { round, subject, at, prepared, generated }, lastTotals.get(key));
    const known = knownOf(scene);
    const filled = fillLeaves(scene, known);
    const judged = judgeLeaves(scene, filled.leaves);
    addLeafRows(means, scene, filled, judged);
    addReviewers(scene);
    addTotals(scene, filled, judged);
    addHandIns(means, scene);
    const result = judged.city.size === 0 ? null : unitResult(scene, filled.leaves, judged, known);
    if (result !== null) {
      const on = momentOn(scene.dayOf('siteVisit'), 30, standing);
      entered.addRulings(subject, result.ruled, round.assessmentYear, means.officer, on);
      if (scene.isDecided && result.total !== null) {
        lastTotals.set(key, { total: result.total, grade: result.conclusion ?? '' });
      }
    }
    const opinion = addOpinion(means, scene, judged, result);
    addEvaluation(scene, filled, result, opinion, sound);
    if (result !== null) addProvince(means, scene, result, judged);
    addStatement(means, scene, filled.leaves);
    addSteps(means, scene, outsideOf(scene));
    addCourse(means, scene);
    addEvidence(scene, filled, judged);
  }

  /** What is known of the subject: what it has entered, where it has filled all, and what the city holds. */
  function knownOf(scene: UnitScene): Facts {
    const { round, subject, prepared, filled, draw, hands } = scene;
    const { assessmentYear } = round;
    if (filled !== 1 || factNamesOf(prepared).length === 0) return factsOf(city, subject, assessmentYear, []);
    const said = enteredOf(prepared, subject.schoolId !== null, assessmentYear, draw.fork('facts'));
    const own = entered.add(subject, said, hands[0], openedAt(scene, standing));
    return factsOf(city, subject, assessmentYear, own);
  }

  function addReviewers(scene: UnitScene): void {
    const { round, subject, days } = scene;
    for (const { id: seatId, person, part, scores, nodes: own } of round.seats) {
      tables.reviewers.add(
        ...[means.placeId, subject.id, seatId, subject.placeId, person.id, person.name, part === 'expert', part],
        ...[scores, own, scores ? openedAt(scene, standing) : null, round.isClosed ? days.at(-1)!.to : null],
      );
    }
  }

  function addTotals(scene: UnitScene, { leaves }: Filled, judged: Judged): void {
    const { round, subject, prepared, days, isReleased, clip } = scene;
    const { id, placeId, schoolId } = subject;
    const settled = settledIn(leaves, judged);
    const judges =
      round.rules.blind && !round.isClosed && !isReleased
        ? round.seats.filter(({ scores }) => scores).map(({ person }) => person.id)
        : [];
    const write = (layer: Layer) => {
      const { total, from, to } = unitTotal(prepared, settled(layer));
      tables.totals.add(
        ...[layer === 'city' ? means.placeId : placeId, id, layer, placeId, layer === 'self' ? schoolId : null],
        ...[judges, total ?? from, total === null ? { from, to } : null],
        ...[{ edition: prepared.hash, day: clip(days[0]!.from) }, openedAt(scene, standing)],
      );
    };
    write('self');
    if (judged.county.size > 0) write('county');
    if (judged.city.size > 0) write('city');
  }

  /** The seats of whoever comes from outside, while the panel reads. */
  function outsideOf({ round, step, isPast }: UnitScene): string[] {
    if (!areShown(step, isPast)) return [];
    return round.seats.filter(({ part }) => part === 'expert').map((one) => one.id);
  }

  function addEvaluation(
    scene: UnitScene,
    { sentBack }: Filled,
    result: UnitResult | null,
    opinion: Opinion,
    sound: string,
  ): void {
    const { round, subject, prepared, generated, step, days, isReleased, isDecided, isReturned, isPast, dayOf } = scene;
    const { kind, rules, assessmentYear, title } = round;
    const { id, placeId, schoolId, state } = subject;
    const { comments, findings, releasedAt } = opinion;
    const written = (which: 'opinion' | 'result', on: Day, isWaiting = false) =>
      result === null
        ? null
        : letters.conclude(which, round, subject, {
            scene: letterScene(means, scene, result.scored, opinion),
            ...{ on, isWaiting },
          });
    const opinionLetterId = isPast('opinionLetter')
      ? written('opinion', dayOf('opinionLetter'))
      : step === 'opinionLetter'
        ? written('opinion', addDays(laying.today, -1), true)
        : null;
    const resultLetterId = isDecided ? written('result', dayOf('confirmation')) : null;
    const released = isReleased ? result : null;
    tables.evaluations.add(
      ...[placeId, id, means.placeId, round.id, kind, title, assessmentYear, decisionYearOf(round, laying.today)],
      ...[prepared.edition.key, 1, prepared.hash, generated === null ? null : JSON.stringify(generated)],
      ...[placeId, schoolId, subject.name, means.placeId, round.partner?.id ?? null, { ...rules }, step],
      ...[state === 'closed' ? null : (days.find((one) => one.step === step)?.to ?? null)],
      ...[state === 'closed' ? 'closed' : 'open', outsideOf(scene)],
      ...[isReturned ? { reason: '部分材料需要补充', codes: sentBack, round: 1 } : null],
      ...[released?.total ?? null, released?.conclusion ?? null],
      ...[released === null ? null : JSON.stringify({ comments, findings })],
      ...[released === null ? null : JSON.stringify(released.certificate.results), releasedAt],
      ...[isReleased ? addDays(dayOf('preliminaryOpinion'), 10) : null],
      ...[isDecided ? dayOf('confirmation') : null, round.noticeLetterId, opinionLetterId, resultLetterId],
      ...[2 + stepsFor(kind, 'county').filter((one) => isPast(one.step)).length],
      ...[openedAt(scene, standing), openedAt(scene, standing), sound],
    );
  }

  function addEvidence(scene: UnitScene, { leaves, persons, answered }: Filled, judged: Judged): void {
    const { round, subject, at, days, hands, filled, isHandedIn, dayOf, clip } = scene;
    if (round.isClosed || filled === 0) return;
    const { id, placeId, schoolId } = subject;
    const lists = listsOf(scene, judged);
    const byCode = new Map(leaves.map((leaf) => [leaf.code, leaf]));
    const lockedAt = isHandedIn ? momentOn(dayOf('selfEvaluation'), 90, standing) : null;
    const received = clip(addDays(days[0]!.from, 12));
    evidence.add(
      { id, placeId, schoolId, lockedAt, round: at, isSmall: leaves.length <= smallEdition },
      persons
        .filter(({ code }) => answered.has(code))
        .map(({ code }) => ({ code, seats: lists(byCode.get(code)!).seats })),
      hands[0],
      { received, at: momentOn(received, 50, standing) },
    );
  }
}
