import { validate, version } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newId } from './new-id.ts';

describe('a new id', () => {
  afterEach(() => void vi.useRealTimers());

  it('is a UUID of version 7 that never comes twice and sorts behind the one before', () => {
    const ids = Array.from({ length: 5000 }, newId);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect([validate(id), version(id)]).toEqual([true, 7]);
  });

  it('sorts behind the one before although the clock was put back', () => {
    vi.useFakeTimers({ now: Date.now() + 60_000 });
    const before = newId();
    vi.setSystemTime(Date.now() - 30_000);
    const after = newId();
    expect(after > before).toBe(true);
    expect(after.slice(0, 13)).toBe(before.slice(0, 13));
  });

  it('shares no random bytes with the one before', () => {
    const tails = Array.from({ length: 600 }, () => newId().slice(24));
    expect(new Set(tails).size).toBe(tails.length);
  });
});
