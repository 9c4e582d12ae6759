import { expect, it } from 'vitest';
import { campaignListSearch } from '../campaign.search.ts';
import { words } from './desk.words.ts';

const lineOf = (kind: string) => words.workWords![kind]!;

it('the line of late evaluations opens late evaluations, and not the campaigns', () => {
  expect(lineOf('campaigns.late').link).toEqual({ to: '/evaluations', search: { late: true } });
  const params = { campaignId: 'c-1' };
  expect(lineOf('campaigns.late').open!('c-1')).toEqual({
    ...{ to: '/campaigns/$campaignId', params, search: { late: true } },
  });
});

it('the line of campaigns to close opens those alone', () => {
  expect(lineOf('campaigns.ended').link).toEqual({ to: '/campaigns', search: { ended: true } });
  expect(campaignListSearch.parse({ ended: true })).toMatchObject({ ended: true });
});
