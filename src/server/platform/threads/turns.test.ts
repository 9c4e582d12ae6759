import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Claim, Turns, type TurnsLimits } from './turns.ts';

/** Work that the test begins and ends by hand, identified by its number. */
function stage(limits: TurnsLimits) {
  const turns = new Turns(limits);
  const begun: number[] = [];
  const end = new Map<number, (error?: Error) => void>();
  const work = (name: number, claim: string | Claim = {}) =>
    turns.take(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(name);
          end.set(name, (error) => (error ? reject(error) : resolve(name)));
        }),
      (why) => new Error(`busy: ${why}`),
      typeof claim === 'string' ? { who: claim } : claim,
    );
  return { begun, end, work };
}

/** Lets everything happen that is due now. */
const turnOfEvents = () => new Promise((resolve) => setImmediate(resolve));

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

it('a newcomer comes before further work of people who have some running', async () => {
  const { begun, end, work } = stage({ atOnce: 3, waiting: 9, ofOne: { atOnce: 2, waiting: 9 } });
  const all = [work(1, 'greedy'), work(2, 'greedy'), work(3, 'eager'), work(4, 'eager'), work(5, 'newcomer')];
  end.get(1)?.();
  await expect.poll(() => begun).toEqual([1, 2, 3, 5]);
  for (const name of [2, 3, 5, 4]) {
    await expect.poll(() => begun).toContain(name);
    end.get(name)?.();
  }
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
});

describe('a share for each thing', () => {
  const limits = { atOnce: 3, waiting: 9, ofOne: { atOnce: 2, waiting: 9 }, ofThing: 1 };

  it('lets one after another work on a thing, whoever they are, while work on other things passes', async () => {
    const { begun, end, work } = stage(limits);
    const on = (who: string, thing?: string) => ({ who, thing });
    const all = [
      work(1, on('clerk', 'a filing')),
      work(2, on('clerk', 'a filing')),
      work(3, on('officer', 'a filing')),
      work(4, on('clerk', 'another filing')),
      work(5, on('officer')),
    ];
    expect(begun).toEqual([1, 4, 5]);
    end.get(5)?.();
    await turnOfEvents();
    expect(begun).toEqual([1, 4, 5]);
    for (const name of [1, 3, 2, 4]) {
      await expect.poll(() => begun).toContain(name);
      end.get(name)?.();
    }
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
    // The clerk still had work running when the filing became free.
    expect(begun).toEqual([1, 4, 5, 3, 2]);
  });

  it('calls all whom one end lets begin: the next on the thing, and the next of the person', async () => {
    const { begun, end, work } = stage({ ...limits, ofOne: { atOnce: 1, waiting: 9 } });
    const all = [
      work(1, { who: 'clerk', thing: 'a filing' }),
      work(2, { who: 'clerk', thing: 'another filing' }),
      work(3, { who: 'officer', thing: 'a filing' }),
    ];
    expect(begun).toEqual([1]);
    end.get(1)?.();
    await expect.poll(() => begun).toEqual([1, 2, 3]);
    for (const name of [2, 3]) end.get(name)?.();
    expect(await Promise.all(all)).toEqual([1, 2, 3]);
  });
});

it('work for somebody who has gone does not begin, and leaves its place in the queue', async () => {
  const { begun, end, work } = stage({ atOnce: 1, waiting: 1, ofOne: { atOnce: 1, waiting: 1 }, patience: 5_000 });
  const caller = new AbortController();
  const first = work(1);
  const second = work(2, { who: 'somebody', gone: caller.signal });
  await expect(work(3)).rejects.toThrow('busy: all');
  caller.abort();
  await expect(second).rejects.toThrow('busy: gone');
  const fourth = work(4);
  end.get(1)?.();
  await first;
  await expect.poll(() => begun).toEqual([1, 4]);
  end.get(4)?.();
  await fourth;
  await expect(work(5, { gone: caller.signal })).rejects.toThrow('busy: gone');
  expect(begun).toEqual([1, 4]);
});

it('work whose turn does not come in time is refused, and leaves its place in the queue', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { begun, end, work } = stage({ atOnce: 1, waiting: 1, ofOne: { atOnce: 1, waiting: 1 }, patience: 30 });
  const first = work(1, 'somebody');
  const late = expect(work(2, 'other')).rejects.toThrow('busy: late');
  vi.advanceTimersByTime(30);
  await late;
  const third = work(3, 'other');
  end.get(1)?.();
  await first;
  await turnOfEvents();
  expect(begun).toEqual([1, 3]);
  // The turn came in time, however long the work itself takes.
  vi.advanceTimersByTime(60);
  await turnOfEvents();
  end.get(3)?.();
  expect(await third).toBe(3);
});

it('waiting work holds a limited number of bytes, but one large piece may always wait', async () => {
  const waitingBytes = { all: 100, ofOne: 60 };
  const { begun, end, work } = stage({ atOnce: 1, waiting: 9, ofOne: { atOnce: 1, waiting: 9 }, waitingBytes });
  const all = [work(1), work(2, { who: 'a', bytes: 70 })];
  await expect(work(9, { who: 'a', bytes: 1 })).rejects.toThrow('busy: own');
  all.push(work(3, { who: 'b', bytes: 20 }));
  await expect(work(9, { who: 'c', bytes: 20 })).rejects.toThrow('busy: all');
  for (const [at, promise] of all.entries()) {
    await expect.poll(() => begun).toContain(at + 1);
    end.get(at + 1)?.();
    expect(await promise).toBe(at + 1);
  }
  // What no longer waits holds nothing.
  const later = [work(4), work(5, { who: 'c', bytes: 60 }), work(6, { who: 'a', bytes: 40 })];
  for (const name of [4, 5, 6]) {
    await expect.poll(() => begun).toContain(name);
    end.get(name)?.();
  }
  expect(await Promise.all(later)).toEqual([4, 5, 6]);
});
