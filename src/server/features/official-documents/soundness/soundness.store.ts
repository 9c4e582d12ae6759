import type { OwnerClient } from '#platform/db/owner-client.ts';

/** An issued letter with the digests that were taken of it, and the number of copies that are unlike it. */
export interface FrozenLetter {
  readonly number: string;
  readonly model: unknown;
  readonly digest: string;
  /** What the audit wrote when it was issued; null where nobody issued it by an act, as in the sample city. */
  readonly audited: string | null;
  readonly strange: number;
}

/** Issued letters, a random few, each with what was copied of it. */
export async function listSomeLetters(client: OwnerClient, limit: number): Promise<FrozenLetter[]> {
  const { rows } = await client.query<FrozenLetter>(
    `select l.number_text as number, l.model, l.model_hash as digest,
       (select e.after ->> 'modelDigest' from audit_events e
         where e.object_type = 'letter' and e.object_id = l.id::text and e.action = 'letter.issued'
         order by e.id limit 1) as audited,
       (select count(*)::int from letter_receipts c
         where c.letter_place_id = l.place_id and c.letter_id = l.id
           and (c.model_hash <> l.model_hash or c.number_text <> l.number_text or not exists (
             select 1 from letter_texts t where t.place_id = c.place_id and t.digest = c.model_hash and t.model = l.model
           ))) as strange
       from letters l where l.number is not null and not l.on_paper order by random() limit $1`,
    [limit],
  );
  return rows;
}

/** Series of which a year counts other numbers than its letters bear: 攻双 2026. */
export async function listStrangeCounters(client: OwnerClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select s.code || ' ' || c.year as name
       from letter_counters c join letter_series s on s.place_id = c.place_id and s.id = c.series_id
       left join letters l on l.place_id = c.place_id and l.series_id = c.series_id and l.year = c.year and not l.on_paper
      group by s.code, c.year, c.first, c.last, c.place_id, c.series_id
     having count(l.number) <> c.last - c.first + 1 or coalesce(max(l.number), c.last) <> c.last`,
  );
  return rows.map(({ name }) => name);
}
