import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import {
  findRoleChange,
  listOtherRoleNames,
  lockRole,
  lockWaitingChange,
  type RevisedRole,
  type RoleChangeRow,
  updateRoleChange,
  writeRole,
} from '#core/access/grant/roles.store.ts';
import { type RoleContent, roleChangeRefusal } from '#domain/access/role-change.ts';

/** A locked change that waits, with its locked role: undefined where the change makes a new one. */
interface LockedChange extends RoleChangeRow {
  readonly standing: RevisedRole | undefined;
}

/**
 * Locks the role of a change and then the change, in this order for everybody, so that two who decide at once do not wait
 * for each other for ever. Undefined where there is no such change, null where it is decided.
 */
export async function lockChange(db: AccessHandle, id: string): Promise<LockedChange | null | undefined> {
  const seen = await findRoleChange(db, id);
  if (seen === undefined) return undefined;
  const standing = await lockRole(db, seen.role);
  const change = await lockWaitingChange(db, id);
  return change === undefined ? null : { ...change, standing };
}

/**
 * Why a locked change can no longer take effect although nobody refuses it: the role was changed after it was proposed, or
 * another role took the name. Null when it can.
 */
export async function whatOvertook(db: AccessHandle, change: LockedChange): Promise<string | null> {
  const role = change.standing;
  if (change.before === null ? role !== undefined : role?.revision !== change.roleRevision) {
    return '这个角色在提出之后已被修改，请重新提出。';
  }
  const names = await listOtherRoleNames(db, change.role);
  return roleChangeRefusal(role ?? null, change.after, { heldRoles: [], names });
}

/** Puts a locked change in force and records who confirmed it, or that its time had come. */
export async function putInForce(
  db: AccessHandle,
  change: RoleChangeRow,
  decision: { readonly state: 'confirmed' | 'elapsed'; readonly by: string | null; readonly now: Date },
): Promise<void> {
  await writeRole(db, change.role, change.after, change.before === null);
  await updateRoleChange(db, change.id, decision);
}

/** The facts of a role that the audit records. */
export function contentForAudit(content: RoleContent | null): Record<string, unknown> | null {
  return content === null ? null : { ...content, permissions: [...content.permissions] };
}
