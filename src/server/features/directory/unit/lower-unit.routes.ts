import * as lower from '#contract/directory/lower-units.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { holds, reachesAsFar } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { lowerKindNames, lowerKindsBelow } from '#domain/org/unit-kind.ts';
import { recordOfLowerUnit } from '../directory.shape.ts';
import { assertFreeName, undoLowerUnitRename } from '../undo/undo-rename.act.ts';
import { findLowerUnit, type LowerUnitRow, listLowerUnits, listPostsIn } from './lower-unit.store.ts';
import {
  findLastUnitChange,
  findNameDocument,
  findUnit,
  findUnitVersions,
  insertUnit,
  listUnitsBelow,
  writeUnitName,
} from './unit.store.ts';
import { lockTree, type UnitChangeHandle, writeUnitEnd } from './unit-change.store.ts';

const on = serving<UnitChangeHandle>();
type Ctx = Context<UnitChangeHandle>;

/** 科室, 部门, 直属单位 and 乡镇 are opened, renamed and closed by whoever manages the register of their city or county. */
export const lowerUnitRoutes = [
  on(lower.lowerUnits, async (ctx, { params }) => {
    const place = await loadPlace(ctx, params.unitId);
    const rows = await listLowerUnits(ctx.db, place.id);
    return { rows: rows.map(shown), can: { manage: manages(ctx, place.id) } };
  }),

  on(lower.readLowerUnit, async (ctx, { params }) => {
    const unit = await load(ctx, params.lowerUnitId);
    const can = { manage: manages(ctx, unit.placeId) };
    const posts = can.manage ? await listPostsIn(ctx.db, unit.id) : [];
    return { unit: shown(unit), versions: await findUnitVersions(ctx.db, unit.id), posts, can };
  }),

  on(lower.openLowerUnit, async (ctx, { params, body }) => {
    assertPast(ctx, body.day);
    await lockTree(ctx.db);
    const place = await loadPlace(ctx, params.unitId);
    if (!ctx.scope.places.includes(place.id)) throw notFound();
    if (place.closedOn !== null) throw problem('unit.closedAlready', { name: place.name, day: place.closedOn });
    const all = await listLowerUnits(ctx.db, place.id);
    const parent = body.parentId === null ? place : all.find(({ id }) => id === body.parentId);
    if (parent === undefined) throw notFound();
    if (parent.closedOn !== null) throw problem('unit.closedAlready', { name: parent.name, day: parent.closedOn });
    const may = lowerKindsBelow('level' in parent ? parent.level : parent.kind);
    if (!may.includes(body.kind)) {
      const names = may.map((kind) => lowerKindNames[kind]);
      throw problem('unit.notBelow', { name: parent.name, kind: lowerKindNames[body.kind], may: names });
    }
    assertFreeName(all, { id: null }, body.name);
    const [initials = ''] = await initialsOf([body.name]);
    const id = await insertUnit(ctx.db, body.day, {
      ...{ kind: body.kind, name: body.name, shortName: body.name, initials, parentId: parent.id },
      ...{ unitCode: null, gbCode: null, document: body.document ?? null, sortOrder: all.length + 1 },
    });
    const unit = (await findLowerUnit(ctx.db, id!))!;
    await ctx.record(
      recordOfLowerUnit(unit, 'unit.opened', {
        after: { name: unit.name, unitKind: lowerKindNames[unit.kind], parentId: parent.id, day: body.day },
      }),
    );
    return shown(unit);
  }),

  on(lower.renameLowerUnit, async (ctx, { params, body }) => {
    assertPast(ctx, body.day);
    await lockTree(ctx.db);
    const unit = await loadToChange(ctx, params.lowerUnitId);
    const last = await findLastUnitChange(ctx.db, unit.id);
    if (last !== undefined && body.day < last) throw problem('school.dayTooEarly', { day: body.day, last });
    if (body.name === unit.name) throw problem('school.nothingChanges');
    assertFreeName(await listLowerUnits(ctx.db, unit.placeId), unit, body.name);
    const [initials = ''] = await initialsOf([body.name]);
    const document = await findNameDocument(ctx.db, unit.id);
    await writeUnitName(ctx.db, unit.id, body.day, {
      ...{ name: body.name, shortName: body.name, initials, parentId: unit.parentId },
      document: body.document ?? null,
    });
    await ctx.record(
      recordOfLowerUnit(unit, 'unit.renamed', {
        before: { name: unit.name, document },
        after: { name: body.name, day: body.day },
      }),
    );
    return shown((await findLowerUnit(ctx.db, unit.id))!);
  }),

  on(lower.undoLowerUnitRename, async (ctx, { params }) => {
    await lockTree(ctx.db);
    const unit = await loadToChange(ctx, params.lowerUnitId);
    await undoLowerUnitRename(ctx, unit);
    return shown((await findLowerUnit(ctx.db, unit.id))!);
  }),

  on(lower.closeLowerUnit, async (ctx, { params, body }) => {
    assertPast(ctx, body.day);
    await lockTree(ctx.db);
    const unit = await loadToChange(ctx, params.lowerUnitId);
    const last = await findLastUnitChange(ctx.db, unit.id);
    if (last !== undefined && body.day <= last) throw problem('unit.dayTooEarly', { day: body.day, last });
    const below = await listUnitsBelow(ctx.db, unit.id);
    if (below.length > 0) {
      throw problem('unit.holdsUnits', { name: unit.name, below: below.map(({ name }) => name) });
    }
    await writeUnitEnd(ctx.db, unit.id, { day: body.day, intoUnitId: null });
    await ctx.record(
      recordOfLowerUnit(unit, 'unit.closed', {
        before: { name: unit.name },
        after: { day: body.day, document: body.document ?? null },
      }),
    );
    return { lowerUnitId: unit.id };
  }),
];

const notFound = () => problem('thing.notFound', { what: '个单位' });

function assertPast(ctx: Ctx, day: Day): void {
  if (day > ctx.today) throw problem('unit.dayInFuture', { day, today: ctx.today });
}

/** Whether the person manages the register of this city or county. */
function manages(ctx: Ctx, placeId: number): boolean {
  const { reach } = lower.openLowerUnit;
  return holds(ctx.actor, 'directory.manage') && reachesAsFar(ctx.actor, reach) && ctx.scope.places.includes(placeId);
}

/** A city or a county; a county out of scope does not exist. */
async function loadPlace(ctx: Ctx, id: number) {
  const unit = await findUnit(ctx.db, id);
  if (unit === undefined || unit.level === 'province') throw notFound();
  if (unit.level === 'county' && !ctx.scope.places.includes(unit.id)) throw notFound();
  return unit;
}

async function load(ctx: Ctx, id: number): Promise<LowerUnitRow> {
  const unit = await findLowerUnit(ctx.db, id);
  const outside = unit?.placeLevel === 'county' && !ctx.scope.places.includes(unit.placeId);
  if (unit === undefined || outside) throw notFound();
  return unit;
}

/** A unit in use of a place that the post reaches: a county does not change the units of its city. */
async function loadToChange(ctx: Ctx, id: number): Promise<LowerUnitRow> {
  const unit = await load(ctx, id);
  if (!ctx.scope.places.includes(unit.placeId)) throw notFound();
  if (unit.closedOn !== null) throw problem('unit.closedAlready', { name: unit.name, day: unit.closedOn });
  return unit;
}

function shown({ placeLevel: _, ...unit }: LowerUnitRow) {
  return unit;
}
