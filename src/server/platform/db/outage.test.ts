import { expect, it } from 'vitest';
import { problem } from '#domain/kit/problem.ts';
import { databaseProblem, troubleOf } from './errors.ts';
import { watchOutage } from './outage.ts';

const driverError = (code: string) => Object.assign(new Error('from the driver'), { code });

it.each([
  ['53100', 'database.full', 503],
  ['53200', 'database.full', 503],
  ['53300', 'database.busy', 503],
  ['55P03', 'thing.busy', 503],
  ['57P03', 'database.unavailable', 503],
  ['40P01', 'thing.changed', 409],
])('PostgreSQL’s %s is told as %s', (code, told, status) => {
  expect(databaseProblem(driverError(code))).toMatchObject({ code: told, status });
});

it('a row at work, an input error and a fault are no trouble of the database', () => {
  expect([driverError('55P03'), driverError('22003'), driverError('23505'), 'text'].map(troubleOf)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

it('each trouble is two lines of the log, and ends by what disproves it', () => {
  const lines: string[] = [];
  const log = { info() {}, warn: (_: object, line: string) => void lines.push(line), error() {} };
  const outage = watchOutage(() => log);
  for (const error of [driverError('53100'), problem('database.busy'), driverError('53100')]) {
    outage.failed(error, 'a save');
  }
  expect(outage.troubles).toEqual(['database.full', 'database.busy']);
  // An answer to a question says nothing of the disk.
  outage.worked();
  expect(outage.troubles).toEqual(['database.full']);
  outage.wrote();
  expect(outage.troubles).toEqual([]);
  outage.wrote();
  outage.failed(driverError('23505'), 'a save');
  expect(lines).toEqual([
    expect.stringMatching(/no room/),
    expect.stringMatching(/connections .* are taken/),
    expect.stringMatching(/are free again/),
    expect.stringMatching(/has room again/),
    'a save',
  ]);
});
