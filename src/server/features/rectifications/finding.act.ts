import type { Context } from '#core/access/serve.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import {
  type FindingAction,
  type FindingFact,
  type FindingStepAction,
  factsFor,
  findingFacts,
  findingSigning,
  nextFindingState,
} from '#domain/rectification/flow.ts';
import { findingStateTitles } from '#domain/rectification/state.ts';
import { subjectOf } from './finding.shape.ts';
import { type Finding, type FindingHandle, findFinding, lockFindings } from './finding.store.ts';
import { type FindingKind, findKind } from './kind.store.ts';

export type FindingContext = Context<FindingHandle>;

/** How a refusal names a finding that does not exist. */
export const findingWord = '个问题';

/** The finding with these facts, or a refusal that reveals nothing outside the person's place. */
export async function loadFinding(
  ctx: FindingContext,
  id: string,
  facts: readonly FindingFact[] = findingFacts,
): Promise<Finding> {
  const finding = await findFinding(ctx.db, ctx.scope, id, facts);
  if (!finding) throw problem('thing.notFound', { what: findingWord });
  return finding;
}

/** The acts after which whoever has the duty is told: where nobody of the school can read it, it goes to its county. */
const telling: readonly FindingAction[] = ['notice', 'cancel', 'handOver', 'decide'];

/** The facts that an act looks up: those that the flow asks, and whom to tell. */
export function factsOf(action: FindingAction): readonly FindingFact[] {
  return telling.includes(action) ? [...factsFor(action), 'hasAccounts'] : factsFor(action);
}

/** The finding for an act that leaves it as it is: only for a person who may do it now. */
export async function loadFindingFor(ctx: FindingContext, id: string, action: FindingAction): Promise<Finding> {
  return authorised(ctx, await loadFinding(ctx, id, factsFor(action)), action);
}

function authorised(ctx: FindingContext, finding: Finding, action: FindingAction): Finding {
  const next = nextFindingState(action, subjectOf(finding), ctx.actor);
  ctx.authorize(next.ok, next.ok ? undefined : next.problem);
  return finding;
}

/** The finding, locked for an act that leaves its state: only for a person who may do it now. */
export async function lockFindingFor(
  ctx: FindingContext,
  id: string,
  action: Exclude<FindingAction, FindingStepAction>,
  revision?: number,
): Promise<Finding> {
  const [finding] = await lockFindings(ctx.db, ctx.scope, [id], factsOf(action));
  if (!finding) throw problem('thing.notFound', { what: findingWord });
  authorised(ctx, finding, action);
  if (revision !== undefined && revision !== finding.revision) throw await overtaken(finding, ctx);
  return finding;
}

/** The names of the steps in the audit. */
export const stepEvents: Readonly<Record<FindingStepAction, string>> = {
  notice: 'noticed',
  plan: 'planned',
  report: 'reported',
  check: 'checked',
  reject: 'rejected',
  close: 'closed',
  reopen: 'reopened',
  handOver: 'handedOver',
  cancel: 'cancelled',
};

/** What changes the row of a finding. */
export const findingRevised: Revised = {
  ...{ table: 'findings', type: 'finding' },
  acts: [...Object.values(stepEvents), 'edited', 'undone', 'extensionDecided', 'recounted', 'workPassed'].map(
    (done) => `finding.${done}`,
  ),
};

/** The message for a person whose act came after another change: says who made it. */
export async function overtaken({ id, placeId, title, state }: Finding, ctx: FindingContext): Promise<Problem> {
  const last = await lastChange(ctx, placeId, { ...findingRevised, ids: [id] });
  return problem('finding.changed', { title, state: findingStateTitles[state], last });
}

/** The kind of this key; a kind that the city has put out of use takes no new finding. */
export async function kindOf(ctx: FindingContext, key: string, used?: string): Promise<FindingKind> {
  const kind = await findKind(ctx.db, key);
  if (!kind || (!kind.active && used !== key)) throw problem('finding.kindUnknown', { kind: kind?.name ?? key });
  return kind;
}

/** All acts that judge a report, for the sentence that says why a person may not. */
export const judgingActions = (['check', 'reject', 'close'] as const).filter((act) => findingSigning(act) !== null);
