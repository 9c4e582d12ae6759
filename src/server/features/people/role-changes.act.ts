import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import {
  listOtherRoleNames,
  lockRole,
  lockWaitingChange,
  type RoleChangeRow,
  updateRoleChange,
  writeRole,
} from '#core/access/grant/roles.store.ts';
import { type RoleContent, roleChangeRefusal } from '#domain/access/role-change.ts';

/**
 * Locks the role of a change and then the change, in this order for everybody, so that two who decide at once do not wait
 * for each other for ever. Undefined where it was decided meanwhile.
 */
export async function lockChange(db: AccessHandle, role: string, id: string): Promise<RoleChangeRow | undefined> {
  await lockRole(db, role);
  return lockWaitingChange(db, id);
}

/**
 * Why a locked change can no longer take effect although nobody refuses it: the role was changed after it was proposed, or
 * another role took the name. Null when it can.
 */
export async function whatOvertook(db: AccessHandle, change: RoleChangeRow): Promise<string | null> {
  const role = await lockRole(db, change.role);
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
