import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { productFiles, root, textOf } from '#test/support/sources.ts';

/** An instant that is cast to a day in the zone of the session, which is UTC: until eight in the morning it is yesterday. */
const cast = /\b(?:\w+_)?at\)?::date\b|\bnow\(\)::date\b|\bcurrent_date\b/gi;
const castsIn = (text: string): string[] => text.match(cast) ?? [];

it('an instant becomes a day in the zone of China', () => {
  const stores = productFiles('src/server/', /\.ts$/);
  const views = readdirSync(`${root}/migrations/again`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.sql'))
    .map((file) => `migrations/again/${file}`);
  expect(stores.length).toBeGreaterThan(300);
  expect(views.length).toBeGreaterThan(5);
  const found = [...stores, ...views].flatMap((file) => castsIn(textOf(file)).map((part) => `${file} ${part}`));
  expect(found).toEqual([]);
});

it('the scan sees a cast without a zone, and none where the zone is named', () => {
  expect(castsIn('select min(h.submitted_at)::date, s.at::date, now()::date')).toHaveLength(3);
  expect(castsIn("select (h.submitted_at at time zone 'Asia/Shanghai')::date, statement_due::date")).toEqual([]);
});
