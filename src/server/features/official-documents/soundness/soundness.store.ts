import type { OwnerClient } from '#platform/db/owner-client.ts';

/** An issued letter with the digest that was taken of it, and the number of copies that are unlike it. */
export interface FrozenLetter {
  readonly number: string;
  readonly model: unknown;
  readonly digest: string;
  readonly strange: number;
}

/** A numbered letter beside what the audit wrote when it got its number. One of the two may be missing. */
export interface AuditedLetter {
  readonly number: string;
  /** The letter stands without a record; those of the sample city were issued by nobody. */
  readonly unrecorded: boolean;
  /** The record stands without its letter. */
  readonly gone: boolean;
  /** The record says another number or another day. */
  readonly renumbered: boolean;
  /** The record says another digest of the text. */
  readonly rewritten: boolean;
  /** No link of the chain covers the record yet, so it proves nothing. */
  readonly unsealed: boolean;
}

/** Issued letters, a random few, each with what was copied of it. */
export async function listSomeLetters(client: OwnerClient, limit: number): Promise<FrozenLetter[]> {
  const { rows } = await client.query<FrozenLetter>(
    `select l.number_text as number, l.model, l.model_hash as digest,
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

/**
 * What the audit wrote of letters, the first record of each: a sealed one comes before what somebody added behind the chain.
 * An older record may have no digest.
 */
const recorded = (actions: string) =>
  `select distinct on (e.place_id, e.object_id) e.place_id, e.object_id, e.action, e.after, e.transaction_id >= s.sealed as unsealed
     from audit_events e cross join (select coalesce(max(to_transaction), '0'::xid8) as sealed from audit_seals) s
    where e.object_type = 'letter' and e.action in (${actions})
    order by e.place_id, e.object_id, e.transaction_id >= s.sealed, e.id`;

const ofSample = `exists (select 1 from settings where key = 'sample')`;

/** Whether the database says that it is a sample city. */
export async function isSample(client: OwnerClient): Promise<boolean> {
  const { rows } = await client.query<{ sample: boolean }>(`select ${ofSample} as sample`);
  return rows[0]!.sample;
}

/** Every letter that has or had a number, asked from both sides: whoever gives a letter another id leaves its record alone. */
export async function listAuditedLetters(client: OwnerClient): Promise<AuditedLetter[]> {
  const { rows } = await client.query<AuditedLetter>(
    `with recorded as (${recorded(`'letter.issued', 'letter.enteredPaper'`)}),
          numbered as (select * from letters where number is not null)
     select coalesce(l.number_text, r.after ->> 'number') as number,
            r.object_id is null and not ${ofSample} as unrecorded,
            l.id is null as gone,
            l.id is not null and r.object_id is not null
              and (l.number_text, l.issued_on::text, l.on_paper) is distinct from
                  (r.after ->> 'number', r.after ->> 'issuedOn', r.action = 'letter.enteredPaper') as renumbered,
            coalesce(l.model_hash <> r.after ->> 'modelDigest', false) as rewritten,
            coalesce(r.unsealed, false) as unsealed
       from numbered l full join recorded r on r.place_id = l.place_id and r.object_id = l.id::text
      order by 1`,
  );
  return rows;
}

/**
 * Letters of which a frozen file is not the one that the audit wrote when it was printed, or hangs on the letter or on a receipt
 * with another content.
 */
export async function listStrangePrints(client: OwnerClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `with recorded as (
       select r.place_id, r.object_id, f.format, r.after ->> f.format as digest
         from (${recorded(`'letter.printed'`)}) r cross join (values ('pdf'), ('word')) f(format)
     ), printed as (
       select p.place_id, p.letter_id, p.format, p.digest,
              exists (select 1 from attachments a
                       where a.place_id = p.place_id and a.id = p.attachment_id and a.subject_type = 'letter'
                         and a.subject_id = p.letter_id and a.file_hash = p.digest) as hangs,
              exists (select 1 from letter_receipts c
                        join attachments a on a.place_id = c.place_id and a.subject_type = 'letter-receipt'
                                          and a.subject_id = c.id and a.part = p.format
                       where c.letter_place_id = p.place_id and c.letter_id = p.letter_id and a.detached_at is null
                         and a.file_hash <> p.digest) as copied_otherwise
         from letter_prints p
     )
     select distinct coalesce(l.number_text, r.object_id) as name
       from printed p
       full join recorded r on r.place_id = p.place_id and r.object_id = p.letter_id::text and r.format = p.format
       left join letters l on l.id::text = coalesce(p.letter_id::text, r.object_id)
                          and l.place_id = coalesce(p.place_id, r.place_id)
      where p.letter_id is null or not p.hangs or p.copied_otherwise
         or r.object_id is null and not ${ofSample} or r.digest <> p.digest
      order by 1`,
  );
  return rows.map(({ name }) => name);
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
