import * as rectifications from '#contract/rectifications/rectifications.ts';
import { serving } from '#core/access/serve.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { undoAll } from '#core/workflow/undo.act.ts';
import { signatureOf } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { findingActionTitles } from '#domain/rectification/flow.ts';
import { handedOverKind } from '#domain/rectification/notice.ts';
import type { FindingLevel, FindingState } from '#domain/rectification/state.ts';
import { type FindingContext, factsOf, findingWord, lockFindingFor } from '../finding.act.ts';
import { insertAcknowledgement } from '../finding.detail.store.ts';
import { isSelfActing } from '../finding.facts.store.ts';
import { findListed } from '../finding.list.store.ts';
import { steppedShape } from '../finding.shape.ts';
import {
  type Finding,
  type FindingChange,
  type FindingHandle,
  findingsWrite,
  lockFindings,
  recordOf,
} from '../finding.store.ts';
import { dutyColumns, dutyOf, openingRefusal } from './duty.act.ts';
import { editFinding, enterFinding } from './enter.act.ts';
import { askExtension, decideExtension, withdrawExtension } from './extension.act.ts';
import { wantNoticeLetters } from './letter.act.ts';
import { cancelFinding, step, stepAll, tell } from './step.act.ts';

const on = serving<FindingHandle>();

export const findingStepRoutes = [
  on(rectifications.enter, async (ctx, { body }) => steppedShape(await enterFinding(ctx, body))),

  on(rectifications.edit, async (ctx, { params, body }) =>
    steppedShape(await editFinding(ctx, params.findingId, body)),
  ),

  on(rectifications.notice, async (ctx, { params, body: { revision, dueOn, letter } }) => {
    const noticed = await step(ctx, params.findingId, revision, { action: 'notice' }, { dueOn });
    if (letter) await wantNoticeLetters(ctx, [noticed]);
    return steppedShape(noticed);
  }),

  on(rectifications.noticeMany, async (ctx, { body }) => {
    // Each finding is judged for itself in the flow; the permission of the route opens the door.
    const revisions = new Map(body.findings.map(({ findingId, revision }) => [findingId, revision]));
    const rows = await lockFindings(ctx.db, ctx.scope, [...revisions.keys()], factsOf('notice'));
    const { done, refused } = await stepAll(ctx, rows, { action: 'notice' }, revisions, { dueOn: body.dueOn });
    const letters = body.letter ? await wantNoticeLetters(ctx, done) : 0;
    const known = new Set(rows.map(({ id }) => id));
    const { message } = problem('thing.notFound', { what: findingWord });
    return {
      done: done.length,
      letters,
      refused: [
        ...refused.map(({ row, refusal }) => ({ findingId: row.id, title: row.title, message: refusal.message })),
        ...[...revisions.keys()].filter((id) => !known.has(id)).map((findingId) => ({ findingId, title: '', message })),
      ],
    };
  }),

  on(rectifications.plan, async (ctx, { params, body }) => {
    const { measures, dutyPerson, cause, revision } = body;
    const set = { ...(dutyPerson === undefined ? {} : { dutyPerson }), ...(cause === undefined ? {} : { cause }) };
    const after = { measures: measures.map((one) => one.body), ...set };
    return steppedShape(await step(ctx, params.findingId, revision, { action: 'plan' }, { set, measures, after }));
  }),

  on(rectifications.report, async (ctx, { params, body: { revision, report } }) => {
    const brought = { set: { report }, after: { report } };
    return steppedShape(await step(ctx, params.findingId, revision, { action: 'report' }, brought));
  }),

  on(rectifications.check, async (ctx, { params, body: { revision, note } }) =>
    steppedShape(await step(ctx, params.findingId, revision, { action: 'check', reason: note || undefined })),
  ),

  on(rectifications.reject, async (ctx, { params, body: { revision, reason } }) =>
    steppedShape(await step(ctx, params.findingId, revision, { action: 'reject', reason })),
  ),

  on(rectifications.close, async (ctx, { params, body: { revision } }) =>
    steppedShape(await step(ctx, params.findingId, revision, { action: 'close' })),
  ),

  on(rectifications.cancel, async (ctx, { params, body: { revision, reason } }) =>
    steppedShape(await cancelFinding(ctx, params.findingId, revision, reason)),
  ),

  on(rectifications.undo, async (ctx, { params, body: { action } }) => {
    const title = findingActionTitles[action];
    const { done } = await undoAll<Finding, FindingState, FindingContext>(
      ctx,
      {
        lock: (_ctx, ids) => lockFindings(ctx.db, ctx.scope, ids, []),
        nameOf: (row) => `问题“${row.title}”`,
        async write(_ctx, backs) {
          return backs.map(({ row, to, values }) => {
            const change = { ...(values as FindingChange), state: to };
            ctx.along(findingsWrite(ctx.db, [row], change, ctx.now));
            return { ...change, id: row.id, revision: row.revision + 1 };
          });
        },
        record: (_ctx, { row, to }) =>
          recordOf(row, 'undone', { before: { state: row.state }, after: { state: to, undone: title } }),
      },
      [params.findingId],
      { action, title, notFound: findingWord },
    );
    return steppedShape(done[0]!);
  }),

  on(rectifications.handOver, async (ctx, { params, body }) => {
    const { duty, dutyPerson, reason, revision } = body;
    const [finding] = await lockFindings(ctx.db, ctx.scope, [params.findingId], factsOf('handOver'));
    if (!finding) throw problem('thing.notFound', { what: findingWord });
    const named = await dutyOf(ctx, { duty });
    const refusal = openingRefusal(ctx, named);
    ctx.authorize(refusal === undefined, refusal);
    if (finding.placeId !== named.duty.placeId) throw problem('finding.partElsewhere');
    const columns = dutyColumns(named);
    if (
      columns.dutyType === finding.dutyType &&
      columns.dutyUnitId === finding.dutyUnitId &&
      columns.schoolId === finding.schoolId
    ) {
      throw problem('finding.sameDuty');
    }
    const { dutyName: before } = await findListed(ctx.db, finding, ctx.today);
    const set = {
      ...columns,
      dutyPerson,
      // What the finding is about stays; a school reads it as long as it is about that school.
      ...(named.about === null ? { schoolId: finding.schoolId, managedBy: finding.managedBy } : {}),
      aboutSchoolId: finding.aboutSchoolId ?? columns.aboutSchoolId,
    };
    const note = `由${before ?? ''}移交${named.duty.name}：${reason}`;
    const brought = { set, after: { duty: `${before ?? ''} → ${named.duty.name}` } };
    const moved = await step(ctx, params.findingId, revision, { action: 'handOver', reason: note }, brought);
    // Both are told: the one that is free of it, and the one that has it now.
    tell(ctx, handedOverKind, [finding], note);
    const hasAccounts = duty.type === 'school' && (await isSelfActing(ctx.db, duty.id));
    tell(ctx, handedOverKind, [{ ...moved, facts: { ...moved.facts, hasAccounts } }], note);
    return steppedShape(moved);
  }),

  on(rectifications.acknowledge, async (ctx, { params }) => {
    const finding = await lockFindingFor(ctx, params.findingId, 'acknowledge');
    const { actor, now } = ctx;
    const level = actor.level as FindingLevel;
    await insertAcknowledgement(ctx.db, finding, {
      ...{ level, by: actor.userId, byName: signatureOf(actor), at: now },
      ...{ postId: actor.post?.grantId ?? null, standInFor: actor.principal?.id ?? null },
    });
    await writeSteps(ctx.db, [{ subject: finding, from: finding.state, to: finding.state }], {
      ...{ action: 'acknowledge', actor, at: now },
    });
    await ctx.record(recordOf(finding, 'acknowledged', { after: { level } }));
    return steppedShape(finding);
  }),

  on(rectifications.ask, async (ctx, { params, body }) =>
    steppedShape(await askExtension(ctx, params.findingId, body)),
  ),

  on(rectifications.withdraw, async (ctx, { params, body }) =>
    steppedShape(await withdrawExtension(ctx, params.findingId, body.reason)),
  ),

  on(rectifications.decide, async (ctx, { params, body }) =>
    steppedShape(await decideExtension(ctx, params.findingId, body)),
  ),
];
