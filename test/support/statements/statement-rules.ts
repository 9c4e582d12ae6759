import { local, localViews, places, reference } from './distribution.ts';
import {
  aliasOf,
  fieldsOf,
  type Grows,
  isEquality,
  isGiven,
  type Node,
  nameOf,
  nodesIn,
  statementsOf,
  tablesIn,
  targetsIn,
} from './parse-tree.ts';
import { schoolJoinFaults } from './school-joins.ts';

const lying = new Set([...local, ...localViews, ...reference]);

/**
 * A relation grows that is neither local nor a reference table nor of the catalogue: a published view too unless it is
 * listed, and a query of the statement's own that reads one.
 */
function growsIn(stmt: Node): Grows {
  const own = new Map(
    nodesIn(stmt, 'CommonTableExpr').map((query) => [query.ctename as string, tablesIn(query.ctequery)]),
  );
  const grows = (relation: string): boolean => {
    const inside = own.get(relation);
    if (inside !== undefined) return inside.some((one) => one !== relation && grows(one));
    return !lying.has(relation) && !relation.startsWith('pg_');
  };
  return grows;
}

/**
 * The parts of a statement that do not run on a distributed database, by docs/database.md; empty where all of it runs.
 * `functions` are those of our own schema.
 */
export function statementFaults(text: string, functions: ReadonlySet<string>): string[] {
  const stmts = statementsOf(text);
  const faults = new Set<string>();
  if (stmts.length > 1) faults.add('several statements in one text');
  for (const stmt of stmts) {
    const grows = growsIn(stmt);
    const growingAsked = tablesIn(stmt).some(grows);
    const records = nodesIn(stmt, 'RangeFunction').some((node) => JSON.stringify(node).includes('_to_recordset'));
    for (const select of nodesIn(stmt, 'SelectStmt')) {
      if (select.lockingClause !== undefined) for (const fault of lockFaults(select, grows)) faults.add(fault);
      for (const fault of lateralFaults(select, grows)) faults.add(fault);
      if (correlates(select, grows)) faults.add('a correlated subquery on a growing table below a reference table');
    }
    for (const insert of nodesIn(stmt, 'InsertStmt')) {
      const table = nameOf(insert.relation as Node);
      const query = (insert.selectStmt as Node | undefined)?.SelectStmt as Node | undefined;
      if (grows(table) && query?.valuesLists === undefined && insert.returningList === undefined) {
        faults.add(`insert into ${table} from a query without returning`);
      }
      if (insert.onConflictClause !== undefined && reference.includes(table)) {
        faults.add(`on conflict on the reference table ${table}`);
      }
    }
    for (const update of nodesIn(stmt, 'UpdateStmt')) {
      const table = nameOf(update.relation as Node);
      const set = nodesIn(update.targetList, 'ResTarget').map((target) => target.name);
      if (grows(table) && set.some((name) => places.includes(name as string)))
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
    for (const fault of schoolJoinFaults(stmt, grows)) faults.add(fault);
    if (growingAsked)
      for (const name of bareCalls(stmt, functions)) faults.add(`${name}() is not called as (select ${name}())`);
  }
  return [...faults];
}

/** The relations that a statement names, without those that it defines itself by `with`. */
export function relationsIn(text: string): string[] {
  return [...new Set(statementsOf(text).flatMap(tablesIn))];
}

/**
 * The same, grouped by the sub-selects that carry one of these names. Relations outside all of them have the empty
 * name.
 */
export function relationsByPart(text: string, names: ReadonlySet<string>): Map<string, string[]> {
  const stmts = statementsOf(text);
  const parts = nodesIn(stmts, 'RangeSubselect')
    .map((select) => [aliasOf(select), select.subquery] as const)
    .filter(([name]) => name !== undefined && names.has(name));
  const inside = new Set(parts.map(([, subquery]) => subquery));
  const found = new Map<string, string[]>([['', tablesIn(withoutNodes(stmts, inside))]]);
  for (const [name, subquery] of parts) {
    // A part may hold parts of others: those read for themselves.
    const others = new Set([...inside].filter((one) => one !== subquery));
    found.set(name!, [...(found.get(name!) ?? []), ...tablesIn(withoutNodes(subquery, others))]);
  }
  return found;
}

/** The tables that a statement inserts into, changes or deletes from. */
export function tablesWrittenBy(text: string): string[] {
  return [...new Set(targetsIn(statementsOf(text)).map(nameOf))];
}

/** The tree without these nodes. */
function withoutNodes(value: unknown, left: ReadonlySet<unknown>): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (left.has(value)) return null;
  if (Array.isArray(value)) return value.map((item) => withoutNodes(item, left));
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, withoutNodes(below, left)]));
}

/**
 * A lock on rows of a growing table must hold their place to a parameter or a constant, so that one shard takes it. A
 * place that is compared with the place of another relation is not known before the rows are read.
 */
function lockFaults(select: Node, grows: Grows): string[] {
  const names = (select.lockingClause as Node[]).flatMap((clause) => {
    const { lockedRels } = clause.LockingClause as { lockedRels?: { RangeVar: Node }[] };
    return lockedRels?.map((relation) => nameOf(relation.RangeVar)) ?? [null];
  });
  const relations = nodesIn(select.fromClause, 'RangeVar');
  const tables = relations.filter(
    (relation) => grows(nameOf(relation)) && (names.includes(null) || names.includes(aliasOf(relation)!)),
  );
  const held = nodesIn([select.whereClause, select.fromClause], 'A_Expr')
    .filter(isEquality)
    .flatMap(({ lexpr, rexpr }) => [...(isGiven(rexpr) ? [lexpr] : []), ...(isGiven(lexpr) ? [rexpr] : [])])
    .flatMap((side) => nodesIn(side, 'ColumnRef'))
    .map(fieldsOf)
    .filter((fields) => places.includes(fields.at(-1)!));
  // A column without the name of its relation belongs to the only one.
  const isHeld = (relation: Node) =>
    held.some((fields) => (fields.length > 1 ? fields[0] === aliasOf(relation) : relations.length === 1));
  return tables.filter((table) => !isHeld(table)).map((table) => `for update of ${nameOf(table)} without its place`);
}

/** No lateral query on a growing relation where the rest of the query reads only reference tables. */
function lateralFaults(select: Node, grows: Grows): string[] {
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
    const inner = tablesIn(item).filter(grows);
    const onlyReference = before.length > 0 && before.every((name) => reference.includes(name));
    if (query?.lateral === true && inner.length > 0 && onlyReference) {
      faults.push(`lateral on ${inner[0]} beside a reference table`);
    }
    before.push(...tablesIn(item));
  };
  for (const item of (select.fromClause as unknown[] | undefined) ?? []) look(item);
  return faults;
}

/** Whether a query over only reference tables reads growing relations for each of its rows. */
function correlates(select: Node, grows: Grows): boolean {
  const outer = nodesIn(select.fromClause, 'RangeVar');
  if (outer.length === 0 || !outer.every((relation) => reference.includes(nameOf(relation)))) return false;
  const aliases = outer.map(aliasOf);
  return nodesIn([select.whereClause, select.targetList], 'SubLink').some((link) => {
    const asked = nodesIn(link.subselect, 'ColumnRef')
      .map(fieldsOf)
      .filter((fields) => fields.length > 1);
    return tablesIn(link.subselect).some(grows) && asked.some(([alias]) => aliases.includes(alias));
  });
}

/**
 * Calls of our own functions that are not a whole query of their own. A call that reads a column runs where its row
 * lies, as those of the policies do.
 */
function bareCalls(stmt: Node, functions: ReadonlySet<string>): string[] {
  const wrapped = new Set(
    nodesIn(stmt, 'SelectStmt')
      .filter((select) => select.fromClause === undefined)
      .flatMap((select) => nodesIn(select.targetList, 'FuncCall')),
  );
  return nodesIn(stmt, 'FuncCall')
    .filter((call) => !wrapped.has(call) && nodesIn(call.args, 'ColumnRef').length === 0)
    .map((call) => (call.funcname as { String: { sval: string } }[]).at(-1)!.String.sval)
    .filter((name) => functions.has(name));
}
