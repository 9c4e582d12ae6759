import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Actor } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';

/** A subject of steps as the statement names its place and its id. */
export interface NamedSubject {
  readonly type: string;
  readonly place: RawBuilder<unknown>;
  readonly id: RawBuilder<unknown>;
}

type Hands = Pick<Actor, 'userId' | 'principal'>;

/**
 * None of the person's hands has done one of these acts on the subject, as a condition for many subjects.
 * @param among which of the steps `s` count; without it all
 */
export function untouchedBy(
  actor: Hands,
  { type, place, id }: NamedSubject,
  actions: readonly string[],
  among: RawBuilder<SqlBool> = sql`true`,
): RawBuilder<SqlBool> {
  const hands = sql`${ownHands(actor)}::text[]`;
  return sql`not exists (
    select 1 from steps s
     where s.place_id = ${place} and s.subject_type = ${sql.lit(type)} and s.subject_id = ${id}
       and s.action = any(${[...actions]}::text[]) and ${among}
       and (s.actor_id = any(${hands}) or s.stand_in_for = any(${hands})))`;
}

/**
 * None of the person's hands has signed the subject since it was last sent back, as `signingRefusal` asks of the steps of one
 * subject.
 */
export function unsignedBy(
  actor: Hands,
  subject: NamedSubject,
  { signs, returns }: { readonly signs: readonly string[]; readonly returns: readonly string[] },
): RawBuilder<SqlBool> {
  return untouchedBy(
    actor,
    subject,
    signs,
    sql`not exists (
      select 1 from steps b
       where b.place_id = ${subject.place} and b.subject_type = ${sql.lit(subject.type)} and b.subject_id = ${subject.id}
         and b.action = any(${[...returns]}::text[]) and (b.at, b.id) > (s.at, s.id))`,
  );
}
