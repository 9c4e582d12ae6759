import { expect, it } from 'vitest';
import { jointText } from './campaign.words.ts';

it('the head of a campaign names both units that work together, and none where one works alone', () => {
  expect(jointText('督导室', '财务科')).toEqual(['督导室牵头，财务科配合']);
  expect(jointText('督导室', null)).toEqual([]);
});
