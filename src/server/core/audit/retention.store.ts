import { sql } from 'kysely';
import { problem } from '#domain/kit/problem.ts';
import type { Handle } from '#platform/db/handle.ts';

export type RetentionHandle = Handle<'retention_terms' | 'retention_holds' | 'retention_proofs' | 'audit_events'>;

export interface RetentionHold {
  readonly id: string;
  readonly reason: string;
  readonly placedAt: Date;
  readonly placedBy: string;
}

/** What a night did with a kind. */
interface RetentionProof {
  readonly checkedAt: Date;
  /** The last removal; null where nothing has gone so far. */
  readonly removal: {
    readonly at: Date;
    readonly removed: number;
    readonly digest: string;
    readonly oldest: Date;
    readonly newest: Date;
  } | null;
}

/** How long rows of a kind are kept, and on what that rests. */
export interface RetentionKind {
  readonly key: string;
  readonly title: string;
  readonly covers: string;
  readonly years: number | null;
  readonly leastYears: number;
  /** At night after the years of the kind, when they have ended, or never by the program. */
  readonly removal: 'term' | 'end' | 'never';
  readonly basis: string;
  readonly sample: boolean;
  readonly revision: number;
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
  /** Those that stand, the oldest first. */
  readonly holds: readonly RetentionHold[];
  readonly proof: RetentionProof | null;
}

/** All kinds in their order. */
export async function listKinds(db: RetentionHandle): Promise<RetentionKind[]> {
  const kinds = await db
    .selectFrom('retention_terms as t')
    .leftJoin('retention_proofs as p', 'p.kind', 't.kind')
    .select([
      ...(['t.kind as key', 't.title', 't.covers', 't.years', 't.least_years as leastYears'] as const),
      ...(['t.removal', 't.basis', 't.sample', 't.revision'] as const),
      ...(['t.changed_at as changedAt', 't.changed_by as changedBy'] as const),
      ...(['p.checked_at as checkedAt', 'p.removed_at as removedAt', 'p.removed', 'p.digest'] as const),
      ...(['p.oldest', 'p.newest'] as const),
    ])
    .orderBy('t.position')
    .execute();
  const holds = await db
    .selectFrom('retention_holds')
    .select(['id', 'kind', 'reason', 'placed_at as placedAt', 'placed_by as placedBy'])
    .where('lifted_at', 'is', null)
    .orderBy('placed_at')
    .orderBy('id')
    .execute();
  return kinds.map(({ checkedAt, removedAt, removed, digest, oldest, newest, removal, ...kind }) => ({
    ...kind,
    removal: removal as RetentionKind['removal'],
    holds: holds.filter((hold) => hold.kind === kind.key).map(({ kind: _, ...hold }) => hold),
    proof: checkedAt && {
      checkedAt,
      removal: removedAt && { at: removedAt, removed: removed!, digest: digest!, oldest: oldest!, newest: newest! },
    },
  }));
}

/** @throws request.invalid with the known kinds */
export async function getKind(db: RetentionHandle, key: string): Promise<RetentionKind> {
  const kinds = await listKinds(db);
  const kind = kinds.find((one) => one.key === key);
  if (kind !== undefined) return kind;
  const known = kinds.map((one) => one.key).join('、');
  throw problem('request.invalid', { issues: [{ path: '', message: `没有“${key}”这一类，可用的是 ${known}` }] });
}

/** @throws request.invalid where rows of the kind go as soon as they have ended, so that nothing is there to be held */
export function mustHaveTerm({ removal, title }: RetentionKind): void {
  if (removal !== 'end') return;
  const message = `“${title}”失效即清理，没有可以修改的期限，也不能暂停清理`;
  throw problem('request.invalid', { issues: [{ path: '', message }] });
}

export async function insertHold(
  db: RetentionHandle,
  kind: string,
  hold: Pick<RetentionHold, 'id' | 'reason' | 'placedBy'>,
): Promise<void> {
  await db
    .insertInto('retention_holds')
    .values({ id: hold.id, kind, reason: hold.reason, placed_by: hold.placedBy })
    .execute();
}

/** Lifts all holds of a kind. */
export async function writeLift(db: RetentionHandle, kind: string, by: string, now: Date): Promise<RetentionHold[]> {
  const lifted = await sql<RetentionHold>`
    select hold as id, why as reason, since as "placedAt", placed as "placedBy"
      from lift_holds(${kind}, ${now}, ${by})`.execute(db);
  return lifted.rows;
}

/** @returns false where somebody else was quicker */
export async function writeTerm(
  db: RetentionHandle,
  { key, revision }: Pick<RetentionKind, 'key' | 'revision'>,
  { years, basis }: Pick<RetentionKind, 'years' | 'basis'>,
  by: string,
  now: Date,
): Promise<boolean> {
  const changed = await sql<{ changed: boolean }>`
    select change_retention_term(${key}, ${years}::smallint, ${basis}, ${revision}::int, ${now}, ${by}) as changed`.execute(
    db,
  );
  return changed.rows[0]!.changed;
}

export interface Removal {
  readonly removed: number;
  readonly digest: string | null;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

/** Removes what is beyond the term of its kind. */
export async function deleteOutdated(db: RetentionHandle, kind: string): Promise<Removal> {
  const found = await sql<Removal>`
    select r.gone as removed, r.proof as digest, r.first_at as oldest, r.last_at as newest
      from remove_outdated(${kind}) as r`.execute(db);
  return found.rows[0]!;
}
