import * as city from '#contract/directory/city.ts';
import { serve } from '#core/access/serve.ts';
import { bringAnnouncedYears } from '#core/calendar/announced-years.act.ts';
import { problem } from '#domain/kit/problem.ts';
import { recordOfUnit } from '../directory.shape.ts';
import { lockTree } from '../unit/unit-change.store.ts';
import { unitsOfChoice } from './city.act.ts';
import { countHeld, findChosenCity, writeCity } from './city.store.ts';
import { findDivision, listCities, readDivisions } from './divisions.act.ts';

/**
 * The choice of the city. It is part of setting the installation up and no business: before it there is no unit, so nobody
 * can hold a post of the business, and the 系统管理员 chooses.
 */
export const cityRoutes = [
  serve(city.divisions, async (ctx) => {
    const list = await readDivisions();
    const chosen = await findChosenCity(ctx.db);
    const held = heldText(await countHeld(ctx.db));
    return {
      ...{ source: list.source, asOf: list.asOf },
      chosen: chosen === undefined ? null : { unitId: chosen.id, code: chosen.unitCode, name: chosen.name },
      bar: chosen && held !== '' ? problem('unit.cityHeld', { name: chosen.name, held }).message : null,
      cities: await listCities(list),
    };
  }),

  serve(city.division, async (_ctx, { params }) => {
    const found = await findDivision(params.code);
    if (found === undefined) throw problem('unit.noDivision', { codes: [params.code] });
    const { city: wanted, province, list } = found;
    return {
      ...{ code: wanted.code, name: wanted.name, province: province.name },
      counties: wanted.counties.map((county) => ({ ...county, files: !list.notFiling.includes(county.code) })),
    };
  }),

  serve(city.chooseCity, async (ctx, { body }) => {
    const units = await unitsOfChoice(body);
    await lockTree(ctx.db);
    const before = await findChosenCity(ctx.db);
    if ((before?.id ?? null) !== body.seen) throw problem('thing.changed', { what: '本市' });
    const held = heldText(await countHeld(ctx.db));
    if (before !== undefined && held !== '') throw problem('unit.cityHeld', { name: before.name, held });
    const cityId = await writeCity(ctx.db, units);
    const chosen = units.find(({ kind }) => kind === 'city')!;
    const record = recordOfUnit({ id: cityId, level: 'city' }, 'unit.cityChosen', {
      before: before === undefined ? null : { name: before.name, unitCode: before.unitCode },
      after: {
        ...{ name: chosen.name, unitCode: chosen.unitCode },
        units: units.filter(({ kind }) => kind === 'county').map(({ name }) => name),
      },
    });
    await ctx.record(record);
    await bringAnnouncedYears(ctx.db);
    return { cityId };
  }),
];

/** What hangs on the units, in words; empty while nothing does. */
function heldText({ schools, posts, periods }: Awaited<ReturnType<typeof countHeld>>): string {
  const counted = [
    [schools, '所学校'],
    [posts, '个岗位'],
    [periods, '个学年或学期'],
  ] as const;
  return counted.flatMap(([count, of]) => (count > 0 ? [`${count} ${of}`] : [])).join('、');
}
