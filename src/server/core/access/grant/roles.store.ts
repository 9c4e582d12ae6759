import { sql } from 'kysely';
import type { Permission } from '#domain/access/permissions.ts';
import type { RoleContent, StandingRole } from '#domain/access/role-change.ts';
import type { Revised } from '../../audit/last-change.ts';
import type { AccessHandle } from '../account/accounts.store.ts';
import { type Decision, type ProposalRow, writeDecision } from '../proposal/proposal.store.ts';

/** A role as it stands, with the count of its changes. */
export interface RevisedRole extends StandingRole {
  readonly revision: number;
}

/** What changes the row of a role. */
export const roleRevised: Revised = { table: 'roles', type: 'role', acts: ['role.changed'] };

/** A role as it stands; locked, so that two changes of one role queue up. */
export async function lockRole(db: AccessHandle, key: string): Promise<RevisedRole | undefined> {
  const row = await db
    .selectFrom('roles')
    .where('key', '=', key)
    .select(['key', 'name', 'reach', 'permissions', 'separated', 'second_factor as secondFactor', 'revision'])
    .forUpdate()
    .executeTakeFirst();
  return row as RevisedRole | undefined;
}

/** The names of all roles but one. */
export async function listOtherRoleNames(db: AccessHandle, key: string | null): Promise<string[]> {
  const rows = await sql<{ name: string }>`select name from roles where key is distinct from ${key}`.execute(db);
  return rows.rows.map((row) => row.name);
}

export interface RoleChangeRow extends ProposalRow {
  readonly id: string;
  readonly role: string;
  readonly roleRevision: number;
  readonly before: RoleContent | null;
  readonly after: RoleContent;
  readonly effectiveAt: Date;
  readonly state: 'waiting' | 'confirmed' | 'rejected' | 'elapsed' | 'overtaken';
}

const changeColumns = sql`
  c.id, c.role_key as role, c.role_revision as "roleRevision", c.before, c.after, c.proposed_by as "proposedBy",
  p.name as "proposerName", c.proposed_at as "proposedAt", c.effective_at as "effectiveAt", c.state,
  d.name as "deciderName", c.decided_at as "decidedAt", c.reason
  from role_changes c join people p on p.id = c.proposed_by left join people d on d.id = c.decided_by`;

/** All changes that wait, then the last thirty that were decided. */
export async function listRoleChanges(db: AccessHandle): Promise<RoleChangeRow[]> {
  const found = await sql<RoleChangeRow>`
    select ${changeColumns}
     where c.state = 'waiting'
        or c.id in (select id from role_changes where state <> 'waiting' order by proposed_at desc limit 30)
     order by c.state = 'waiting' desc, c.proposed_at desc`.execute(db);
  return found.rows;
}

export async function findRoleChange(db: AccessHandle, id: string): Promise<RoleChangeRow | undefined> {
  return (await sql<RoleChangeRow>`select ${changeColumns} where c.id = ${id}`.execute(db)).rows[0];
}

/** Locks one change that waits; undefined where there is none, or somebody has just decided it. */
export async function lockWaitingChange(db: AccessHandle, id: string): Promise<RoleChangeRow | undefined> {
  const locked = await sql<RoleChangeRow>`
    select ${changeColumns} where c.id = ${id} and c.state = 'waiting' for update of c`.execute(db);
  return locked.rows[0];
}

/** Ids of changes whose time has come. */
export async function listDueRoleChanges(db: AccessHandle, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('role_changes')
    .where('state', '=', 'waiting')
    .where('effective_at', '<=', now)
    .orderBy('proposed_at')
    .select('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Adds a change that waits; false where one of this role waits already. */
export async function insertRoleChange(
  db: AccessHandle,
  change: {
    readonly id: string;
    readonly role: string;
    readonly roleRevision: number;
    readonly before: RoleContent | null;
    readonly after: RoleContent;
    readonly by: string;
    readonly now: Date;
    readonly effectiveAt: Date;
  },
): Promise<boolean> {
  const added = await sql<{ id: string }>`
    insert into role_changes (id, role_key, role_revision, before, after, proposed_by, proposed_at, effective_at)
    values (${change.id}, ${change.role}, ${change.roleRevision},
            ${change.before === null ? null : JSON.stringify(change.before)}::jsonb, ${JSON.stringify(change.after)}::jsonb,
            ${change.by}, ${change.now}, ${change.effectiveAt})
    on conflict (role_key) where state = 'waiting' do nothing returning id`.execute(db);
  return added.rows.length > 0;
}

/** Says what became of a locked change. */
export function updateRoleChange(
  db: AccessHandle,
  id: string,
  decision: Decision<RoleChangeRow['state']>,
): Promise<void> {
  return writeDecision(db, 'role_changes', id, decision);
}

/** Puts what a change says in force: on a role that stands, or as a new role behind the others. */
export async function writeRole(db: AccessHandle, key: string, content: RoleContent, isNew: boolean): Promise<void> {
  if (!isNew) {
    await db
      .updateTable('roles')
      .set((set) => ({
        name: content.name,
        permissions: [...content.permissions],
        second_factor: content.secondFactor,
        revision: set('revision', '+', 1),
      }))
      .where('key', '=', key)
      .execute();
    return;
  }
  await sql`
    insert into roles (key, name, reach, permissions, separated, second_factor, sort_order)
    select ${key}, ${content.name}, ${content.reach}, ${[...content.permissions]}::text[], false, ${content.secondFactor},
           max(sort_order) + 1 from roles`.execute(db);
}

/** Whether somebody in use holds a role with this permission now. */
export async function isHeldBy(db: AccessHandle, permission: Permission, personId: string): Promise<boolean> {
  const found = await sql<{ held: boolean }>`
    select exists (
      select 1 from grants g join roles r on r.key = g.role_key join people p on p.id = g.person_id
       where g.person_id = ${personId} and g.revoked_at is null and p.status = 'active'
         and ${permission} = any (r.permissions)) as held`.execute(db);
  return found.rows[0]?.held ?? false;
}

/** The names of roles, all or those that hold a permission, in their order. */
export async function listRoleNames(db: AccessHandle, permission?: string): Promise<{ key: string; name: string }[]> {
  const query = db.selectFrom('roles').orderBy('sort_order').select(['key', 'name']);
  if (permission === undefined) return query.execute();
  return query.where(sql<boolean>`${permission} = any (permissions)`).execute();
}
