import type { Context } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { next } from '#domain/flow/flow.ts';
import { eligibilityOf } from '#domain/inspection/eligibility.ts';
import { type InspectorAction, type InspectorSubject, inspectorFlow } from '#domain/inspection/flow.ts';
import { inspectorKindTitles, inspectorStateTitles } from '#domain/inspection/inspector.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { findBodies, findBodiesByName } from './inspector.detail.store.ts';
import {
  type BodyRow,
  findInspector,
  findOwnInspector,
  type Inspector,
  type InspectorHandle,
  lockInspector,
} from './inspector.store.ts';
import { inspectorRules } from './inspector-rules.shape.ts';

export type InspectorContext = Context<InspectorHandle>;

/** How a refusal names an inspector that does not exist. */
export const inspectorWord = '名督学';

const absent = () => problem('thing.notFound', { what: inspectorWord });

/** The inspector, or a refusal that reveals nothing outside the person's place. */
export async function loadInspector(ctx: InspectorContext, id: string): Promise<Inspector> {
  const found = await findInspector(ctx.db, ctx.scope, id);
  if (!found) throw absent();
  return found;
}

/** The own entry of the person, in whatever post. */
export async function loadOwn(ctx: InspectorContext, id: string): Promise<Inspector> {
  const found = await findOwnInspector(ctx.db, ctx.actor.userId, id);
  if (!found) throw absent();
  return found;
}

/** What the flow asks of an inspector today. */
export function subjectOf(
  ctx: Pick<InspectorContext, 'today'>,
  inspector: Inspector,
  paperForm: string | null = null,
): InspectorSubject {
  return {
    ...{ kind: inspector.kind, filledOn: inspector.filledOn, paperForm },
    ...{ state: inspector.state, placeId: inspector.placeId, personId: inspector.personId, name: inspector.name },
    ...{ publicNoticeTo: inspector.publicNoticeTo, today: ctx.today },
    requirements: requirementsOf(ctx, inspector),
  };
}

/** The requirements of the appointment, one by one, as they stand today. */
export function requirementsOf({ today }: Pick<InspectorContext, 'today'>, inspector: Inspector) {
  return eligibilityOf(inspector, inspectorRules, today);
}

/** The inspector, locked, only for a person who may do this now. */
export async function lockFor(
  ctx: InspectorContext,
  id: string,
  action: InspectorAction,
  revision?: number,
): Promise<Inspector> {
  const locked = await lockInspector(ctx.db, await loadInspector(ctx, id));
  if (!locked) throw absent();
  const asked = next(inspectorFlow, action, subjectOf(ctx, locked), ctx.actor);
  ctx.authorize(asked.ok, asked.ok ? undefined : asked.problem);
  if (revision !== undefined && revision !== locked.revision) throw await overtaken(locked, ctx);
  return locked;
}

/** The own entry, locked. */
export async function lockOwn(ctx: InspectorContext, id: string): Promise<Inspector> {
  const locked = await lockInspector(ctx.db, await loadOwn(ctx, id));
  if (!locked) throw absent();
  return locked;
}

/** The acts that change the row of an inspector, by their steps. */
export const stepEvents = {
  ...{ recommend: 'recommended', review: 'reviewed', confirm: 'confirmed', publicise: 'publicised' },
  ...{ appoint: 'appointed', renew: 'renewed', return: 'returned', end: 'ended', withdraw: 'withdrawn' },
  reopen: 'reopened',
} as const;

/** What changes the row of an inspector. */
export const inspectorRevised: Revised = {
  ...{ table: 'inspectors', type: 'inspector' },
  acts: [...Object.values(stepEvents), 'undone', 'edited', 'filled', 'declared', 'photographSet'].map(
    (done) => `inspector.${done}`,
  ),
};

/** The refusal of whoever comes with an older revision: names the person of the last change. */
export async function overtaken({ id, placeId }: Inspector, ctx: InspectorContext): Promise<Problem> {
  const last = await lastChange(ctx, placeId, { ...inspectorRevised, ids: [id] });
  return problem('thing.changed', { what: '份督学登记表', last });
}

/** The audit row of an act on an inspector. What keeps him away is counted and never told: the audit is read at the place. */
export function recordOf(
  { placeId, id, name, kind }: Pick<Inspector, 'placeId' | 'id' | 'name' | 'kind'>,
  done: string,
  more: Pick<AuditEntry, 'before' | 'after' | 'fields'> = {},
): AuditEntry {
  return {
    ...{ action: `inspector.${done}`, objectType: 'inspector', objectId: id, placeId },
    ...more,
    after: { name, inspectorKind: inspectorKindTitles[kind], ...more.after },
  };
}

export const stateWords = ({ state }: Pick<Inspector, 'state'>) => ({ inspectorState: inspectorStateTitles[state] });

/** The words by which a search finds a person: pinyin and initials of the name. */
export async function alsoFoundBy(name: string): Promise<string> {
  return (await foundByOf([name]))[0] ?? '';
}

/**
 * Bodies as they are kept: one that was chosen bears the name of the register, whatever was written, and one that was only
 * written gets its number where just one unit or school is called so.
 */
export async function resolveBodies(ctx: InspectorContext, bodies: readonly BodyRow[]): Promise<BodyRow[]> {
  const chosen = bodies.filter(({ unitId, schoolId }) => unitId !== null || schoolId !== null);
  const unitIds = new Set(chosen.flatMap(({ unitId }) => (unitId === null ? [] : [unitId])));
  const schoolIds = new Set(chosen.flatMap(({ schoolId }) => (schoolId === null ? [] : [schoolId])));
  if (chosen.some(({ unitId, schoolId }) => unitId !== null && schoolId !== null)) {
    throw problem('thing.notFound', { what: '个单位或学校' });
  }
  const known =
    chosen.length === 0 ? [] : await findBodies(ctx.db, { unitIds: [...unitIds], schoolIds: [...schoolIds] });
  if (known.length !== unitIds.size + schoolIds.size) throw problem('thing.notFound', { what: '个单位或学校' });
  const keyOf = ({ unitId, schoolId }: BodyRow) => `${unitId} ${schoolId}`;
  const byKey = new Map(known.map((body) => [keyOf(body), body]));
  const written = bodies.filter((body) => !chosen.includes(body) && body.written !== '').map((body) => body.written);
  const byName = await findBodiesByName(ctx.db, written);
  return bodies.map((body) => byKey.get(keyOf(body)) ?? byName.get(body.written) ?? body);
}
