import type { z } from 'zod';
import type { newSeat, seat as seatShape } from '#contract/campaigns/campaigns.ts';
import { insertAssignment } from '#core/access/grant/assignments.store.ts';
import {
  campaignRole,
  endSeatAssignments,
  isCampaignRole,
  lockSeatHolder,
  type SeatHolder,
  writeCampaignPost,
} from '#core/access/grant/campaign-posts.store.ts';
import { recordOfEndedAssignment } from '#core/access/grant/ended-rights.shape.ts';
import { listHeldGrants } from '#core/access/grant/held-posts.store.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { lastChange, type Revised } from '#core/audit/last-change.ts';
import { listBodiesOf } from '#core/directory/places.store.ts';
import { writeNoticesTo } from '#core/notices/sent.store.ts';
import { campaignSeatsDealt } from '#core/workflow/campaign-occurrences.ts';
import { writeSteps } from '#core/workflow/step.store.ts';
import { signatureOf } from '#domain/access/actor.ts';
import {
  type AvoidedEvaluation,
  avoidedByEach,
  everyNode,
  nodesOfLeaves,
  type PanelSeat,
  type ShutOut,
  seatCovers,
  seatRefusal,
  shutOutOf,
} from '#domain/evaluation/campaign/panel.ts';
import { seatPartTitles } from '#domain/evaluation/kind.ts';
import type { CampaignNotice } from '#domain/evaluation/notice.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { isTermOver } from '#domain/inspection/terms.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { newId } from '#platform/ids/new-id.ts';
import { type CampaignContext, editionOf } from './campaign.act.ts';
import type { Campaign } from './campaign.store.ts';
import { inspectorRules } from './panel-rules.shape.ts';
import {
  countGiven,
  endSeats,
  insertAvoidances,
  insertSeat,
  listPoolOf,
  listSeats,
  lockSeat,
  type PoolRow,
  type SeatRow,
} from './seat.store.ts';
import { listPlaces, listSubjects, type SubjectRow } from './subject.store.ts';

type NewSeat = z.output<typeof newSeat>;
type Reach = Omit<NewSeat, 'personId' | 'inspectorId'>;

/** What changes the row of a seat. */
export const seatRevised: Revised = {
  ...{ table: 'campaign_seats', type: 'campaign-seat' },
  acts: ['given', 'changed', 'ended'].map((done) => `campaign-seat.${done}`),
};

export function recordOfSeat(
  campaign: Pick<Campaign, 'placeId' | 'title'>,
  { id, name, part }: Pick<SeatRow, 'id' | 'name' | 'part'>,
  done: string,
  more: Record<string, unknown> = {},
): AuditEntry {
  return {
    ...{ action: `campaign-seat.${done}`, objectType: 'campaign-seat', objectId: id, placeId: campaign.placeId },
    after: { title: campaign.title, name, seatPart: seatPartTitles[part], ...more },
  };
}

/** From whom some people keep away, by person. */
export async function avoidancesOf(
  ctx: CampaignContext,
  subjects: readonly SubjectRow[],
  personIds: readonly string[],
  pool: readonly PoolRow[],
): Promise<ReadonlyMap<string, AvoidedEvaluation[]>> {
  const bodies = await listBodiesOf(ctx.db, subjects);
  const asked = subjects.map(({ id, name }, at) => ({ ...bodies[at]!, evaluationId: id, name }));
  const held = await listHeldGrants(ctx.db, personIds);
  return avoidedByEach(personIds, { entries: pool, held, subjects: asked, rules: inspectorRules, on: ctx.today });
}

/** The part of a tree and of the subjects that a seat may be given. */
async function checkReach(ctx: CampaignContext, campaign: Campaign, given: Reach): Promise<SubjectRow[]> {
  const { nodes, evaluationIds, from, to } = given;
  if (from > to) throw problem('campaign.seatDays');
  const prepared = await editionOf(ctx, campaign);
  const unknown = nodes.filter((code) => code !== everyNode && !prepared.byCode.has(code));
  if (unknown.length > 0) throw problem('thing.notFound', { what: `个指标 ${unknown.slice(0, 3).join('、')}` });
  const subjects = await listSubjects(ctx.db, campaign);
  const meant = evaluationIds === null ? subjects : subjects.filter(({ id }) => evaluationIds.includes(id));
  if (evaluationIds !== null && meant.length < new Set(evaluationIds).size) {
    throw problem('thing.notFound', { what: '个评估对象' });
  }
  return meant;
}

/** The person, if a campaign may seat him. */
async function holderOf(ctx: CampaignContext, campaign: Campaign, personId: string): Promise<SeatHolder> {
  const holder = await lockSeatHolder(ctx.db, personId, { placeId: campaign.placeId, judges: 'evaluation.judge' });
  if (!holder) throw problem('thing.notFound', { what: '个账户' });
  const refuse = (why: string) => problem('campaign.seatUnfit', { name: holder.name, why });
  if (!holder.active) throw refuse('账户已停用，请先由系统管理员启用');
  if (holder.separated) throw refuse('系统、安全、审计管理员不参与业务，请换人');
  if (!holder.inside && !(await isCampaignRole(ctx.db, ['evaluation.judge', 'evaluation.read']))) {
    throw refuse('外聘成员的角色已被改动，请由安全管理员恢复为只能评分');
  }
  return holder;
}

interface Seated {
  readonly id: string;
  readonly name: string;
}

/** Writes a seat with the reach that it gives; the rule of avoidance has been asked. */
async function seatPerson(
  ctx: CampaignContext,
  campaign: Campaign,
  holder: SeatHolder,
  given: NewSeat,
  kept: { readonly readEditionAt: Date | null },
): Promise<Seated> {
  const subjects = await checkReach(ctx, campaign, given);
  const pool = await listPoolOf(ctx.db, ctx.scope, [holder.personId]);
  const own = pool.find(({ inspectorId }) => inspectorId === given.inspectorId);
  if (given.inspectorId !== null && own === undefined) throw problem('thing.notFound', { what: '名督学' });
  const avoided = (await avoidancesOf(ctx, subjects, [holder.personId], pool)).get(holder.personId) ?? [];
  const refusal = seatRefusal(holder.name, avoided, given.waivedReason);
  if (refusal) throw refusal;
  const seats = await listSeats(ctx.db, campaign);
  const standing = seats.filter(({ endedOn }) => endedOn === null);
  if (standing.some(({ personId }) => personId === holder.personId)) {
    throw problem('campaign.seatTaken', { name: holder.name });
  }
  const leader = standing.find(({ part }) => part === 'leader');
  if (given.part === 'leader' && leader) throw problem('campaign.leaderTaken', { name: leader.name });

  const id = newId();
  const { now } = ctx;
  const by = ctx.actor.userId;
  const outside = !holder.inside;
  let grantId: string | null = null;
  if (outside) {
    const post = await writeCampaignPost(ctx.db, { id: newId(), personId: holder.personId, by, now });
    grantId = post.grantId;
    const assignment = newId();
    const { from, to } = given;
    await insertAssignment(ctx.db, { id: assignment, grantId, seatId: id, from, to, by, now });
    await ctx.record({
      ...{ action: 'assignment.given', objectType: 'person', objectId: holder.personId, before: null },
      after: { role: campaignRole, schoolId: null, place: campaign.title, from, until: to, post: grantId, assignment },
    });
  }
  await insertSeat(ctx.db, campaign, {
    ...{ id, personId: holder.personId, name: holder.name, grantId, part: given.part, scores: given.scores },
    ...{ inspectorPlaceId: own?.placeId ?? null, inspectorId: own?.inspectorId ?? null },
    ...{ nodes: [...new Set(given.nodes)], subjects: given.evaluationIds && [...new Set(given.evaluationIds)] },
    ...{
      from: outside ? null : given.from,
      to: outside ? null : given.to,
      ...kept,
      by: signatureOf(ctx.actor),
      at: now,
    },
  });
  await insertAvoidances(
    ctx.db,
    campaign,
    avoided.map(({ evaluationId, grounds }) => ({
      ...{ id: newId(), seatId: id, personId: holder.personId, subjectId: evaluationId },
      ...{ which: grounds[0]!.case, reason: given.waivedReason ?? '' },
    })),
    { by: signatureOf(ctx.actor), at: now },
  );
  return { id, name: holder.name };
}

/** Ends a seat and its reach in one transaction: the end counts at once. */
export async function endSeat(
  ctx: CampaignContext,
  campaign: Pick<Campaign, 'placeId' | 'title'>,
  seats: readonly Pick<SeatRow, 'id'>[],
  { on, reason }: { readonly on: string; readonly reason: string },
): Promise<void> {
  const ids = seats.map(({ id }) => id);
  await endSeats(ctx.db, campaign, ids, { on, reason });
  const ended = await endSeatAssignments(ctx.db, ids, ctx.actor.userId, ctx.now);
  await ctx.recordAll(
    ended.map(({ id, grantId, personId, from, to }) =>
      recordOfEndedAssignment(
        { id, grantId, personId, role: campaignRole, schoolId: null, place: campaign.title, from, to },
        { reason },
      ),
    ),
  );
}

/** Tells somebody of a seat; whoever comes from outside has no place, so the notice lies at that of the campaign. */
async function tell(
  ctx: CampaignContext,
  campaign: Campaign,
  personId: string,
  kind: CampaignNotice,
  note: string | null,
) {
  const { placeId, title } = campaign;
  await writeNoticesTo(ctx.db, {
    ...{ kind, actor: ctx.actor, now: ctx.now, note },
    notices: [{ subject: campaign, about: title, to: { audience: 'person', placeId, personId } }],
  });
}

/** Brings the panel of an open campaign to its evaluations; a draft has none. */
async function deal(ctx: CampaignContext, campaign: Campaign): Promise<void> {
  if (campaign.state !== 'open') return;
  const places = await listPlaces(ctx.db, campaign);
  const { placeId, id } = campaign;
  await ctx.announce(campaignSeatsDealt, { campaign: { placeId, id }, places });
}

async function noteStep(ctx: CampaignContext, campaign: Campaign, action: string, reason: string): Promise<void> {
  const { state } = campaign;
  await writeSteps(ctx.db, [{ subject: campaign, from: state, to: state }], {
    ...{ action, actor: ctx.actor, at: ctx.now, reason },
  });
}

/** Nobody decides on the own seat: whoever has read what others judged would judge beside them. */
function refuseOwn({ actor }: CampaignContext, personId: string): void {
  if (personId === actor.userId || personId === actor.principal?.id) throw problem('campaign.seatOwn');
}

/** Gives somebody a seat. */
export async function giveSeat(ctx: CampaignContext, campaign: Campaign, given: NewSeat) {
  refuseOwn(ctx, given.personId);
  const holder = await holderOf(ctx, campaign, given.personId);
  const { id, name } = await seatPerson(ctx, campaign, holder, given, { readEditionAt: null });
  await noteStep(ctx, campaign, 'seatGiven', `${name}（${seatPartTitles[given.part]}）`);
  const said = { nodes: given.nodes, from: given.from, until: given.to, waived: given.waivedReason !== null };
  await ctx.record(recordOfSeat(campaign, { id, name, part: given.part }, 'given', said));
  await tell(ctx, campaign, given.personId, 'campaign.seatGiven', seatPartTitles[given.part]);
  await deal(ctx, campaign);
  return { id, revision: 1 };
}

/** The seat, locked; one that ended is changed no more. */
export async function lockStanding(
  ctx: CampaignContext,
  campaign: Campaign,
  seatId: string,
  revision: number,
): Promise<SeatRow> {
  const seat = await lockSeat(ctx.db, campaign, seatId);
  if (!seat) throw problem('thing.notFound', { what: '个席位' });
  refuseOwn(ctx, seat.personId);
  if (seat.endedOn !== null) throw problem('campaign.seatOver', { name: seat.name, endedOn: seat.endedOn });
  if (seat.revision !== revision) {
    const last = await lastChange(ctx, campaign.placeId, { ...seatRevised, ids: [seat.id] });
    throw problem('thing.changed', { what: '个席位', last });
  }
  return seat;
}

/**
 * Another part, branch or subject is another seat: the old one ends at once, and the new one reads nothing before the
 * evaluations carry it. So nobody reads what was taken away while the rows are rewritten.
 */
export async function changeSeat(ctx: CampaignContext, campaign: Campaign, seat: SeatRow, given: Reach) {
  if (isSame(seat, given)) throw problem('thing.nothingChanges', { what: '席位' });
  const holder = await holderOf(ctx, campaign, seat.personId);
  await endSeat(ctx, campaign, [seat], { on: ctx.today, reason: '调整分工' });
  const { personId, inspectorId, readEditionAt } = seat;
  const { id, name } = await seatPerson(ctx, campaign, holder, { ...given, personId, inspectorId }, { readEditionAt });
  const said = { nodes: given.nodes, from: given.from, until: given.to, waived: given.waivedReason !== null };
  await ctx.record(recordOfSeat(campaign, seat, 'changed', said));
  await ctx.record(recordOfSeat(campaign, { id, name, part: given.part }, 'given', said));
  await tell(ctx, campaign, personId, 'campaign.seatChanged', seatPartTitles[given.part]);
  await deal(ctx, campaign);
  return { id, revision: 1 };
}

function isSame(seat: SeatRow, given: Reach): boolean {
  const sorted = (list: readonly string[] | null) => (list === null ? null : [...new Set(list)].sort());
  const reachOf = ({ part, scores, nodes, from, to }: SeatRow | Reach, subjects: readonly string[] | null) =>
    canonicalJson({ part, scores, from, to, nodes: sorted(nodes), subjects: sorted(subjects) });
  return reachOf(seat, seat.subjects) === reachOf(given, given.evaluationIds);
}

export async function closeSeat(
  ctx: CampaignContext,
  campaign: Campaign,
  seat: SeatRow,
  { on, reason }: { readonly on: string; readonly reason: string },
) {
  if (on > ctx.today) throw problem('campaign.seatDays');
  await endSeat(ctx, campaign, [seat], { on, reason });
  await noteStep(ctx, campaign, 'seatEnded', `${seat.name}：${reason}`);
  await ctx.record(recordOfSeat(campaign, seat, 'ended', { endedOn: on, reason }));
  await tell(ctx, campaign, seat.personId, 'campaign.seatEnded', reason);
  await deal(ctx, campaign);
  return { id: seat.id, revision: seat.revision + 1 };
}

/** The first entry of each person of a panel in the register. */
type Registered = ReadonlyMap<string, Pick<PoolRow, 'kind' | 'termTo' | 'serving'>>;

/** @param pool entries of the register in the order in which they count (`listPoolOf`) */
export const registeredIn = (pool: readonly PoolRow[]): ReadonlyMap<string, PoolRow> =>
  new Map([...pool].reverse().map((entry) => [entry.personId, entry]));

/** Seats as the rules of panels read them; whoever left the register is no inspector any more. */
export function panelSeats(seats: readonly SeatRow[], registered: Registered): PanelSeat[] {
  return seats.map(({ id, personId, name, part, scores, nodes, subjects, from, to, endedOn }) => ({
    // Whoever only leads judges no leaf.
    ...{ id, personId, name, part, nodes: scores ? nodes : [], evaluations: subjects, from, to, endedOn },
    ...servingAs(registered.get(personId)),
  }));
}

/** Whether a term ran out before a day; that of an expert has no end that counts. */
export const isOver = ({ kind, termTo }: Pick<PoolRow, 'kind' | 'termTo'>, today: Day): boolean =>
  kind !== 'expert' && isTermOver(termTo, today);

function kindWords({ serving, ...term }: Pick<PoolRow, 'kind' | 'termTo' | 'serving'>, today: Day): string {
  const title = inspectorKindTitles[term.kind];
  if (!serving) return `${title}，已离任`;
  return `${title}${isOver(term, today) ? '，任期已满' : ''}`;
}

function servingAs(entry: Pick<PoolRow, 'kind' | 'termTo' | 'serving'> | undefined) {
  if (!entry?.serving) return { inspectorKind: null, termTo: null };
  return { inspectorKind: entry.kind, termTo: entry.termTo };
}

/** How many leaves a seat judges over all its subjects. */
function dueOf(seat: PanelSeat, leaves: readonly (readonly string[])[], subjects: readonly SubjectRow[]): number {
  const own = seat.evaluations === null ? subjects.length : seat.evaluations.length;
  const covered = leaves.filter((nodes) => seatCovers({ ...seat, evaluations: null }, '', nodes)).length;
  return own * covered;
}

/** The panel as its page shows it: counts of what speaks against somebody, and never why. */
export async function presentSeats(
  ctx: CampaignContext,
  campaign: Campaign,
  prepared: Prepared,
  seats: readonly SeatRow[],
  subjects: readonly SubjectRow[],
): Promise<{ rows: z.input<typeof seatShape>[]; registered: Registered; shutOut: ShutOut[] }> {
  const people = seats.map(({ personId }) => personId);
  const pool = await listPoolOf(ctx.db, ctx.scope, people);
  const registered = registeredIn(pool);
  const avoided = await avoidancesOf(ctx, subjects, people, pool);
  const given = await countGiven(ctx.db, campaign);
  const leaves = [...nodesOfLeaves(prepared).values()];
  const rows = panelSeats(seats, registered).map((panel, at) => {
    const seat = seats[at]!;
    const meant = (avoided.get(seat.personId) ?? []).filter(
      ({ evaluationId }) => seat.subjects === null || seat.subjects.includes(evaluationId),
    );
    const effects = (effect: 'block' | 'ask') => meant.filter((one) => one.effect === effect).length;
    const entry = seat.inspectorId === null ? undefined : registered.get(seat.personId);
    return {
      ...{ id: seat.id, personId: seat.personId, name: seat.name, part: seat.part, scores: seat.scores },
      ...{ inspectorId: seat.inspectorId, inspectorKind: entry ? kindWords(entry, ctx.today) : null },
      ...{ isOutside: seat.grantId !== null, nodes: seat.nodes, evaluationIds: seat.subjects },
      ...{ from: seat.from, to: seat.to, endedOn: seat.endedOn, waivedReason: seat.waivedReason },
      avoidance: { blocks: effects('block'), asks: effects('ask') },
      readEditionAt: seat.readEditionAt?.toISOString() ?? null,
      ...{ due: seat.scores ? dueOf(panel, leaves, subjects) : 0, done: given.get(seat.personId) ?? 0 },
      revision: seat.revision,
    };
  });
  return { rows, registered, shutOut: shutOutOf(avoided) };
}
