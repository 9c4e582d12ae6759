import type { Handle } from '#platform/db/handle.ts';

export type OutgoingHandle = Handle<'outgoing_addresses'>;

export interface OutgoingRow {
  readonly host: string;
  readonly port: number;
  readonly mayBePrivate: boolean;
  readonly purpose: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

export async function listOutgoing(db: OutgoingHandle): Promise<OutgoingRow[]> {
  return db
    .selectFrom('outgoing_addresses')
    .select(['host', 'port', 'may_be_private as mayBePrivate', 'purpose', 'added_by as addedBy', 'added_at as addedAt'])
    .orderBy('host')
    .orderBy('port')
    .execute();
}

/** Returns false where the address is there already. */
export async function insertOutgoing(db: OutgoingHandle, row: OutgoingRow): Promise<boolean> {
  const added = await db
    .insertInto('outgoing_addresses')
    .values({
      host: row.host,
      port: row.port,
      may_be_private: row.mayBePrivate,
      purpose: row.purpose,
      added_by: row.addedBy,
      added_at: row.addedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('host')
    .execute();
  return added.length > 0;
}

/** Returns what was removed. */
export async function deleteOutgoing(
  db: OutgoingHandle,
  { host, port }: Pick<OutgoingRow, 'host' | 'port'>,
): Promise<{ mayBePrivate: boolean; purpose: string } | undefined> {
  return db
    .deleteFrom('outgoing_addresses')
    .where('host', '=', host)
    .where('port', '=', port)
    .returning(['may_be_private as mayBePrivate', 'purpose'])
    .executeTakeFirst();
}
