import { expect, it } from 'vitest';
import { routes } from '#contract/index.ts';
import { type ActOnMany, actsOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import type { EvaluationState } from '#domain/evaluation/lists.ts';
import type { MatrixRow } from '../campaign-reply.ts';
import { manyRights, offeredActs } from './many.words.ts';

it.each(actsOnMany)('%s is offered to whoever has the right of the single act', (act: ActOnMany) => {
  const single = routes.find(({ name }) => name === `evaluations.${act}`);
  expect([...manyRights[act]].sort()).toEqual([single?.access].flat().sort());
});

const at = (...states: EvaluationState[]) => states.map((state) => ({ state }) as MatrixRow);

it('offers what the chosen rows stand at, the act of the most rows first', () => {
  const rows = at('confirmation', 'rectification', 'rectification', 'siteVisit');
  const offered = offeredActs(rows, () => true).map(({ act, rows: own }) => [act, own.length]);
  expect(offered).toEqual([
    ['finish', 2],
    ['confirmResult', 1],
  ]);
});

it('offers nothing without the right, and nothing at steps that are left by the campaign', () => {
  expect(offeredActs(at('confirmation'), (rights) => rights.includes('evaluation.judge'))).toEqual([]);
  expect(offeredActs(at('notice', 'materialReview', 'siteVisit', 'closed'), () => true)).toEqual([]);
});
