import { describe, expect, it } from 'vitest';
import { stepOf } from './time-step.ts';

/** RFC 6238, appendix B, SHA-1: the key, seconds since 1970, and the last six digits of the eight that stand there. */
const key = '12345678901234567890';
const vectors = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

describe('the time step of a code', () => {
  it.each(vectors)('at second %i is that of RFC 6238', async (seconds, code) => {
    expect(await stepOf(key, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is found one step earlier and one step later, and no further', async () => {
    const [seconds, code] = vectors[2];
    const found = await Promise.all([-60, -30, 0, 30, 60].map((away) => stepOf(key, code, (seconds + away) * 1000)));
    const step = Math.floor(seconds / 30);
    expect(found).toEqual([null, step, step, step, null]);
  });

  it('does not exist for a wrong code', async () => {
    expect(await stepOf(key, '000000', vectors[0][0] * 1000)).toBeNull();
  });
});
