import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import { isBefore } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import type { Context } from '#domain/framework/answer.ts';
import type { Prepared } from '#domain/framework/result.ts';
import type { LastProblem } from '#domain/framework/score/generated-leaves.ts';
import { type Generator, generator } from '#domain/kit/generator.ts';
import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';
import { roundDays } from '../calendar.ts';
import type { SampleCity, SamplePerson, SampleRound, SampleRoundSubject } from '../model.ts';
import type { Laying } from '../part.ts';
import { colleagueOf } from '../sign-ins.ts';

export type Hand = Pick<SamplePerson, 'id' | 'name' | 'role'>;

/** One evaluation and where it stands: what all its rows agree on. */
export interface UnitScene {
  readonly round: SampleRound;
  readonly subject: SampleRoundSubject;
  /** Its place among the subjects of the round. */
  readonly at: number;
  /** The edition as this subject has it, and the problems of the last round that gave it leaves; null where none do. */
  readonly prepared: Prepared;
  readonly generated: readonly LastProblem[] | null;
  readonly draw: Generator;
  /** Who writes for the subject, who confirms, and who reviews a school for its county. */
  readonly hands: readonly [writes: Hand, confirms: Hand, reviews: Hand];
  readonly step: EvaluationStep;
  readonly days: readonly StepDays[];
  readonly isHandedIn: boolean;
  readonly isReturned: boolean;
  readonly isReleased: boolean;
  readonly isDecided: boolean;
  /** The share of the leaves that people have answered. */
  readonly filled: number;
  /** What the engine asks beside the facts: whether it is the first round, and what the others gave. */
  readonly context: Context;
  isPast(step: EvaluationStep): boolean;
  /** The last day of a step, or today where that is to come. */
  dayOf(step: EvaluationStep): Day;
  /** The day, or today where it is to come. */
  clip(day: Day): Day;
}

/** The last result of a subject. */
export interface LastTotal {
  readonly total: string;
  readonly grade: string;
}

/** Where the evaluation of one subject of a round stands. */
export function unitScene(
  city: SampleCity,
  { today }: Pick<Laying, 'today'>,
  one: Pick<UnitScene, 'round' | 'subject' | 'at' | 'prepared' | 'generated'>,
  before: LastTotal | undefined,
): UnitScene {
  const { round, subject, at, prepared } = one;
  const { kind } = round;
  const { state } = subject;
  const step = (state === 'closed' || state === 'cancelled' ? 'rectification' : state) as EvaluationStep;
  const isPast = (other: EvaluationStep) => other !== step && isBefore(kind, other, step);
  const clip = (day: Day): Day => (day > today ? today : day);
  const days = daysOf(round, step, today);
  const isHandedIn = isPast('selfEvaluation');
  const isReturned =
    kind === 'county-inspection' ? state === 'materialReview' : step === 'selfEvaluation' && at % 4 === 1;
  return {
    ...{ ...one, step, days, isPast, clip, isHandedIn, isReturned },
    draw: generator(`${city.seed} evaluation ${subject.id}`),
    hands: handsOf(city, subject),
    dayOf: (other) => clip(days.find((own) => own.step === other)?.to ?? today),
    isReleased: isPast('preliminaryOpinion'),
    isDecided: isPast('confirmation'),
    filled: step === 'notice' ? 0 : isHandedIn || isReturned ? 1 : 0.5,
    context: {
      occasion: before === undefined ? 'first' : 'again',
      evaluations: {
        [prepared.edition.key]: before === undefined ? [] : [{ grade: before.grade, total: Number(before.total) }],
      },
    },
  };
}

/** The days of a subject: those of the round, moved so that its present step lies around the day of the sample. */
function daysOf(round: SampleRound, step: EvaluationStep, today: Day): StepDays[] {
  const planned = roundDays(round, today);
  if (round.isClosed) return planned;
  const own = planned.find((one) => one.step === step)!;
  if (own.to >= today) return planned;
  // Whoever is behind has more days; whoever is ahead has done its steps before their time.
  return planned.map((one) =>
    one.step === step ? { ...one, to: addDays(today, 6) } : one.from > own.to ? shiftFrom(one, own.to, today) : one,
  );
}

function shiftFrom(one: StepDays, end: Day, today: Day): StepDays {
  const by = daysBetween(end, addDays(today, 6));
  return { step: one.step, from: addDays(one.from, by), to: addDays(one.to, by) };
}

function handsOf(city: SampleCity, { placeId, schoolId }: SampleRoundSubject): UnitScene['hands'] {
  const of = (fits: (one: SamplePerson) => boolean) =>
    city.people.find((one) => one.unitId === placeId && one.schoolId === null && fits(one))!;
  const writes = of(({ role }) => role === 'county-officer');
  const confirms = of(({ role }) => role === 'county-director');
  if (schoolId === null) return [writes, confirms, writes];
  const own = (role: string) => city.people.find((one) => one.role === role && one.schoolId === schoolId);
  const clerk = own('school-clerk');
  // Whoever has filled the self-evaluation in the school's stead judges none of it.
  const reviews = clerk === undefined ? of(({ username }) => username.startsWith(colleagueOf)) : writes;
  return [clerk ?? writes, own('school-head') ?? confirms, reviews];
}
