import { expect, it } from 'vitest';
import { commitFaults, subjectFault } from '../../../bin/commits.mjs';

it.each([
  ['server: give the transactions of jobs the handle that they name', null],
  ['evaluations, campaigns: lead to an edition by one link', null],
  ['migrations: add', /应写成/],
  ['Fix the list', /应写成/],
  ['evaluations: Show the list', /应写成/],
  [`evaluations: ${'show '.repeat(15)}`, /最多 72 个/],
])('reads the subject “%s”', (subject, fault) => {
  if (fault === null) expect(subjectFault(subject)).toBeNull();
  else expect(subjectFault(subject)).toMatch(fault);
});

it('says nothing of a folder without a history', () => {
  expect(commitFaults('/')).toEqual([]);
});
