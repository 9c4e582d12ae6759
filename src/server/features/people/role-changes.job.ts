import type { FeatureJob } from '#core/access/feature.ts';
import { recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { contentForAudit, lockChange, putInForce, whatOvertook } from './role-changes.act.ts';
import { decideRoleChange, dueRoleChanges, listRoleChanges, mayStillGrant } from './role-changes.store.ts';

/** Every ten minutes: changes of roles that nobody decided within a day take effect, or are said to be overtaken. */
export const applyRoleChanges: FeatureJob = {
  name: 'roles.takeEffect',
  title: '使到期的角色改动生效',
  retries: 2,
  schedule: '*/10 * * * *',
  run: async ({ pool, now }) => {
    await withLease(pool, async (held) => {
      const due = await held.reading(nowhere, (db) => dueRoleChanges(db, now()));
      for (const id of due) await held.writing(nowhere, (db) => applyChange(db, id, now()));
    });
  },
};

async function applyChange(db: WholeHandle, id: string, now: Date): Promise<void> {
  const seen = (await listRoleChanges(db)).find((one) => one.id === id);
  const change = seen === undefined ? undefined : await lockChange(db, seen.role, id);
  if (change === undefined) return;
  // A proposer who lost the post meanwhile has no say any more.
  const overtaken = (await mayStillGrant(db, change.proposedBy))
    ? await whatOvertook(db, change)
    : '提出人已不再担任安全管理员。';
  if (overtaken === null) await putInForce(db, change, { state: 'elapsed', by: null, now });
  else await decideRoleChange(db, id, { state: 'overtaken', by: null, now, reason: overtaken });
  await recordAudit(
    db,
    { actor: null, address: null, requestId: null },
    {
      action: overtaken === null ? 'role.changed' : 'role.changeOvertaken',
      objectType: 'role',
      objectId: change.role,
      before: contentForAudit(change.before),
      after:
        overtaken === null
          ? { ...contentForAudit(change.after), proposedBy: change.proposerName, waited: true }
          : { reason: overtaken },
    },
  );
}
