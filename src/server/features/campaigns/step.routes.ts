import * as campaigns from '#contract/campaigns/campaigns.ts';
import { serving } from '#core/access/serve.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import {
  campaignCancelled,
  campaignExtended,
  campaignMoved,
  campaignPartnerLeft,
  campaignReminded,
} from '#core/workflow/campaign-occurrences.ts';
import { shutOutOf } from '#domain/evaluation/campaign/panel.ts';
import { type Slot, slotStepOf } from '#domain/evaluation/campaign/slots.ts';
import { extended, isExtendable } from '#domain/evaluation/campaign/timetable.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationKind, EvaluationStep } from '#domain/evaluation/lists.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, daysBetween } from '#domain/kit/school-year.ts';
import { type CampaignContext, lockFor } from './campaign.act.ts';
import { type Campaign, type CampaignHandle, listDays, writeDays } from './campaign.store.ts';
import { countConfirmed, listStepEnds, listSteps } from './list/campaign.list.store.ts';
import { openCampaign } from './opening.act.ts';
import { avoidancesOf, endSeat, recordOfSeat, registeredIn } from './seat.act.ts';
import { listPoolOf, listSeats } from './seat.store.ts';
import { note, step } from './step.act.ts';
import { listPlaces, listSubjects, writeSlots, writeSlotsMoved } from './subject.store.ts';

const on = serving<CampaignHandle>();

const stepped = ({ id, state, revision }: Campaign) => ({ id, state, revision });
const keyOf = ({ placeId, id }: Campaign) => ({ placeId, id });

export const campaignStepRoutes = [
  on(campaigns.open, async (ctx, { params, body }) => stepped(await openCampaign(ctx, params.campaignId, body))),

  on(campaigns.extend, async (ctx, { params, body }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'extend', body.revision);
    await checkEvaluations(ctx, campaign, body.evaluationIds);
    const title = titleOf(campaign.kind, body.step);
    const days = await listDays(ctx.db, campaign);
    const standing = await listSteps(ctx.db, ctx.scope, campaign.id);
    if (standing.length > 0 && !standing.some((state) => isExtendable(campaign.kind, state, body.step))) {
      throw problem('campaign.stepOver', { title });
    }
    const { evaluationIds, reason, from } = body;
    if (from !== null) {
      await reschedule(ctx, campaign, { ...body, from, title });
      const said = `${title}改为 ${from} 至 ${body.to}：${reason}`;
      const after = { reason, evaluationStep: title, dueOn: body.to, campaignSubjects: evaluationIds?.length ?? 0 };
      return note(ctx, campaign, { action: 'extend', reason: said }, after);
    }
    const next = extended(days, body.step, body.to);
    const ends = evaluationIds === null ? [] : await listStepEnds(ctx.db, ctx.scope, evaluationIds, body.step);
    const slotted = slotStepOf(campaign.kind)?.step;
    // A subject with days of its own gets longer ones also within the step.
    const isOwn = slotted === body.step && ends.length > 0;
    if ((next === null && !isOwn) || (ends.length > 0 && ends.every((to) => to >= body.to))) {
      const whole = days.find((one) => one.step === body.step)?.to ?? '';
      const now = (isOwn ? ends : [whole, ...ends]).sort().at(-1)!;
      throw problem('campaign.notLonger', { title, to: now });
    }
    // Some subjects alone get other days; those of the campaign stay.
    if (evaluationIds === null && next !== null) await writeDays(ctx.db, campaign, next);
    const [was, moved] = [days, next].map((some) => some?.find(({ step: one }) => one === slotted));
    if (isOwn) await writeSlots(ctx.db, campaign, await longerSlots(ctx, campaign, evaluationIds ?? [], body.to));
    else if (was && moved) await writeSlotsMoved(ctx.db, campaign, daysBetween(was.from, moved.from), evaluationIds);
    await ctx.announce(campaignExtended, {
      ...{ campaign: keyOf(campaign), reason, evaluationIds, places: await listPlaces(ctx.db, campaign) },
      ...{ step: body.step, from: null, to: body.to },
    });
    const after = {
      reason,
      evaluationStep: title,
      dueOn: body.to,
      campaignSubjects: evaluationIds?.length ?? campaign.subjects,
    };
    return note(ctx, campaign, { action: 'extend', reason: `${title}延至 ${body.to}：${reason}` }, after);
  }),

  on(campaigns.remind, async (ctx, { params, body }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'remind', body.revision);
    const { evaluationIds } = body;
    await checkEvaluations(ctx, campaign, evaluationIds);
    const places = await listPlaces(ctx.db, campaign);
    await ctx.announce(campaignReminded, { campaign: keyOf(campaign), evaluationIds, places });
    return note(ctx, campaign, { action: 'remind' }, { campaignSubjects: evaluationIds?.length ?? campaign.subjects });
  }),

  on(campaigns.moveOn, async (ctx, { params, body }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'moveOn', body.revision);
    const { evaluationIds, reason } = body;
    await checkEvaluations(ctx, campaign, evaluationIds);
    const title = titleOf(campaign.kind, body.step);
    const subjects = await listSubjects(ctx.db, campaign);
    const people = (await listSeats(ctx.db, campaign)).flatMap(({ endedOn, personId }) => (endedOn ? [] : [personId]));
    const pool = await listPoolOf(ctx.db, ctx.scope, people);
    await ctx.announce(campaignMoved, {
      ...{ campaign: keyOf(campaign), step: body.step, evaluationIds, reason },
      inspectors: [...registeredIn(pool).values()].flatMap(({ personId, kind, termTo, serving }) =>
        serving ? [{ personId, kind, termTo }] : [],
      ),
      shutOut: shutOutOf(await avoidancesOf(ctx, subjects, people, pool)),
      places: await listPlaces(ctx.db, campaign),
    });
    const after = {
      evaluationStep: title,
      campaignSubjects: evaluationIds?.length ?? campaign.subjects,
      ...(reason ? { reason } : {}),
    };
    return note(ctx, campaign, { action: 'moveOn', reason: reason ? `${title}：${reason}` : title }, after);
  }),

  on(campaigns.dropPartner, async (ctx, { params, body: { revision, reason } }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'dropPartner', revision);
    const places = await listPlaces(ctx.db, campaign);
    await ctx.announce(campaignPartnerLeft, { campaign: keyOf(campaign), reason, places });
    const said = `${campaign.partnerUnitName ?? ''}退出：${reason}`;
    const after = { reason, partnerUnit: campaign.partnerUnitName };
    return note(ctx, campaign, { action: 'dropPartner', reason: said }, after, { partnerUnitId: null });
  }),

  on(campaigns.cancel, async (ctx, { params, body: { revision, reason } }) => {
    const campaign = await lockFor(ctx, params.campaignId, 'cancel', revision);
    const confirmed = await countConfirmed(ctx.db, ctx.scope, campaign.id);
    if (confirmed > 0) throw problem('campaign.resultsStand', { confirmed });
    const cancelled = await step(ctx, params.campaignId, { revision, action: 'cancel', reason });
    const seats = await endPanel(ctx, cancelled, reason);
    await ctx.announce(campaignCancelled, {
      ...{ campaign: keyOf(cancelled), reason, places: await listPlaces(ctx.db, cancelled) },
    });
    const { placeId, title } = cancelled;
    await writeNoticesTo(ctx.db, {
      ...{ kind: 'campaign.cancelled', actor: ctx.actor, now: ctx.now, note: reason },
      notices: seats.map(({ personId }) => ({
        ...{ subject: cancelled, about: title, to: { audience: 'person' as const, placeId, personId } },
      })),
    });
    return stepped(cancelled);
  }),

  on(campaigns.close, async (ctx, { params, body: { revision } }) => {
    const closed = await step(ctx, params.campaignId, { revision, action: 'close' });
    await endPanel(ctx, closed, '项目已结束');
    return stepped(closed);
  }),
];

/** The reach of whoever came for the campaign ends with it; the posts stay, because other campaigns may use them. */
async function endPanel(ctx: CampaignContext, campaign: Campaign, reason: string) {
  const standing = (await listSeats(ctx.db, campaign)).filter(({ endedOn }) => endedOn === null);
  await endSeat(ctx, campaign, standing, { on: ctx.today, reason });
  await ctx.recordAll(standing.map((seat) => recordOfSeat(campaign, seat, 'ended', { endedOn: ctx.today, reason })));
  return standing;
}

/** The slots of named subjects that end earlier, with another end. */
async function longerSlots(
  ctx: CampaignContext,
  campaign: Campaign,
  ids: readonly string[],
  to: Day,
): Promise<Map<string, Slot>> {
  const own = (await listSubjects(ctx.db, campaign)).filter(({ id }) => ids.includes(id));
  return new Map(
    own.flatMap(({ id, slot }): [string, Slot][] => (slot && slot.to < to ? [[id, { ...slot, to }]] : [])),
  );
}

/** Other days of named subjects in the step that goes in slots. */
async function reschedule(
  ctx: CampaignContext,
  campaign: Campaign,
  {
    step: asked,
    title,
    from,
    to,
    evaluationIds,
    reason,
  }: Slot & {
    readonly step: EvaluationStep;
    readonly title: string;
    readonly evaluationIds: readonly string[] | null;
    readonly reason: string;
  },
): Promise<void> {
  const faults = [
    ...(slotStepOf(campaign.kind)?.step === asked ? [] : [`“${title}”不分对象排日期，请用延期`]),
    ...(evaluationIds === null ? ['请选定要改日期的对象'] : []),
    ...(to < from ? [`“${title}”的结束日期早于开始日期`] : []),
  ];
  if (faults.length > 0 || evaluationIds === null) throw problem('campaign.timetable', { faults });
  await writeSlots(ctx.db, campaign, new Map(evaluationIds.map((id) => [id, { from, to }])));
  await ctx.announce(campaignExtended, {
    ...{ campaign: keyOf(campaign), reason, evaluationIds: [...evaluationIds], step: asked, from, to },
    places: await listPlaces(ctx.db, campaign),
  });
}

function titleOf(kind: EvaluationKind, step: EvaluationStep): string {
  const found = kindOf(kind).steps.find((one) => one.step === step);
  if (!found) throw problem('thing.notFound', { what: '个步骤' });
  return found.title;
}

/** Evaluations that are named are those of the campaign: a foreign number is told as one that does not exist. */
async function checkEvaluations(
  ctx: CampaignContext,
  campaign: Campaign,
  ids: readonly string[] | null,
): Promise<void> {
  if (ids === null) return;
  const own = new Set((await listSubjects(ctx.db, campaign)).map(({ id }) => id));
  if (ids.some((id) => !own.has(id))) throw problem('thing.notFound', { what: '个评估对象' });
}
