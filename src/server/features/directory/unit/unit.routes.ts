import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import * as orgUnits from '#contract/directory/units.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { problem } from '#domain/kit/problem.ts';
import { assertDistinct } from '../city/city.act.ts';
import { presentUnit, recordOfUnit, typeName } from '../directory.shape.ts';
import type { DirectoryHandle } from '../directory.store.ts';
import { undoUnitRename } from '../undo/undo-rename.act.ts';
import {
  countSchools,
  findLastUnitChange,
  findNameDocument,
  findUnit,
  findUnitVersions,
  listUnits,
  lockUnit,
  type UnitRow,
  updateContact,
  writeUnitName,
} from './unit.store.ts';

const on = serving<DirectoryHandle>();

/** The tree of units: everybody who is signed in may read it; the officers edit it. */
export const unitRoutes = [
  on(orgUnits.units, async (ctx) => {
    const units = (await listUnits(ctx.db)).map(presentUnit);
    return { units: ctx.actor.level === 'campaign' ? units.map(withoutContact) : units };
  }),

  on(orgUnits.readUnit, async (ctx, { params }) => {
    const unit = await load(ctx, params.unitId);
    const schools = await countSchools(ctx.db, ctx.scope, unit.id);
    return {
      unit: presentUnit(unit),
      versions: await findUnitVersions(ctx.db, unit.id),
      schools: schools.map((line) => ({ ...line, schoolTypeName: typeName(line.schoolType) })),
      can: { saveContact: mayNameContact(ctx, unit), rename: holds(ctx.actor, 'directory.manage') },
    };
  }),

  on(orgUnits.saveContact, async (ctx, { params, body }) => {
    const unit = await load(ctx, params.unitId);
    ctx.authorize(mayNameContact(ctx, unit));
    const before = { name: unit.contactName, phone: unit.contactPhone };
    if (isDeepStrictEqual(before, { ...body })) throw problem('thing.nothingChanges', { what: '联系人' });
    await updateContact(ctx.db, unit.id, body);
    await ctx.record(recordOfUnit(unit, 'unit.contactSaved', { before, after: body }));
    return presentUnit({ ...unit, contactName: body.name, contactPhone: body.phone });
  }),

  on(orgUnits.renameUnit, async (ctx, { params, body }) => {
    const unit = await load(ctx, params.unitId);
    if (body.day > ctx.today) throw problem('school.dayInFuture', { day: body.day, today: ctx.today });
    const last = await findLastUnitChange(ctx.db, unit.id);
    if (last !== undefined && body.day < last) throw problem('school.dayTooEarly', { day: body.day, last });
    await assertParent(ctx, unit, body.parentId);
    const siblings = (await listUnits(ctx.db)).filter(({ id, level }) => id !== unit.id && level === unit.level);
    if (unit.level === 'county') assertDistinct([...siblings, body]);
    const [initials = ''] = await initialsOf([body.name]);
    const next = { ...body, initials, document: body.document ?? null };
    if (next.name === unit.name && next.shortName === unit.shortName && next.parentId === unit.parentId) {
      throw problem('school.nothingChanges');
    }
    const document = await findNameDocument(ctx.db, unit.id);
    await writeUnitName(ctx.db, unit.id, body.day, next);
    await ctx.record(
      recordOfUnit(unit, 'unit.renamed', {
        before: { name: unit.name, shortName: unit.shortName, parentId: unit.parentId, document },
        after: { name: body.name, shortName: body.shortName, parentId: body.parentId, day: body.day },
      }),
    );
    return presentUnit({ ...unit, ...next });
  }),

  on(orgUnits.undoUnitRename, async (ctx, { params }) => {
    await lockUnit(ctx.db, params.unitId);
    return presentUnit(await undoUnitRename(ctx, await load(ctx, params.unitId)));
  }),
];

/** Whoever comes from outside for a campaign knows the units by name, and needs nobody's telephone. */
function withoutContact(unit: z.output<typeof orgUnits.unit>): z.output<typeof orgUnits.unit> {
  return { ...unit, contact: { name: null, phone: null } };
}

async function load(ctx: Context<DirectoryHandle>, id: number): Promise<UnitRow> {
  const unit = await findUnit(ctx.db, id);
  const outside = unit?.level === 'county' && !ctx.scope.places.includes(unit.id);
  if (unit === undefined || outside) throw problem('thing.notFound', { what: '个单位' });
  return unit;
}

/** The city names the leaders of every unit; a county names its own. */
function mayNameContact(ctx: Context<DirectoryHandle>, unit: UnitRow): boolean {
  if (holds(ctx.actor, 'directory.manage')) return true;
  return (
    [orgUnits.saveContact.access].flat().some((one) => holds(ctx.actor, one as Permission)) &&
    ctx.actor.level === 'county' &&
    ctx.actor.unitId === unit.id
  );
}

/** A county-level unit belongs to a city, a city to a province, a province to nobody. */
async function assertParent(ctx: Context<DirectoryHandle>, unit: UnitRow, parentId: number | null): Promise<void> {
  const wanted = { province: null, city: 'province', county: 'city' }[unit.level];
  const parent = parentId === null ? undefined : await findUnit(ctx.db, parentId);
  if ((parent?.level ?? null) !== wanted) throw problem('unit.notParent', { name: parent?.name ?? '（无）' });
}
