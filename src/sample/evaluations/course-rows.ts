import { kindOf } from '#domain/evaluation/kind.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { momentOn, roundDays } from '../calendar.ts';
import { sampleWords } from './evaluations.shape.ts';
import type { RowMeans } from './leaf-rows.ts';
import type { Hand, UnitScene } from './unit-scene.ts';

/** The hand-ins of the self-evaluation: one, and another after a return. */
export function addHandIns({ tables, laying }: RowMeans, scene: UnitScene): void {
  const { subject, hands, isHandedIn, isReturned, dayOf, clip } = scene;
  const { standing } = laying;
  const handIns = isHandedIn ? (isReturned ? 2 : 1) : isReturned ? 1 : 0;
  for (let turn = 1; turn <= handIns; turn += 1) {
    const last = dayOf('selfEvaluation');
    const on = isReturned && turn === 1 ? clip(addDays(last, -9)) : last;
    tables.handins.add(
      ...[subject.placeId, subject.id, turn, subject.schoolId, hands[0].id, hands[0].name, momentOn(on, 30, standing)],
      ...[hands[1].id, hands[1].name, momentOn(on, 90, standing)],
    );
  }
}

/** The timetable of the evaluation. */
export function addSteps({ tables, laying, placeId: cityId }: RowMeans, scene: UnitScene, outside: readonly string[]) {
  const { round, subject, step, days, isPast, clip } = scene;
  const planned = roundDays(round, laying.today);
  for (const [index, own] of days.entries()) {
    const late = own.step === step && own.to > (planned.find((one) => one.step === own.step)?.to ?? own.to);
    const isDone = isPast(own.step) || subject.state === 'closed';
    tables.steps.add(
      ...[subject.placeId, subject.id, own.step, subject.schoolId, cityId, outside, index + 1, own.from, own.to],
      ...[isDone ? clip(own.to) : null, late ? '受汛期影响，经市督导室同意延期' : null],
    );
  }
}

/** The acts on the way, each with its day and its hand. */
export function addCourse({ tables, raised, laying, officer, nextId }: RowMeans, scene: UnitScene): void {
  const { round, subject, days, hands, isHandedIn, isReturned, isPast, dayOf, clip } = scene;
  const { id, placeId, schoolId, state } = subject;
  const add = (
    ...[action, from, to, by, on, minutes, reason]: [string, string, string, Hand, Day, number, (string | null)?]
  ) =>
    tables.course.add(
      ...[placeId, nextId(), 'evaluation', id, schoolId, action, from, to, by.id, by.name, by.role],
      ...[momentOn(clip(on), minutes, laying.standing), reason ?? null],
    );
  const handedOn = dayOf('selfEvaluation');
  add('opened', 'notice', 'notice', officer, days[0]!.from, 40);
  const own = kindOf(round.kind).steps;
  for (const [index, { step: one, opensNext, by }] of own.entries()) {
    if ((isHandedIn || isReturned) && one === 'selfEvaluation') {
      add('submit', one, one, hands[0], handedOn, 30);
      add('confirmSelf', one, one, hands[1], handedOn, 90);
      if (!isHandedIn)
        add('return', one, one, by === 'subject' && schoolId !== null ? hands[2] : officer, handedOn, 120);
    }
    if (!isPast(one)) break;
    const hand = one === 'countyReview' ? hands[2] : officer;
    add(opensNext, one, own[index + 1]!.step, hand, dayOf(one), 120);
  }
  if (state !== 'closed') return;
  const goesOn = raised.some(({ source, state: stands }) => source.id === id && stands !== 'closed');
  const why = goesOn ? sampleWords.finished : null;
  add('finish', 'rectification', 'closed', officer, days.at(-1)!.to, 130, why);
}
