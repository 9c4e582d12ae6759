import { describe, expect, it } from 'vitest';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import year2025 from '../../../reference/calendar/2025.json' with { type: 'json' };
import json from '../../../reference/procedure/articles.json' with { type: 'json' };
import { daysOf } from '../calendar/announced-year.ts';
import { articles as articlesShape } from './articles.shape.ts';
import { readClock } from './clock.ts';
import { dayNumber, dayOfNumber, lastDayOf, yearsLater } from './day-number.ts';
import type { InspectionRecord, SubjectRecord } from './facts.ts';
import { type ClockInput, isBreach, type OfficeDays } from './reading.ts';

const { articles } = readDefinition(articlesShape, json, '督导程序');

const calendar = {
  announced: new Set([2025]),
  days: new Map(daysOf(year2025).map(({ day, kind }) => [day, kind])),
};

const county: SubjectRecord = {
  id: 'county',
  type: 'government',
  open: [{ from: '2000-01-01', to: null }],
  lastBefore: '2024-12-01',
};
const school: SubjectRecord = {
  id: 'school',
  type: 'school',
  open: [{ from: '2000-01-01', to: null }],
  lastBefore: '2024-12-01',
};

/** An inspection in which everything was done as the law asks. */
const lawful: InspectionRecord = {
  ...{ id: 'one', subjectId: 'county', form: 'comprehensive', cancelledOn: null },
  facts: {
    ...{ groupSize: 3, findings: 2, noticeIssuedOn: '2025-03-03', visitFrom: '2025-04-07', visitTo: '2025-04-09' },
    ...{
      selfAskedOn: '2025-03-03',
      selfReviewedOn: '2025-04-01',
      publicHeardOn: '2025-04-02',
      pupilsHeardOn: '2025-04-07',
    },
    ...{ parentsHeardOn: '2025-04-08', teachersHeardOn: '2025-04-08', preliminaryOn: '2025-04-15' },
    ...{ statementFrom: '2025-04-15', statementDue: '2025-04-25', waivedOn: null, lastStatedOn: '2025-04-20' },
    ...{ allAnsweredOn: '2025-04-28', opinionOn: '2025-05-06', rectifyBy: '2025-08-01', rectifiedOn: '2025-07-25' },
    ...{
      checkedOn: '2025-08-20',
      reportedOn: '2025-09-01',
      filedOn: '2025-09-01',
      publishedOn: '2025-09-10',
      closedOn: '2025-09-12',
    },
  },
};

const read = (more: Partial<ClockInput>) =>
  readClock({
    ...{ articles, officeDays: [], calendar, asOf: '2025-12-31', warnUntil: '2030-12-31', recordsFrom: '2020-01-01' },
    ...{ visitsFrom: null, subjects: [county], inspections: [], terms: [], visits: [], ...more },
  });

/** The breaches of one inspection, which is lawful but for these facts. */
function breachesWith(facts: InspectionRecord['facts'], more: Partial<ClockInput> = {}) {
  const inspections = [{ ...lawful, facts: { ...lawful.facts, ...facts } }];
  return read({ inspections, ...more })
    .dues.filter(isBreach)
    .map(({ article, state, dueOn, happenedOn }) => [article, state, dueOn, happenedOn]);
}

describe('days as numbers', () => {
  it('are those of the calendar, and back', () => {
    for (const day of [
      '1970-01-01',
      '1999-12-31',
      '2000-02-29',
      '2000-03-01',
      '2024-02-28',
      '2024-02-29',
      '2100-03-01',
    ]) {
      expect(dayNumber(day), day).toBe(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
      expect(dayOfNumber(dayNumber(day))).toBe(day);
    }
  });

  it('years later is the same day, and 28 February where there is no 29th', () => {
    expect(yearsLater('2020-02-29', 5)).toBe('2025-02-28');
    expect(yearsLater('2020-02-29', 4)).toBe('2024-02-29');
    expect(yearsLater('2020-09-30', 5)).toBe('2025-09-30');
  });

  it('a limit in calendar days ends on a working day, and does not count its beginning', () => {
    // 1 to 5 May 2025 are days off.
    expect(lastDayOf(calendar, '2025-04-21', { days: 10, unit: 'calendar' })).toEqual({
      day: '2025-05-06',
      provisional: false,
    });
    expect(lastDayOf(calendar, '2025-04-21', { days: 4, unit: 'calendar' })).toEqual({
      day: '2025-04-25',
      provisional: false,
    });
    expect(lastDayOf(calendar, '2025-12-30', { days: 10, unit: 'calendar' })).toMatchObject({ provisional: true });
  });
});

describe('an inspection', () => {
  it('that does all that the law asks breaks nothing, and each rule about it was asked', () => {
    const { dues, counts } = read({ inspections: [lawful] });
    expect(dues.filter(isBreach)).toEqual([]);
    const asked = articles.filter(({ rule }) => rule === 'least' || rule === 'before').map(({ key }) => key);
    expect(asked.map((key) => [key, counts.get(key)?.held])).toEqual(asked.map((key) => [key, 1]));
  });

  it.each([
    [{ groupSize: 2 }, ['group-size', 'missing', '2025-04-07', null]],
    [{ noticeIssuedOn: null }, ['notice', 'missing', '2025-04-06', null]],
    [{ noticeIssuedOn: '2025-04-07' }, ['notice', 'late', '2025-04-06', '2025-04-07']],
    [{ selfReviewedOn: '2025-04-16' }, ['self-evaluation', 'late', '2025-04-15', '2025-04-16']],
    [{ parentsHeardOn: null }, ['parents-heard', 'missing', '2025-04-15', null]],
    [{ statementDue: '2025-05-06' }, ['statement-ended', 'late', '2025-05-06', '2025-05-07']],
    [{ allAnsweredOn: null }, ['statement-answered', 'missing', '2025-05-06', null]],
    [{ rectifyBy: null }, ['rectification-date', 'missing', '2025-05-06', null]],
    [{ checkedOn: null }, ['recheck', 'missing', '2025-09-12', null]],
    [{ filedOn: '2025-09-13' }, ['filing', 'late', '2025-09-12', '2025-09-13']],
  ] as const)('breaks one rule by %o', (facts, breach) => {
    expect(breachesWith(facts)).toEqual([breach]);
  });

  it.each([
    ['the notice a day before', { noticeIssuedOn: '2025-04-06' }],
    ['the people heard on the day of the preliminary opinion', { publicHeardOn: '2025-04-15' }],
    ['the letter on the day after the window', { statementDue: '2025-05-05' }],
    [
      'a waiver on the day of the letter',
      { statementDue: '2025-06-30', waivedOn: '2025-05-06', lastStatedOn: null, allAnsweredOn: null },
    ],
    ['no self-evaluation was asked', { selfAskedOn: null, selfReviewedOn: null }],
    ['nothing to put right', { findings: 0, rectifyBy: null, checkedOn: null, rectifiedOn: null }],
  ])('breaks nothing: %s', (_, facts) => {
    expect(breachesWith(facts)).toEqual([]);
  });

  it('without a visit is one breach, and not a notice before a visit that never was', () => {
    expect(breachesWith({ visitFrom: null, visitTo: null })).toEqual([['site-visit', 'missing', '2025-04-15', null]]);
  });

  it('that goes on owes nothing yet but what its marks ask', () => {
    const open = {
      closedOn: null,
      publishedOn: null,
      filedOn: null,
      reportedOn: null,
      checkedOn: null,
      rectifiedOn: null,
    };
    expect(breachesWith(open)).toEqual([]);
    expect(breachesWith({ ...open, teachersHeardOn: null }, { asOf: '2025-04-14' })).toEqual([]);
    expect(breachesWith({ ...open, teachersHeardOn: null }, { asOf: '2025-04-15' })).toHaveLength(1);
  });

  it('of which nothing records who was heard is unknown there and no breach', () => {
    const { publicHeardOn: _, ...facts } = lawful.facts;
    const { dues, counts } = read({ inspections: [{ ...lawful, facts }] });
    expect(dues.filter(isBreach)).toEqual([]);
    expect(counts.get('public-heard')).toMatchObject({ held: 0, unknown: 1 });
  });

  it('from before the law, and one that was given up, break nothing', () => {
    const early = Object.fromEntries(
      Object.entries(lawful.facts).map(([fact, day]) => [
        fact,
        typeof day === 'string' ? day.replace('2025', '2011') : day,
      ]),
    );
    const old = { ...lawful, facts: { ...early, noticeIssuedOn: null, groupSize: 1 } };
    expect(
      read({ inspections: [old] })
        .dues.filter(isBreach)
        .map(({ article }) => article),
    ).toEqual([]);
    const given = { ...lawful, cancelledOn: '2025-05-01', facts: { ...lawful.facts, groupSize: 1 } };
    expect(read({ inspections: [given] }).dues.filter(isBreach)).toEqual([]);
  });
});

describe('days that the office sets', () => {
  const opinion: OfficeDays = {
    rule: 'opinion-days',
    form: null,
    days: 20,
    unit: 'calendar',
    from: '2020-01-01',
    until: null,
  };

  it('make a letter late, and without them nothing is late', () => {
    expect(breachesWith({})).toEqual([]);
    expect(breachesWith({}, { officeDays: [opinion] })).toEqual([['opinion-days', 'late', '2025-04-29', '2025-05-06']]);
    expect(breachesWith({}, { officeDays: [{ ...opinion, days: 30 }] })).toEqual([]);
    expect(breachesWith({}, { officeDays: [{ ...opinion, form: 'special' }] })).toEqual([]);
    expect(breachesWith({}, { officeDays: [{ ...opinion, from: '2025-04-10' }] })).toEqual([]);
  });

  it('count working days, past the holidays', () => {
    const limit = { ...opinion, days: 15, unit: 'working' as const };
    // From 9 April: 27 April is worked, 1 to 5 May are off.
    expect(breachesWith({ opinionOn: '2025-05-06' }, { officeDays: [limit] })).toEqual([
      ['opinion-days', 'late', '2025-04-29', '2025-05-06'],
    ]);
  });

  it('owe until the last day, and past it miss', () => {
    const facts = { opinionOn: null, closedOn: null };
    const states = (asOf: string) =>
      read({ asOf, officeDays: [opinion], inspections: [{ ...lawful, facts: { ...lawful.facts, ...facts } }] })
        .dues.filter(({ article }) => article === 'opinion-days')
        .map(({ state, dueOn }) => [state, dueOn]);
    expect(states('2025-04-29')).toEqual([['owed', '2025-04-29']]);
    expect(states('2025-04-30')).toEqual([['missing', '2025-04-29']]);
  });

  it('warn early, and not of what lies beyond', () => {
    const facts = { opinionOn: null, closedOn: null };
    const { dues, counts } = read({
      ...{ asOf: '2025-04-10', warnUntil: '2025-04-28', officeDays: [opinion] },
      inspections: [{ ...lawful, facts: { ...lawful.facts, ...facts } }],
    });
    expect(dues).toEqual([]);
    expect(counts.get('opinion-days')).toMatchObject({ owed: 1 });
  });

  it('miss nothing while the holidays of the year are not announced', () => {
    const facts = {
      visitFrom: '2025-12-20',
      visitTo: '2025-12-22',
      preliminaryOn: null,
      opinionOn: null,
      closedOn: null,
    };
    const { dues } = read({
      asOf: '2026-03-01',
      officeDays: [opinion],
      inspections: [{ ...lawful, facts: { ...lawful.facts, ...facts } }],
    });
    expect(dues.filter(({ article }) => article === 'opinion-days')).toMatchObject([
      { state: 'owed', provisional: true },
    ]);
  });
});

describe('the cycle of five years', () => {
  const inspected = (
    id: string,
    on: string,
    form: InspectionRecord['form'] = 'comprehensive',
    subjectId = 'county',
  ) => ({
    ...{ id, subjectId, form, cancelledOn: null, facts: { visitFrom: on, visitTo: on } },
  });
  const cycles = (
    subject: SubjectRecord,
    inspections: InspectionRecord[],
    asOf = '2025-12-31',
    recordsFrom = '2015-01-01',
  ) =>
    read({ subjects: [subject], inspections, asOf, recordsFrom })
      .dues.filter(({ article }) => article.endsWith('-cycle'))
      .map(({ state, dueOn, happenedOn }) => [state, dueOn, happenedOn]);

  it('is in time on its last day, and late on the day after', () => {
    const since = { ...county, lastBefore: '2016-05-10' };
    expect(cycles(since, [inspected('a', '2021-05-10')])).toEqual([['owed', '2026-05-10', null]]);
    expect(cycles(since, [inspected('a', '2021-05-11')])).toEqual([
      ['late', '2021-05-10', '2021-05-11'],
      ['owed', '2026-05-11', null],
    ]);
    expect(cycles(since, [])).toEqual([['missing', '2021-05-10', null]]);
  });

  it('is unknown until the first inspection of whoever was there before the records', () => {
    const since = { ...county, lastBefore: null };
    expect(cycles(since, [], '2024-12-31', '2018-01-01')).toEqual([]);
    expect(cycles(since, [inspected('a', '2019-01-01')], '2024-12-31', '2018-01-01')).toEqual([
      ['missing', '2024-01-01', null],
    ]);
  });

  it('begins with the opening of whoever opened later, ends with its closing, and begins anew when it is opened again', () => {
    const opened = { ...school, lastBefore: null, open: [{ from: '2016-09-01', to: null }] };
    expect(cycles(opened, [])).toEqual([['missing', '2021-09-01', null]]);
    const closed = { ...opened, open: [{ from: '2016-09-01', to: '2021-08-31' }] };
    expect(cycles(closed, [])).toEqual([]);
    const again = { ...opened, open: [...closed.open, { from: '2022-09-01', to: null }] };
    expect(cycles(again, [])).toEqual([['owed', '2027-09-01', null]]);
  });

  it('of a school counts comprehensive inspections alone', () => {
    const since = { ...school, lastBefore: '2016-05-10' };
    const special = inspected('a', '2020-05-10', 'special', 'school');
    expect(cycles(since, [special])).toEqual([['missing', '2021-05-10', null]]);
    expect(cycles({ ...county, lastBefore: '2016-05-10' }, [{ ...special, subjectId: 'county' }])).toEqual([
      ['missing', '2025-05-10', null],
    ]);
  });

  it('is not late while a visit runs that began in time', () => {
    const running = { ...inspected('a', '2021-05-09'), facts: { visitFrom: '2021-05-09', visitTo: null } };
    expect(cycles({ ...county, lastBefore: '2016-05-10' }, [running], '2021-05-12')).toEqual([
      ['owed', '2026-05-12', null],
    ]);
  });
});

describe('visits in a term', () => {
  const term = { id: 'autumn', from: '2025-09-01', to: '2026-01-20' };
  const dues = (days: string[], more: Partial<ClockInput> = {}) =>
    read({
      ...{ subjects: [school], terms: [term], asOf: '2026-01-20', visitsFrom: '2025-01-01', ...more },
      visits: days.map((on) => ({ schoolId: 'school', on })),
    }).dues.filter(({ article }) => article === 'term-visits');

  it('are two at least, on different days of the term', () => {
    expect(dues(['2025-09-01', '2026-01-20'])).toEqual([]);
    expect(dues(['2025-09-01'])).toMatchObject([{ state: 'missing', termId: 'autumn', dueOn: '2026-01-20' }]);
    expect(dues(['2025-09-01', '2025-09-01'])).toHaveLength(1);
    expect(dues(['2025-08-31', '2025-09-01', '2026-01-21'])).toHaveLength(1);
  });

  it('are asked when the term is over, of schools that were open through it, where visits are recorded', () => {
    expect(dues([], { asOf: '2026-01-19' })).toEqual([]);
    const opened = { ...school, open: [{ from: '2025-09-02', to: null }] };
    expect(dues([], { subjects: [opened] })).toEqual([]);
    expect(dues([], { visitsFrom: '2025-10-01' })).toEqual([]);
    expect(dues([], { visitsFrom: null })).toEqual([]);
  });
});

it('records out of the order of their subjects are refused', () => {
  const stray = { ...lawful, subjectId: 'nobody' };
  expect(() => read({ inspections: [stray] })).toThrow('order of the subjects');
});
