import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listSearch, searchChoice, searchFlag, searchText } from './search-state.ts';

const schema = z.object({
  ...listSearch,
  state: searchChoice(['draft', 'submitted']),
  doubts: searchFlag,
  note: searchText,
});

describe('the state that an address holds', () => {
  it('is empty for an empty address', () => {
    expect(schema.parse({})).toEqual({});
  });
  it('understands numbers and texts of digits', () => {
    expect(schema.parse({ page: '2', search: 3505990001 })).toEqual({ page: 2, search: '3505990001' });
  });
  it('drops invalid parts instead of failing', () => {
    expect(schema.parse({ page: 'x', pageSize: 100000, state: 'burnt', doubts: true })).toEqual({ doubts: true });
  });
});
