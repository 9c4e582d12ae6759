import { findLastEntry } from '#core/audit/history.store.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { undoRefusal } from '#domain/flow/undo.ts';
import { problem } from '#domain/kit/problem.ts';
import { assertDistinct } from '../city/city.act.ts';
import { recordOfUnit } from '../directory.shape.ts';
import { type DirectoryContext, recordOfSchool, stateOf } from '../school.act.ts';
import {
  insertEvent,
  lockSchools,
  type RegisteredSchool,
  type SchoolState,
  updateSchool,
  writeVersionBack,
} from '../school-change.store.ts';
import { listUnits, lockUnit, type UnitRow, writeUnitNameBack } from '../unit/unit.store.ts';

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
  const [initials = ''] = await initialsOf([name]);
  await writeVersionBack(ctx.db, school.id, next);
  await updateSchool(ctx.db, school, next, { initials });
  const dated = { day: school.lastChange };
  await insertEvent(ctx.db, {
    schoolId: school.id,
    countyId: school.countyId,
    kind: 'corrected',
    day: dated.day,
    document: null,
    note: '撤销刚才的更名',
    details: { changes: [{ what: '名称', from: school.name, to: name }] },
    recordedBy: signatureOf(ctx.actor),
    now: ctx.now,
  });
  const entry = recordOfSchool(school, { kind: 'corrected', dated }, stateOf(school), next);
  await ctx.record({ ...entry, action: 'school.renameUndone' });
  return school;
}

/** The name and the history of a unit are again as before its renaming. */
export async function undoUnitRename(ctx: DirectoryContext, unit: UnitRow): Promise<UnitRow> {
  await lockUnit(ctx.db, unit.id);
  const placeId = recordOfUnit(unit, 'unit.renamed', {}).placeId!;
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
