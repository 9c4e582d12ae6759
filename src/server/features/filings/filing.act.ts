import type { Context } from '#core/access/serve.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { type FilingAction, nextFilingState, permittedFilingActs } from '#domain/filing/flow.ts';
import { filingStateTitles } from '#domain/filing/state.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { findCollection } from './collection/collection.store.ts';
import { findReasons } from './collection/list-change.store.ts';
import type { Asked, FilingFilter } from './filing.list.store.ts';
import { subjectOf } from './filing.shape.ts';
import { type FilingHandle, type FullFiling, findFiling, lockFilings } from './filing.store.ts';
import { catalogueOf } from './filing-catalogues.shape.ts';

type Ctx = Context<FilingHandle>;

/** What changes approved figures asks for the balance of the county anew. */
export { recomputeBalance } from '../balance/balance.jobs.ts';

/** What changes the row of a filing. */
export const filingRevised: Revised = {
  ...{ table: 'filings', type: 'filing' },
  acts: [
    'filled',
    'imported',
    'extended',
    'submitted',
    'withdrawn',
    'returned',
    'approved',
    'accepted',
    'reopened',
    'undone',
  ].map((done) => `filing.${done}`),
};

/** The refusal of an act on a filing that was changed since it was read: says who did it. */
export async function overtaken({ id, placeId, name, state }: FullFiling, ctx: Ctx): Promise<Problem> {
  const last = await lastChange(ctx, placeId, { ...filingRevised, ids: [id] });
  return problem('filing.changed', { schoolName: name, state: filingStateTitles[state], last });
}

/** The filing, or a refusal that reveals nothing outside the person's place. */
export async function loadFiling(ctx: Ctx, id: string): Promise<FullFiling> {
  const filing = await findFiling(ctx.db, ctx.scope, id);
  if (!filing) throw problem('thing.notFound', { what: '份填报' });
  return filing;
}

/** The filing for an act that leaves it as it is, such as a comment: only for a person who may do it now. */
export async function loadFilingFor(ctx: Ctx, id: string, action: FilingAction): Promise<FullFiling> {
  return authorised(ctx, await loadFiling(ctx, id), action);
}

/** The filing, locked for an act that changes it: only for a person who may do it now. */
export async function lockFilingFor(ctx: Ctx, id: string, action: FilingAction): Promise<FullFiling> {
  const [filing] = await lockFilings(ctx.db, ctx.scope, [id]);
  if (!filing) throw problem('thing.notFound', { what: '份填报' });
  const bar = (await barredFilings(ctx, [filing])).get(id);
  if (bar) throw bar;
  return authorised(ctx, filing, action);
}

function authorised(ctx: Ctx, filing: FullFiling, action: FilingAction): FullFiling {
  const next = nextFilingState(action, subjectOf(filing, ctx.today), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  return filing;
}

/**
 * Locked filings whose school was taken off the list: nobody can act on them any more. The list is asked anew
 * for those that it let go while the act waited for the lock.
 */
export async function barredFilings(ctx: Ctx, filings: readonly FullFiling[]): Promise<ReadonlyMap<string, Problem>> {
  const gone = filings.filter(({ released }) => released !== null);
  const late = await findReasons(
    ctx.db,
    gone.filter(({ released }) => released === ''),
  );
  return new Map(
    gone.map(({ id, name, released }) => [
      id,
      problem('filing.owesNothing', { schoolName: name, reason: released || (late.get(id) ?? '') }),
    ]),
  );
}

/** The selection of a list; a level narrows it to the 办学类型 that have it in the edition of the year. */
export async function askedOf<Filter extends FilingFilter>(ctx: Ctx, filter: Filter): Promise<Asked<Filter>> {
  const { actor, today } = ctx;
  if (filter.level === undefined) return { filter, actor, today };
  const collection = await findCollection(ctx.db, { year: filter.year, today });
  const sections = collection ? catalogueOf(collection.edition).sections : [];
  return { filter, actor, today, schoolTypes: sections.find(({ key }) => key === filter.level)?.schoolTypes ?? [] };
}

/** Whether this person may type into the filing now; for rows of a grid. */
export function isEditable(filing: FullFiling, ctx: Ctx): boolean {
  return permittedFilingActs(subjectOf(filing, ctx.today), ctx.actor).fill;
}
