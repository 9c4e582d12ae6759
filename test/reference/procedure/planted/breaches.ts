import { type Generator, generator } from '#domain/kit/generator.ts';
import { addDays, type Day, daysBetween } from '#domain/kit/school-year.ts';
import type { InspectionRecord, SubjectRecord, Term, VisitRecord } from '#domain/procedure/facts.ts';
import { type History, histories, type Outline } from './cycles.ts';
import { backFacts, cancel, type Draft, factsAsOf, forget, lawfulFacts, nearMisses, opinionDays } from './lawful.ts';
import { asOf, clearance, dayBetween, later, recordsFrom, simulatedFrom, weekdayUpTo } from './span.ts';
import { plantVisits, terms } from './visits.ts';
import { type InspectionBreach, inspectionBreaches, waysToBreak } from './ways.ts';

export type Breach = InspectionBreach | 'cycle-exceeded' | 'too-few-visits';

/** A breach that the city holds: of an inspection, of a subject's cycle (no inspection), or of a school in a term. */
export interface PlantedBreach {
  readonly breach: Breach;
  readonly subjectId: string;
  readonly inspectionId: string | null;
  readonly termId: string | null;
}

export interface PlantedCity {
  readonly asOf: Day;
  readonly recordsFrom: Day;
  readonly subjects: SubjectRecord[];
  readonly inspections: InspectionRecord[];
  readonly terms: Term[];
  readonly visits: VisitRecord[];
  /** Calendar days for the opinion letter, counted from the end of the visit. */
  readonly opinionDays: number;
  readonly planted: PlantedBreach[];
}

/** Inspections that break each rule, beside the few that break two. */
const inspectionsOfEach = 7;
const inspectionsBrokenTwice = 4;
const termsNeglected = 9;

/**
 * A city of 13 counties after five simulated years, with known breaches of 《教育督导条例》（国务院令第 624 号） 第十四条 and
 * 第十六条 to 第二十三条 among lawful inspections that come near one. It holds no breach that is not listed in `planted`.
 * The same seed gives the same city.
 */
export function plantBreaches(seed: string): PlantedCity {
  const random = generator(seed);
  const lives = histories(random.fork('histories'));
  const drafts = numbered(lives.flatMap((life) => draftsOf(random.fork(life.subject.id), life)));
  const broken = breakRules(random.fork('breaches'), drafts);
  approach(
    random.fork('near'),
    drafts.filter((draft) => !broken.some(({ inspectionId }) => inspectionId === draft.id)),
  );
  const subjects = lives.map(({ subject }) => subject);
  const { visits, neglected } = plantVisits(random.fork('visits'), subjects, termsNeglected);
  return {
    asOf,
    recordsFrom,
    subjects,
    inspections: drafts.map(({ dueOn: _, ...record }) => record),
    terms: [...terms],
    visits,
    opinionDays,
    planted: [
      ...broken,
      ...lives
        .filter(({ exceeded }) => exceeded)
        .map(({ subject }) => planted('cycle-exceeded', subject.id, null, null)),
      ...neglected.map(({ schoolId, termId }) => planted('too-few-visits', schoolId, null, termId)),
    ],
  };
}

function planted(breach: Breach, subjectId: string, inspectionId: string | null, termId: string | null): PlantedBreach {
  return { breach, subjectId, inspectionId, termId };
}

function numbered(drafts: readonly Omit<Draft, 'id'>[]): Draft[] {
  return drafts.map((draft, index) => ({ id: `inspection-${String(index + 1).padStart(4, '0')}`, ...draft }));
}

/** The inspections of a subject, as their files look at the end. */
function draftsOf(random: Generator, history: History): Omit<Draft, 'id'>[] {
  const { subject, outlines } = history;
  return [...outlines, ...extras(random, history)].flatMap((outline) => {
    const { form, endsOn, dueOn } = outline;
    const lasts = outline.lasts ?? random.integer(1, 5);
    const whole = endsOn < simulatedFrom ? backFacts(endsOn, lasts) : lawfulFacts(random, endsOn, lasts);
    const draft: Omit<Draft, 'id'> = { subjectId: subject.id, form, facts: whole, cancelledOn: null, dueOn };
    if (outline.cancelled) cancel(random, draft);
    draft.facts = factsAsOf(draft.facts, asOf);
    return draft.facts.noticeIssuedOn === null && draft.cancelledOn === null ? [] : [draft];
  });
}

/** Special inspections beside the cycle, and inspections that were given up. */
function extras(random: Generator, { subject, roomy }: History): Outline[] {
  const open = subject.open.at(-1)!;
  if (!roomy) return [];
  const first = addDays(later(open.from, simulatedFrom), 40);
  const day = (last: Day) => weekdayUpTo(dayBetween(random, first, last));
  const isGovernment = subject.type === 'government';
  const count = isGovernment ? random.integer(2, 4) : random.pick([0, 0, 1]);
  const result: Outline[] = Array.from({ length: count }, () => ({
    form: 'special',
    endsOn: day(addDays(asOf, 10)),
    dueOn: null,
  }));
  if (random.chance(isGovernment ? 0.3 : 0.06)) {
    const form = random.pick(['special', 'comprehensive'] as const);
    result.push({ form, endsOn: day(addDays(asOf, -40)), dueOn: null, cancelled: true });
  }
  return result;
}

/** Breaks rules in the files of closed inspections, in every way, the first of each kind with a government. */
function breakRules(random: Generator, drafts: readonly Draft[]): PlantedBreach[] {
  const governments = (draft: Draft) => !draft.subjectId.includes('school');
  const pool = random.shuffle(drafts.filter(isClosed));
  const result: PlantedBreach[] = [];
  const used: { readonly draft: Draft; readonly breach: InspectionBreach }[] = [];
  for (const breach of inspectionBreaches) {
    const ways = waysToBreak[breach];
    for (let count = 0; count < inspectionsOfEach; count += 1) {
      const { fits, apply } = ways[count % ways.length]!;
      const fitting = pool.filter((draft) => fits(draft));
      const draft = (count === 0 ? fitting.find(governments) : undefined) ?? fitting[0];
      if (draft === undefined) throw new Error(`no inspection to break by ${breach}`);
      pool.splice(pool.indexOf(draft), 1);
      apply(draft.facts, random);
      used.push({ draft, breach });
      result.push(planted(breach, draft.subjectId, draft.id, null));
    }
  }
  // These two depend on nothing that the other breaches change, where there was a visit.
  const second = ['group-too-small', 'not-reported'] as const;
  const twice = random
    .shuffle(used)
    .filter(
      ({ draft, breach }) =>
        !second.some((other) => other === breach) && typeof draft.facts.visitTo === 'string' && isClosed(draft),
    )
    .slice(0, inspectionsBrokenTwice);
  for (const [index, { draft }] of twice.entries()) {
    const breach = second[index % second.length]!;
    random.pick(waysToBreak[breach]).apply(draft.facts, random);
    result.push(planted(breach, draft.subjectId, draft.id, null));
  }
  return result;
}

/** Closed early enough for every day to move by some weeks. */
function isClosed({ facts, cancelledOn }: Draft): boolean {
  return cancelledOn === null && typeof facts.closedOn === 'string' && daysBetween(facts.closedOn, asOf) > 120;
}

/** Brings lawful inspections near a breach: some are left open, and of some a part is unknown. */
function approach(random: Generator, drafts: readonly Draft[]): void {
  for (const { facts, cancelledOn } of drafts) {
    if (cancelledOn !== null || typeof facts.closedOn !== 'string') continue;
    if (daysBetween(facts.closedOn, asOf) < clearance) continue;
    const course = random.next();
    if (course < 0.12) random.pick(nearMisses)(facts);
    else if (course < 0.24) forget(random, facts);
  }
}
