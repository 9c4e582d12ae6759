import * as inspectors from '#contract/inspectors/inspectors.ts';
import { serving } from '#core/access/serve.ts';
import { letterWay } from '#domain/inspection/hands.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockFor } from '../inspector.act.ts';
import type { InspectorHandle } from '../inspector.store.ts';
import { wantLetter } from './letter.act.ts';
import { findOffice } from './office.store.ts';
import { handPaper } from './paper.act.ts';
import { giveTerm, step } from './step.act.ts';
import { undoStep } from './undo.act.ts';

const on = serving<InspectorHandle>();

export const inspectorStepRoutes = [
  on(inspectors.recommend, (ctx, { params, body: { revision, paperForm } }) =>
    step(ctx, params.inspectorId, {
      ...{ revision, action: 'recommend', paperForm },
      ...(paperForm === null ? {} : { reason: `没有账号，纸质登记表：${paperForm}` }),
    }),
  ),
  on(inspectors.review, (ctx, { params, body }) => step(ctx, params.inspectorId, { ...body, action: 'review' })),
  on(inspectors.confirm, (ctx, { params, body }) => step(ctx, params.inspectorId, { ...body, action: 'confirm' })),

  on(inspectors.publicise, (ctx, { params, body: { from, to, revision } }) => {
    if (to < from) throw problem('inspector.publicNoticeDays');
    // Nobody could have objected on a day that is over.
    if (from < ctx.today) throw problem('inspector.publicNoticePast', { today: ctx.today });
    const days = { publicNoticeFrom: from, publicNoticeTo: to };
    return step(ctx, params.inspectorId, { action: 'publicise', revision, set: days, after: days });
  }),

  on(inspectors.appoint, (ctx, { params, body }) => giveTerm(ctx, params.inspectorId, body, 'appoint')),
  on(inspectors.renew, (ctx, { params, body }) => giveTerm(ctx, params.inspectorId, body, 'renew')),
  on(inspectors.sendBack, (ctx, { params, body }) =>
    step(ctx, params.inspectorId, { ...body, action: 'return', set: { publicNoticeFrom: null, publicNoticeTo: null } }),
  ),
  on(inspectors.end, (ctx, { params, body }) =>
    step(ctx, params.inspectorId, { ...body, action: 'end', set: { endedOn: ctx.today } }),
  ),
  on(inspectors.withdraw, (ctx, { params, body }) => step(ctx, params.inspectorId, { ...body, action: 'withdraw' })),
  on(inspectors.reopen, (ctx, { params, body }) =>
    step(ctx, params.inspectorId, {
      ...{ ...body, action: 'reopen' },
      set: { publicNoticeFrom: null, publicNoticeTo: null, endedOn: null, filledOn: null },
    }),
  ),

  on(inspectors.undo, (ctx, { params, body }) => undoStep(ctx, params.inspectorId, body.action)),

  on(inspectors.handPaper, async (ctx, { params, body }) => {
    const inspector = await lockFor(ctx, params.inspectorId, 'paper');
    await handPaper(ctx, inspector, body);
    return { id: inspector.id };
  }),

  on(inspectors.letter, async (ctx, { params }) => {
    const inspector = await lockFor(ctx, params.inspectorId, 'letter');
    const letterId = await wantLetter(ctx, inspector);
    return { letterId, way: letterWay((await findOffice(ctx.db, inspector.placeId)).own) };
  }),
];
