import type { WholeHandle } from '#platform/db/handle.ts';
import type { Asker } from '#platform/jobs/port.ts';
import { type AuditEntry, type AuditSource, recordAudit, systemName, systemSource } from '../audit/audit.store.ts';
import { findAsker } from './grant/asker.store.ts';
import type { Services } from './serve.ts';

/** The services of a job, which acts for whoever asked for it. */
export interface JobServices extends Services {
  /**
   * Writes an audit row in the transaction of `db`. It names the program, and the person on whose behalf it acts; a job
   * by the clock acts for nobody.
   */
  record(db: WholeHandle, entry: AuditEntry): Promise<void>;
}

/** Binds the services to the asker, so that neither a record nor a further job of this job loses the person. */
export function servicesFor(services: Services, by: Asker | undefined): JobServices {
  let source: Promise<AuditSource> | undefined;
  const asked = by === undefined ? {} : { by };
  return {
    ...services,
    enqueue: (db, job, data) => services.enqueue(db, job, { ...data, ...asked }),
    announce: (db, what, data) => services.announce(db, what, { ...data, ...asked }),
    async record(db, entry) {
      source ??= by === undefined ? Promise.resolve(systemSource) : sourceOf(db, by);
      await recordAudit(db, await source, entry);
    },
  };
}

async function sourceOf(db: WholeHandle, by: Asker): Promise<AuditSource> {
  const asker = await findAsker(db, by);
  if (asker === undefined) throw new Error(`a job was asked for by ${by.personId} in ${by.grantId}, who is not known`);
  const { personId, grantId, standInId } = by;
  return {
    actor: {
      userId: personId,
      // Not the words of a stand-in: nobody gave the program a post.
      name: `${systemName}（由${asker.name}触发）`,
      role: asker.role,
      post: { grantId, standInId },
      principal: asker.principal,
    },
    address: null,
    requestId: null,
  };
}
