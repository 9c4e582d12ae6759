import { expect, it } from 'vitest';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { articles as articlesShape } from '#domain/procedure/articles.shape.ts';
import { readClock } from '#domain/procedure/clock.ts';
import { isBreach } from '#domain/procedure/reading.ts';
import json from '../../../reference/procedure/articles.json' with { type: 'json' };
import { type Breach, plantBreaches } from './planted/breaches.ts';

const { articles } = readDefinition(articlesShape, json, '督导程序');

/** Which of the twelve planted breaches an article finds. Whoever is not heard is one of them, and so is whatever is not reported. */
const breachOf: Readonly<Record<string, Breach>> = {
  ...{ 'group-size': 'group-too-small', notice: 'no-notice', 'self-evaluation': 'self-evaluation-not-reviewed' },
  ...{
    'site-visit': 'no-site-visit',
    'public-heard': 'not-heard',
    'pupils-heard': 'not-heard',
    'parents-heard': 'not-heard',
  },
  ...{
    'teachers-heard': 'not-heard',
    'statement-window': 'no-statement-window',
    'statement-ended': 'no-statement-window',
  },
  ...{ 'opinion-days': 'opinion-late', 'rectification-date': 'no-rectification-date', recheck: 'no-recheck' },
  ...{ report: 'not-reported', filing: 'not-reported', publication: 'not-reported' },
  ...{ 'government-cycle': 'cycle-exceeded', 'school-cycle': 'cycle-exceeded', 'term-visits': 'too-few-visits' },
};

// Years without holidays: the planted breaches stay away from the edges that a holiday moves.
const calendar = { announced: new Set([2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025]), days: new Map() };

it.each(['first', 'second', 'third', 'fourth'])(
  'the clock finds every planted breach of five years and invents none: %s',
  (seed) => {
    const { planted, opinionDays, ...records } = plantBreaches(seed);
    const { dues } = readClock({
      ...{ articles, calendar, warnUntil: records.asOf, visitsFrom: records.recordsFrom, ...records },
      officeDays: [
        { rule: 'opinion-days', form: null, days: opinionDays, unit: 'calendar', from: '2012-10-01', until: null },
      ],
    });
    const found = dues.filter(isBreach).map(({ article, subjectId, inspectionId, termId }) => {
      const breach = breachOf[article] ?? article;
      // A cycle is broken by a subject, whichever inspection comes too late.
      const at = breach === 'cycle-exceeded' ? '' : (inspectionId ?? termId);
      return [breach, subjectId, at].join(' ');
    });
    const hidden = planted.map(({ breach, subjectId, inspectionId, termId }) =>
      [breach, subjectId, inspectionId ?? termId ?? ''].join(' '),
    );
    expect(new Set(planted.map(({ breach }) => breach))).toEqual(new Set(Object.values(breachOf)));
    expect(planted.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(found)].sort()).toEqual(hidden.sort());
  },
);
