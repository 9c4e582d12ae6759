import { expect, it } from 'vitest';
import { evaluationFlow } from '../flow.ts';
import { actsOnMany, stepsOfActOnMany } from './acts-on-many.ts';

it.each(actsOnMany)('%s is offered at the steps at which the flow knows it', (act) => {
  const known = evaluationFlow.transitions.flatMap(({ from, action }) =>
    action === act || (act === 'receive' && action === 'moveOn' && from === 'countyReview') ? [from] : [],
  );
  expect([...stepsOfActOnMany(act)].sort()).toEqual([...new Set(known)].sort());
});

it('every act that leads on without words of its own can be asked for on many, or the campaign leads all together', () => {
  const leading = evaluationFlow.transitions.flatMap(({ from, to, action }) => (from === to ? [] : [action]));
  // Each of these is asked with a reason, in the words of one subject or of the campaign.
  const worded = ['return', 'returnResult', 'releaseAgain', 'cancel'];
  // `finish` ends those without findings too.
  const elsewhere = ['moveOn', 'close', ...worded];
  expect([...new Set(leading)].filter((one) => !elsewhere.includes(one)).sort()).toEqual(
    actsOnMany.filter((one) => leading.includes(one)).sort(),
  );
});
