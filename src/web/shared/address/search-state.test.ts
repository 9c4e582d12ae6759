import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listSearch, narrowingOf, searchChoice, searchFlag, searchText } from './search-state.ts';

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

describe('what narrows a list', () => {
  const narrowing = (state: object) => {
    const set: object[] = [];
    const { isNarrowed, clear } = narrowingOf(state, (patch) => set.push(patch), ['entering' as never]);
    clear();
    return [isNarrowed, set[0]];
  };
  it('is neither its page nor its order nor an open dialog', () => {
    expect(narrowing({ page: 2, pageSize: 50, sort: '-name', entering: true, state: undefined })).toEqual([
      false,
      { state: undefined },
    ]);
  });
  it('is every filter and the words, which are taken off together', () => {
    expect(narrowing({ page: 2, state: 'draft', search: '台账' })).toEqual([
      true,
      { state: undefined, search: undefined },
    ]);
  });
});
