import type * as rectifications from '#contract/rectifications/rectifications.ts';
import type { RouteInput } from '#contract/route.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { schoolYearOf } from '#domain/kit/school-year.ts';
import { type FindingLevel, manualSource } from '#domain/rectification/state.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type FindingContext, kindOf, lockFindingFor } from '../finding.act.ts';
import {
  countEntered,
  type Finding,
  type FindingChange,
  insertFindings,
  lockFindings,
  type NewFinding,
  recordOf,
  updateFinding,
} from '../finding.store.ts';
import { alsoFoundBy, assertFound, dutyColumns, dutyOf, openingRefusal } from './duty.act.ts';

type Entered = RouteInput<typeof rectifications.enter>['body'];
type Edited = RouteInput<typeof rectifications.edit>['body'];

/** The level and the unit in whose name this person opens findings. */
export function openerOf(ctx: Pick<FindingContext, 'actor'>): { unitId: number; level: FindingLevel } {
  const { level, unitId } = ctx.actor;
  if (unitId === null || (level !== 'city' && level !== 'county')) throw problem('access.denied');
  return { unitId, level };
}

/** Enters a finding by hand; with a parent, as a part of it. */
export async function enterFinding(ctx: FindingContext, body: Entered): Promise<Finding> {
  const opener = openerOf(ctx);
  await lockCount(ctx.db, 'findings', ctx.actor.userId);
  assertRoomFor('findings', await countEntered(ctx.db, ctx.scope, ctx.actor.userId));
  const parent = body.parentId === undefined ? null : await lockFindingFor(ctx, body.parentId, 'divide');
  if (parent !== null && parent.parentId !== null) throw problem('finding.partOfPart');
  assertFound(body, ctx.today);
  const kind = await kindOf(ctx, body.kind);
  const named = await dutyOf(ctx, body);
  const refusal = openingRefusal(ctx, named);
  ctx.authorize(refusal === undefined, refusal);
  if (parent !== null && parent.placeId !== named.duty.placeId) throw problem('finding.partElsewhere');
  const id = newId();
  const finding: NewFinding = {
    ...dutyColumns(named),
    ...{ placeId: named.duty.placeId, id, kind: kind.key, severity: body.severity ?? kind.severity },
    ...{ title: body.title, body: body.body, whereFound: body.whereFound, dutyPerson: body.dutyPerson },
    ...{ cause: parent === null || body.cause !== '' ? body.cause : parent.cause, parentId: parent?.id ?? null },
    ...{ openedByUnitId: opener.unitId, openedLevel: opener.level, schoolYear: schoolYearOf(body.foundOn) },
    ...{ sourceType: manualSource, sourceId: id, sourceKey: '', sourceLabel: body.sourceLabel, foundOn: body.foundOn },
    alsoFoundBy: await alsoFoundBy(body.title, named.duty.name),
    ...{ enteredBy: ctx.actor.userId, enteredByName: signatureOf(ctx.actor), at: ctx.now },
  };
  await insertFindings(ctx.db, [finding]);
  const [written] = await lockFindings(ctx.db, { ...ctx.scope, places: [finding.placeId] }, [id], []);
  await writeSteps(ctx.db, [{ subject: written!, from: 'found', to: 'found' }], {
    ...{ action: 'entered', actor: ctx.actor, at: ctx.now },
  });
  const { title, severity } = finding;
  await ctx.record(
    recordOf(finding, 'entered', {
      after: { title, kind: kind.name, severity, duty: named.duty.name, parent: parent?.id },
    }),
  );
  return written!;
}

/** Changes a finding that was not sent out yet. It stays at its place: a duty body elsewhere is entered anew. */
export async function editFinding(ctx: FindingContext, id: string, body: Edited): Promise<Finding> {
  const finding = await lockFindingFor(ctx, id, 'edit', body.revision);
  assertFound(body, ctx.today);
  const kind = await kindOf(ctx, body.kind, finding.kind);
  const named = await dutyOf(ctx, body);
  const refusal = openingRefusal(ctx, named);
  ctx.authorize(refusal === undefined, refusal);
  if (named.duty.placeId !== finding.placeId) throw problem('finding.partElsewhere');
  const change: FindingChange = {
    ...dutyColumns(named),
    ...{ kind: kind.key, severity: body.severity ?? kind.severity, title: body.title, body: body.body },
    ...{ whereFound: body.whereFound, cause: body.cause, dutyPerson: body.dutyPerson, sourceLabel: body.sourceLabel },
    ...{ foundOn: body.foundOn, schoolYear: schoolYearOf(body.foundOn) },
    alsoFoundBy: await alsoFoundBy(body.title, named.duty.name),
  };
  const changed = (Object.keys(change) as (keyof FindingChange)[]).filter((key) => finding[key] !== change[key]);
  if (changed.length === 0) throw problem('thing.nothingChanges', { what: `问题“${finding.title}”` });
  const pick = (of: Finding | FindingChange) => Object.fromEntries(changed.map((key) => [key, of[key]]));
  const written = await updateFinding(ctx.db, finding, change, ctx.now);
  await ctx.record(recordOf(finding, 'edited', { fields: changed, before: pick(finding), after: pick(change) }));
  return { ...finding, ...written };
}
