import { isDeepStrictEqual } from 'node:util';
import * as changes from '#contract/directory/unit-changes.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { isProblem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { liesInProvince, nextZoneCode } from '#domain/org/divisions.ts';
import { nextTile, tileOf } from '#domain/org/tile-layout.ts';
import { assertDistinct } from '../city/city.act.ts';
import { presentUnit, recordOfUnit } from '../directory.shape.ts';
import { findLastUnitChange, findUnit, insertUnit, listUnits, type UnitRow } from './unit.store.ts';
import {
  countHeldByUnit,
  deleteUnit,
  findUnitCodes,
  type Held,
  listRegisteredUnits,
  lockTree,
  type RegisteredUnit,
  type UnitChangeHandle,
  writeTiles,
  writeUnitEnd,
} from './unit-change.store.ts';

const on = serving<UnitChangeHandle>();
type Ctx = Context<UnitChangeHandle>;

/** The county-level units of the city are opened, closed, removed and arranged by the officer of the city. */
export const unitChangeRoutes = [
  on(changes.unitRegister, async (ctx) => {
    const rows = await listRegisteredUnits(ctx.db, ctx.scope);
    return {
      rows: rows.map(({ tileColumn, tileRow, ...row }) => ({ ...row, tile: tileOf({ tileColumn, tileRow }) })),
    };
  }),

  on(changes.openUnit, async (ctx, { body }) => {
    assertPast(ctx, body.day);
    await lockTree(ctx.db);
    const units = await listUnits(ctx.db);
    const city = units.find(({ id, level }) => level === 'city' && id === ctx.actor.unitId);
    if (city === undefined) throw problem('thing.notFound', { what: '个城市' });
    const counties = units.filter(({ parentId }) => parentId === city.id);
    assertDistinct([...counties, body]);
    const codes = await findUnitCodes(ctx.db);
    const { gbCode } = body;
    if (gbCode !== null) {
      const owner = codes.get(gbCode);
      if (owner !== undefined) throw problem('unit.codeTaken', { code: gbCode, name: owner });
      if (!liesInProvince(gbCode, city)) throw problem('unit.notOfProvince', { code: gbCode, city: city.name });
    }
    const tile = nextTile(counties.flatMap((county) => tileOf(county) ?? []));
    const [initials = ''] = await initialsOf([body.name]);
    const id = await insertUnit(ctx.db, body.day, {
      ...{ kind: 'county', name: body.name, shortName: body.shortName, initials, gbCode, parentId: city.id },
      unitCode: gbCode ?? nextZoneCode({ code: city.unitCode!.slice(0, 6) }, new Set(codes.keys())),
      sortOrder: Math.max(0, ...counties.map(({ sortOrder }) => sortOrder)) + 1,
      ...{ document: body.document ?? null, tile },
    });
    const unit = (await findUnit(ctx.db, id!))!;
    await ctx.record(
      recordOfUnit(unit, 'unit.opened', {
        after: { name: unit.name, shortName: unit.shortName, unitCode: unit.unitCode, day: body.day },
      }),
    );
    return presentUnit(unit);
  }),

  on(changes.closeUnit, async (ctx, { params, body }) => {
    assertPast(ctx, body.day);
    await lockTree(ctx.db);
    const unit = await loadCounty(ctx, params.unitId);
    const last = await findLastUnitChange(ctx.db, unit.id);
    if (last !== undefined && body.day <= last) throw problem('unit.dayTooEarly', { day: body.day, last });
    if (body.intoUnitId !== null) {
      const host = (await listUnits(ctx.db)).find(({ id, level }) => id === body.intoUnitId && level === 'county');
      if (host === undefined || host.id === unit.id) throw problem('unit.notInto', { name: unit.name });
    }
    const held = heldText(await countHeldByUnit(ctx.db, unit.id));
    if (held !== '') throw problem('unit.held', { name: unit.name, held });
    await writeUnitEnd(ctx.db, unit.id, body);
    await ctx.record(
      recordOfUnit(unit, 'unit.closed', {
        before: { name: unit.name },
        after: { day: body.day, into: body.intoUnitId },
      }),
    );
    return { unitId: unit.id };
  }),

  on(changes.removeUnit, async (ctx, { params }) => {
    await lockTree(ctx.db);
    const unit = await loadCounty(ctx, params.unitId);
    const row = (await listRegisteredUnits(ctx.db, ctx.scope)).find(({ id }) => id === unit.id);
    if (row?.removable !== true) throw problem('unit.used', { name: unit.name });
    try {
      await deleteUnit(ctx.db, unit.id);
    } catch (error) {
      // Data of any feature may refer to it; the database knows them all.
      if (!isProblem(error) && (error as { code?: unknown }).code === foreignKeyViolation) {
        throw problem('unit.used', { name: unit.name });
      }
      throw error;
    }
    await ctx.record(
      recordOfUnit(unit, 'unit.removed', { before: { name: unit.name, unitCode: unit.unitCode }, after: null }),
    );
    return { unitId: unit.id };
  }),

  on(changes.arrangeUnits, async (ctx, { body: { tiles } }) => {
    const rows = await listRegisteredUnits(ctx.db, ctx.scope);
    const places = new Map<string, string[]>();
    for (const { unitId, column, row } of tiles) {
      const unit = rows.find(({ id, closedOn }) => id === unitId && closedOn === null);
      if (unit === undefined) throw problem('thing.notFound', { what: '个单位' });
      const key = `${column} ${row}`;
      places.set(key, [...(places.get(key) ?? []), unit.name]);
    }
    const crowded = [...places.values()].find((names) => names.length > 1);
    if (crowded !== undefined) throw problem('unit.placeTaken', { names: crowded });
    const drawn = new Map(tiles.map(({ unitId, column, row }) => [unitId, [column, row]]));
    const stays = ({ id, tileColumn, tileRow }: RegisteredUnit) =>
      isDeepStrictEqual(drawn.get(id) ?? [null, null], [tileColumn, tileRow]);
    if (rows.every(stays)) throw problem('thing.nothingChanges', { what: '各单位的位置' });
    await writeTiles(ctx.db, ctx.scope, tiles);
    const city = { id: ctx.actor.unitId!, level: 'city' as const };
    await ctx.record(recordOfUnit(city, 'unit.arranged', { after: { units: tiles.length } }));
    return { placed: tiles.length };
  }),
];

const foreignKeyViolation = '23503';

function assertPast(ctx: Ctx, day: Day): void {
  if (day > ctx.today) throw problem('unit.dayInFuture', { day, today: ctx.today });
}

/** A county-level unit in scope that is not closed. */
async function loadCounty(ctx: Ctx, id: number): Promise<UnitRow> {
  const unit = await findUnit(ctx.db, id);
  if (unit?.level !== 'county' || !ctx.scope.places.includes(unit.id)) {
    throw problem('thing.notFound', { what: '个单位' });
  }
  if (unit.closedOn !== null) throw problem('unit.closedAlready', { name: unit.name, day: unit.closedOn });
  return unit;
}

function heldText({ schools, posts, filings }: Held): string {
  const counted = [
    [schools, '所学校'],
    [posts, '个岗位'],
    [filings, '份未批准的填报'],
  ] as const;
  return counted.flatMap(([count, of]) => (count > 0 ? [`${count} ${of}`] : [])).join('、');
}
