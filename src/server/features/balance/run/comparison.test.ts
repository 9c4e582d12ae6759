import { afterAll, beforeAll, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { layBalanceYear, primaryFigures, type YearSchool } from '#test/support/balance/year.ts';
import { schools, units } from '#test/support/scenario.ts';
import { balanceFeature } from '../balance.feature.ts';
import { prepareBalance } from '../standard/shipped-standards.act.ts';

const licheng = units.licheng.id;
const standard = 'quality-2017';
const [late, steady, closing, opening] = [schools.first.id, schools.neighbour.id, 111, 112];

const school = (id: number, pupils: number, richness = 1): YearSchool => ({
  ...{ id, county: licheng, values: primaryFigures(pupils, richness) },
});

/** One school gets its 学校标识码 after the register of 2024 is frozen, one leaves, one comes. */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature] });
  const both = [school(late, 400), school(steady, 900, 1.2)];
  const earlier = await layBalanceYear(app.owner, 2024, [...both, school(closing, 300)]);
  await layBalanceYear(app.owner, 2025, [...both, school(opening, 350)]);
  await app.owner.query('update period_schools set code = null where period_id = $1 and school_id = $2', [
    ...[earlier, late],
  ]);
  await prepareBalance(app.services.pool, app.services.now);
});
afterAll(() => app?.close());

it('a school that got its code between two years is the same school in both', async () => {
  const director = app.as('countyDirector');
  const runs = await Promise.all(
    [2024, 2025].map((year) =>
      director.call(balance.county, { params: { countyId: licheng }, query: { year, standard } }),
    ),
  );
  const [first, second] = runs.map(({ run }) => run!.id) as [string, string];
  const compare = async (query: { first: string; second: string }) =>
    await director.call(balance.compare, { params: { countyId: licheng }, query });
  const moved = (rows: ReadonlyArray<{ readonly schoolId: number; readonly reason: string }>) =>
    rows.map(({ schoolId, reason }) => `${schoolId} ${reason}`);

  const comparison = await compare({ first, second });
  expect([comparison.before.year, comparison.after.year]).toEqual([2024, 2025]);
  const forward = comparison.levels.find(({ level }) => level === 'primary')!;
  expect(moved(forward.joined)).toEqual([`${opening} 不在当年的学校名单`]);
  expect(moved(forward.left)).toEqual([`${closing} 不在当年的学校名单`]);
  const code = String(2_135_000_000 + late);
  expect(forward.changed).toEqual([
    {
      schoolId: late,
      code,
      name: `第${late}校`,
      values: [{ name: '学校标识码', before: null, after: code }],
      pass: [true, true],
    },
  ]);

  // The order of the clicks turns nothing.
  expect(await compare({ first: second, second: first })).toEqual(comparison);
});
