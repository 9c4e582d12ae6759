import type { Generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { InspectionForm, SubjectRecord, SubjectType } from '#domain/procedure/facts.ts';
import {
  asOf,
  clearance,
  dayBetween,
  earlier,
  lateBy,
  later,
  recordsFrom,
  simulatedFrom,
  weekdayUpTo,
  yearsAfter,
} from './span.ts';
import { clearOfTerms } from './visits.ts';

/** An inspection by the last day of its visit, before its facts are made up. */
export interface Outline {
  readonly form: InspectionForm;
  readonly endsOn: Day;
  readonly dueOn: Day | null;
  readonly cancelled?: boolean;
  /** Days of the visit, where they matter. */
  readonly lasts?: number;
}

/** A subject with the inspections that its cycle is counted by. */
export interface History {
  readonly subject: SubjectRecord;
  readonly outlines: readonly Outline[];
  /** It has one gap that is too long. */
  readonly exceeded: boolean;
  /** Special inspections may be added without changing the above. */
  readonly roomy: boolean;
}

type Life = Omit<History, 'subject'> & Pick<SubjectRecord, 'open' | 'lastBefore'>;

const cycleYears = 5;
const due = (last: Day) => yearsAfter(last, cycleYears);
const comprehensive = (endsOn: Day, dueOn: Day | null): Outline => ({ form: 'comprehensive', endsOn, dueOn });

/** A day of an inspection that only its day is known of. Its next one falls due in the simulated years. */
const beforeRecords = (random: Generator) => dayBetween(random, '2014-10-01', '2017-08-20');
const inBackRecords = (random: Generator) => weekdayUpTo(dayBetween(random, '2017-09-12', '2019-07-20'));
const founded = (random: Generator) => `${random.integer(1951, 2008)}-09-01`;
const always = (random: Generator) => [{ from: founded(random), to: null }];

/** A day on which a school opens in that autumn: well before the term, or in the midst of it. */
function opening(random: Generator, year: number): Day {
  return addDays(`${year}-09-01`, random.chance(0.5) ? -random.integer(8, 20) : random.integer(25, 60));
}

/** A day on which a school closes: in the summer, or in the midst of a term. */
function closing(random: Generator, fromYear: number, toYear: number): Day {
  const year = random.integer(fromYear, toYear);
  return clearOfTerms(random.chance(0.6) ? `${year}-07-31` : dayBetween(random, `${year}-03-20`, `${year}-05-31`));
}

/** Inspections in time, one after the other, from the day the cycle starts. Some come as late as they may. */
function inTime(random: Generator, type: SubjectType, since: Day | null): Outline[] {
  const result: Outline[] = [];
  const soonest = type === 'school' ? 3 : 1;
  for (let last = since; ; ) {
    const dueOn = last === null ? null : due(last);
    const owed = dueOn !== null && dueOn <= addDays(asOf, clearance);
    if (!owed && random.chance(type === 'school' ? 0.45 : 0.25)) return result;
    const horizon = addDays(asOf, 10);
    const from =
      last === null
        ? addDays(simulatedFrom, 7)
        : later(addDays(yearsAfter(last, soonest), 2), addDays(recordsFrom, 10));
    const to = dueOn === null ? horizon : earlier(addDays(dueOn, -clearance), horizon);
    if (from > to) return result;
    const endsOn = weekdayUpTo(owed && random.chance(0.2) ? to : dayBetween(random, from, to));
    result.push({
      form: type === 'school' ? 'comprehensive' : random.pick(['special', 'comprehensive']),
      endsOn,
      dueOn,
    });
    last = endsOn;
  }
}

function lawful(random: Generator, type: SubjectType): Life {
  const open = always(random);
  const rest = { open, exceeded: false, roomy: true };
  const start = random.next();
  if (start < 0.45) {
    const lastBefore = random.chance(0.02) ? '2016-02-29' : beforeRecords(random);
    return { ...rest, lastBefore, outlines: inTime(random, type, lastBefore) };
  }
  if (start < 0.85 || type === 'government') {
    const first = inBackRecords(random);
    return { ...rest, lastBefore: null, outlines: [comprehensive(first, null), ...inTime(random, type, first)] };
  }
  return { ...rest, lastBefore: null, outlines: inTime(random, type, null) };
}

/** Nothing is known of its inspections: its cycle has not begun. */
function unknown(random: Generator): Life {
  return { open: always(random), lastBefore: null, outlines: [], exceeded: false, roomy: true };
}

function openedLater(random: Generator, from: Day = opening(random, random.integer(2018, 2022))): Life {
  const outlines = inTime(random, 'school', from);
  return { open: [{ from, to: null }], lastBefore: null, outlines, exceeded: false, roomy: true };
}

/** Closed before its next inspection fell due, often only days before. */
function closed(random: Generator, to: Day = closing(random, 2020, 2024), reopened: Day | null = null): Life {
  const soonest = addDays(yearsAfter(to, -cycleYears), clearance);
  const near = random.chance(0.4) ? 0 : random.integer(1, 120);
  const open = [{ from: founded(random), to }, ...(reopened === null ? [] : [{ from: reopened, to: null }])];
  const rest = { open, exceeded: false, roomy: false };
  const last = addDays(soonest, near);
  if (last < addDays(recordsFrom, -clearance)) {
    const given: Outline = { ...comprehensive(addDays(to, -15), due(last)), cancelled: true };
    return { ...rest, lastBefore: last, outlines: random.chance(0.5) ? [given] : [] };
  }
  const first = later(last, addDays(recordsFrom, 10));
  return { ...rest, lastBefore: null, outlines: [comprehensive(first, null)] };
}

function reopened(random: Generator): Life {
  const to = closing(random, 2020, 2021);
  return closed(random, to, opening(random, Number(to.slice(0, 4)) + random.integer(1, 2)));
}

/** Opened again early enough for a cycle of its own, which was kept. */
function reopenedEarly(random: Generator): Life {
  const from = opening(random, 2018);
  const open = [
    { from: founded(random), to: dayBetween(random, '2017-10-20', '2017-12-10') },
    { from, to: null },
  ];
  const lastBefore = dayBetween(random, '2014-10-01', '2015-08-31');
  return { open, lastBefore, outlines: inTime(random, 'school', from), exceeded: false, roomy: true };
}

/** Two schools become one: either both end and a new one opens, or one goes on. */
function merged(random: Generator): Life[] {
  const to = closing(random, 2020, 2022);
  const [one, other] = [closed(random, to), closed(random, to)];
  return random.chance(0.5) ? [one, other, openedLater(random, addDays(to, 1))] : [one, lawful(random, 'school')];
}

/** Each way in which the cycle of a school is exceeded, once. */
const late: readonly ((random: Generator) => Omit<Life, 'exceeded'>)[] = [
  // The next one came late.
  (random) => {
    const lastBefore = beforeRecords(random);
    const dueOn = due(lastBefore);
    const endsOn = weekdayUpTo(addDays(dueOn, random.integer(lateBy + 2, 400)));
    return { open: always(random), lastBefore, outlines: [comprehensive(endsOn, dueOn)], roomy: true };
  },
  // It never came.
  (random) => ({ open: always(random), lastBefore: beforeRecords(random), outlines: [], roomy: true }),
  // Only a special one came, which does not count for schools.
  (random) => {
    const first = inBackRecords(random);
    const endsOn = weekdayUpTo(addDays(due(first), -random.integer(30, 300)));
    const outlines: Outline[] = [comprehensive(first, null), { form: 'special', endsOn, dueOn: null }];
    return { open: always(random), lastBefore: null, outlines, roomy: true };
  },
  // It was begun in time and given up.
  (random) => {
    const first = inBackRecords(random);
    const endsOn = weekdayUpTo(addDays(due(first), -random.integer(20, 60)));
    const given: Outline = { ...comprehensive(endsOn, due(first)), cancelled: true };
    return { open: always(random), lastBefore: null, outlines: [comprehensive(first, null), given], roomy: true };
  },
  // A new school was never inspected.
  (random) => ({ open: [{ from: opening(random, 2018), to: null }], lastBefore: null, outlines: [], roomy: true }),
  // A school that opened again was never inspected.
  (random) => ({ ...reopenedEarly(random), outlines: [] }),
  // It closed, but only after the day on which it was due.
  (random) => {
    const lastBefore = dayBetween(random, '2014-10-01', '2016-06-30');
    const to = clearOfTerms(addDays(due(lastBefore), random.integer(lateBy, 200)));
    return { open: [{ from: founded(random), to }], lastBefore, outlines: [], roomy: false };
  },
];

/** The thirteen governments: two are late, one is being visited on its due day, one is new. */
function governments(random: Generator): Life[] {
  const lives = Array.from({ length: 9 }, () => lawful(random, 'government'));
  const [lastBefore, first, from] = [beforeRecords(random), inBackRecords(random), '2018-03-01'];
  const dueOn = due(lastBefore);
  const cameLate = comprehensive(weekdayUpTo(addDays(dueOn, random.integer(30, 300))), dueOn);
  const running: Outline = { form: 'special', endsOn: '2024-09-06', dueOn: '2024-08-20', lasts: 25 };
  const rest = { open: always(random), lastBefore: null, exceeded: false, roomy: false };
  lives.push(
    { ...rest, lastBefore, outlines: [{ ...cameLate, form: 'special' }], exceeded: true },
    { ...rest, outlines: [comprehensive(first, null)], exceeded: true },
    { ...rest, outlines: [comprehensive('2019-08-20', null), running] },
    { ...rest, open: [{ from, to: null }], outlines: inTime(random, 'government', from), roomy: true },
  );
  return random.shuffle(lives);
}

/** The schools of a county, with `given` among them. */
function schools(random: Generator, given: readonly Life[]): Life[] {
  const lives = [
    ...given,
    ...Array.from({ length: 3 }, () => openedLater(random)),
    openedLater(random, dayBetween(random, '2019-09-05', '2019-09-20')),
    closed(random),
    closed(random),
    reopened(random),
    reopenedEarly(random),
    unknown(random),
    unknown(random),
    ...merged(random),
  ];
  const size = random.integer(38, 42);
  while (lives.length < size) lives.push(lawful(random, 'school'));
  return random.shuffle(lives);
}

/** All subjects with the inspections of their cycles. Each way to exceed a school's cycle occurs twice. */
export function histories(random: Generator): History[] {
  const named = (id: string, type: SubjectType, life: Life): History => {
    const { open, lastBefore, ...rest } = life;
    return { subject: { id, type, open, lastBefore }, ...rest };
  };
  const exceeded = [...late, ...late].map((make): Life => ({ ...make(random), exceeded: true }));
  const counties = governments(random);
  return counties.flatMap((county, index) => {
    const id = `county-${String(index + 1).padStart(2, '0')}`;
    const given = exceeded.filter((_, place) => place % counties.length === index);
    const lives = schools(random.fork(id), given);
    return [
      named(id, 'government', county),
      ...lives.map((life, place) => named(`${id}-school-${String(place + 1).padStart(2, '0')}`, 'school', life)),
    ];
  });
}
