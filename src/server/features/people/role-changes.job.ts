import { scheduled } from '#core/access/feature.ts';
import { isHeldBy, listDueRoleChanges, updateRoleChange } from '#core/access/grant/roles.store.ts';
import type { JobServices } from '#core/access/job-services.ts';
import { nowhere } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { recordOfRole } from './people.audit.shape.ts';
import { contentForAudit, lockChange, putInForce, whatOvertook } from './role-changes.act.ts';

/** Every ten minutes: changes of roles that nobody decided within a day take effect, or are said to be overtaken. */
export const applyRoleChanges = scheduled({
  name: 'roles.takeEffect',
  title: '使到期的角色改动生效',
  retries: 2,
  schedule: '*/10 * * * *',
  run: async (services) => {
    const { pool, now } = services;
    await withLease(pool, async (held) => {
      const due = await held.reading(nowhere, (db) => listDueRoleChanges(db, now()));
      for (const id of due) await held.writing(nowhere, (db) => applyChange(services, db, id));
    });
  },
});

async function applyChange(services: JobServices, db: WholeHandle, id: string): Promise<void> {
  const now = services.now();
  const change = await lockChange(db, id);
  if (!change) return;
  // A proposer who lost the post meanwhile has no say any more.
  const overtaken = (await isHeldBy(db, 'role.grant', change.proposedBy))
    ? await whatOvertook(db, change)
    : '提出人已不再担任安全管理员。';
  if (overtaken === null) await putInForce(db, change, { state: 'elapsed', by: null, now });
  else await updateRoleChange(db, id, { state: 'overtaken', by: null, now, reason: overtaken });
  await services.record(
    db,
    recordOfRole(change.role, overtaken === null ? 'role.changed' : 'role.changeOvertaken', {
      before: contentForAudit(change.before),
      after:
        overtaken === null
          ? { ...contentForAudit(change.after), proposedBy: change.proposerName, waited: true }
          : { reason: overtaken },
    }),
  );
}
