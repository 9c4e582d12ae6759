import type pg from 'pg';
import { StartError } from '../../config/start-error.ts';
import { ofNoExtension } from '../introspect/extension-owned.ts';
import type { MigrationFile } from './migrate-files.ts';

/** One file of `again/` as the ledger records it, with the views and functions that it made, in their order. */
interface Standing {
  readonly name: string;
  readonly sha256: string;
  /** In the form that `drop` takes: `view public.facts`. */
  readonly objects: string[];
}

/** The ledger of the files that run again. It is made together with the other ledger, before anything runs. */
export const againLedger = `create table if not exists schema_again (
  name text primary key,
  sha256 text not null,
  objects text[] not null,
  position integer not null
)`;

/** Whether the files of `again/` differ from those recorded in the database. */
export async function differsAgain(client: pg.Client, files: readonly MigrationFile[]): Promise<boolean> {
  const standing = await listStanding(client);
  return (
    standing.length !== files.length ||
    files.some((file, index) => standing[index]?.name !== file.name || standing[index]?.sha256 !== file.sha256)
  );
}

/**
 * Drops every view and function that the files of `again/` have made, the newest first, so that tables below them can
 * change. Objects that others have built on them are not dropped.
 * @throws StartError where something stands on one of them that is not ours
 */
export async function dropAgain(client: pg.Client): Promise<void> {
  const objects = (await listStanding(client)).flatMap((file) => file.objects);
  for (const object of objects.reverse()) {
    const [kind = '', name = ''] = /^(\w+) (.+)$/s.exec(object)?.slice(1) ?? [];
    try {
      await client.query(`drop ${kind} if exists ${name}`);
    } catch (error) {
      if ((error as { code?: string }).code !== '2BP01') throw error;
      const { detail } = error as pg.DatabaseError;
      throw new StartError(
        `数据库中有本程序之外的对象建立在视图或函数 ${name} 之上（${detail ?? ''}），升级不能替换它；请由数据库管理员先移除，升级后再建。`,
        { cause: error },
      );
    }
  }
  await client.query('delete from schema_again');
}

/**
 * Records what a file that has just run has made. Objects that existed before are not its own.
 * @param before what stood before the file ran
 * @returns what stands now
 */
export async function recordAgain(
  client: pg.Client,
  file: MigrationFile,
  position: number,
  before: Publishable,
): Promise<Publishable> {
  const now = await listPublishable(client, before);
  const known = new Set(before.values());
  const objects = [...now.values()].filter((object) => !known.has(object));
  await client.query('insert into schema_again (name, sha256, objects, position) values ($1, $2, $3, $4)', [
    file.name,
    file.sha256,
    objects,
    position,
  ]);
  return now;
}

/** Views and functions by their numbers in the catalogue, in the form that `drop` takes. */
export type Publishable = ReadonlyMap<string, string>;

/**
 * Every view and function of the schema, in the order in which they were made.
 * @param known those that were listed before: to spell one takes far longer than to find it
 */
export async function listPublishable(client: pg.Client, known: Publishable = new Map()): Promise<Publishable> {
  const { rows } = await client.query<{ key: string; object: string | null }>(
    `select made.key,
            case when made.key <> all($1)
                 then (select o.type || ' ' || o.identity from pg_identify_object(made.class, made.oid, 0) o) end as object
       from (select 'view ' || oid as key, 'pg_class'::regclass as class, oid from pg_class
              where relkind = 'v' and relnamespace = 'public'::regnamespace
             union all
             select 'function ' || oid, 'pg_proc'::regclass, oid from pg_proc
              where pronamespace = 'public'::regnamespace
                and ${ofNoExtension('pg_proc', 'pg_proc.oid')}) made
      order by made.oid`,
    [[...known.keys()]],
  );
  return new Map(rows.map(({ key, object }) => [key, object ?? known.get(key)!]));
}

async function listStanding(client: pg.Client): Promise<Standing[]> {
  const { rows } = await client.query<Standing>('select name, sha256, objects from schema_again order by position');
  return rows;
}
