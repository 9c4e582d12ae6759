import { randomUUID } from 'node:crypto';
import type pg from 'pg';

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly hasDefault: boolean;
  /** The values that a check allows, where one names them. */
  readonly allowed: readonly string[];
}

interface Reference {
  readonly table: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly keys: readonly string[];
}

/** The columns by which a row says where it lies, and to which school it belongs. */
export const placeColumns = ['place_id', 'county_id'] as const;
export const schoolColumns = ['school_id', 'about_school_id', 'employer_school_id'] as const;

export interface Whose {
  readonly schoolId: number;
  readonly placeId: number;
  readonly personId: string;
}

/** What the catalogue cannot say of a column: values that fit together, by `table.column`. */
const fitting: Readonly<Record<string, string | number>> = {
  'findings.duty_type': 'school',
  'reproof_draws.frame_size': 1,
  'org_units.kind': 'section',
  'balance_plan_years.planned_year': 2027,
  'letters.kind': 'notice',
  'notice_deliveries.channel': 'mail',
  'province_publication_figures.indicator': 'composite',
  'province_publication_figures.value': '0.5',
  'letters.model': '{}',
  'framework_drafts.key': 'example-own',
  'framework_editions.key': 'example-edition',
  'campaigns.assessment_year': 2025,
  'campaigns.decision_year': 2026,
  'campaign_steps.step': 'selfEvaluation',
  'campaign_seats.nodes': '{*}',
  'campaign_seats.from_day': '2026-01-01',
  'campaign_seats.to_day': '2026-12-31',
  'campaign_avoidances.avoidance_case': 'own',
  'campaign_avoidances.effect': 'asks',
  'campaign_avoidances.waived_reason': '示例',
  'campaign_avoidances.waived_by_name': '示例',
  'evaluations.assessment_year': 2025,
  'evaluations.decision_year': 2026,
  'evaluations.step': 'selfEvaluation',
  'evaluation_steps.step': 'selfEvaluation',
  'evaluation_findings.kind': 'other',
  'evaluation_statements.body': '示例',
  'evaluation_totals.total': '1',
  'evaluation_ties.tied': '{00000000-0000-7000-8000-000000000001,00000000-0000-7000-8000-000000000002}',
  'evaluation_ties.chosen': '{00000000-0000-7000-8000-000000000001}',
  'evidence_resemblances.closeness': 1,
  'evaluation_points.settled': 'self',
};

/**
 * Writes one row into each table of the schema whose rows lie at a place or belong to a school, for one school: the list comes
 * from the catalogue, so a new table is in it by itself. Values come from types, checks and foreign keys; rows to which one
 * refers are written first. A table that already holds such a row keeps it.
 * @returns the tables
 */
export async function layOneRowEach(owner: pg.ClientBase, whose: Whose): Promise<string[]> {
  const columns = await listColumns(owner);
  const references = await listReferences(owner);
  const tables = [...new Set(columns.map(({ table }) => table))].filter((table) =>
    columns.some((one) => one.table === table && isHome(one.name)),
  );
  const laid = new Set<string>();
  const lay = async (table: string): Promise<void> => {
    if (laid.has(table)) return;
    laid.add(table);
    const own = columns.filter((one) => one.table === table);
    if (await holdsRow(owner, table, own, whose)) return;
    const values = new Map<string, unknown>();
    for (const column of own) {
      const value = fittingValue(column, whose);
      if (value !== undefined) values.set(column.name, value);
    }
    for (const reference of references.filter((one) => one.table === table)) {
      const needed = reference.columns.some((name) => own.find((one) => one.name === name)?.needed);
      // A reference to rows of the same table, or one that may be left out, is left out.
      if (reference.to === table || !needed) {
        for (const name of reference.columns) {
          if (own.find((one) => one.name === name)?.needed === false && !isHome(name)) values.delete(name);
        }
        continue;
      }
      await lay(reference.to);
      const found = await findParent(owner, reference, columns, values, whose);
      reference.columns.forEach((name, at) => {
        values.set(name, found[reference.keys[at]!]);
      });
    }
    // It carries from one edition to another, and both refer to the same table.
    if (table === 'framework_mappings') values.set('to_key', await layOtherEdition(owner));
    await insert(owner, table, values);
  };
  for (const table of tables) await lay(table);
  return tables.sort();
}

/** A second edition, equal to the first but for its key. */
async function layOtherEdition(owner: pg.ClientBase): Promise<string> {
  await owner.query(
    `insert into framework_editions
       select (jsonb_populate_record(e, '{"key": "example-other"}')).* from framework_editions e where key = 'example-edition'
     on conflict do nothing`,
  );
  return 'example-other';
}

const isHome = (name: string) => [...placeColumns, ...schoolColumns].some((known) => known === name);

function homeOf(name: string, { schoolId, placeId }: Whose): number | undefined {
  if (schoolColumns.some((known) => known === name)) return schoolId;
  return placeColumns.some((known) => known === name) ? placeId : undefined;
}

function fittingValue(column: Column, whose: Whose): unknown {
  const { table, name, type, needed, hasDefault, allowed } = column;
  const fits = fitting[`${table}.${name}`];
  if (fits !== undefined) return fits;
  const home = homeOf(name, whose);
  if (home !== undefined) return home;
  if (!needed || hasDefault) return undefined;
  // A number that tells rows of one parent apart is the school's own.
  if ((name === 'subject_id' && type === 'integer') || name === 'line') return whose.schoolId;
  if (/person_id$/.test(name) || name === 'created_by') return whose.personId;
  if (/(^|_)(place|unit)_id$/.test(name)) return whose.placeId;
  if (allowed.length > 0) return allowed[0];
  if (type === 'uuid') return randomUUID();
  if (type === 'date') return '2025-10-01';
  if (type.startsWith('timestamp')) return '2025-10-01T00:00:00Z';
  if (type === 'jsonb') return '{}';
  if (type === 'boolean') return false;
  if (type.endsWith('[]')) return '{}';
  if (/int/.test(type)) return name === 'year' || name === 'school_year' ? 2025 : 1;
  return /(hash|digest)$/.test(name) ? 'a'.repeat(64) : `示例 ${whose.schoolId}`;
}

async function holdsRow(owner: pg.ClientBase, table: string, own: readonly Column[], whose: Whose): Promise<boolean> {
  const homes = own.filter(
    ({ name }) => isHome(name) && !(own.some((one) => one.name === 'school_id') && name === 'about_school_id'),
  );
  if (homes.length === 0) return (await owner.query(`select 1 from ${table} limit 1`)).rowCount === 1;
  const conditions = homes.map(({ name }) => `${name} = ${homeOf(name, whose)}`);
  return (await owner.query(`select 1 from ${table} where ${conditions.join(' and ')} limit 1`)).rowCount === 1;
}

/** A row to which the new one may refer: of the same place and school, where the table says so. */
async function findParent(
  owner: pg.ClientBase,
  { columns, to, keys }: Reference,
  all: readonly Column[],
  values: ReadonlyMap<string, unknown>,
  whose: Whose,
): Promise<Record<string, unknown>> {
  const fixed = keys.flatMap((key, at) =>
    isHome(columns[at]!) || /_(place|unit)_id$/.test(columns[at]!) ? [[key, values.get(columns[at]!)] as const] : [],
  );
  const homes = all.filter(
    ({ table, name }) => table === to && isHome(name) && !keys.includes(name) && name !== 'about_school_id',
  );
  const conditions = [
    ...fixed.map(([key, value]) => `${key} = ${Number(value)}`),
    ...homes.map(({ name }) => `${name} is not distinct from ${homeOf(name, whose)}`),
  ];
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  const { rows } = await owner.query(`select ${keys.join(', ')} from ${to}${where} limit 1`);
  if (rows[0] === undefined) throw new Error(`no row of ${to} for ${columns.join(', ')}${where}`);
  return rows[0];
}

async function insert(owner: pg.ClientBase, table: string, values: ReadonlyMap<string, unknown>): Promise<void> {
  const names = [...values.keys()];
  const marks = names.map((_, at) => `$${at + 1}`).join(', ');
  try {
    await owner.query(`insert into ${table} (${names.join(', ')}) overriding system value values (${marks})`, [
      ...values.values(),
    ]);
  } catch (error) {
    throw new Error(`no row of ${table} could be made; say in one-row.ts what fits: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function listColumns(owner: pg.ClientBase): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `select c.relname::text as table, a.attname::text as name, format_type(a.atttypid, null) as type, a.attnotnull as needed,
       (a.atthasdef or a.attidentity <> '') as "hasDefault",
       coalesce((select array_agg(m[1]) from pg_constraint k,
          regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') m
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
            and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%'), '{}') as allowed
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1, a.attnum`,
  );
  return rows;
}

async function listReferences(owner: pg.ClientBase): Promise<Reference[]> {
  const names = (keys: string, relation: string) =>
    `(select array_agg(a.attname::text order by k.at) from unnest(${keys}) with ordinality k (number, at)
       join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;
  const { rows } = await owner.query<Reference>(
    `select conrelid::regclass::text as table, confrelid::regclass::text as to, ${names('conkey', 'conrelid')} as columns,
       ${names('confkey', 'confrelid')} as keys
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by oid`,
  );
  return rows;
}
