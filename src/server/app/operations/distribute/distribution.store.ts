import { ofNoExtension } from '#platform/db/introspect/extension-owned.ts';
import { findConverted, placeColumns } from '#platform/db/migrate/migrate-spread.ts';
import type { OwnerClient } from '#platform/db/owner-client.ts';

/** What is to be known of a database before its tables are spread over the workers of Citus. */
export interface Distribution {
  /** The name of the database, as an identifier. */
  readonly database: string;
  readonly applicationRoles: readonly string[];
  /** Tables whose key leads with a place, with the column of the place. */
  readonly growing: readonly { readonly name: string; readonly place: string }[];
  /** Tables without a place that growing ones refer to, each behind those to which it refers itself. */
  readonly reference: readonly string[];
  /** Foreign keys between two growing tables: they are made anew when both are distributed. */
  readonly foreignKeys: readonly { readonly table: string; readonly name: string; readonly definition: string }[];
  /** What the roles of the application may do with views and tables. */
  readonly grants: readonly { readonly name: string; readonly role: string; readonly rights: string }[];
  /** Connections of servers, which are to be stopped first. */
  readonly connected: number;
  /** What Citus has converted already; null where the extension is not there. */
  readonly converted: ReadonlySet<string> | null;
}

const applicationRoles = ['dudao_app', 'dudao_public'];

/** Tables that every statement may join, although no growing table refers to them. */
const alwaysReference = ['calendar_years', 'calendar_days', 'org_unit_versions'];

export async function findDistribution(client: OwnerClient): Promise<Distribution> {
  const { rows: tables } = await client.query<{ name: string; place: string | null }>(
    `select c.relname as name,
            (select a.attname from pg_attribute a
              where a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = any ($1)) as place
       from pg_class c
       join pg_index i on i.indrelid = c.oid and i.indisprimary
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and ${ofNoExtension('pg_class', 'c.oid')}
      order by c.relname`,
    [placeColumns],
  );
  const { rows: keys } = await client.query<{ table: string; to: string; name: string; definition: string }>(
    `select s.relname as "table", t.relname as "to", quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
       from pg_constraint k join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and s.relnamespace = 'public'::regnamespace
      order by s.relname, k.conname`,
  );
  const { rows: grants } = await client.query<{ name: string; role: string; rights: string }>(
    `select c.relname as name, g.rolname as role, string_agg(lower(p.privilege_type), ', ' order by p.privilege_type) as rights
       from pg_class c cross join lateral aclexplode(c.relacl) p join pg_roles g on g.oid = p.grantee
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and g.rolname = any ($1)
      group by c.relname, g.rolname order by c.relname, g.rolname`,
    [applicationRoles],
  );
  const { rows: there } = await client.query<{ database: string; roles: string[]; connected: number }>(
    `select quote_ident(current_database()) as database,
            array(select r.rolname::text from pg_roles r where r.rolname = any ($1) order by r.rolname) as roles,
            (select count(*)::int from pg_stat_activity a
              where a.datname = current_database() and a.usename in (select m.app_role from schema_migrations m)) as connected`,
    [applicationRoles],
  );
  const { database, roles, connected } = there[0]!;
  const growing = tables.flatMap(({ name, place }) => (place === null ? [] : [{ name, place }]));
  const grows = new Set(growing.map(({ name }) => name));
  return {
    ...{ database, growing, grants, connected },
    applicationRoles: roles,
    reference: referenceOf(keys, grows, new Set(tables.map(({ name }) => name))),
    foreignKeys: keys.filter(({ table, to }) => grows.has(table) && grows.has(to)),
    converted: await findConverted(client),
  };
}

/** A growing table may refer to reference tables alone, and these to reference tables alone. */
function referenceOf(
  keys: readonly { readonly table: string; readonly to: string }[],
  grows: ReadonlySet<string>,
  known: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  const take = (name: string) => {
    if (grows.has(name) || found.includes(name)) return;
    const targets = keys.filter((key) => key.table === name && key.to !== name).map(({ to }) => to);
    for (const to of targets) take(to);
    if (!found.includes(name)) found.push(name);
  };
  for (const { table, to } of keys) if (grows.has(table)) take(to);
  for (const name of alwaysReference) if (known.has(name)) take(name);
  return found;
}
