import { sql } from 'kysely';
import type { Revised } from '#core/audit/last-change.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import type { WorkPlanHandle } from './work-plan.store.ts';

export type MeetingState = 'called' | 'held' | 'cancelled';

/** What changes the row of a meeting. */
export const meetingRevised: Revised = {
  ...{ table: 'meetings', type: 'meeting' },
  acts: ['meeting.called', 'meeting.changed', 'meeting.cancelled'],
};

export interface MeetingRow {
  readonly id: string;
  readonly placeId: number;
  readonly originPlaceId: number;
  readonly originName: string;
  readonly heldOn: Day;
  readonly title: string;
  readonly agenda: string;
  readonly minutes: string;
  readonly state: MeetingState;
  readonly reason: string | null;
  readonly revision: number;
  readonly attendees: number;
  readonly decisions: number;
}

/**
 * The meetings in reach. A city reads the copies of its counties too: a meeting is one row, its own where there is one.
 */
const meetingsIn = (scope: Scope) => sql`
  select distinct on (m.id) m.id, m.place_id as "placeId", m.origin_place_id as "originPlaceId",
         origin.short_name as "originName", m.held_on as "heldOn", m.title, m.agenda, m.minutes, m.state, m.reason,
         m.revision, coalesce(came.attendees, 0)::int as attendees, coalesce(decided.decisions, 0)::int as decisions
    from meetings m
    join org_units origin on origin.id = m.origin_place_id
    left join (
      select a.meeting_id, count(*) as attendees from meeting_attendees a
       where a.place_id = ${among(scope.places)} group by a.meeting_id
    ) came on came.meeting_id = m.id
    left join (
      select i.meeting_id, count(*) as decisions from work_items i
       where i.place_id = ${among(scope.places)} and i.meeting_id is not null and i.state <> 'withdrawn'
       group by i.meeting_id
    ) decided on decided.meeting_id = m.id
   where m.place_id = ${among(scope.places)}
   order by m.id, m.place_id <> m.origin_place_id, m.place_id`;

export async function listMeetings(db: WorkPlanHandle, scope: Scope, year: number): Promise<MeetingRow[]> {
  const found = await sql<MeetingRow>`
    select * from (${meetingsIn(scope)}) meeting
     where "heldOn" between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)
     order by "heldOn" desc, id desc`.execute(db);
  return found.rows;
}

/** How many meetings an office has called that were not held yet, and how many of a year, cancelled ones included. */
export async function countMeetings(
  db: WorkPlanHandle,
  placeId: number,
  year: number,
): Promise<{ readonly open: number; readonly ofYear: number }> {
  const { rows } = await sql<{ open: number; ofYear: number }>`
    select count(*) filter (where state = 'called')::int as open,
           count(*) filter (where held_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31))::int as "ofYear"
      from meetings where place_id = ${placeId} and origin_place_id = ${placeId}`.execute(db);
  return rows[0]!;
}

export async function findMeeting(db: WorkPlanHandle, scope: Scope, id: string): Promise<MeetingRow | undefined> {
  const found = await sql<MeetingRow>`select * from (${meetingsIn(scope)}) meeting where id = ${id}`.execute(db);
  return found.rows[0];
}

/** The meeting, its own row kept until the transaction ends. */
export async function lockMeeting(db: WorkPlanHandle, scope: Scope, id: string): Promise<MeetingRow | undefined> {
  const found = await findMeeting(db, scope, id);
  if (!found) return undefined;
  const row = db.selectFrom('meetings').select('id').where('place_id', '=', found.placeId).where('id', '=', id);
  await row.forUpdate().execute();
  return findMeeting(db, scope, id);
}

/** The counties at whose places copies lie. */
export async function listInvited(db: WorkPlanHandle, scope: Scope, id: string) {
  const found = await sql<{ unitId: number; name: string }>`
    select u.id as "unitId", u.short_name as name
      from meetings m join org_units u on u.id = m.place_id
     where m.place_id = ${among(scope.places)} and m.id = ${id} and m.place_id <> m.origin_place_id
     order by u.sort_order, u.id`.execute(db);
  return found.rows;
}

export interface MeetingContent {
  readonly heldOn: Day;
  readonly title: string;
  readonly agenda: string;
}

/** Writes the meeting at the place that calls it and a copy at each invited one. */
export async function insertMeeting(
  db: WorkPlanHandle,
  originPlaceId: number,
  invited: readonly number[],
  { heldOn, title, agenda }: MeetingContent,
): Promise<string> {
  const id = newId();
  const places = [originPlaceId, ...invited];
  const rows = places.map((placeId) => ({
    ...{ place_id: placeId, id, origin_place_id: originPlaceId },
    ...{ held_on: heldOn, title, agenda },
  }));
  await db.insertInto('meetings').values(rows).execute();
  return id;
}

/** Writes the meeting and its copies, which have no minutes: those are the office's own. Returns the next revision. */
export async function updateMeeting(
  db: WorkPlanHandle,
  scope: Scope,
  meeting: Pick<MeetingRow, 'id' | 'placeId'>,
  change: Partial<MeetingContent> & { minutes?: string; state?: MeetingState; reason?: string },
): Promise<number> {
  const written = await sql<{ placeId: number; revision: number }>`
    update meetings m
       set held_on = coalesce(${change.heldOn ?? null}::date, m.held_on), title = coalesce(${change.title ?? null}::text, m.title),
           agenda = coalesce(${change.agenda ?? null}::text, m.agenda), state = coalesce(${change.state ?? null}::text, m.state),
           reason = coalesce(${change.reason ?? null}::text, m.reason), revision = m.revision + 1,
           minutes = case when m.place_id = m.origin_place_id then coalesce(${change.minutes ?? null}::text, m.minutes)
                          else m.minutes end
     where m.place_id = ${among(scope.places)} and m.id = ${meeting.id}
    returning m.place_id as "placeId", m.revision`.execute(db);
  return written.rows.find(({ placeId }) => placeId === meeting.placeId)!.revision;
}

export interface AttendeeRow {
  readonly id: string;
  readonly name: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly signedAt: Date;
  readonly signedBy: string | null;
  readonly signedById: string | null;
}

export async function listAttendees(db: WorkPlanHandle, scope: Scope, meetingId: string): Promise<AttendeeRow[]> {
  const found = await sql<AttendeeRow>`
    select a.id, a.name, a.unit_id as "unitId", u.short_name as "unitName", a.signed_at as "signedAt",
           a.signed_by_name as "signedBy", a.signed_by as "signedById"
      from meeting_attendees a join org_units u on u.id = a.unit_id
     where a.place_id = ${among(scope.places)} and a.meeting_id = ${meetingId}
     order by a.signed_at, a.id`.execute(db);
  return found.rows;
}

export interface NewAttendee {
  readonly placeId: number;
  readonly meetingId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly unitId: number;
  readonly at: Date;
  readonly signedBy: string | null;
  readonly signedById: string;
}

/** Signs somebody in; undefined where that name of the unit is there already. */
export async function insertAttendee(db: WorkPlanHandle, attendee: NewAttendee): Promise<string | undefined> {
  const id = newId();
  const written = await sql<{ id: string }>`
    insert into meeting_attendees (place_id, meeting_id, id, person_id, name, unit_id, signed_at, signed_by_name,
                                   signed_by)
    values (${attendee.placeId}, ${attendee.meetingId}, ${id}, ${attendee.personId}, ${attendee.name}, ${attendee.unitId},
            ${attendee.at}, ${attendee.signedBy}, ${attendee.signedById})
    on conflict (place_id, meeting_id, unit_id, name) do nothing
    returning id`.execute(db);
  return written.rows[0]?.id;
}

/** Takes a sign-in away that this person entered; undefined where there is none. */
export async function deleteAttendee(
  db: WorkPlanHandle,
  scope: Scope,
  { meetingId, id, signedById }: { readonly meetingId: string; readonly id: string; readonly signedById: string },
): Promise<Pick<NewAttendee, 'placeId' | 'name'> | undefined> {
  const { rows } = await sql<{ placeId: number; name: string }>`
    delete from meeting_attendees
     where place_id = ${among(scope.places)} and meeting_id = ${meetingId} and id = ${id} and signed_by = ${signedById}
    returning place_id as "placeId", name`.execute(db);
  return rows[0];
}

/** The items that the meeting decided, as far as they stand. */
export async function listDecisions(db: WorkPlanHandle, scope: Scope, meetingId: string) {
  const found = await sql<{ planId: string; id: string; number: string | null; text: string }>`
    select i.plan_id as "planId", i.id, i.number, i.text from work_items i
     where i.place_id = ${among(scope.places)} and i.meeting_id = ${meetingId} and i.state <> 'withdrawn'
     order by i.plan_id, i.position`.execute(db);
  return found.rows;
}
