import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { trackActionTitles, undoableTrackActions } from '#domain/balance-tracking/flow.ts';
import { filingActionTitles, undoableFilingActions } from '#domain/filing/flow.ts';
import { letterActionTitles, undoableLetterActions } from '#domain/letter/flow.ts';
import { findingActionTitles, undoableFindingActions } from '#domain/rectification/flow.ts';
import { codeOf, productFiles } from '#test/support/sources.ts';

/** What `docs/acts.md` says, by its two tables. */
const [asked = '', takenBack = ''] = readFileSync('docs/acts.md', 'utf8')
  .split('\n## ')
  .slice(1)
  .map((part) => part.slice(part.indexOf('|---')));

it('the list of what asks a second time names every button of a confirmation on the desk', () => {
  const verbs = productFiles('src/web', /\.tsx$/)
    .flatMap((file) =>
      codeOf(file)
        .split(/\bconfirm\(\{/)
        .slice(1),
    )
    .flatMap((after) => /^[^;]*?verb: '([^']+)'/.exec(after)?.[1] ?? []);
  expect(verbs.length).toBeGreaterThan(15);
  expect([...new Set(verbs)].filter((verb) => !asked.includes(verb))).toEqual([]);
});

it('the list of what can be taken back names every act of a flow that can', () => {
  const titles = [
    ...undoableFilingActions.map((action) => filingActionTitles[action]),
    ...undoableFindingActions.map((action) => findingActionTitles[action]),
    ...undoableTrackActions.map((action) => trackActionTitles[action]),
    ...undoableLetterActions.map((action) => letterActionTitles[action]),
  ];
  expect(titles.filter((title) => !takenBack.includes(title))).toEqual([]);
});
