import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('two work, three wait in their order, the next is turned away, and a failure gives its place on', async () => {
  const turns = new Turns(2, 3);
  const begun: number[] = [];
  const end = new Map<number, (error?: Error) => void>();
  const work = (name: number) =>
    turns.take(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(name);
          end.set(name, (error) => (error ? reject(error) : resolve(name)));
        }),
      () => new Error('busy'),
    );
  const all = [1, 2, 3, 4, 5].map(work);
  await expect(work(6)).rejects.toThrow('busy');
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
