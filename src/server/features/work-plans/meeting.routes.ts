import type { z } from 'zod';
import * as meetings from '#contract/work-plans/meetings.ts';
import type { attendee } from '#contract/work-plans/plan.shape.ts';
import type { Feature } from '#core/access/feature.ts';
import { type Context, type Served, serving } from '#core/access/serve.ts';
import type { AuditEntry } from '#core/audit/audit.store.ts';
import { changedMeanwhile } from '#core/audit/last-change.ts';
import { writeNotices } from '#core/notices/notices.store.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { lockCount } from '#platform/db/named-lock.ts';
import { addItem } from './amendment.act.ts';
import {
  type AttendeeRow,
  countMeetings,
  deleteAttendee,
  findMeeting,
  insertAttendee,
  insertMeeting,
  listAttendees,
  listDecisions,
  listInvited,
  listMeetings,
  lockMeeting,
  type MeetingRow,
  meetingRevised,
  updateMeeting,
} from './meeting.store.ts';
import { lockForAct } from './plan.act.ts';
import { listKnownUnits } from './register.store.ts';
import { findPlan, listPlans, type WorkPlanHandle } from './work-plan.store.ts';

const on = serving<WorkPlanHandle>();
type Ctx = Context<WorkPlanHandle>;

/** Meetings: called, signed in to, minuted; what they decide becomes items of a plan of the place. */
export function meetingRoutes(features: () => readonly Feature[]): readonly Served[] {
  return [
    on(meetings.list, async (ctx, { query }) => {
      const year = query.year ?? Number(ctx.today.slice(0, 4));
      return {
        rows: (await listMeetings(ctx.db, ctx.scope, year)).map(presentRow),
        mayCall: holds(ctx.actor, 'work-plan.write'),
        counties: await countiesOf(ctx, year),
      };
    }),

    on(meetings.read, async (ctx, { params }) => {
      const meeting = await findMeeting(ctx.db, ctx.scope, params.meetingId);
      if (!meeting) throw notFound();
      const mine = isOwn(ctx, meeting);
      const year = Number(meeting.heldOn.slice(0, 4));
      const plans = mine ? await listPlans(ctx.db, ctx.scope, year) : [];
      const people = await listAttendees(ctx.db, ctx.scope, meeting.id);
      return {
        ...presentRow(meeting),
        ...{ agenda: meeting.agenda, minutes: meeting.minutes, reason: meeting.reason, revision: meeting.revision },
        invited: await listInvited(ctx.db, ctx.scope, meeting.id),
        people: people.map((one) => shownAttendee(one, meeting.state, ctx)),
        items: await listDecisions(ctx.db, ctx.scope, meeting.id),
        plans: plans
          .filter(({ placeId, state }) => placeId === meeting.placeId && (state === 'draft' || state === 'issued'))
          .map(({ id, title, revision, state }) => ({ id, title, revision, state })),
        can: {
          change: mine && meeting.state !== 'cancelled' && holds(ctx.actor, 'work-plan.write'),
          signIn: meeting.state !== 'cancelled' && holds(ctx.actor, 'work-plan.note'),
          decide: mine && meeting.state !== 'cancelled' && holds(ctx.actor, 'work-plan.issue'),
        },
      };
    }),

    on(meetings.call, async (ctx, { body: { invited, ...content } }) => {
      const known = await countiesOf(ctx, Number(content.heldOn.slice(0, 4)));
      const places = [...new Set(invited)].sort((one, other) => one - other);
      if (places.some((id) => !known.some(({ unitId }) => unitId === id)))
        throw problem('thing.notFound', { what: '个单位' });
      const placeId = ctx.actor.unitId!;
      await lockCount(ctx.db, 'meetings', placeId);
      const called = await countMeetings(ctx.db, placeId, Number(content.heldOn.slice(0, 4)));
      assertRoomFor('openMeetings', called.open);
      assertRoomFor('meetings', called.ofYear);
      const id = await insertMeeting(ctx.db, placeId, places, content);
      await tell(ctx, 'meeting.called', id, places, content.title);
      await ctx.record(recordOf({ id, placeId }, 'called', { after: { ...content, invited: places.length } }));
      return { id, revision: 1 };
    }),

    on(meetings.change, async (ctx, { params, body }) => {
      const meeting = await ownMeeting(ctx, params.meetingId, '修改', body.revision);
      const { held, minutes, heldOn, title, agenda } = body;
      const state = held ? 'held' : 'called';
      const written = { heldOn, title, agenda, minutes, state };
      if (Object.entries(written).every(([key, value]) => meeting[key as keyof typeof written] === value)) {
        throw problem('thing.nothingChanges', { what: '会议' });
      }
      const revision = await updateMeeting(ctx.db, ctx.scope, meeting, { ...written, state });
      if (meeting.heldOn !== heldOn || meeting.title !== title) {
        const places = (await listInvited(ctx.db, ctx.scope, meeting.id)).map(({ unitId }) => unitId);
        await tell(ctx, 'meeting.changed', meeting.id, places, title);
      }
      const before = { heldOn: meeting.heldOn, title: meeting.title, state: meeting.state };
      await ctx.record(recordOf(meeting, 'changed', { before, after: { heldOn, title, state } }));
      return { revision };
    }),

    on(meetings.cancel, async (ctx, { params, body: { revision, reason } }) => {
      const meeting = await ownMeeting(ctx, params.meetingId, '撤销', revision);
      const places = (await listInvited(ctx.db, ctx.scope, meeting.id)).map(({ unitId }) => unitId);
      const next = await updateMeeting(ctx.db, ctx.scope, meeting, { state: 'cancelled', reason });
      await tell(ctx, 'meeting.cancelled', meeting.id, places, reason);
      await ctx.record(recordOf(meeting, 'cancelled', { before: { state: meeting.state }, after: { reason } }));
      return { revision: next };
    }),

    on(meetings.signIn, async (ctx, { params, body }) => {
      const meeting = await findMeeting(ctx.db, ctx.scope, params.meetingId);
      if (!meeting) throw notFound();
      const isOver = meeting.state === 'cancelled';
      ctx.authorize(!isOver, problem('meeting.over', { state: '已撤销', action: '签到' }));
      const { actor, now } = ctx;
      const own = actor.unitId!;
      // At the place of whoever signs: an invited county has its own copy of the meeting.
      const placeId = isOwn(ctx, meeting) ? meeting.placeId : own;
      const units = [{ unitId: own, name: '' }, ...(await listInvited(ctx.db, ctx.scope, meeting.id))];
      const unitId = body.name === undefined ? own : (body.unitId ?? own);
      if (!units.some((unit) => unit.unitId === unitId)) throw problem('thing.notFound', { what: '个单位' });
      const person = signatureOf(actor);
      const name = body.name ?? person;
      const signedBy = body.name === undefined ? null : person;
      const personId = body.name === undefined ? actor.userId : null;
      assertRoomFor('attendees', (await listAttendees(ctx.db, ctx.scope, meeting.id)).length);
      const id = await insertAttendee(ctx.db, {
        placeId,
        meetingId: meeting.id,
        personId,
        name,
        unitId,
        at: now,
        signedBy,
        signedById: actor.userId,
      });
      if (id === undefined) throw problem('meeting.signedIn', { name });
      await ctx.record(recordOf({ id: meeting.id, placeId }, 'signedIn', { after: { attendee: id } }));
      const people = await listAttendees(ctx.db, ctx.scope, meeting.id);
      return shownAttendee(people.find((each) => each.id === id)!, meeting.state, ctx);
    }),

    on(meetings.takeSignInBack, async (ctx, { params: { meetingId, attendeeId } }) => {
      const meeting = await findMeeting(ctx.db, ctx.scope, meetingId);
      if (!meeting) throw notFound();
      const isOver = meeting.state === 'cancelled';
      ctx.authorize(!isOver, problem('meeting.over', { state: '已撤销', action: '撤销签到' }));
      const entered = { meetingId, id: attendeeId, signedById: ctx.actor.userId };
      const taken = await deleteAttendee(ctx.db, ctx.scope, entered);
      if (taken === undefined) throw problem('meeting.notYourSignIn');
      const { placeId, name } = taken;
      await ctx.record(
        recordOf({ id: meetingId, placeId }, 'signInTakenBack', { before: { attendee: attendeeId, name } }),
      );
      return { done: true as const };
    }),

    on(meetings.decide, async (ctx, { params, body }) => {
      const meeting = await ownMeeting(ctx, params.meetingId, '列入计划');
      const found = await findPlan(ctx.db, ctx.scope, body.planId);
      if (found?.placeId !== meeting.placeId) throw problem('thing.notFound', { what: '份工作计划' });
      const action = found.state === 'draft' ? 'write' : 'amend';
      const plan = await lockForAct(ctx, body.planId, action, body.revision);
      const reason = `${meeting.heldOn} ${meeting.title}议定`;
      const added = await addItem(ctx, features(), plan, body.item, { reason, meetingId: meeting.id });
      await ctx.record(recordOf(meeting, 'decided', { after: { item: added.itemId, plan: plan.id } }));
      return added;
    }),
  ];
}

const notFound = () => problem('thing.notFound', { what: '次会议' });

function shownAttendee(
  { signedAt, signedById, ...one }: AttendeeRow,
  state: MeetingRow['state'],
  { actor }: Ctx,
): z.output<typeof attendee> {
  const mayTakeBack = state !== 'cancelled' && signedById === actor.userId && holds(actor, 'work-plan.note');
  return { ...one, signedAt: signedAt.toISOString(), mayTakeBack };
}

const isOwn = ({ actor }: Ctx, { placeId, originPlaceId }: MeetingRow) =>
  actor.unitId === originPlaceId && placeId === originPlaceId;

/** A meeting of the person's own office that was not cancelled, locked. */
async function ownMeeting(ctx: Ctx, id: string, action: string, revision?: number): Promise<MeetingRow> {
  const meeting = await lockMeeting(ctx.db, ctx.scope, id);
  if (!meeting) throw notFound();
  ctx.authorize(isOwn(ctx, meeting), problem('meeting.notYours', { action }));
  if (meeting.state === 'cancelled') throw problem('meeting.over', { state: '已撤销', action });
  if (revision !== undefined && meeting.revision !== revision) {
    throw await changedMeanwhile(ctx, '这次会议', meeting, meetingRevised);
  }
  return meeting;
}

async function countiesOf(ctx: Ctx, year: number) {
  if (ctx.actor.level !== 'city') return [];
  const known = await listKnownUnits(ctx.db, ctx.scope, ctx.actor.unitId ?? 0, year);
  return known.flatMap(({ id: unitId, kind, name }) => (kind === 'county' ? [{ unitId, name }] : []));
}

function tell(ctx: Ctx, kind: string, id: string, places: readonly number[], note: string) {
  const subjects = places.map((placeId) => ({ type: 'meeting', id, placeId, schoolId: null }));
  return writeNotices(ctx.db, { kind, subjects, actor: ctx.actor, now: ctx.now, note });
}

function recordOf(
  { id, placeId }: Pick<MeetingRow, 'id' | 'placeId'>,
  action: string,
  more: Pick<AuditEntry, 'before' | 'after'>,
): AuditEntry {
  return { action: `meeting.${action}`, objectType: 'meeting', objectId: id, placeId, ...more };
}

function presentRow({ agenda: _a, minutes: _m, reason: _r, revision: _v, ...row }: MeetingRow) {
  return row;
}
