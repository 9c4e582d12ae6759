import { findLastEntry } from '#core/audit/history.store.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { undoRefusal } from '#domain/flow/undo.ts';
import { problem } from '#domain/kit/problem.ts';
import { assertDistinct } from '../city/city.act.ts';
import { recordOfLowerUnit, recordOfUnit } from '../directory.shape.ts';
import { type DirectoryContext, record, renamed, stateOf } from '../school.act.ts';
import {
  lockSchools,
  type RegisteredSchool,
  type SchoolState,
  updateSchool,
  writeVersionBack,
} from '../school-change.store.ts';
import { type LowerUnitRow, listLowerUnits } from '../unit/lower-unit.store.ts';
import { listUnits, type UnitRow, writeUnitNameBack } from '../unit/unit.store.ts';

/** An object of the register as its audit names it. */
interface Renamed {
  readonly placeId: number;
  readonly type: 'school' | 'unit';
  readonly id: number;
  readonly name: string;
}

/** What the object was before its renaming, which must be this person's last act on it, a minute ago at most. */
async function beforeRenaming<Before>(ctx: DirectoryContext, object: Renamed): Promise<Before> {
  const { type, name, placeId, id } = object;
  const last = await findLastEntry<Before>(ctx.db, { placeId, type, id: String(id) });
  const action = `${type}.renamed`;
  // Every change leaves a row: where the last one is the renaming, the object stands as that left it.
  const step = last && { ...last, revision: 0 };
  const undone = { what: `“${name}”`, title: '更名', action, last: step, revision: 0 };
  const refusal = undoRefusal(undone, ctx.actor, last?.now ?? ctx.now);
  ctx.authorize(refusal === null, refusal ?? undefined);
  return last!.before!;
}

/** The name and the history of a school are again as before its renaming; that it was taken back stays as an event. */
export async function undoSchoolRename(ctx: DirectoryContext, schoolId: number): Promise<RegisteredSchool> {
  const [school] = await lockSchools(ctx.db, ctx.scope, [schoolId]);
  if (school === undefined) throw problem('thing.notFound', { what: '所学校' });
  const object = { placeId: school.countyId, type: 'school' as const, id: school.id, name: school.name };
  const { name } = await beforeRenaming<SchoolState>(ctx, object);
  const next = { ...stateOf(school), name };
  await writeVersionBack(ctx.db, school.id, next);
  await updateSchool(ctx.db, school, next, await renamed(school, next));
  const details = { changes: [{ what: '名称', from: school.name, to: name }] };
  const dated = { day: school.lastChange, note: '撤销刚才的更名' };
  const act = { kind: 'corrected', action: 'school.renameUndone', dated, details } as const;
  await record(ctx, school, act, stateOf(school), next);
  return school;
}

/**
 * The name and the history of a unit are again as before its renaming.
 * @param unit locked before it was read
 */
export async function undoUnitRename(ctx: DirectoryContext, unit: UnitRow): Promise<UnitRow> {
  // The row of a province lies with the city that wrote it.
  const placeId = recordOfUnit(unit, 'unit.renamed', {}).placeId ?? ctx.actor.unitId ?? 0;
  const before = await beforeRenaming<Pick<UnitRow, 'name' | 'shortName' | 'parentId'> & { document: string | null }>(
    ctx,
    { placeId, type: 'unit', id: unit.id, name: unit.name },
  );
  const siblings = (await listUnits(ctx.db)).filter(({ id, level }) => id !== unit.id && level === unit.level);
  if (unit.level === 'county') assertDistinct([...siblings, before]);
  const [initials = ''] = await initialsOf([before.name]);
  await writeUnitNameBack(ctx.db, unit.id, { ...before, initials });
  const { name, shortName, parentId } = unit;
  await ctx.record(recordOfUnit(unit, 'unit.renameUndone', { before: { name, shortName, parentId }, after: before }));
  return { ...unit, ...before, initials };
}

/**
 * The name and the history of a unit below a city or a county are again as before its renaming.
 * @param unit read under the lock of the tree
 */
export async function undoLowerUnitRename(ctx: DirectoryContext, unit: LowerUnitRow): Promise<void> {
  const { id, name, parentId, placeId } = unit;
  const before = await beforeRenaming<{ name: string; document: string | null }>(ctx, {
    ...{ placeId, type: 'unit', id, name },
  });
  assertFreeName(await listLowerUnits(ctx.db, placeId), unit, before.name);
  const [initials = ''] = await initialsOf([before.name]);
  await writeUnitNameBack(ctx.db, id, { ...before, shortName: before.name, initials, parentId });
  await ctx.record(recordOfLowerUnit(unit, 'unit.renameUndone', { before: { name }, after: before }));
}

/** Nobody may take one unit below a place for another of it that is in use. */
export function assertFreeName(
  all: readonly LowerUnitRow[],
  { id }: { readonly id: number | null },
  name: string,
): void {
  const others = all.filter((one) => one.id !== id && one.closedOn === null);
  assertDistinct([...others, { name }].map((one) => ({ name: one.name, shortName: one.name })));
}
