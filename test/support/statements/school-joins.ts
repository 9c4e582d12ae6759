import { places } from './distribution.ts';
import {
  aliasOf,
  fieldsOf,
  type Grows,
  isEquality,
  isGiven,
  type Node,
  nameOf,
  nodesIn,
  tablesIn,
  writing,
} from './parse-tree.ts';

/** A relation or a sub-select under the name that one level of a statement gives it. */
interface Relation {
  readonly shown: string;
  readonly grows: boolean;
}

/** One query of a statement: its own relations, and those of the queries around it. */
interface Level {
  readonly relations: ReadonlyMap<string, Relation>;
  readonly around: Level | undefined;
}

interface Joins {
  /** Relations that one comparison holds to one place. */
  readonly held: Set<Relation>;
  /** Pairs that are joined by the place, and pairs that are joined by the school. */
  readonly byPlace: Pair[];
  readonly bySchool: Pair[];
}

type Pair = readonly [Relation, Relation];

const isSamePair = (pair: Pair, [one, other]: Pair) =>
  (pair[0] === one && pair[1] === other) || (pair[0] === other && pair[1] === one);

const levels: readonly string[] = ['SelectStmt', ...writing];

/**
 * Two relations that grow and are joined by the number of a school must also be joined by its place, or each of them be
 * held to one place: else every shard would ask every other. A name means the relation of the nearest query that has it.
 * Where a history says in which county a school lay then, `school_places` says where it lies now.
 */
export function schoolJoinFaults(stmt: Node, grows: Grows): string[] {
  const joins: Joins = { held: new Set(), byPlace: [], bySchool: [] };
  walk(stmt, undefined, grows, (equality, level) => compare(equality, level, joins));
  const wrong = joins.bySchool
    .filter((pair) => {
      const [one, other] = pair;
      if (one === other || !one.grows || !other.grows) return false;
      const byPlace = joins.byPlace.some((known) => isSamePair(known, pair));
      return !byPlace && !(joins.held.has(one) && joins.held.has(other));
    })
    .map((pair) => pair.map(({ shown }) => shown).sort())
    .map(([one, other]) => `${one} and ${other} joined by the school without its place`);
  return [...wrong, ...usingFaults(stmt, grows)];
}

/** Goes through the queries of a statement, and calls `see` with each comparison and the query in which it stands. */
function walk(value: unknown, level: Level | undefined, grows: Grows, see: (equality: Node, level: Level) => void) {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, level, grows, see);
    return;
  }
  for (const [key, below] of Object.entries(value)) {
    if (levels.includes(key)) {
      walk(below, { relations: relationsOf(below as Node, grows), around: level }, grows, see);
      continue;
    }
    if (key === 'A_Expr' && isEquality(below as Node) && level !== undefined) see(below as Node, level);
    walk(below, level, grows, see);
  }
}

/** The relations that a query names itself: what it reads from, and what it writes. */
function relationsOf(query: Node, grows: Grows): Map<string, Relation> {
  const found = new Map<string, Relation>();
  const add = (relation: Node, shown: string, tables: readonly string[]) => {
    const alias = aliasOf(relation);
    if (alias !== undefined) found.set(alias, { shown, grows: tables.some(grows) });
  };
  const look = (item: unknown): void => {
    const { JoinExpr: join, RangeVar: table, RangeSubselect: inner } = item as Record<string, Node | undefined>;
    if (join !== undefined) for (const side of [join.larg, join.rarg]) look(side);
    if (table !== undefined) add(table, nameOf(table), [nameOf(table)]);
    if (inner !== undefined) add(inner, 'a query', tablesIn(inner.subquery));
  };
  const target = query.relation as Node | undefined;
  if (target !== undefined) add(target, nameOf(target), [nameOf(target)]);
  for (const item of [query.fromClause, query.usingClause].flat()) if (item !== undefined) look(item);
  return found;
}

function compare(equality: Node, level: Level, joins: Joins): void {
  const { lexpr, rexpr } = equality;
  const [left, right] = [columnOf(lexpr, level), columnOf(rexpr, level)];
  for (const [column, other] of [
    [left, rexpr],
    [right, lexpr],
  ] as const) {
    if (column !== undefined && places.includes(column.name) && isGiven(other)) joins.held.add(column.relation);
  }
  if (left === undefined || right === undefined) return;
  const pair: Pair = [left.relation, right.relation];
  if (places.includes(left.name) && places.includes(right.name)) joins.byPlace.push(pair);
  else if (isSchool(left) && isSchool(right) && !joins.bySchool.some((known) => isSamePair(known, pair)))
    joins.bySchool.push(pair);
}

interface Column {
  readonly relation: Relation;
  readonly name: string;
}

/** A column with the name of its relation before it. */
function columnOf(side: unknown, level: Level): Column | undefined {
  const column = (side as Node | undefined)?.ColumnRef as Node | undefined;
  const fields = column === undefined ? [] : fieldsOf(column);
  if (fields.length !== 2) return undefined;
  for (let at: Level | undefined = level; at !== undefined; at = at.around) {
    const relation = at.relations.get(fields[0]!);
    if (relation !== undefined) return { relation, name: fields[1]! };
  }
  return undefined;
}

const isSchool = ({ relation, name }: Column) =>
  name === 'school_id' || (name === 'id' && relation.shown === 'schools');

function usingFaults(stmt: Node, grows: Grows): string[] {
  return nodesIn(stmt, 'JoinExpr')
    .filter((join) => {
      const columns = nodesIn(join.usingClause, 'String').map(({ sval }) => sval as string);
      if (!columns.includes('school_id') || columns.some((column) => places.includes(column))) return false;
      return tablesIn([join.larg]).some(grows) && tablesIn([join.rarg]).some(grows);
    })
    .map((join) => `${tablesIn([join.rarg])[0]} joined by the school without its place`);
}
