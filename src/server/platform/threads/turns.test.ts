import { describe, expect, it } from 'vitest';
import { Turns, type TurnsLimits } from './turns.ts';

/** Work that the test begins and ends by hand, identified by its number. */
function stage(limits: TurnsLimits) {
  const turns = new Turns(limits);
  const begun: number[] = [];
  const end = new Map<number, (error?: Error) => void>();
  const work = (name: number, who?: string) =>
    turns.take(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(name);
          end.set(name, (error) => (error ? reject(error) : resolve(name)));
        }),
      (why) => new Error(`busy: ${why}`),
      who,
    );
  return { begun, end, work };
}

it('two work, three wait in order, the next is refused, and a failure frees its place', async () => {
  const { begun, end, work } = stage({ atOnce: 2, waiting: 3, ofOne: { atOnce: 1, waiting: 1 } });
  const all = [1, 2, 3, 4, 5].map((name) => work(name));
  await expect(work(6)).rejects.toThrow('busy: all');
  expect(begun).toEqual([1, 2]);
  end.get(1)?.(new Error('failed'));
  await expect(all[0]).rejects.toThrow('failed');
  await expect.poll(() => begun).toEqual([1, 2, 3]);
  for (const name of [2, 3]) end.get(name)?.();
  await expect.poll(() => begun).toEqual([1, 2, 3, 4, 5]);
  for (const name of [4, 5]) end.get(name)?.();
  expect(await Promise.all(all.slice(1))).toEqual([2, 3, 4, 5]);
  const later = work(7);
  expect(begun.at(-1)).toBe(7);
  end.get(7)?.();
  expect(await later).toBe(7);
});

describe('a share for each person', () => {
  const limits = { atOnce: 2, waiting: 4, ofOne: { atOnce: 1, waiting: 2 } };

  it('keeps a place free for others, however much work one person brings', async () => {
    const { begun, end, work } = stage(limits);
    const greedy = [1, 2, 3].map((name) => work(name, 'greedy'));
    expect(begun).toEqual([1]);
    await expect(work(4, 'greedy')).rejects.toThrow('busy: own');
    const other = work(5, 'other');
    expect(begun).toEqual([1, 5]);
    for (const name of [1, 2, 3, 5]) {
      await expect.poll(() => begun).toContain(name);
      end.get(name)?.();
    }
    expect(await Promise.all([...greedy, other])).toEqual([1, 2, 3, 5]);
    expect(begun).toEqual([1, 5, 2, 3]);
  });

  it('lets other people’s work pass the waiting work of a greedy person', async () => {
    const { begun, end, work } = stage(limits);
    const all = [work(1, 'greedy'), work(2, 'other'), work(3, 'greedy'), work(4, 'greedy'), work(5, 'third')];
    end.get(2)?.();
    await expect.poll(() => begun).toEqual([1, 2, 5]);
    for (const name of [1, 5, 3, 4]) {
      await expect.poll(() => begun).toContain(name);
      end.get(name)?.();
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
  });
});
