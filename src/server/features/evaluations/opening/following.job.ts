import type { z } from 'zod';
import { doing, type FeatureJob, type Following, following } from '#core/access/feature.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import {
  campaignCancelled,
  campaignExtended,
  campaignMoved,
  campaignOpened,
  campaignPartnerLeft,
  campaignReminded,
  campaignSeatsDealt,
} from '#core/workflow/campaign-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { type Actor, atPlaces } from '#domain/access/actor.ts';
import { extendedFor, rescheduled } from '#domain/evaluation/campaign/slots.ts';
import { nextEvaluationState } from '#domain/evaluation/flow.ts';
import { evaluationStateTitles, stepOf, stepText } from '#domain/evaluation/kind.ts';
import type { EvaluationStepAction } from '#domain/evaluation/lists.ts';
import { withReading, withWriting } from '#platform/db/handle.ts';
import { factsFor, recordOf, stateWords, stepEvents, subjectOf } from '../evaluation.act.ts';
import {
  type Evaluation,
  type EvaluationChange,
  type EvaluationHandle,
  evaluationWrite,
  lockEvaluation,
  stepDoneWrite,
} from '../evaluation.store.ts';
import * as jobs from '../evaluations.jobs.ts';
import { settleUnowed } from '../judging/unowed.act.ts';
import { voidedOf } from '../judging/voided.job.ts';
import { openingJobs } from './opening.job.ts';
import {
  listOfCampaign,
  listOwnDays,
  listPanel,
  lockOpenCampaign,
  writeDays,
  writeLists,
  writeReviewers,
} from './opening.store.ts';
import { panelLacksOf, type RegisteredPanel } from './panel.act.ts';

type Reached<Data> = Data & { readonly places: readonly number[] };
type Named = Awaited<ReturnType<typeof listOfCampaign>>[number];

/** The evaluations of a campaign that have not ended, each in a transaction of its own. */
async function atEach(
  services: JobServices,
  places: readonly number[],
  wanted: Parameters<typeof listOfCampaign>[2],
  work: (db: EvaluationHandle, evaluation: Named) => Promise<void>,
): Promise<void> {
  const found = await withReading(services.pool, atPlaces(places), (db: EvaluationHandle) =>
    listOfCampaign(db, places, wanted),
  );
  for (const evaluation of found) {
    const reach = atPlaces([...new Set([evaluation.placeId, evaluation.campaignPlaceId])]);
    await withWriting(services.pool, reach, (db: EvaluationHandle) => work(db, evaluation));
  }
}

/** The office that asked for the act: the campaign has asked whether it may. */
async function officeOf(services: JobServices, db: EvaluationHandle, placeId: number): Promise<Actor> {
  const { userId, name, role, post, principal } = await services.asker(db);
  return {
    ...{ userId: userId ?? '', username: '', name, role: role ?? '', level: 'city', unitId: placeId },
    ...{ permissions: new Set(['campaign.manage'] as const), post, principal },
    ...{ schoolId: null, sectionId: null, tokenId: null },
  };
}

/** What the office asked for; with a move, who of the panel serves as an inspector, and who must keep away. */
interface Asked extends Partial<RegisteredPanel> {
  /** From which step: another that stands there meanwhile is left alone. */
  readonly from?: z.output<typeof campaignMoved.data>['step'];
  readonly action: EvaluationStepAction & ('moveOn' | 'cancel');
  readonly reason: string | null;
}

/** Takes a step that the office asked for; the reason why not, where the flow refuses. */
async function step(
  services: JobServices,
  db: EvaluationHandle,
  { placeId, id }: Named,
  { action, from, reason, inspectors = [], shutOut = [] }: Asked,
): Promise<{ evaluation: Evaluation; refusal: string | null } | undefined> {
  const evaluation = await lockEvaluation(db, { placeId, id }, null);
  if (evaluation === undefined || evaluation.state === 'closed' || evaluation.state === 'cancelled') return undefined;
  if (from !== undefined && evaluation.state !== from) return undefined;
  const office = await officeOf(services, db, evaluation.campaignPlaceId);
  const [now, today] = [services.now(), services.today()];
  const facts = await factsFor({ db }, evaluation, action);
  const panelLacks = action === 'moveOn' ? await panelLacksOf(db, evaluation, { inspectors, shutOut }, today) : [];
  const subject = subjectOf({ today }, evaluation, facts, { panelLacks, reasoned: reason !== null });
  const next = nextEvaluationState(action, subject, office);
  if (!next.ok) return { evaluation, refusal: next.problem.message };
  const change: EvaluationChange = {
    state: next.to,
    ...(action === 'cancel' ? { reason } : {}),
    ...(evaluation.state === 'selfEvaluation' ? { returned: null } : {}),
  };
  await db.executeQuery(evaluationWrite(db, evaluation, change, now));
  if (action === 'moveOn') {
    await db.executeQuery(stepDoneWrite(db, evaluation, evaluation.state, today));
    const voided = voidedOf(evaluation);
    if (voided !== undefined) await services.enqueue(db, jobs.sendVoided, voided);
  }
  // Whoever comes by a seat alone reads the evidence of no evaluation that is over.
  await writeLists(db, evaluation, now);
  await writeSteps(db, [{ subject: evaluation, from: evaluation.state, to: next.to }], {
    ...{ action, actor: await services.asker(db), at: now },
    ...(reason === null ? {} : { reason }),
  });
  await writeNotices(db, {
    ...{ kind: action === 'cancel' ? 'evaluation.cancelled' : 'evaluation.movedOn', subjects: [evaluation] },
    ...{ actor: await services.acting(db), now, about: evaluation.title },
    note: action === 'cancel' ? reason : evaluationStateTitles[next.to],
  });
  await services.record(
    db,
    recordOf(evaluation, stepEvents[action], {
      before: stateWords(evaluation.state),
      after: { ...stateWords(next.to), ...(reason === null ? {} : { reason }) },
    }),
  );
  return { evaluation, refusal: null };
}

/** How many of those that stay a notice names. */
const mostNamed = 20;

async function move(services: JobServices, data: Reached<z.output<typeof campaignMoved.data>>): Promise<void> {
  const { campaign, evaluationIds, inspectors, shutOut, places } = data;
  const stay: { evaluation: Evaluation; refusal: string }[] = [];
  const wanted = { campaignId: campaign.id, step: data.step, ids: evaluationIds };
  await atEach(services, places, wanted, async (db, evaluation) => {
    const done = await step(services, db, evaluation, {
      action: 'moveOn',
      from: data.step,
      reason: data.reason,
      ...{ inspectors, shutOut },
    });
    if (done !== undefined && done.refusal !== null) stay.push({ ...done, refusal: done.refusal });
  });
  const [first] = stay;
  if (first === undefined) return;
  // To the office: which stayed where they were, and what each of them lacks.
  await withWriting(services.pool, atPlaces([campaign.placeId]), async (db: EvaluationHandle) => {
    const said = stay.slice(0, mostNamed).map(({ evaluation, refusal }) => `${evaluation.subjectName}：${refusal}`);
    const more = stay.length > mostNamed ? [`另有 ${stay.length - mostNamed} 个对象`] : [];
    const actor = await services.acting(db);
    await writeNotices(db, {
      ...{ kind: 'evaluation.notMovedOn', actor, now: services.now(), about: first.evaluation.title },
      subjects: [{ type: 'campaign', id: campaign.id, placeId: campaign.placeId, schoolId: null }],
      note: [`${stepText(first.evaluation.kind, data.step)}：${stay.length} 个对象没有转入`, ...said, ...more].join(
        '\n',
      ),
    });
  });
}

async function cancel(services: JobServices, data: Reached<z.output<typeof campaignCancelled.data>>): Promise<void> {
  await atEach(services, data.places, { campaignId: data.campaign.id }, async (db, evaluation) => {
    await step(services, db, evaluation, { action: 'cancel', reason: data.reason });
  });
}

async function extend(services: JobServices, data: Reached<z.output<typeof campaignExtended.data>>): Promise<void> {
  const { campaign, reason, evaluationIds, places } = data;
  await atEach(services, places, { campaignId: campaign.id, ids: evaluationIds }, async (db, named) => {
    const evaluation = await lockEvaluation(db, named, null);
    if (evaluation === undefined) return;
    const own = await listOwnDays(db, named);
    const { step: asked, from, to } = data;
    const days =
      from !== null
        ? rescheduled(own, asked, { from, to })
        : extendedFor(evaluation.kind, own, asked, { to, forAll: evaluationIds === null });
    if (days === null || (await writeDays(db, named, days, reason)) === 0) return;
    const now = services.now();
    await db.executeQuery(evaluationWrite(db, evaluation, {}, now));
    const { state } = evaluation;
    await writeSteps(db, [{ subject: evaluation, from: state, to: state }], {
      ...{ action: 'extended', actor: await services.asker(db), at: now, reason },
    });
    const due = days.find((one) => one.step === state)?.to;
    const before = own.find((one) => one.step === data.step)?.to;
    await writeNotices(db, {
      ...{ kind: 'evaluation.extended', subjects: [evaluation], actor: await services.acting(db), now },
      note:
        from === null
          ? `${stepText(evaluation.kind, asked)}由 ${before ?? '—'} 延到 ${to}，以后各步骤顺延：${reason}`
          : `${stepText(evaluation.kind, asked)}改为 ${from} 至 ${to}：${reason}`,
      about: evaluation.title,
    });
    await services.record(db, recordOf(evaluation, 'extended', { after: { reason, ...(due ? { dueOn: due } : {}) } }));
  });
}

/** The letters that are wanted from now on are of the lead alone, and no other unit signs them. */
async function leavePartner(
  services: JobServices,
  { campaign, reason, places }: Reached<z.output<typeof campaignPartnerLeft.data>>,
): Promise<void> {
  await atEach(services, places, { campaignId: campaign.id }, async (db, named) => {
    const evaluation = await lockEvaluation(db, named, null);
    if (evaluation === undefined || evaluation.partnerUnitId === null) return;
    await db.executeQuery(evaluationWrite(db, evaluation, { partnerUnitId: null }, services.now()));
    await services.record(db, recordOf(evaluation, 'partnerLeft', { after: { reason } }));
  });
}

async function seat(services: JobServices, data: Reached<z.output<typeof campaignSeatsDealt.data>>): Promise<void> {
  const { campaign, places } = data;
  await atEach(services, places, { campaignId: campaign.id }, async (db, evaluation) => {
    // An opening that runs beside, or an older announcement that comes late, writes the same.
    if (!(await lockOpenCampaign(db, campaign))) return;
    await writeReviewers(db, evaluation, await listPanel(db, campaign, evaluation.id));
    await writeLists(db, evaluation, services.now());
    await settleUnowed(services, db, evaluation);
  });
}

async function deal(
  services: JobServices,
  { placeId, evaluationId, places }: Reached<z.output<typeof jobs.dealLists.data>>,
): Promise<void> {
  const key = { placeId, id: evaluationId };
  await withWriting(services.pool, atPlaces(places), async (db: EvaluationHandle) => {
    await writeLists(db, key, services.now());
    await settleUnowed(services, db, key);
  });
}

async function remind(services: JobServices, data: Reached<z.output<typeof campaignReminded.data>>): Promise<void> {
  const { campaign, evaluationIds, places } = data;
  const today = services.today();
  await atEach(services, places, { campaignId: campaign.id, ids: evaluationIds }, async (db, named) => {
    const evaluation = await lockEvaluation(db, named, null);
    // A step that the city takes is no step of the subject: it would be sent where it can do nothing.
    const by = evaluation && stepOf(evaluation.kind, evaluation.state)?.by;
    if (evaluation === undefined || by === undefined || by === 'city') return;
    const [now, actor] = [services.now(), await services.acting(db)];
    const { written } = await writeNotices(db, {
      // What the county reviews is the county's, also of a school.
      ...{ kind: 'evaluation.reminded', subjects: [by === 'county' ? { ...evaluation, schoolId: null } : evaluation] },
      ...{ actor, now, about: evaluation.title },
      note: stepText(evaluation.kind, evaluation.state),
      onceKey: ({ id }: Evaluation) => `evaluation ${id} reminded ${today}`,
    });
    if (written.length === 0) return;
    await services.record(db, recordOf(evaluation, 'reminded', { after: stateWords(evaluation.state) }));
  });
}

/** What evaluations do when their campaign does something. */
export const followingJobs: readonly FeatureJob[] = [
  ...openingJobs,
  doing(jobs.extendEvaluations, extend),
  doing(jobs.leavePartner, leavePartner),
  doing(jobs.seatEvaluations, seat),
  doing(jobs.moveEvaluations, move),
  doing(jobs.cancelEvaluations, cancel),
  doing(jobs.remindEvaluations, remind),
  doing(jobs.dealLists, deal),
];

export const evaluationFollows: readonly Following[] = [
  following(campaignOpened, jobs.openEvaluations),
  following(campaignExtended, jobs.extendEvaluations),
  following(campaignPartnerLeft, jobs.leavePartner),
  following(campaignSeatsDealt, jobs.seatEvaluations),
  following(campaignMoved, jobs.moveEvaluations),
  following(campaignCancelled, jobs.cancelEvaluations),
  following(campaignReminded, jobs.remindEvaluations),
];
