import type { Handle } from '#platform/db/handle.ts';
import type { AllowedAddress } from '#platform/outgoing/address.ts';

/** Where the program may connect to, as the 系统管理员 has entered it. */
export async function listAllowedAddresses(db: Handle<never, 'outgoing_addresses'>): Promise<AllowedAddress[]> {
  return db
    .selectFrom('outgoing_addresses')
    .select(['host', 'port', 'may_be_private as mayBePrivate'])
    .orderBy('host')
    .orderBy('port')
    .execute();
}
