import { sql } from 'kysely';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import { type Decision, type ProposalRow, writeDecision } from '#core/access/proposal/proposal.store.ts';
import type { Handle } from '#platform/db/handle.ts';

export type RequestHandle = AccessHandle & Handle<'account_requests'>;

export type RequestedAct = 'password' | 'second-factor' | 'enable';

/** A request with the names of the people in it. */
export interface RequestRow extends ProposalRow {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly username: string;
  readonly act: RequestedAct;
  readonly state: 'waiting' | 'confirmed' | 'rejected';
}

const columns = sql`
  q.id, q.person_id as "personId", p.name as "personName", p.username, q.act, q.state, q.proposed_by as "proposedBy",
  a.name as "proposerName", q.proposed_at as "proposedAt", d.name as "deciderName", q.decided_at as "decidedAt", q.reason
  from account_requests q join people p on p.id = q.person_id join people a on a.id = q.proposed_by
  left join people d on d.id = q.decided_by`;

/** The requests that wait, then the last decided ones; of one person where one is named. */
export async function listRequests(db: RequestHandle, personId: string | undefined): Promise<RequestRow[]> {
  const found = await sql<RequestRow>`
    select ${columns} where ${personId === undefined ? sql`true` : sql`q.person_id = ${personId}`}
     order by q.state <> 'waiting', q.proposed_at desc limit 100`.execute(db);
  return found.rows;
}

/** One request; undefined where there is none. */
export async function findRequest(db: RequestHandle, id: string): Promise<RequestRow | undefined> {
  return (await sql<RequestRow>`select ${columns} where q.id = ${id}`.execute(db)).rows[0];
}

/** Locks one request that waits; undefined where there is none, or somebody has just decided it. */
export async function lockWaitingRequest(db: RequestHandle, id: string): Promise<RequestRow | undefined> {
  const locked = await sql<RequestRow>`
    select ${columns} where q.id = ${id} and q.state = 'waiting' for update of q`.execute(db);
  return locked.rows[0];
}

/** Adds a request that waits; false where the same one of this person waits already. */
export async function insertRequest(
  db: RequestHandle,
  request: {
    readonly id: string;
    readonly personId: string;
    readonly act: RequestedAct;
    readonly by: string;
    readonly now: Date;
  },
): Promise<boolean> {
  const added = await sql<{ id: string }>`
    insert into account_requests (id, person_id, act, proposed_by, proposed_at)
    values (${request.id}, ${request.personId}, ${request.act}, ${request.by}, ${request.now})
    on conflict (person_id, act) where state = 'waiting' do nothing returning id`.execute(db);
  return added.rows.length > 0;
}

/** Says what became of a locked request. */
export function updateRequest(db: RequestHandle, id: string, decision: Decision<RequestRow['state']>): Promise<void> {
  return writeDecision(db, 'account_requests', id, decision);
}
