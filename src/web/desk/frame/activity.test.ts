import { afterEach, expect, it } from 'vitest';
import { Activity } from './activity.ts';

const open: Activity[] = [];
const clock = { now: 1_000_000 };
function tab(): Activity {
  const activity = new Activity(() => clock.now);
  open.push(activity);
  return activity;
}
afterEach(() => {
  for (const activity of open.splice(0)) activity.close();
});

it('in one tab keeps the other from being idle, but does not count as activity of the other tab', async () => {
  const [busy, waiting] = [tab(), tab()];
  const before = waiting.own;
  clock.now += 20 * 60_000;
  busy.note();
  await expect.poll(() => waiting.last).toBe(clock.now);
  expect(waiting.own).toBe(before);
});

it('is reported at most once a second, and an older report changes nothing', async () => {
  const [busy, waiting] = [tab(), tab()];
  const heard: number[] = [];
  Object.defineProperty(waiting, 'last', { get: () => 0, set: (value: number) => heard.push(value) });
  clock.now += 5000;
  for (let time = 0; time < 10; time += 1) {
    busy.note();
    clock.now += 200;
  }
  await expect.poll(() => heard.length).toBe(2);
  const third = tab();
  const late = clock.now + 9000;
  const set: number[] = [];
  Object.defineProperty(third, 'last', { get: () => set.at(-1) ?? late, set: (value: number) => set.push(value) });
  busy.note();
  clock.now = late + 5000;
  busy.note();
  // The older report came first and was weighed against what the tab knew.
  await expect.poll(() => set).toEqual([late, clock.now]);
});
