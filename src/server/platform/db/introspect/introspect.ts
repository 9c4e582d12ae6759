import { readFileSync, writeFileSync } from 'node:fs';
import type pg from 'pg';
import { withClient } from '../owner-client.ts';
import { ofNoExtension } from './extension-owned.ts';

/** Tables that the runner writes for itself; our code does not read them. */
const ledgers = ['schema_migrations', 'schema_again'];

interface Column {
  relation: string;
  /** `r` table, `p` partitioned table, `v` view. */
  kind: 'r' | 'p' | 'v';
  relation_id: number;
  number: number;
  name: string;
  /** Name in pg_type: of the element where `dimensions` is set, of the base type for a domain. */
  type: string;
  is_array: boolean;
  labels: string[] | null;
  not_null: boolean;
  has_default: boolean;
  always: boolean;
  comment: string | null;
}

/**
 * The Kysely types of a migrated database's schema `public`, as the text of `schema.ts`. A comment on a column may give
 * the type of a jsonb (`@type Name`, or `@type Name from #domain/…`), and may mark a view's column as `@notNull`.
 */
export async function schemaTypes(ownerUrl: string): Promise<string> {
  return withClient(ownerUrl, async (client) => {
    const { rows: columns } = await client.query<Column>(columnsOfPublic, [ledgers]);
    await markSureViewColumns(client, columns);
    return render(columns);
  });
}

/** Writes the types of a migrated database to a file (`dudao db types`). */
export async function writeSchemaTypes(ownerUrl: string, file: string): Promise<void> {
  writeFileSync(file, await schemaTypes(ownerUrl));
}

/** Whether the file differs from the database: somebody changed a migration and not the types. */
export async function schemaDrift(ownerUrl: string, file: string): Promise<boolean> {
  return (await schemaTypes(ownerUrl)) !== readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

const columnsOfPublic = `
  select c.relname as relation, c.relkind as kind, c.oid as relation_id, a.attnum as number,
    a.attname as name, coalesce(base.typname, element.typname, own.typname) as type, element.oid is not null as is_array,
    (select array_agg(enumlabel::text order by enumsortorder) from pg_enum
      where enumtypid = coalesce(element.oid, own.oid)) as labels,
    a.attnotnull or own.typnotnull as not_null,
    a.atthasdef or a.attidentity <> '' as has_default,
    a.attidentity = 'a' or a.attgenerated <> '' as always,
    col_description(c.oid, a.attnum) as comment
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type own on own.oid = a.atttypid
  left join pg_type base on base.oid = nullif(own.typbasetype, 0)
  left join pg_type element on element.oid = own.typelem and own.typcategory = 'A'
  where c.relkind in ('r', 'p', 'v') and not c.relispartition and c.relname <> all ($1)
    and ${ofNoExtension('pg_class', 'c.oid')}
  order by c.relname collate "C", a.attnum`;

/**
 * PostgreSQL calls every column of a view nullable. But a column that a view without outer joins takes directly from a
 * column that is not nullable, is not nullable either. The description of the view's own query reports where a column
 * comes from.
 */
async function markSureViewColumns(client: pg.Client, columns: Column[]): Promise<void> {
  const sure = new Set(columns.filter((column) => column.not_null).map((column) => keyOf(column)));
  const views = columns.filter((column) => column.kind === 'v');
  // A view may be built on another view, so the search is repeated until it finds nothing new.
  for (let learnt = true; learnt; ) {
    learnt = false;
    for (const id of new Set(views.map((column) => column.relation_id))) {
      const { rows } = await client.query<{ sql: string }>('select pg_get_viewdef($1::oid) as sql', [id]);
      const sql = rows[0]?.sql.trim().replace(/;$/, '') ?? '';
      if (/\b(left|right|full)\s+(outer\s+)?join\b/i.test(sql)) continue;
      const { fields } = await client.query(`select * from (${sql}) as view_query limit 0`);
      for (const column of views.filter((candidate) => candidate.relation_id === id && !candidate.not_null)) {
        const field = fields[column.number - 1];
        if (!field?.tableID || !sure.has(`${field.tableID}.${field.columnID}`)) continue;
        column.not_null = true;
        sure.add(keyOf(column));
        learnt = true;
      }
    }
  }
}

function keyOf(column: Column): string {
  return `${column.relation_id}.${column.number}`;
}

function render(columns: Column[]): string {
  const imports = new Map<string, Set<string>>();
  const relations = new Map<string, Column[]>();
  for (const column of columns) relations.set(column.relation, [...(relations.get(column.relation) ?? []), column]);
  const interfaces = [...relations].map(([relation, own]) => {
    const lines = own.map((column) => `  ${property(column.name)}: ${columnType(column, imports)};`);
    return `export interface ${interfaceName(relation)} {\n${lines.join('\n')}\n}\n`;
  });
  const entries = [...relations.keys()].map((relation) => `  ${property(relation)}: ${interfaceName(relation)};`);
  const importLines = [...imports]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([module, names]) => `import type { ${[...names].sort().join(', ')} } from '${module}';`);
  return [
    '// Written by `dudao db types` from a freshly migrated database; do not edit.',
    ["import type { ColumnType } from 'kysely';", ...importLines].join('\n'),
    preamble,
    ...interfaces,
    `export interface Database {\n${entries.join('\n')}\n}\n`,
  ]
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n');
}

const preamble = `/** May be left out of an insert: the database has a default. (Kysely's own does not look into a column type.) */
type Generated<Value> =
  Value extends ColumnType<infer Read, infer Inserted, infer Updated>
    ? ColumnType<Read, Inserted | undefined, Updated>
    : ColumnType<Value, Value | undefined, Value>;

/** Set by the database alone. */
type Computed<Value> = ColumnType<Value, never, never>;

/** Written as text (\`JSON.stringify\`): the driver would take an array for a PostgreSQL array. */
type Json<Value, Written = string> = ColumnType<Value, Written, Written>;

type Timestamp<Value = Date> = ColumnType<Value, Value | string, Value | string>;

declare const unwritable: unique symbol;

/** A column of a view: nobody can make a value for it, so that no insert or update on a view compiles. */
type ViewColumn<Value> = ColumnType<Value, { readonly [unwritable]: never }, never>;`;

function columnType(column: Column, imports: Map<string, Set<string>>): string {
  const value = valueType(column, imports);
  const isNullable = !column.not_null && !/@notNull\b/.test(column.comment ?? '');
  const orNull = (type: string) =>
    isNullable && type !== 'unknown' ? `${type.replace(/ \| null$/, '')} | null` : type;
  if (column.kind === 'v') return `ViewColumn<${orNull(value)}>`;
  if (column.always) return `Computed<${orNull(value)}>`;
  let type = orNull(value);
  if (!column.is_array && (column.type === 'jsonb' || column.type === 'json')) {
    type = isNullable ? `Json<${type}, string | null>` : `Json<${type}>`;
  } else if (!column.is_array && column.type.startsWith('timestamp')) {
    type = isNullable ? 'Timestamp<Date | null>' : 'Timestamp';
  }
  return column.has_default ? `Generated<${type}>` : type;
}

function valueType(column: Column, imports: Map<string, Set<string>>): string {
  const named = /@type\s+(.+?)(?:\s+from\s+(\S+))?\s*$/m.exec(column.comment ?? '');
  if (named?.[1]) {
    if (named[2]) {
      const names = imports.get(named[2]) ?? new Set<string>();
      imports.set(named[2], names.add(named[1]));
    }
    return named[1];
  }
  const element = column.labels ? column.labels.map((label) => `'${label}'`).join(' | ') : scalarType(column.type);
  if (!column.is_array) return element;
  return column.labels ? `Array<${element}>` : `${element}[]`;
}

/** The types that the driver returns with the parsers of `pool.ts`: int8 as number, numeric and date as text. */
function scalarType(type: string): string {
  if (/^(int[248]|float[48]|oid)$/.test(type)) return 'number';
  if (type === 'bool') return 'boolean';
  if (type.startsWith('timestamp')) return 'Date';
  if (type === 'json' || type === 'jsonb') return 'unknown';
  if (type === 'bytea') return 'Buffer';
  return 'string';
}

function interfaceName(relation: string): string {
  return relation.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}
