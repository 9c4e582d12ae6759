import type { OwnerClient } from '#platform/db/owner-client.ts';

/** The highest transaction that the audit names, sealed or not, and the next that this server would give out. */
export async function findChainEnd(client: OwnerClient): Promise<{ named: bigint; next: bigint }> {
  const { rows } = await client.query<{ named: string; next: string }>(
    `select greatest((select max(to_transaction) from audit_seals), (select max(transaction_id) from audit_events),
         '0'::xid8)::text as named,
       pg_snapshot_xmax(pg_current_snapshot())::text as next`,
  );
  return { named: BigInt(rows[0]!.named), next: BigInt(rows[0]!.next) };
}
