import type { Context } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { changedMeanwhile, type Revised } from '#core/audit/last-change.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { schoolCorrected } from '#core/directory/school-occurrences.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { changeRefusal, type SchoolChange } from '#domain/org/school-change.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { type SchoolEventDetails, type SchoolEventKind, versionStep } from '#domain/org/school-history.ts';
import type { DirectoryHandle } from './directory.store.ts';
import {
  insertEvent,
  insertVersion,
  lockSchools,
  type RegisteredSchool,
  type SchoolState,
  updateSchool,
  updateVersions,
  writeVersion,
  writeVersionEnd,
} from './school-change.store.ts';
import { provinceOf, type UnitRow } from './unit/unit.store.ts';

export type DirectoryContext = Context<DirectoryHandle>;

/** What changes the row of a school. */
export const schoolRevised: Revised = {
  ...{ table: 'schools', type: 'school' },
  acts: ['renamed', 'renameUndone', 'moved', 'merged', 'split', 'closed', 'reopened', 'retyped', 'corrected'].map(
    (done) => `school.${done}`,
  ),
};

/** The day on which a change takes effect, and the document behind it. */
export interface Dated {
  readonly day: Day;
  readonly document?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * The locked schools of an act, in the order of the request.
 * @throws Problem if one lies elsewhere or has changed since the person read it
 */
export async function lockAsSeen(
  ctx: DirectoryContext,
  seen: readonly { readonly id: number; readonly revision: number }[],
): Promise<RegisteredSchool[]> {
  const locked = await lockSchools(ctx.db, ctx.scope, [...new Set(seen.map((one) => one.id))]);
  const schools = seen.map(({ id, revision }) => {
    const school = locked.find((one) => one.id === id);
    if (school === undefined) throw problem('thing.notFound', { what: '所学校' });
    return { school, isAsSeen: school.revision === revision };
  });
  const changed = schools.find(({ isAsSeen }) => !isAsSeen)?.school;
  if (changed !== undefined) {
    const { id, countyId: placeId, name } = changed;
    throw await changedMeanwhile(ctx, `“${name}”`, { placeId, id }, schoolRevised);
  }
  return schools.map(({ school }) => school);
}

/** One school of an act, checked against the rules of that act. */
export async function beginChange(
  ctx: DirectoryContext,
  change: SchoolChange,
  schoolId: number,
  { revision, day }: { readonly revision: number; readonly day?: Day },
): Promise<RegisteredSchool> {
  const [school] = await lockAsSeen(ctx, [{ id: schoolId, revision }]);
  const refusal = changeRefusal(change, school!, day ?? school!.lastChange, ctx.today);
  ctx.authorize(refusal === undefined, refusal);
  return school!;
}

/** Makes a state the present one: history, the school itself, the event, the audit. */
export async function applyState(
  ctx: DirectoryContext,
  school: RegisteredSchool,
  next: SchoolState,
  act: { readonly kind: SchoolEventKind; readonly dated: Dated; readonly details: SchoolEventDetails },
): Promise<void> {
  if (versionStep({ validFrom: school.lastChange }, act.dated.day) === 'replace') {
    await writeVersion(ctx.db, school.id, next, act.dated.day);
  } else {
    await writeVersionEnd(ctx.db, school.id, act.dated.day);
    await insertVersion(ctx.db, school.id, next, act.dated.day);
  }
  await updateSchool(ctx.db, school, next, await renamed(school, next));
  await record(ctx, school, act, stateOf(school), next);
}

/** What happened to a school; `action` where the audit names it otherwise than the history. */
interface RecordedAct {
  readonly kind: SchoolEventKind;
  readonly dated: Dated;
  readonly action?: string;
}

/** The event in the history of a school and its row in the audit. */
export async function record(
  ctx: DirectoryContext,
  school: { readonly id: number; readonly countyId: number },
  act: RecordedAct & { readonly details: SchoolEventDetails },
  before: object | null,
  after: SchoolState | object | null,
): Promise<void> {
  await insertEvent(ctx.db, {
    schoolId: school.id,
    countyId: countyAfter(school, after),
    kind: act.kind,
    day: act.dated.day,
    document: act.dated.document || null,
    note: act.dated.note || null,
    details: act.details,
    recordedBy: signatureOf(ctx.actor),
    now: ctx.now,
  });
  await ctx.record(recordOfSchool(school, act, before, after));
}

/** The row in the audit of an act on a school. */
export function recordOfSchool(
  school: { readonly id: number; readonly countyId: number },
  act: RecordedAct,
  before: object | null,
  after: SchoolState | object | null,
): AuditEntry {
  return {
    action: act.action ?? `school.${act.kind}`,
    objectType: 'school',
    objectId: school.id,
    placeId: countyAfter(school, after),
    schoolId: school.id,
    before: before === null ? null : { ...before },
    after: { ...(after ?? {}), day: act.dated.day, document: act.dated.document || null },
  };
}

function countyAfter(school: { readonly countyId: number }, after: SchoolState | object | null): number {
  return after !== null && 'countyId' in after ? after.countyId : school.countyId;
}

/**
 * The location of a school and the unit that runs it. The county must be in scope; the running unit must be the county
 * itself or its city.
 */
export function locationOf(
  units: readonly UnitRow[],
  ctx: Pick<DirectoryContext, 'scope'>,
  at: { readonly countyId: number; readonly managingUnitId: number },
): {
  readonly county: UnitRow;
  readonly managing: UnitRow;
  readonly managedBy: ManagingLevel;
  readonly province: string | undefined;
} {
  const county = units.find((unit) => unit.id === at.countyId && unit.level === 'county');
  if (!county || !ctx.scope.places.includes(county.id)) throw problem('thing.notFound', { what: '个县级单位' });
  const city = units.find((unit) => unit.id === county.parentId);
  const managing = units.find((unit) => unit.id === at.managingUnitId);
  if (!city || !managing || (managing.id !== county.id && managing.id !== city.id)) {
    const sentence = `管理单位只能是“${county.name}”或“${city?.name ?? '其上级市'}”`;
    throw problem('school.facts', { faults: [{ field: 'managingUnitId', sentence }] });
  }
  const managedBy = managing.id === county.id ? 'county' : 'city';
  return { county, managing, managedBy, province: provinceOf(city) };
}

/** The part of a school that its versions keep. */
export function stateOf(school: SchoolState): SchoolState {
  const { countyId, code, name, schoolType, sponsorCode, ownership, urbanClass, managingUnitId } = school;
  return { countyId, code, name, schoolType, sponsorCode, ownership, urbanClass, managingUnitId };
}

/** The name of another school in an event. */
export function named({ id, code, name }: RegisteredSchool | { id: number; code: string | null; name: string }) {
  return { id, code, name };
}

/** What follows from another name. */
export async function renamed(school: RegisteredSchool, next: SchoolState): Promise<{ initials?: string }> {
  if (school.name === next.name) return {};
  const [initials = ''] = await initialsOf([next.name]);
  return { initials };
}

/** Corrects a mistake: the versions that contain it are rewritten, and no new version begins. */
export async function correct(
  ctx: DirectoryContext,
  school: RegisteredSchool,
  next: SchoolState,
  foundedYear: number | null,
  dated: Dated,
  changes: NonNullable<SchoolEventDetails['changes']>,
): Promise<void> {
  await updateVersions(ctx.db, school.id, stateOf(school), next);
  await updateSchool(ctx.db, school, next, { ...(await renamed(school, next)), foundedYear });
  const before = { ...stateOf(school), foundedYear: school.foundedYear };
  await record(ctx, school, { kind: 'corrected', dated, details: { changes } }, before, { ...next, foundedYear });
  await ctx.announce(schoolCorrected, { places: ctx.scope.places, schoolId: school.id });
}
