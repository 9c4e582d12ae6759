import { createHash } from 'node:crypto';
import type { Context } from '#core/access/serve.ts';
import { type SignedStep, signingRefusal } from '#domain/access/signing.ts';
import { contentText } from '#domain/filing/content.ts';
import { standing } from '#domain/filing/deadline.ts';
import { type FilingState, type FilingStepAction, filingStateTitles, nextFilingState } from '#domain/filing/flow.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import { examine, steppedShape, subjectOf, todayOf, valuesToApprove } from '../filing.shape.ts';
import { type SteppedFiling, signedSteps, writeSteps } from '../filing.step.store.ts';
import { type FilingHandle, type FullFiling, lockFilings } from '../filing.store.ts';
import { readExempted } from '../period/register.store.ts';

/** What audit and subscribers call the acts. */
const events: Readonly<Record<FilingStepAction, string>> = {
  submit: 'filing.submitted',
  withdraw: 'filing.withdrawn',
  return: 'filing.returned',
  approve: 'filing.approved',
  accept: 'filing.accepted',
  reopen: 'filing.reopened',
};

/** The states whose filings count for balance. */
const counted: ReadonlySet<FilingState> = new Set(['approved', 'accepted']);

/** Two posts of one person never sign the same filing: what was signed counts since it was last sent back. */
const signing = { returns: ['return', 'reopen', 'withdraw'], signs: ['submit', 'approve', 'accept'] } as const;
const judging: ReadonlySet<FilingStepAction> = new Set(['return', 'approve', 'accept']);

export interface StepRequest {
  readonly action: FilingStepAction;
  readonly reason?: string | undefined;
  readonly fields?: readonly string[] | undefined;
}

/** SHA-256 over the filing's content in one fixed spelling: printed on the page that is signed and stamped. */
export function contentHash(filing: FullFiling): string {
  return createHash('sha256')
    .update(contentText({ ...filing, values: valuesToApprove(filing) }))
    .digest('hex');
}

/**
 * One act on one filing: lock, compare what the person read, ask the flow, write, record. Of two people who decide at
 * once the second waits at the lock, then finds another state and is told.
 */
export async function stepOne(
  ctx: Context<FilingHandle>,
  filingId: string,
  revision: number,
  request: StepRequest,
): Promise<ReturnType<typeof steppedShape>> {
  const [filing] = await lockFilings(ctx.db, ctx.scope, [filingId]);
  if (!filing) throw problem('thing.notFound', { what: '份填报' });
  const [decided] = await decideAll(ctx, [filing], request, new Map([[filing.id, revision]]));
  if (isProblem(decided)) {
    ctx.authorize(false, decided);
    throw decided;
  }
  ctx.authorize(true);
  await writeAll(ctx, [decided!], request);
  return steppedShape(after(filing, decided!, ctx.now), ctx.actor, ctx.now);
}

/**
 * One act on many filings, each of which is judged for itself: those that cannot be moved are named and stay. The caller
 * has authorised the act as such.
 */
export async function stepMany(
  ctx: Context<FilingHandle>,
  filings: readonly FullFiling[],
  request: StepRequest,
  revisions?: ReadonlyMap<string, number>,
): Promise<{ done: number; refused: { filingId: string; schoolName: string; message: string }[] }> {
  const refused: { filingId: string; schoolName: string; message: string }[] = [];
  const moving: SteppedFiling[] = [];
  for (const [index, decided] of (await decideAll(ctx, filings, request, revisions)).entries()) {
    const { id, name } = filings[index]!;
    if (isProblem(decided)) refused.push({ filingId: id, schoolName: name, message: decided.message });
    else moving.push(decided);
  }
  await writeAll(ctx, moving, request);
  return { done: moving.length, refused };
}

/** Somebody was faster: whoever decides about a filing that is no longer what was read is told so, whatever the act. */
function overtaken(filing: FullFiling): Problem {
  return problem('filing.changed', { schoolName: filing.name, state: filingStateTitles[filing.state] });
}

/** Sending more back of what was sent back in part takes nothing away from the school, which may type on while somebody decides it. */
function widens(filing: FullFiling, { action }: StepRequest): boolean {
  return action === 'return' && filing.state === 'draft' && filing.openFields !== null;
}

/**
 * What the act would change of each locked filing, or why it may not be: a school may have closed while the lock was
 * waited for, and `revisions` are those that the person read.
 */
async function decideAll(
  ctx: Context<FilingHandle>,
  filings: readonly FullFiling[],
  request: StepRequest,
  revisions?: ReadonlyMap<string, number>,
): Promise<(SteppedFiling | Problem)[]> {
  const exempted = await readExempted(ctx.db, filings);
  const steps = judging.has(request.action) ? await signedSteps(ctx.db, filings) : new Map<string, SignedStep[]>();
  return filings.map((filing) => {
    const sameHand = signingRefusal(steps.get(filing.id) ?? [], ctx.actor, signing);
    if (sameHand !== null) return sameHand;
    const reason = exempted.get(filing.id);
    if (reason !== undefined) return problem('filing.owesNothing', { schoolName: filing.name, reason });
    const read = revisions?.get(filing.id) ?? filing.revision;
    return filing.revision === read || widens(filing, request) ? decide(ctx, filing, request) : overtaken(filing);
  });
}

function decide(ctx: Context<FilingHandle>, filing: FullFiling, request: StepRequest): SteppedFiling | Problem {
  const today = todayOf(filing.referenceDate, ctx.now);
  const counts = request.action === 'submit' ? examine(filing).counts : undefined;
  const next = nextFilingState(request.action, subjectOf(filing, today, counts), ctx.actor);
  if (!next.ok) return next.problem;
  return { filing, to: next.to, set: changesOf(filing, request, next.to, today, ctx.now) };
}

function changesOf(
  filing: FullFiling,
  { action, reason, fields }: StepRequest,
  to: FilingState,
  today: string,
  now: Date,
): SteppedFiling['set'] {
  switch (action) {
    case 'submit': {
      // Late is what the first submission was; a filing sent back for correction is not made late by it.
      const first = filing.submittedAt === null;
      return {
        submitted_at: now,
        late: first ? standing(filing, filing.extension, today).past : filing.late,
        content_hash: contentHash(filing),
      };
    }
    case 'withdraw':
      // A correction that is taken back is still that correction. Anything else was never submitted: otherwise a
      // submission that is taken back at once would hold the deadline open for ever.
      return filing.returnedAt === null
        ? { content_hash: null, submitted_at: null, late: false }
        : { content_hash: null };
    case 'return':
    case 'reopen':
      return {
        content_hash: null,
        // Sent back again while the school works on it: what was open stays open.
        open_fields: fields
          ? [...new Set([...(filing.state === 'draft' ? (filing.openFields ?? []) : []), ...fields])]
          : null,
        return_reason: reason ?? null,
        returned_at: now,
        approved_at: null,
        accepted_at: null,
      };
    case 'approve':
      return {
        approved_at: now,
        approved: valuesToApprove(filing),
        changed_fields: 0,
        open_fields: null,
        return_reason: null,
        returned_at: null,
        ...(to === 'accepted' ? { accepted_at: now } : {}),
      };
    case 'accept':
      return { accepted_at: now };
  }
}

async function writeAll(
  ctx: Context<FilingHandle>,
  moving: readonly SteppedFiling[],
  request: StepRequest,
): Promise<void> {
  if (moving.length === 0) return;
  const to = moving[0]!.to;
  await writeSteps(
    ctx.db,
    moving,
    { action: request.action, to, reason: request.reason ?? null, fields: request.fields ?? null },
    ctx.actor,
    ctx.now,
  );
  for (const { filing, to: state } of moving) {
    await ctx.record({
      action: events[request.action],
      objectType: 'filing',
      objectId: filing.id,
      countyId: filing.countyId,
      schoolId: filing.schoolId,
      fields: [...(request.fields ?? ['state'])],
      before: { state: filing.state },
      after: { state, ...(request.reason === undefined ? {} : { reason: request.reason }) },
    });
  }
  // A county is computed again when a filing begins or ceases to count; one job for each county, however many filings.
  const touched = new Map<string, { countyId: number; periodId: number }>();
  for (const { filing, to: state } of moving) {
    if (counted.has(filing.state) === counted.has(state)) continue;
    touched.set(`${filing.countyId} ${filing.periodId}`, { countyId: filing.countyId, periodId: filing.periodId });
  }
  for (const { countyId, periodId } of touched.values()) {
    await ctx.enqueue('balance.recompute', { places: [countyId], countyId, periodId });
  }
}

function after(filing: FullFiling, { to, set }: SteppedFiling, now: Date): FullFiling {
  return {
    ...filing,
    state: to,
    revision: filing.revision + 1,
    updatedAt: now,
    late: set.late ?? filing.late,
    submittedAt: set.submitted_at === undefined ? filing.submittedAt : set.submitted_at,
    returnedAt: set.returned_at === undefined ? filing.returnedAt : set.returned_at,
    openFields:
      set.open_fields === undefined ? filing.openFields : set.open_fields === null ? null : [...set.open_fields],
  };
}
