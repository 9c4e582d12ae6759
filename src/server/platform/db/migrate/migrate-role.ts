import pg from 'pg';
import { StartError } from '../../config/start-error.ts';
import { ofNoExtension } from '../introspect/extension-owned.ts';
import { type MigrationFile, runFile } from './migrate-files.ts';

/** @throws StartError where the role does not exist and the owner may not create it */
export async function ensureRole(client: pg.Client, role: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`create role ${pg.escapeIdentifier(role)} nologin`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    // Another program has made it at this very moment, which is all that is needed.
    if (error.code === '42710' || error.code === '23505') return;
    throw new StartError(
      `数据库角色“${role}”不存在，当前用户“${client.user}”也不能建立它；请由数据库管理员执行：CREATE ROLE ${pg.escapeIdentifier(role)} NOLOGIN;`,
      {
        cause: error,
      },
    );
  }
}

/**
 * The migrations grant the rights on tables. The right to connect is granted here, where an administrator took it away.
 */
export async function grantEntrance(client: pg.Client, appRole: string): Promise<void> {
  const role = pg.escapeIdentifier(appRole);
  const { rows } = await client.query<{ connect: boolean; usage: boolean }>(
    `select has_database_privilege($1, current_database(), 'connect') as connect,
       has_schema_privilege($1, 'public', 'usage') as usage`,
    [appRole],
  );
  const database = pg.escapeIdentifier(client.database ?? '');
  if (!rows[0]?.connect) await client.query(`grant connect on database ${database} to ${role}`);
  if (!rows[0]?.usage) await client.query(`grant usage on schema public to ${role}`);
}

/**
 * The other roles for which files of this database ran: their rights do not apply to the application's present role.
 * @throws StartError where a running program still works as one of them
 */
export async function listFormerRoles(client: pg.Client, appRole: string): Promise<string[]> {
  const { rows } = await client.query<{ role: string; used: boolean }>(
    `select distinct app_role as role, exists (
         select 1 from pg_stat_activity
          where usename = app_role and datname = current_database()
            and application_name like 'dudao%' and application_name <> 'dudao-setup') as used
       from schema_migrations where app_role <> $1 order by 1`,
    [appRole],
  );
  const used = rows.find((row) => row.used);
  if (used) {
    throw new StartError(
      `本数据库的权限授给了角色“${used.role}”，一个运行中的督导系统正以它使用数据库，而本系统要用“${appRole}”；请先停止那一个，或把 DATABASE_APP_URL 改为它所用的地址。`,
    );
  }
  return rows.map((row) => row.role);
}

/**
 * Moves the rights of former roles to the present one, in one transaction: what the files grant, the policies, and the
 * functions that name the role. A former role keeps what others have granted to it. The present role becomes no member
 * of a former one, which may be a superuser.
 * @throws StartError where the present user may not, who is then not the owner of the database
 */
export async function rebindRole(
  client: pg.Client,
  former: readonly string[],
  appRole: string,
  files: readonly MigrationFile[],
): Promise<void> {
  try {
    const meant = await readMeant(client, files, appRole);
    await client.query('begin');
    for (const { name, definition } of await listRoutines(client)) {
      const wanted = meant.routines.get(name);
      if (wanted !== undefined && wanted !== definition) await client.query(wanted);
    }
    for (const statement of meant.policies) await client.query(statement);
    for (const right of meant.rights) await client.query(`grant ${right} to ${pg.escapeIdentifier(appRole)}`);
    for (const role of await listOrdinary(client, former)) {
      for (const right of meant.rights) await client.query(`revoke ${right} from ${pg.escapeIdentifier(role)}`);
    }
    await client.query('update schema_migrations set app_role = $1', [appRole]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const cause = error instanceof StartError ? error.cause : error;
    if (!(cause instanceof pg.DatabaseError) || cause.code !== '42501') throw error;
    throw new StartError(
      `数据库用户“${client.user}”不能把权限从角色“${former.join('、')}”改授给“${appRole}”；DATABASE_URL 应给出数据库“${client.database}”的所有者。`,
      { cause },
    );
  }
}

/** What the files say of the application's role, as statements. */
interface Meant {
  /** The part of a grant or a revocation between the verb and the role. */
  readonly rights: readonly string[];
  readonly policies: readonly string[];
  readonly routines: ReadonlyMap<string, string>;
}

/**
 * The rights cannot be read from those of the former role: an owner has every right without a grant, and the rights of
 * a role that was dropped are gone. So all files run in an empty schema of the same name, in a transaction that is
 * rolled back; nobody else sees it.
 */
async function readMeant(client: pg.Client, files: readonly MigrationFile[], appRole: string): Promise<Meant> {
  await client.query('begin');
  try {
    await client.query('alter schema public rename to public_of_data; create schema public');
    for (const file of files) await runFile(client, file, appRole);
    const rights = await client.query<{ right: string }>(rightsOfRole, [appRole]);
    const policies = await client.query<{ statement: string }>(policiesOfRole, [appRole]);
    const routines = await listRoutines(client);
    return {
      rights: rights.rows.map((row) => row.right),
      policies: policies.rows.map((row) => row.statement),
      routines: new Map(routines.map(({ name, definition }) => [name, definition])),
    };
  } finally {
    await client.query('rollback');
  }
}

async function listRoutines(client: pg.Client): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select oid::regprocedure::text as name, pg_get_functiondef(oid) as definition from pg_proc
      where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
        and ${ofNoExtension('pg_proc', 'pg_proc.oid')}`,
  );
  return rows;
}

/** Those that exist and own nothing here: an owner's rights are the owner's, whoever else had them granted. */
async function listOrdinary(client: pg.Client, roles: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles r where rolname = any($1) and not rolsuper
       and not exists (select 1 from pg_class where relowner = r.oid and relnamespace = 'public'::regnamespace)
       and not exists (select 1 from pg_database where datdba = r.oid and datname = current_database())`,
    [roles],
  );
  return rows.map((row) => row.name);
}

const rightsOfRole = `
  with granted (place, acl) as (
    select 'schema ' || oid::regnamespace, nspacl from pg_namespace where nspname = 'public'
    union all
    select case relkind when 'S' then 'sequence ' else 'table ' end || oid::regclass, relacl
      from pg_class where relnamespace = 'public'::regnamespace
    union all
    select 'routine ' || oid::regprocedure, proacl from pg_proc where pronamespace = 'public'::regnamespace)
  select format('%s on %s', lower(right_.privilege_type), place) as right
    from granted, aclexplode(acl) right_ join pg_roles r on r.oid = right_.grantee where r.rolname = $1
  union all
  select format('%s (%I) on table %s', lower(right_.privilege_type), attname, c.oid::regclass)
    from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(attacl) right_
    join pg_roles r on r.oid = right_.grantee where c.relnamespace = 'public'::regnamespace and r.rolname = $1`;

const policiesOfRole = `
  select format('alter policy %I on %s to %I', polname, polrelid::regclass, r.rolname) as statement
    from pg_policy join pg_class c on c.oid = polrelid join pg_roles r on polroles = array[r.oid]
   where c.relnamespace = 'public'::regnamespace and r.rolname = $1`;
