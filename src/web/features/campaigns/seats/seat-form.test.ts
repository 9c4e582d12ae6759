import { describe, expect, it } from 'vitest';
import { askedOf, evaluationsOf, nodesOf, reachFor } from './seat-form.ts';

const subjects = ['a', 'b', 'c'].map((evaluationId) => ({ evaluationId }));

describe('the reach of a seat', () => {
  it('is everything unless the person is shut out somewhere', () => {
    expect(reachFor(null)).toBe('all');
    expect(reachFor({ blocked: [] })).toBe('all');
    expect(reachFor({ blocked: ['b'] })).toBe('unblocked');
  });

  it('leaves out whoever the person keeps away from', () => {
    expect(evaluationsOf('unblocked', ['b'], [], subjects)).toEqual(['a', 'c']);
    expect(evaluationsOf('all', [], [], subjects)).toBeNull();
    expect(evaluationsOf('some', [], ['c'], subjects)).toEqual(['c']);
  });

  it('asks about the subjects that are his alone', () => {
    expect(askedOf(null, ['a', 'b'])).toBe(2);
    expect(askedOf(['b', 'c'], ['a', 'b'])).toBe(1);
  });

  it('no branch named is the whole tree', () => {
    expect(nodesOf([])).toEqual(['*']);
    expect(nodesOf(['A1'])).toEqual(['A1']);
  });
});
