import { parseSync } from 'libpg-query';
import { growing, local, localViews, places, reference } from './distribution.ts';

/** A node of PostgreSQL's own parse tree, as the parser of libpg_query gives it. */
type Node = Readonly<Record<string, unknown>>;

/**
 * The parts of a statement that do not run on a distributed database, by docs/database.md; empty where all of it runs.
 * `functions` are those of our own schema.
 */
export function statementFaults(text: string, functions: ReadonlySet<string>): string[] {
  const { stmts } = parseSync(text) as { stmts: { stmt: Node }[] };
  const faults = new Set<string>();
  if (stmts.length > 1) faults.add('several statements in one text');
  for (const { stmt } of stmts) {
    const grows = tablesIn(stmt).some((name) => growing.includes(name));
    const records = nodesIn(stmt, 'RangeFunction').some((node) => JSON.stringify(node).includes('_to_recordset'));
    for (const link of nodesIn(stmt, 'SubLink')) {
      const inner = (link.subselect as Node).SelectStmt as Node | undefined;
      if (link.subLinkType === 'EXISTS_SUBLINK' && inner?.op === 'SETOP_NONE' && inner.targetList === undefined) {
        faults.add('exists with an empty select list');
      }
    }
    for (const select of nodesIn(stmt, 'SelectStmt')) {
      if (select.lockingClause !== undefined) for (const fault of lockFaults(select)) faults.add(fault);
      for (const fault of lateralFaults(select)) faults.add(fault);
      if (correlates(select)) faults.add('a correlated subquery on a growing table below a reference table');
    }
    for (const insert of nodesIn(stmt, 'InsertStmt')) {
      const table = nameOf(insert.relation as Node);
      const query = (insert.selectStmt as Node | undefined)?.SelectStmt as Node | undefined;
      if (growing.includes(table) && query?.valuesLists === undefined && insert.returningList === undefined) {
        faults.add(`insert into ${table} from a query without returning`);
      }
      if (insert.onConflictClause !== undefined && reference.includes(table)) {
        faults.add(`on conflict on the reference table ${table}`);
      }
    }
    for (const update of nodesIn(stmt, 'UpdateStmt')) {
      const table = nameOf(update.relation as Node);
      const set = nodesIn(update.targetList, 'ResTarget').map((target) => target.name);
      if (growing.includes(table) && set.some((name) => places.includes(name as string)))
        faults.add(`update of the place of ${table}`);
    }
    if (records) {
      for (const choice of nodesIn(stmt, 'CaseExpr')) {
        const casts = nodesIn(choice, 'TypeCast').filter(
          ({ arg }) => !('A_Const' in (arg as Node)) && !('ParamRef' in (arg as Node)),
        );
        if (casts.length > 0) faults.add('a cast inside a case beside a recordset');
      }
    }
    for (const fault of schoolJoinFaults(stmt)) faults.add(fault);
    if (grows)
      for (const name of bareCalls(stmt, functions)) faults.add(`${name}() is not called as (select ${name}())`);
  }
  return [...faults];
}

/** The relations that a statement names, without those that it defines itself by `with`. */
export function relationsIn(text: string): string[] {
  const { stmts } = parseSync(text) as { stmts: { stmt: Node }[] };
  return [...new Set(stmts.flatMap(({ stmt }) => tablesIn(stmt)))];
}

/**
 * The same, grouped by the sub-selects that carry one of these names. Relations outside all of them have the empty
 * name.
 */
export function relationsByPart(text: string, names: ReadonlySet<string>): Map<string, string[]> {
  const { stmts } = parseSync(text) as { stmts: { stmt: Node }[] };
  const parts = nodesIn(stmts, 'RangeSubselect')
    .map((select) => [(select.alias as Node | undefined)?.aliasname as string | undefined, select.subquery] as const)
    .filter(([name]) => name !== undefined && names.has(name));
  const inside = new Set(parts.map(([, subquery]) => subquery));
  const found = new Map<string, string[]>([['', tablesIn(withoutNodes(stmts, inside))]]);
  for (const [name, subquery] of parts) found.set(name!, [...(found.get(name!) ?? []), ...tablesIn(subquery)]);
  return found;
}

/** The tables that a statement inserts into, changes or deletes from. */
export function tablesWrittenBy(text: string): string[] {
  const { stmts } = parseSync(text) as { stmts: { stmt: Node }[] };
  const written = ['InsertStmt', 'UpdateStmt', 'DeleteStmt'].flatMap((kind) => nodesIn(stmts, kind));
  return [...new Set(written.map((target) => nameOf(target.relation as Node)))];
}

/** The tree without these nodes. */
function withoutNodes(value: unknown, left: ReadonlySet<unknown>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (left.has(value)) return null;
  if (Array.isArray(value)) return value.map((item) => withoutNodes(item, left));
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withoutNodes(below, left)]));
}

/** Every node of a kind below a value; the fields of the value itself count too. */
function nodesIn(value: unknown, kind: string): Node[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item) => nodesIn(item, kind));
  return Object.entries(value).flatMap(([key, below]) => [
    ...(key === kind ? [below as Node] : []),
    ...nodesIn(below, kind),
  ]);
}

function nameOf(relation: Node): string {
  return relation.relname as string;
}

function tablesIn(node: unknown): string[] {
  const made = new Set(nodesIn(node, 'CommonTableExpr').map((table) => table.ctename));
  // The target of an insert, update or delete has no name of its kind in the tree.
  const targets = ['InsertStmt', 'UpdateStmt', 'DeleteStmt'].flatMap((kind) => nodesIn(node, kind));
  const named = [...nodesIn(node, 'RangeVar'), ...targets.map((target) => target.relation as Node)];
  return named.map(nameOf).filter((name) => !made.has(name));
}

/** A lock on rows of a growing table must name their place, so that one shard takes it. */
function lockFaults(select: Node): string[] {
  const names = (select.lockingClause as Node[]).flatMap((clause) => {
    const { lockedRels } = clause.LockingClause as { lockedRels?: { RangeVar: Node }[] };
    return lockedRels?.map((relation) => nameOf(relation.RangeVar)) ?? [null];
  });
  const tables = nodesIn(select.fromClause, 'RangeVar').filter((relation) => {
    const alias = (relation.alias as Node | undefined)?.aliasname ?? nameOf(relation);
    return growing.includes(nameOf(relation)) && (names.includes(null) || names.includes(alias as string));
  });
  const compared = nodesIn(select.whereClause, 'A_Expr')
    .filter((expression) => JSON.stringify(expression.name).includes('"="') && expression.kind === 'AEXPR_OP')
    .flatMap((expression) => [expression.lexpr, expression.rexpr])
    .flatMap((side) => nodesIn(side, 'ColumnRef'))
    .map((column) => lastField(column));
  return tables
    .filter(() => !compared.some((name) => places.includes(name)))
    .map((table) => `for update of ${nameOf(table)} without its place`);
}

function lastField(column: Node): string {
  const fields = column.fields as { String?: { sval: string } }[];
  return fields.at(-1)?.String?.sval ?? '*';
}

/**
 * Two relations that grow and are joined by the number of a school must also be joined by its place, or each of them be
 * held to one place: else every shard would ask every other. A relation that is neither local nor a reference table
 * grows: a published view too unless it is listed, and a query of the statement's own that reads one. Where a history says in which county
 * a school lay then, `school_places` says where it lies now.
 */
function schoolJoinFaults(stmt: Node): string[] {
  const own = new Map(
    nodesIn(stmt, 'CommonTableExpr').map((query) => [query.ctename as string, tablesIn(query.ctequery)]),
  );
  const grows = (table: string): boolean => {
    const inside = own.get(table);
    if (inside !== undefined) return inside.some((one) => one !== table && grows(one));
    return ![...local, ...localViews, ...reference].includes(table);
  };
  const growingNames = new Map<string, string>();
  const name = (alias: unknown, tables: readonly string[], shown: string) => {
    const called = ((alias as Node | undefined)?.aliasname as string | undefined) ?? shown;
    if (tables.some(grows)) growingNames.set(called, shown);
  };
  for (const table of nodesIn(stmt, 'RangeVar')) name(table.alias, [nameOf(table)], nameOf(table));
  for (const query of nodesIn(stmt, 'RangeSubselect')) name(query.alias, tablesIn(query.subquery), 'a query');

  const held = new Set<string>();
  const together = new Set<string>();
  const joined = new Map<string, readonly [string, string]>();
  for (const equality of nodesIn(stmt, 'A_Expr')) {
    if (equality.kind !== 'AEXPR_OP' || !JSON.stringify(equality.name).includes('"="')) continue;
    const [left, right] = [qualified(equality.lexpr), qualified(equality.rexpr)];
    const place = [left, right].find((side) => side !== undefined && places.includes(side[1]));
    if (left === undefined || right === undefined) {
      if (place !== undefined) held.add(place[0]);
      continue;
    }
    const pair = [left[0], right[0]].sort().join(' ');
    if (places.includes(left[1]) && places.includes(right[1])) together.add(pair);
    else if (isSchool(left, growingNames) && isSchool(right, growingNames)) joined.set(pair, [left[0], right[0]]);
  }
  return [...joined]
    .filter(([pair, [one, other]]) => {
      if (one === other || !growingNames.has(one) || !growingNames.has(other)) return false;
      return !together.has(pair) && !(held.has(one) && held.has(other));
    })
    .map(([, both]) => both.map((alias) => growingNames.get(alias)).sort())
    .map(([one, other]) => `${one} and ${other} joined by the school without its place`)
    .concat(
      nodesIn(stmt, 'JoinExpr')
        .filter((join) => {
          const columns = nodesIn(join.usingClause, 'String').map(({ sval }) => sval as string);
          if (!columns.includes('school_id') || columns.some((column) => places.includes(column))) return false;
          return tablesIn([join.larg]).some(grows) && tablesIn([join.rarg]).some(grows);
        })
        .map((join) => `${tablesIn([join.rarg])[0]} joined by the school without its place`),
    );
}

/** A column with the name of its relation before it. */
function qualified(side: unknown): readonly [string, string] | undefined {
  const fields = ((side as Node | undefined)?.ColumnRef as Node | undefined)?.fields as
    | { String?: { sval: string } }[]
    | undefined;
  if (fields?.length !== 2) return undefined;
  return [fields[0]!.String!.sval, fields[1]?.String?.sval ?? '*'];
}

function isSchool([alias, column]: readonly [string, string], tables: ReadonlyMap<string, string>): boolean {
  return column === 'school_id' || (column === 'id' && tables.get(alias) === 'schools');
}

/** No lateral query on a growing table where the rest of the query reads only reference tables. */
function lateralFaults(select: Node): string[] {
  const faults: string[] = [];
  const before: string[] = [];
  const look = (item: unknown) => {
    const join = (item as Node).JoinExpr as Node | undefined;
    if (join) {
      look(join.larg);
      look(join.rarg);
      return;
    }
    const query = (item as Node).RangeSubselect as Node | undefined;
    const inner = tablesIn(item).filter((name) => growing.includes(name));
    const onlyReference = before.length > 0 && before.every((name) => reference.includes(name));
    if (query?.lateral === true && inner.length > 0 && onlyReference) {
      faults.push(`lateral on ${inner[0]} beside a reference table`);
    }
    before.push(...tablesIn(item));
  };
  for (const item of (select.fromClause as unknown[] | undefined) ?? []) look(item);
  return faults;
}

/** Whether a query over only reference tables reads growing tables for each of its rows. */
function correlates(select: Node): boolean {
  const outer = nodesIn(select.fromClause, 'RangeVar');
  if (outer.length === 0 || !outer.every((relation) => reference.includes(nameOf(relation)))) return false;
  const aliases = outer.map((relation) => (relation.alias as Node | undefined)?.aliasname ?? nameOf(relation));
  return nodesIn([select.whereClause, select.targetList], 'SubLink').some((link) => {
    const growingInside = tablesIn(link.subselect).some((name) => growing.includes(name));
    const asked = nodesIn(link.subselect, 'ColumnRef').map((column) => {
      const fields = column.fields as { String?: { sval: string } }[];
      return fields.length > 1 ? fields[0]?.String?.sval : undefined;
    });
    return growingInside && asked.some((alias) => alias !== undefined && aliases.includes(alias));
  });
}

/** Calls of our own functions that are not a whole query of their own. */
function bareCalls(stmt: Node, functions: ReadonlySet<string>): string[] {
  const wrapped = new Set(
    nodesIn(stmt, 'SelectStmt')
      .filter((select) => select.fromClause === undefined)
      .flatMap((select) => nodesIn(select.targetList, 'FuncCall')),
  );
  return nodesIn(stmt, 'FuncCall')
    .filter((call) => !wrapped.has(call))
    .map((call) => (call.funcname as { String: { sval: string } }[]).at(-1)!.String.sval)
    .filter((name) => functions.has(name));
}
