import { expect, it } from 'vitest';
import { codeOf, productFiles } from '#test/support/sources.ts';

/** The number of a revision as a phrase: it would call the untouched text 第 1 次修订. */
const byRevision = /第[^'"`\n]{0,60}次修订/;

it('screen and paper name an edition of a standard by editionText and not by the number of its revision', () => {
  expect(byRevision.test('第 {data.standard.revision} 次修订')).toBe(true);
  expect(productFiles('src/').filter((file) => byRevision.test(codeOf(file)))).toEqual([]);
});
