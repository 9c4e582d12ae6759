import type * as rectifications from '#contract/rectifications/rectifications.ts';
import type { RouteInput } from '#contract/route.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { areApart } from '#domain/access/signing.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import { namedDue } from '#domain/rectification/due.ts';
import { extensionKind, extensionWithdrawnKind } from '#domain/rectification/notice.ts';
import { type FindingContext, lockFindingFor } from '../finding.act.ts';
import { type Extension, insertExtension, listExtensions, writeDecision } from '../finding.detail.store.ts';
import { type Finding, recordOf, updateFinding } from '../finding.store.ts';
import { tell } from './step.act.ts';

/** The duty body asks for more time. */
export async function askExtension(
  ctx: FindingContext,
  id: string,
  { until, reason }: RouteInput<typeof rectifications.ask>['body'],
): Promise<Finding> {
  const finding = await lockFindingFor(ctx, id, 'ask');
  if (finding.dueOn === null || until <= finding.dueOn || until < ctx.today) {
    throw problem('finding.extensionTooShort', { dueOn: finding.dueOn ?? ctx.today, today: ctx.today });
  }
  assertRoomFor('extensions', (await listExtensions(ctx.db, finding)).length);
  const { userId, principal } = ctx.actor;
  await insertExtension(ctx.db, finding, {
    ...{ until, reason, askedBy: userId, askedByName: signatureOf(ctx.actor), askedFor: principal?.id ?? null },
    askedAt: ctx.now,
  });
  await writeSteps(ctx.db, [{ subject: finding, from: finding.state, to: finding.state }], {
    ...{ action: 'ask', actor: ctx.actor, at: ctx.now, reason },
  });
  await ctx.record(recordOf(finding, 'extensionAsked', { before: { dueOn: finding.dueOn }, after: { until, reason } }));
  return finding;
}

type Asked = Pick<Extension, 'askedBy' | 'askedFor' | 'askedByName'>;

/** Whether this person, or whoever is stood in for on either side, asked for more time: who may take the question back. */
export function isOwnQuestion({ actor }: Pick<FindingContext, 'actor'>, { askedBy, askedFor }: Asked): boolean {
  const own = { personId: actor.userId, principalId: actor.principal?.id ?? null };
  return !areApart({ personId: askedBy, principalId: askedFor }, own);
}

/** Why this person may not decide a question for more time, or null: an own hand asked it. */
export function decidingRefusal(ctx: Pick<FindingContext, 'actor'>, question: Asked): Problem | null {
  return isOwnQuestion(ctx, question) ? problem('access.sameHand', { name: question.askedByName }) : null;
}

/** Whoever asked for more time takes the question back before it is answered; whoever would have answered is told. */
export async function withdrawExtension(ctx: FindingContext, id: string, reason: string): Promise<Finding> {
  const finding = await lockFindingFor(ctx, id, 'withdraw');
  const waiting = (await listExtensions(ctx.db, finding)).find(({ decision }) => decision === null);
  if (!waiting) throw problem('finding.noExtension');
  const own = isOwnQuestion(ctx, waiting);
  ctx.authorize(own, own ? undefined : problem('finding.questionOfOther', { name: waiting.askedByName }));
  const { actor, now } = ctx;
  await writeDecision(ctx.db, finding.placeId, waiting.id, {
    ...{ decision: 'withdrawn', by: actor.userId, byName: signatureOf(actor), at: now, note: reason },
  });
  await writeSteps(ctx.db, [{ subject: finding, from: finding.state, to: finding.state }], {
    ...{ action: 'extensionWithdrawn', actor, at: now, reason },
  });
  await ctx.record(recordOf(finding, 'extensionWithdrawn', { after: { until: waiting.until, reason } }));
  const to = { audience: 'place' as const, placeId: finding.openedByUnitId };
  await writeNoticesTo(ctx.db, {
    ...{ kind: extensionWithdrawnKind, actor, now, note: reason },
    // Once a day for a finding: whoever asks and takes back in turns does not fill the inbox of a whole place.
    notices: [
      { subject: finding, to, about: finding.title, onceKey: `${extensionWithdrawnKind}:${finding.id}:${ctx.today}` },
    ],
  });
  return finding;
}

/** Whoever opened it grants or refuses; the hand that asked does not decide. */
export async function decideExtension(
  ctx: FindingContext,
  id: string,
  body: RouteInput<typeof rectifications.decide>['body'],
): Promise<Finding> {
  const finding = await lockFindingFor(ctx, id, 'decide');
  const waiting = (await listExtensions(ctx.db, finding)).find(({ decision }) => decision === null);
  if (!waiting) throw problem('finding.noExtension');
  const refusal = decidingRefusal(ctx, waiting);
  ctx.authorize(refusal === null, refusal ?? undefined);
  const note = body.note || null;
  const granted = body.decision === 'granted';
  await writeDecision(ctx.db, finding.placeId, waiting.id, {
    ...{ decision: body.decision, by: ctx.actor.userId, byName: signatureOf(ctx.actor), at: ctx.now, note },
  });
  const due = namedDue(waiting.until);
  const change = granted
    ? { dueOn: due.dueOn, dueFrom: due.dueFrom, dueDays: due.dueDays, dueProvisional: due.provisional }
    : {};
  const written = await updateFinding(ctx.db, finding, change, ctx.now);
  await writeSteps(ctx.db, [{ subject: finding, from: finding.state, to: finding.state }], {
    ...{ action: granted ? 'extensionGranted' : 'extensionRefused', actor: ctx.actor, at: ctx.now },
    reason: note ?? undefined,
  });
  await ctx.record(
    recordOf(finding, 'extensionDecided', {
      ...{ before: { dueOn: finding.dueOn }, after: { decision: body.decision, until: waiting.until, reason: note } },
    }),
  );
  tell(ctx, extensionKind, [finding], granted ? `同意延期至 ${waiting.until}` : `不同意延期：${note ?? ''}`);
  return { ...finding, ...written };
}
