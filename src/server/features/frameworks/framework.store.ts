import { sql } from 'kysely';
import type { Authority, Subject } from '#domain/framework/edition.ts';
import type { FactKind } from '#domain/framework/names.ts';
import type { Handle } from '#platform/db/handle.ts';
import { lockName } from '#platform/db/named-lock.ts';

/** The tables of frameworks, and what their acts read beside: units, schools, periods, the published facts and decided rounds. */
export type FrameworkHandle = Handle<
  | 'framework_editions'
  | 'framework_withdrawals'
  | 'framework_facts'
  | 'framework_drafts'
  | 'framework_draft_copies'
  | 'framework_mappings',
  | 'org_units'
  | 'schools'
  | 'periods'
  | 'facts'
  | 'entered_facts'
  | 'imports'
  | 'audit_events'
  | 'earlier_rounds'
  | 'earlier_leaves'
>;

/** Which edition: its key, the revision and the digest of its content. */
export interface EditionName {
  readonly key: string;
  readonly revision: number;
  readonly hash: string;
}

export interface EditionRow extends EditionName {
  readonly title: string;
  readonly edition: string;
  readonly authority: Authority;
  readonly completedBy: string | null;
  readonly subject: Subject;
  readonly documents: string;
  readonly leaves: number;
  readonly openCodes: readonly string[];
  readonly shipped: boolean;
  readonly basedOn: EditionName | null;
  readonly note: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Null while it is used. */
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly reason: string | null;
}

export interface StoredEdition extends EditionRow {
  readonly definition: Record<string, unknown>;
}

const columns = sql`
  e.key, e.revision, e.hash, e.title, e.edition, e.authority, e.completed_by as "completedBy", e.subject, e.documents,
  e.leaves, e.open_codes as "openCodes", e.shipped, e.based_on as "basedOn", e.note, e.created_at as "createdAt",
  e.created_by as "createdBy", w.withdrawn_at as "withdrawnAt", w.withdrawn_by as "withdrawnBy", w.reason`;

const withdrawn = sql`left join framework_withdrawals w on w.key = e.key and w.revision = e.revision`;

/** Each framework in its newest revision. */
export async function listNewestEditions(db: FrameworkHandle): Promise<EditionRow[]> {
  const found = await sql<EditionRow>`
    select distinct on (e.key) ${columns} from framework_editions e ${withdrawn} order by e.key, e.revision desc`.execute(
    db,
  );
  return found.rows;
}

/** One revision with its content; without a number the newest. */
export async function findEdition(
  db: FrameworkHandle,
  key: string,
  revision?: number,
): Promise<StoredEdition | undefined> {
  const found = await sql<StoredEdition>`
    select ${columns}, e.definition from framework_editions e ${withdrawn}
     where e.key = ${key} and (${revision ?? null}::int is null or e.revision = ${revision ?? null}::int)
     order by e.revision desc limit 1`.execute(db);
  return found.rows[0];
}

/** A published revision with exactly this content, the newest where several have it. */
export async function findEditionByHash(db: FrameworkHandle, hash: string): Promise<EditionName | undefined> {
  const found = await sql<EditionName>`
    select key, revision, hash from framework_editions where hash = ${hash} order by created_at desc, key limit 1`.execute(
    db,
  );
  return found.rows[0];
}

/** The digests of what came with the product, the newest shipped revision of each key. */
export async function listShippedHashes(db: FrameworkHandle): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ key: string; hash: string }>`
    select distinct on (key) key, hash from framework_editions where shipped order by key, revision desc`.execute(db);
  return new Map(found.rows.map(({ key, hash }) => [key, hash]));
}

/** How many revisions of a framework a page names: the newest. */
const mostRevisions = 50;

export async function listRevisions(db: FrameworkHandle, key: string): Promise<EditionRow[]> {
  const found = await sql<EditionRow>`
    select ${columns} from framework_editions e ${withdrawn}
     where e.key = ${key} order by e.revision desc limit ${mostRevisions}`.execute(db);
  return found.rows;
}

export interface NewEdition {
  readonly key: string;
  readonly hash: string;
  readonly title: string;
  readonly edition: string;
  readonly authority: Authority;
  readonly completedBy: string | null;
  readonly subject: Subject;
  readonly documents: string;
  readonly leaves: number;
  readonly openCodes: readonly string[];
  readonly definition: unknown;
  readonly facts: readonly FactRow[];
  readonly shipped: boolean;
  readonly basedOn: EditionName | null;
  readonly note: string;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface FactRow {
  readonly name: string;
  readonly kind: FactKind;
  readonly unit: string | null;
}

/**
 * Adds the next revision of a framework with the names of the facts that it reads, and answers with its number. Nothing is
 * overwritten; content that is the newest already is not added again.
 */
export async function insertEdition(
  db: FrameworkHandle,
  one: NewEdition,
): Promise<{ revision: number; added: boolean }> {
  await lockName(db, `framework:${one.key}`);
  const newest = await sql<{ revision: number; hash: string }>`
    select revision, hash from framework_editions where key = ${one.key} order by revision desc limit 1`.execute(db);
  const before = newest.rows[0];
  if (before?.hash === one.hash) return { revision: before.revision, added: false };
  const revision = (before?.revision ?? 0) + 1;
  await db
    .insertInto('framework_editions')
    .values({
      ...{ key: one.key, revision, title: one.title, edition: one.edition, authority: one.authority },
      ...{ completed_by: one.completedBy, subject: one.subject, documents: one.documents, leaves: one.leaves },
      ...{ open_codes: JSON.stringify(one.openCodes), definition: JSON.stringify(one.definition), hash: one.hash },
      ...{ shipped: one.shipped, based_on: one.basedOn === null ? null : JSON.stringify(one.basedOn), note: one.note },
      ...{ created_at: one.createdAt, created_by: one.createdBy },
    })
    .execute();
  if (one.facts.length > 0) {
    await db
      .insertInto('framework_facts')
      .values(one.facts.map((fact) => ({ key: one.key, revision, ...fact })))
      .execute();
  }
  return { revision, added: true };
}

/** The names of the facts that an edition reads, those that people answer first. */
export async function listFacts(db: FrameworkHandle, key: string, revision: number): Promise<FactRow[]> {
  const found = await sql<FactRow>`
    select name, kind, unit from framework_facts where key = ${key} and revision = ${revision}
     order by array_position(array['asked', 'duty', 'balance', 'filing', 'attribute'], kind), name collate "zh-x-icu"`.execute(
    db,
  );
  return found.rows;
}

/** Ends the use of an edition; false where somebody has done so. */
export async function insertWithdrawal(
  db: FrameworkHandle,
  one: { key: string; revision: number; reason: string; at: Date; by: string },
): Promise<boolean> {
  await lockName(db, `framework:${one.key}`);
  const taken = await sql`
    select 1 from framework_withdrawals where key = ${one.key} and revision = ${one.revision}`.execute(db);
  if (taken.rows.length > 0) return false;
  await db
    .insertInto('framework_withdrawals')
    .values({
      ...{ key: one.key, revision: one.revision, reason: one.reason },
      ...{ withdrawn_at: one.at, withdrawn_by: one.by },
    })
    .execute();
  return true;
}

/** The name of the city, and its place. */
export async function findCity(db: FrameworkHandle): Promise<{ id: number; name: string } | undefined> {
  return await db.selectFrom('org_units').select(['id', 'name']).where('kind', '=', 'city').executeTakeFirst();
}
