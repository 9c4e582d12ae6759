import type pg from 'pg';

/**
 * Migrations on a database that is spread over the workers of Citus. There a distributed table refers to distributed and to
 * reference tables alone, and no table that is not distributed refers to a distributed one. So a file runs there statement by
 * statement: a new table with a place is made without foreign keys, spread beside the schools, and only then gets its keys; a
 * new table without one is copied to all nodes before a spread table refers to it.
 */

/** The columns that hold the place of a row. */
export const placeColumns = ['place_id', 'county_id'];

/** All growing tables lie beside the schools of their place. */
export const besideSchools = 'schools';

/** The statement that spreads a table with a place. */
export const spreading = (name: string, place: string) =>
  name === besideSchools
    ? `select create_distributed_table('${name}', '${place}')`
    : `select create_distributed_table('${name}', '${place}', colocate_with => '${besideSchools}')`;

/** The statement that copies a table to all nodes. */
export const copying = (name: string) => `select create_reference_table('${name}')`;

/** The tables that Citus has converted; null where the extension is not there. */
export async function findConverted(client: Pick<pg.ClientBase, 'query'>): Promise<ReadonlySet<string> | null> {
  const { rows: there } = await client.query<{ citus: boolean }>(
    `select to_regclass('pg_dist_partition') is not null as citus`,
  );
  if (there[0]?.citus !== true) return null;
  const { rows } = await client.query<{ name: string }>(
    'select c.relname as name from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid',
  );
  return new Set(rows.map(({ name }) => name));
}

/** A statement of a file and where it begins. */
interface Statement {
  readonly text: string;
  readonly start: number;
}

/** Comments, texts, quoted names and bodies, whose semicolons end nothing. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|[\s\S]/g;

/** The statements of a file in their order. */
export function statementsOf(sql: string): Statement[] {
  const found: Statement[] = [];
  let start = 0;
  const add = (end: number) => {
    const text = sql.slice(start, end);
    if (text.replace(token, (part) => (/^(--|\/\*)/.test(part) ? '' : part)).trim() !== '') found.push({ text, start });
    start = end + 1;
  };
  for (const match of sql.matchAll(token)) if (match[0] === ';') add(match.index);
  add(sql.length);
  return found;
}

const newTable = /^\s*create table (\w+) \(([\s\S]*)\)\s*$/i;
/** Whatever makes a table; what of it `newTable` does not read would come onto one node alone, and nobody would see it. */
const anyTable = /^\s*create\s+(?:\w+\s+)*?table\b|^\s*select\b[\s\S]*\binto\s+(?:table\s+)?\w+\s+from\b/i;
/** What of a foreign key may not be left in the bare table. */
const leftOfKey =
  /\breferences\b|\bmatch (?:full|partial|simple)\b|\bdeferrable\b|\binitially\b|\bon (?:delete|update)\b|\bconstraint \w+\s*$/i;
const columnKey =
  /\s+references\s+\w+(?:\s*\([^)]*\))?(?:\s+on\s+(?:delete|update)\s+(?:cascade|restrict|set null|no action))*/i;

/**
 * A new table with a place, parted into the statement without foreign keys and the keys that come afterwards; null for every
 * other statement.
 * @throws Error where a table is made in a way that it cannot part
 */
export function partedTable(text: string): { name: string; place: string; bare: string; keys: string[] } | null {
  const plain = text.replace(token, (part) => (/^(--|\/\*)/.test(part) ? '' : part));
  const [, name, body] = newTable.exec(plain) ?? [];
  if (name === undefined || body === undefined) {
    if (anyTable.test(plain))
      throw new Error(`a spread database cannot take this way to make a table: ${headOf(plain)}`);
    return null;
  }
  const place = /primary key \((\w+)/i.exec(body)?.[1];
  if (new RegExp(`\\b(?:${placeColumns.join('|')})\\b[^,()]*\\bprimary key\\b`, 'i').test(body)) {
    throw new Error(`a table with a place has its key in a line of its own: ${headOf(plain)}`);
  }
  if (place === undefined || !placeColumns.includes(place)) return null;
  const keys: string[] = [];
  const lines = elementsOf(body).flatMap((element) => {
    if (/^(constraint \w+ )?foreign key/i.test(element)) {
      keys.push(element);
      return [];
    }
    const [column] = element.split(/\s+/);
    const found = columnKey.exec(element);
    if (found === null || /^(primary key|unique|check|constraint|exclude)\b/i.test(element)) return [element];
    keys.push(`foreign key (${column})${found[0]}`);
    const bare = element.replace(columnKey, '');
    if (leftOfKey.test(bare.replace(token, (part) => (part.startsWith("'") ? '' : part)))) {
      throw new Error(`a spread database cannot take this foreign key: ${element}`);
    }
    return [bare];
  });
  return { name, place, bare: `create table ${name} (${lines.join(', ')})`, keys };
}

const headOf = (statement: string) => statement.trim().split('\n')[0];

/** The parts of a list between commas that stand in no bracket and in no text. */
function elementsOf(body: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [one] of body.matchAll(token)) {
    if (one === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += one;
    if (one === '(') depth += 1;
    if (one === ')') depth -= 1;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The statements by which one statement of a file runs on a spread database; `converted` grows with them. */
export function spreadStatements(text: string, converted: Set<string>): string[] {
  const copies = (of: string) =>
    [...of.matchAll(/\breferences\s+(\w+)/gi)]
      .map(([, target]) => target!)
      .filter((target) => !converted.has(target))
      .map((target) => {
        converted.add(target);
        return copying(target);
      });
  const table = partedTable(text);
  if (table !== null) {
    const { name, place, bare, keys } = table;
    converted.add(name);
    const added = keys.map((key) => `alter table ${name} add ${key}`);
    return [bare, spreading(name, place), ...copies(keys.join(' ')), ...added];
  }
  const altered = /^\s*(?:--[^\n]*\n\s*)*alter table (?:only )?(\w+)\b/i.exec(text)?.[1];
  return [...(altered !== undefined && converted.has(altered) ? copies(text) : []), text];
}
