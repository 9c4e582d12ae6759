import { PostgresQueryCompiler } from 'kysely';
import { loadModule } from 'libpg-query';
import type pg from 'pg';
import type { Feature } from '#core/access/feature.ts';
import {
  administers,
  exceptions,
  growing,
  local,
  notHeldYet,
  readBesides,
  readByAll,
  reference,
} from './distribution.ts';
import { relationsIn, statementFaults } from './statement-rules.ts';

/** A statement that the program sent, and the room whose code asked for it: `features/balance`, `core/audit`. */
interface Sent {
  readonly text: string;
  readonly room: string;
}

export interface StatementRecord {
  /**
   * Every fault of what was sent so far: what would not run on a distributed database, and relations that a feature reads
   * although it neither owns them nor finds them published.
   */
  faults(owner: pg.Client, features: readonly Feature[]): Promise<string[]>;
}

/**
 * Which room wrote a text. It is told when the query builder spells the statement, while the store function is still at
 * work: by the time the statement is sent, a function that only hands the promise on has left the stack of calls, and
 * its caller's room would answer for it.
 */
const writers = new Map<string, string>();
const spell = PostgresQueryCompiler.prototype.compileQuery;
PostgresQueryCompiler.prototype.compileQuery = function (...given) {
  const compiled = spell.apply(this, given);
  if (!writers.has(compiled.sql)) {
    const room = senderOf();
    if (room !== undefined) writers.set(compiled.sql, room);
  }
  return compiled;
};

/** Writes down each text once that the product's own code sends over the pool; what a test sends itself is no matter. */
export function recordStatements(pool: pg.Pool): StatementRecord {
  const sent = new Map<string, Sent>();
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const recording = (...given: unknown[]) => {
      const text = typeof given[0] === 'string' ? given[0] : (given[0] as { text: string }).text;
      if (!sent.has(text)) {
        const room = writers.get(text) ?? senderOf();
        if (room !== undefined) sent.set(text, { text, room });
      }
      return query(...given);
    };
    client.query = recording as typeof client.query;
  });
  return {
    async faults(owner, features) {
      await loadModule();
      const { rows } = await owner.query<{ name: string }>(
        `select proname as name from pg_proc where pronamespace = 'public'::regnamespace`,
      );
      const functions = new Set(rows.map((row) => row.name));
      const held = [...sent.values()].filter(({ room }) => !notHeldYet.includes(room));
      return held.flatMap(({ text, room }) => {
        const named = `${room}: ${text.replaceAll(/\s+/g, ' ').trim()}`;
        const faults = [...statementFaults(text, functions), ...strangers(text, room, features)];
        return faults.filter((fault) => !isExcepted(room, fault)).map((fault) => `${fault}\n    ${named}`);
      });
    },
  };
}

function isExcepted(room: string, fault: string): boolean {
  return `${room}: ${fault}` in exceptions;
}

/** Relations of a feature's statement that are neither its own, nor published, nor known to everybody. */
function strangers(text: string, room: string, features: readonly Feature[]): string[] {
  const name = /^features\/(.+)$/.exec(room)?.[1];
  const feature = features.find((one) => one.name === name);
  if (feature === undefined) return [];
  const tables = new Set([...growing, ...reference, ...local]);
  const allowed = new Set([
    ...feature.tables,
    ...readByAll,
    ...(readBesides[feature.name] ?? []),
    ...(administers[feature.name] ?? []),
  ]);
  return relationsIn(text)
    .filter((relation) => tables.has(relation) && !allowed.has(relation))
    .map((relation) => `reads ${relation}, which ${feature.name} does not own`);
}

/** The room nearest to the statement in the stack of calls; undefined where a test sent it. */
function senderOf(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  return /\/src\/server\/((?:features|core)\/[\w-]+)\/(?!\S*\.test\.ts)/.exec(stack)?.[1];
}
