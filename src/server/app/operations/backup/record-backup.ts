import { type AuditEntry, commandLineSource, recordAudit } from '#core/audit/audit.store.ts';
import { nowhere } from '#domain/access/actor.ts';
import { withWriting } from '#platform/db/handle.ts';
import { openPool } from '#platform/db/pool.ts';
import { countOfRows, type Manifest } from './manifest.shape.ts';

/**
 * Keeps in the audit that all data were copied, or that these data came from a backup: whoever reads the audit later sees
 * both, and what the operator did at the terminal.
 */
export async function recordBackup(
  url: string,
  action: 'setting.backedUp' | 'setting.restored',
  manifest: Manifest,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { takenAt, files, audit } = manifest;
  const entry: AuditEntry = {
    ...{ action, objectType: 'setting', objectId: 'backup' },
    after: { takenAt, rows: countOfRows(manifest), files: files.count, chainHead: audit.hash, ...more },
  };
  const pool = openPool({ url, max: 1, applicationName: 'dudao-backup' });
  try {
    await withWriting(pool, nowhere, (db) => recordAudit(db, commandLineSource, entry));
  } finally {
    await pool.end();
  }
}
