import type { z } from 'zod';
import type { campaignDetail, campaignForm, campaignSummary } from '#contract/campaigns/campaigns.ts';
import type { Context } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { findWorkingCalendar } from '#core/calendar/working-days.store.ts';
import { foundByOf } from '#core/directory/initials.ts';
import { findPreparedEdition } from '#core/facts/edition.store.ts';
import { listSteps } from '#core/workflow/step.store.ts';
import {
  type CampaignAction,
  type CampaignStepAction,
  type CampaignSubject,
  campaignLacks,
  campaignObstacles,
  campaignStepTitle,
  nextCampaignState,
  permittedCampaignActs,
} from '#domain/evaluation/campaign/campaign-flow.ts';
import { campaignSlots, slotStepOf } from '#domain/evaluation/campaign/slots.ts';
import { type StepDays, timetableFaults } from '#domain/evaluation/campaign/timetable.ts';
import { unknowableIn } from '#domain/evaluation/campaign/unknowable.ts';
import { campaignStateTitles, kindOf } from '#domain/evaluation/kind.ts';
import { type CampaignState, mostSubjects } from '#domain/evaluation/lists.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { type Problem, problem } from '#domain/kit/problem.ts';
import {
  type Campaign,
  type CampaignContent,
  type CampaignHandle,
  countStandings,
  findCampaign,
  findEditionChoice,
  listDays,
  lockCampaign,
  type Standing,
} from './campaign.store.ts';
import { partedByFit } from './fit.shape.ts';
import { findChoices, listSubjects } from './subject.store.ts';

export type CampaignContext = Context<CampaignHandle>;

/** How a refusal names a campaign that does not exist. */
export const campaignWord = '个督导评估项目';

const absent = () => problem('thing.notFound', { what: campaignWord });

/** The campaign, or a refusal that reveals nothing outside the person's place. */
export async function loadCampaign(ctx: CampaignContext, id: string): Promise<Campaign> {
  const found = await findCampaign(ctx.db, ctx.scope, id);
  if (!found) throw absent();
  return found;
}

/** The edition of a campaign, ready to score. */
export function editionOf(ctx: Pick<CampaignContext, 'db'>, { edition }: Pick<Campaign, 'edition'>): Promise<Prepared> {
  return findPreparedEdition(ctx.db, edition);
}

/** How the evaluations of a campaign stand. */
export async function standingOf(ctx: CampaignContext, { id }: Pick<Campaign, 'id'>): Promise<Standing> {
  return (await countStandings(ctx.db, ctx.scope, [id], ctx.today))(id);
}

/** What a campaign lacks before it can open. */
export async function lacksOf(
  ctx: Pick<CampaignContext, 'db' | 'scope'>,
  campaign: Campaign,
  days: readonly StepDays[],
): Promise<string[]> {
  if (campaign.state !== 'draft') return [];
  const { key, revision } = campaign.edition;
  const edition = await findEditionChoice(ctx.db, key, revision);
  const isMeant = edition?.subject === kindOf(campaign.kind).subject;
  return campaignLacks({
    subjects: campaign.subjects,
    editionOpen: edition?.openCodes ?? [],
    editionWithdrawn: edition?.withdrawn ?? true,
    unknowable: unknowableIn(await editionOf(ctx, campaign)),
    timetable: timetableFaults(campaign.kind, days),
    notMeant: isMeant ? await unfitNames(ctx, campaign) : ['这类对象'],
  });
}

/** The chosen subjects for which the edition is not meant, by name: a school may have changed its type since. */
async function unfitNames(ctx: Pick<CampaignContext, 'db' | 'scope'>, campaign: Campaign): Promise<string[]> {
  const prepared = await editionOf(ctx, campaign);
  if (prepared.applies === null) return [];
  const chosen = await findChoices(ctx.db, ctx.scope, campaign, { chosen: true }, null, mostSubjects);
  return partedByFit(prepared, chosen).unfit.map(({ name }) => name);
}

/** What the flow asks of a campaign. Facts beside it are looked up where an act asks them. */
export async function subjectOf(
  ctx: CampaignContext,
  campaign: Campaign,
  asked: { readonly lacks?: boolean; readonly open?: boolean } = {},
): Promise<CampaignSubject> {
  const lacks = asked.lacks ? await lacksOf(ctx, campaign, await listDays(ctx.db, campaign)) : [];
  const standing = asked.open ? await standingOf(ctx, campaign) : undefined;
  // What the jobs of the opening have not written yet has not ended either.
  const openEvaluations = standing ? standing.open + Math.max(0, campaign.subjects - standing.written) : 0;
  const { state, placeId, partnerUnitId } = campaign;
  return { state, placeId, lacks, openEvaluations, partnerUnitId };
}

/** The campaign, locked. One that has ended is changed no more and needs no lock: the flow refuses every act on it. */
export async function lockedCampaign(ctx: CampaignContext, id: string): Promise<Campaign> {
  const found = await loadCampaign(ctx, id);
  if (found.state === 'closed' || found.state === 'cancelled') return found;
  return (await lockCampaign(ctx.db, found)) ?? loadCampaign(ctx, id);
}

/** The campaign, locked, only for a person who may do this now. */
export async function lockFor(
  ctx: CampaignContext,
  id: string,
  action: CampaignAction,
  revision?: number,
): Promise<Campaign> {
  const locked = await lockedCampaign(ctx, id);
  const asked = nextCampaignState(action, await subjectOf(ctx, locked), ctx.actor);
  ctx.authorize(asked.ok, asked.ok ? undefined : asked.problem);
  if (revision !== undefined && revision !== locked.revision) throw await overtaken(locked, ctx);
  return locked;
}

/** The acts that leave a step, by their words in the audit. */
export const stepEvents: Readonly<Record<CampaignStepAction, string>> = {
  ...{ open: 'opened', extend: 'extended', moveOn: 'movedOn', remind: 'reminded' },
  dropPartner: 'partnerLeft',
  ...{ close: 'closed', cancel: 'cancelled' },
};

/** What changes the row of a campaign. */
export const campaignRevised: Revised = {
  ...{ table: 'campaigns', type: 'campaign' },
  acts: [...Object.values(stepEvents), 'created', 'edited', 'subjectsChosen', 'workPassed'].map(
    (done) => `campaign.${done}`,
  ),
};

/** The refusal of whoever comes with an older revision: names the person of the last change. */
export async function overtaken({ id, placeId, title, state }: Campaign, ctx: CampaignContext): Promise<Problem> {
  const last = await lastChange(ctx, placeId, { ...campaignRevised, ids: [id] });
  return problem('campaign.changed', { title, state: campaignStateTitles[state], last });
}

/** The audit row of an act on a campaign. */
export function recordOf(
  { placeId, id, title }: Pick<Campaign, 'placeId' | 'id' | 'title'>,
  done: string,
  more: Pick<AuditEntry, 'before' | 'after' | 'fields'> = {},
): AuditEntry {
  return {
    ...{ action: `campaign.${done}`, objectType: 'campaign', objectId: id, placeId },
    ...more,
    after: { title, ...more.after },
  };
}

export const stateWords = (state: CampaignState) => ({ campaignState: campaignStateTitles[state] });

/** What a form says of a campaign, as it is kept. */
export async function contentOf(form: z.output<typeof campaignForm>): Promise<CampaignContent> {
  const { steps: _steps, ...content } = form;
  return { ...content, alsoFoundBy: (await foundByOf([form.title]))[0] ?? '' };
}

/** The days as they are kept: those of the kind, in its order. */
export function daysOf(kind: Campaign['kind'], steps: readonly StepDays[]): StepDays[] {
  const faults = timetableFaults(kind, steps);
  if (faults.length > 0) throw problem('campaign.timetable', { faults });
  return kindOf(kind).steps.map(({ step }) => steps.find((one) => one.step === step)!);
}

/** The days of each subject in the step that goes in slots; undefined where no step of the kind does. */
export async function slotsOf(ctx: Pick<CampaignContext, 'db'>, campaign: Campaign, days: readonly StepDays[]) {
  if (slotStepOf(campaign.kind) === undefined) return undefined;
  const subjects = await listSubjects(ctx.db, campaign);
  const found = campaignSlots(await findWorkingCalendar(ctx.db), campaign.kind, days, subjects);
  return found && { ...found, subjects };
}

async function presentSlots(ctx: CampaignContext, campaign: Campaign, days: readonly StepDays[]) {
  const found = campaign.state === 'draft' ? await slotsOf(ctx, campaign, days) : undefined;
  if (found === undefined) return null;
  const { step, sentence, slots, subjects } = found;
  return { step, sentence, rows: subjects.map(({ id, name }) => ({ subjectId: id, name, ...slots.get(id)! })) };
}

/** A campaign in a list. */
export function presentSummary(
  campaign: Campaign,
  days: { readonly from: string | null; readonly to: string | null },
  { late, confirmed }: Standing,
): z.input<typeof campaignSummary> {
  const { id, placeId, kind, title, state, assessmentYear, decisionYear, edition, subjects, revision } = campaign;
  return {
    ...{ id, placeId, kind, title, state, assessmentYear, decisionYear, edition, subjects, late, confirmed, revision },
    ...{ leadUnitName: campaign.leadUnitName, partnerUnitName: campaign.partnerUnitName, ...days },
    openedAt: campaign.openedAt?.toISOString() ?? null,
  };
}

export async function presentDetail(ctx: CampaignContext, campaign: Campaign): Promise<z.input<typeof campaignDetail>> {
  const days = await listDays(ctx.db, campaign);
  const standing = await standingOf(ctx, campaign);
  const lacks = await lacksOf(ctx, campaign, days);
  const steps = await listSteps(ctx.db, campaign);
  const unwritten = campaign.state === 'open' ? Math.max(0, campaign.subjects - standing.written) : 0;
  const subject = { ...(await subjectOf(ctx, campaign)), lacks, openEvaluations: standing.open + unwritten };
  const can = permittedCampaignActs(subject, ctx.actor);
  const { title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules } = campaign;
  return {
    ...presentSummary(campaign, { from: days[0]?.from ?? null, to: days.at(-1)?.to ?? null }, standing),
    form: { title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules, steps: days },
    slots: await presentSlots(ctx, campaign, days),
    ...{ earlierId: campaign.earlierId, reason: campaign.reason, noticeLetterId: campaign.noticeLetterId },
    createdBy: campaign.organiserName,
    obstacles: [
      ...lacks.map((lack) => `${lack}。`),
      ...(campaign.state === 'open' ? campaignObstacles('close', subject, ctx.actor) : []),
    ].map((sentence, at) => ({ code: `lack-${at + 1}`, sentence })),
    movable: campaign.state === 'open' ? standing.movable : 0,
    opening: unwritten === 0 ? null : { done: standing.written, total: campaign.subjects },
    history: steps
      .map(({ id, action, actorName, at, reason }) => ({
        ...{ id, action, title: campaignStepTitle(action), actorName, at: at.toISOString(), reason },
      }))
      .reverse()
      .slice(0, 200),
    can,
  };
}
