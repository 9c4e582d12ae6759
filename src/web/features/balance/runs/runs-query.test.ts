import { expect, it } from 'vitest';
import { runsSearch } from '../balance.search.ts';
import { runsQuery } from './runs-query.ts';

const county = { level: 'county', id: 5 } as never;
const city = { level: 'city', id: 2 } as never;
const asked = (address: object) => runsSearch.parse(address);

it('follows the year and the county of the desk', () => {
  expect(runsQuery(asked({}), { year: 2025, unit: county })).toMatchObject({ year: 2025, unitId: 5 });
  expect(runsQuery(asked({}), { year: 2025, unit: city }).unitId).toBeUndefined();
});

it('asks for all years where the address does, and sends nothing that only the page knows', () => {
  const first = 'a7b5f8a0-5a7c-4c1e-9d3c-1b1b1b1b1b1b';
  const query = runsQuery(asked({ allYears: true, current: true, first }), { year: 2025, unit: county });
  expect(query).toMatchObject({ current: 'true', unitId: 5 });
  expect(query.year).toBeUndefined();
  expect(Object.keys(query)).not.toContain('allYears');
  expect(Object.keys(query)).not.toContain('first');
});
