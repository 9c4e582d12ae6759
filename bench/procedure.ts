import { generator } from '#domain/kit/generator.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { type Article, articles as articlesShape } from '#domain/procedure/articles.shape.ts';
import { readClock } from '#domain/procedure/clock.ts';
import { dayNumber, dayOfNumber } from '#domain/procedure/day-number.ts';
import type { InspectionRecord, SubjectRecord, Term, VisitRecord } from '#domain/procedure/facts.ts';
import type { ClockInput } from '#domain/procedure/reading.ts';
import json from '../reference/procedure/articles.json' with { type: 'json' };
import { fromPairs, type Pair, type Result } from './result.ts';

/** Units, the schools of each, and school years: seeded, not real. */
const size = { units: 13, schools: 1_700, years: 5 } as const;

/** The clock of the law over all that happened in five years, against reading the same records once from their rows. */
export function measureProcedure(rounds: number): Result {
  const { articles } = readDefinition(articlesShape, json, '督导程序');
  const { inspections, visits, ...input } = layYears(articles);
  const stored = { inspections: inspections.splice(0).map(rowOf), visits: visits.splice(0).map(rowOf) };
  const read = (): Pick<ClockInput, 'inspections' | 'visits'> => ({
    inspections: stored.inspections.map((row) => JSON.parse(row) as InspectionRecord),
    visits: stored.visits.map((row) => JSON.parse(row) as VisitRecord),
  });
  const { dues } = readClock({ ...input, ...read() });
  if (dues.length === 0) throw new Error('the clock of the measurement found nothing');
  const pairs: Pair[] = [];
  // Whatever a turn has read is swept in the next one, so each side reads twice and is timed the second time.
  for (let turn = 0; turn < rounds * 3; turn += 1) {
    const [ours, limit] = [() => readClock({ ...input, ...read() }), read].map((work) => {
      work();
      return time(work);
    });
    pairs.push({ ours: ours!, limit: limit! });
  }
  const { units, schools, years } = size;
  const records = stored.inspections.length + stored.visits.length;
  return fromPairs(
    {
      name: 'procedure.clock',
      what: `the clock over ${units} units × ${schools} schools × ${years} years, against reading ${records} records once`,
      ...{ goal: 1.5, more: false, unit: 'ms' },
    },
    pairs,
    { dues: dues.length },
  );
}

/** A record as the database hands it over: one JSON value a row. */
const rowOf = (record: InspectionRecord | VisitRecord): string => JSON.stringify(record);

function time(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Every school inspected once and visited twice a term, most as the law asks; every unit once a year. */
function layYears(articles: readonly Article[]) {
  const draw = generator('procedure');
  const first = dayNumber('2019-09-01');
  const terms: Term[] = [];
  for (let year = 0; year < size.years; year += 1) {
    terms.push({ id: `${year}-1`, from: `${2019 + year}-09-01`, to: `${2020 + year}-01-20` });
    terms.push({ id: `${year}-2`, from: `${2020 + year}-02-20`, to: `${2020 + year}-07-05` });
  }
  const subjects: SubjectRecord[] = [];
  const inspections: InspectionRecord[] = [];
  const visits: VisitRecord[] = [];
  const since = { open: [{ from: '2000-09-01', to: null }], lastBefore: '2018-05-10' };
  for (let unit = 0; unit < size.units; unit += 1) {
    const unitId = `unit-${unit}`;
    subjects.push({ ...since, id: unitId, type: 'government' });
    for (let year = 0; year < size.years; year += 1) {
      inspections.push(inspection(`${unitId}-${year}`, unitId, first + 365 * year + draw.integer(0, 90)));
    }
    for (let school = 0; school < size.schools; school += 1) {
      const id = `school-${unit}-${school}`;
      subjects.push({ ...since, id, type: 'school' });
      inspections.push(inspection(`${id}-0`, id, first + draw.integer(0, 1_200)));
      for (const { from } of terms) {
        const begun = dayNumber(from);
        for (const on of [begun + draw.integer(0, 50), begun + draw.integer(60, 120)].slice(
          draw.integer(0, 99) === 0 ? 1 : 0,
        )) {
          visits.push({ schoolId: id, on: dayOfNumber(on) });
        }
      }
    }
  }
  const limit = {
    rule: 'opinion-days',
    form: null,
    days: 30,
    unit: 'calendar',
    from: '2012-10-01',
    until: null,
  } as const;
  return {
    ...{ articles, calendar: { announced: new Set([2019, 2020, 2021, 2022, 2023, 2024]), days: new Map() } },
    ...{ officeDays: [limit], asOf: '2024-08-31', warnUntil: '2024-12-31', recordsFrom: '2019-09-01' },
    ...{
      visitsFrom: '2019-09-01',
      subjects,
      inspections,
      terms,
      visits,
    },
  };
}

/** An inspection of which everything is recorded, by the first day of its visit. */
function inspection(id: string, subjectId: string, visit: number): InspectionRecord {
  const on = (days: number) => dayOfNumber(visit + days);
  return {
    ...{ id, subjectId, form: 'comprehensive', cancelledOn: null },
    facts: {
      ...{ groupSize: 3, findings: 2, noticeIssuedOn: on(-30), visitFrom: on(0), visitTo: on(2), selfAskedOn: on(-30) },
      ...{
        selfReviewedOn: on(-5),
        publicHeardOn: on(-4),
        pupilsHeardOn: on(0),
        parentsHeardOn: on(1),
        teachersHeardOn: on(1),
      },
      ...{ preliminaryOn: on(7), statementFrom: on(7), statementDue: on(17), waivedOn: null, lastStatedOn: on(12) },
      ...{ allAnsweredOn: on(19), opinionOn: on(25), rectifyBy: on(90), rectifiedOn: on(80), checkedOn: on(100) },
      ...{ reportedOn: on(110), filedOn: on(110), publishedOn: on(115), closedOn: on(120) },
    },
  };
}
