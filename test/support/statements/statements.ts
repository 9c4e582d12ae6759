import type { Socket } from 'node:net';
import { PostgresQueryCompiler } from 'kysely';
import { loadModule } from 'libpg-query';
import type pg from 'pg';
import type { Feature } from '#core/access/feature.ts';
import type { PacketClient } from '#platform/db/wire/packet.ts';
import { coreTables, coreViews, exceptions, growing, local, reference } from './distribution.ts';
import { oncePerText } from './once-per-text.ts';
import { RevisionWatch } from './revision-watch.ts';
import { relationsByPart, statementFaults, tablesWrittenBy } from './statement-rules.ts';

export interface StatementRecord {
  /** Every text that was sent so far, in order, `begin` and `commit` among them. */
  readonly texts: readonly string[];
  /** How often a transaction has waited for an answer before it sent more; the wait for its end is not counted. */
  readonly waits: number;
  /**
   * Every fault of the statements sent so far: parts that would not run on a distributed database, and relations that a
   * feature reads although it neither owns them nor finds them published.
   */
  faults(owner: pg.Client, features: readonly Feature[]): Promise<string[]>;
}

/**
 * The rooms that wrote a text. They are read from the stack of calls when the query builder compiles the statement,
 * while the store function is still at work. When the statement is sent, a function that only passes the promise on has
 * left the stack, and the room of its caller would be named instead. Two rooms can write the same text, and each of them
 * answers for it.
 */
type Rooms = Map<string, Set<string>>;
/** One for all files of a worker: the query builder outlives the modules that a file loads anew. */
const kept = globalThis as { writersOfStatements?: Rooms };
kept.writersOfStatements ??= listenToCompiler(new Map());
const writers = kept.writersOfStatements;

function listenToCompiler(rooms: Rooms): Rooms {
  const spell = PostgresQueryCompiler.prototype.compileQuery;
  PostgresQueryCompiler.prototype.compileQuery = function (...given) {
    const compiled = spell.apply(this, given);
    const room = senderOf();
    if (room !== undefined) add(rooms, compiled.sql, room);
    return compiled;
  };
  return rooms;
}

function add(rooms: Rooms, text: string, room: string): void {
  const known = rooms.get(text);
  if (known === undefined) rooms.set(text, new Set([room]));
  else known.add(room);
}

/** Files of one worker send the same texts, and what these functions find depends on nothing but the text and the names. */
const faultsOf = oncePerText(statementFaults);
const partsOf = oncePerText(relationsByPart);
const writtenBy = oncePerText(tablesWrittenBy);

/** Records each text that the product's own code sends over the pool; statements of a test itself do not count. */
export function recordStatements(pool: pg.Pool): StatementRecord {
  const sent = new Map<string, Set<string>>();
  const texts: string[] = [];
  const revisions = new RevisionWatch();
  let waits = 0;
  pool.on('connect', (client) => {
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
    const transaction = revisions.watch();
    let isInside = false;
    let answered = false;
    stream.on('data', () => {
      answered = true;
    });
    const hear = (text: string, values: unknown) => {
      texts.push(text);
      transaction.sent(text, Array.isArray(values) ? values : []);
      if (text.startsWith('begin')) isInside = true;
      else if (isInside && answered) waits += 1;
      if (text === 'commit' || text === 'rollback') isInside = false;
      answered = false;
      for (const room of writers.get(text) ?? [senderOf()]) if (room !== undefined) add(sent, text, room);
    };
    // A statement that is kept is heard where it is asked for: when its packet is sent, its writer has left the stack.
    for (const way of ['hold', 'send', 'endSoon'] as const) {
      const go = (client as pg.PoolClient & PacketClient)[way].bind(client) as (...given: unknown[]) => void;
      const recording = (...given: unknown[]) => {
        const { text, values } = given[0] as { text: string; values?: unknown };
        hear(text, values);
        go(...given);
      };
      Object.assign(client, { [way]: recording });
    }
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const recording = (...given: unknown[]) => {
      const [first, second] = given;
      if (typeof first === 'string') hear(first, second);
      else hear((first as { text: string }).text, (first as { values?: unknown }).values);
      return query(...given);
    };
    client.query = recording as typeof client.query;
  });
  return {
    texts,
    get waits() {
      return waits;
    },
    async faults(owner, features) {
      await loadModule();
      const functions = await functionsOf(owner);
      const strangers = strangersTo(features);
      const unnamed = revisions.faults(
        features.flatMap(({ revised = [] }) => revised),
        await writersOf(owner),
      );
      const faults = [...sent].flatMap(([text, rooms]) => {
        const written = faultsOf(text, functions);
        return [...rooms].flatMap((room) =>
          [...written, ...strangers(text, room)]
            .filter((fault) => !isExcepted(room, fault))
            .map((fault) => `${fault}\n    ${room}: ${text.replaceAll(/\s+/g, ' ').trim()}`),
        );
      });
      return [...faults, ...unnamed];
    },
  };
}

/** The names of the functions of our own schema. */
export async function functionsOf(owner: pg.Client): Promise<Set<string>> {
  const { rows } = await owner.query<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace`,
  );
  return new Set(rows.map(({ name }) => name));
}

/** The functions of our own schema with what they do. */
async function writersOf(owner: pg.Client): Promise<{ readonly name: string; readonly body: string }[]> {
  const { rows } = await owner.query<{ name: string; body: string }>(
    `select proname as name, prosrc as body from pg_proc
      where pronamespace = 'public'::regnamespace and prosrc like '%revision%'`,
  );
  return rows;
}

function isExcepted(room: string, fault: string): boolean {
  return `${room}: ${fault}` in exceptions;
}

/**
 * Finds what a statement of a feature has no right to. Tables that it writes although they belong to another feature, or
 * to the core, whose own stores write them. Relations that are neither its own, nor of the core, nor published by
 * another feature. A part of the statement that another feature gave, under its own name, is compared with that feature.
 */
function strangersTo(features: readonly Feature[]): (text: string, room: string) => string[] {
  const published = features.flatMap((one) => [...(one.registers ?? []), ...viewsOf(one)]);
  const tables = [...growing, ...reference, ...local, ...features.flatMap((one) => one.tables)];
  const known = new Set([...tables, ...coreViews, ...features.flatMap(viewsOf)]);
  const common = [...coreTables, ...coreViews, ...published];
  const open = new Map(features.map((one) => [one.name, new Set([...one.tables, ...common])]));
  const names = new Set(features.map((one) => one.name));
  return (text, room) => {
    const feature = features.find(({ name }) => `features/${name}` === room);
    if (feature === undefined) return [];
    const foreign = writtenBy(text).filter((table) => known.has(table) && !feature.tables.includes(table));
    return [
      ...foreign.map((table) => `writes ${table}, which ${feature.name} does not own`),
      ...[...partsOf(text, names)].flatMap(([part, relations]) => {
        const reader = names.has(part) ? part : feature.name;
        return relations
          .filter((relation) => known.has(relation) && !open.get(reader)!.has(relation))
          .map((relation) => `reads ${relation}, which ${reader} does not own`);
      }),
    ];
  };
}

const viewsOf = ({ views }: Feature) => views ?? [];

/** What better-auth sends is the work of `core/access`, which alone imports it, whoever called it. */
const betterAuth = 'node_modules\\/@?better-auth\\/';
/** A room of the platform answers for its stores alone; what its other files pass on is the work of their caller. */
const ownRoom = '(?:features|core)\\/[\\w-]+|platform\\/[\\w-]+(?=\\/[\\w./-]+\\.store\\.ts)';
const ofProduct = new RegExp(`\\/(?:src\\/server|test\\/house)\\/(${ownRoom})\\/(?!\\S*\\.test\\.ts)|\\/${betterAuth}`);

/**
 * The room nearest to the statement in the stack of calls; undefined where a test sent it. The calls are read as they are:
 * their text would be made by source maps, for every statement anew.
 */
function senderOf(): string | undefined {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 60;
  Error.prepareStackTrace = (_error, calls) => calls;
  const calls = new Error().stack as unknown as readonly NodeJS.CallSite[];
  Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  for (const call of calls) {
    const frame = ofProduct.exec(call.getFileName() ?? '');
    if (frame !== null) return frame[1] ?? 'core/access';
  }
  return undefined;
}
