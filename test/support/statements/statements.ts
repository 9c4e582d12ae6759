import { PostgresQueryCompiler } from 'kysely';
import { loadModule } from 'libpg-query';
import type pg from 'pg';
import type { Feature } from '#core/access/feature.ts';
import { coreTables, coreViews, exceptions, growing, local, reference } from './distribution.ts';
import { relationsByPart, statementFaults, tablesWrittenBy } from './statement-rules.ts';

/**
 * A statement that the program sent, and the room (part of the code) that sent it: `features/balance`, `core/audit`.
 */
interface Sent {
  readonly text: string;
  readonly room: string;
}

export interface StatementRecord {
  /** Every text that was sent so far, in order, `begin` and `commit` among them. */
  readonly texts: readonly string[];
  /**
   * Every fault of the statements sent so far: parts that would not run on a distributed database, and relations that a
   * feature reads although it neither owns them nor finds them published.
   */
  faults(owner: pg.Client, features: readonly Feature[]): Promise<string[]>;
}

/**
 * Finds the room that wrote a text. It is read from the stack of calls when the query builder compiles the statement,
 * while the store function is still at work. When the statement is sent, a function that only passes the promise on has
 * left the stack, and the room of its caller would be named instead.
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

/** Records each text once that the product's own code sends over the pool; statements of a test itself do not count. */
export function recordStatements(pool: pg.Pool): StatementRecord {
  const sent = new Map<string, Sent>();
  const texts: string[] = [];
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const recording = (...given: unknown[]) => {
      const text = typeof given[0] === 'string' ? given[0] : (given[0] as { text: string }).text;
      texts.push(text);
      if (!sent.has(text)) {
        const room = writers.get(text) ?? senderOf();
        if (room !== undefined) sent.set(text, { text, room });
      }
      return query(...given);
    };
    client.query = recording as typeof client.query;
  });
  return {
    texts,
    async faults(owner, features) {
      await loadModule();
      const { rows } = await owner.query<{ name: string }>(
        `select proname as name from pg_proc where pronamespace = 'public'::regnamespace`,
      );
      const functions = new Set(rows.map((row) => row.name));
      return [...sent.values()].flatMap(({ text, room }) => {
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

/**
 * Tables that a feature's statement writes although they belong to another feature, or to the core, whose own stores
 * write them. Relations of the statement that are neither its own, nor of the core, nor published by another feature. A
 * part of the statement that another feature gave, under its own name, is compared with that feature.
 */
function strangers(text: string, room: string, features: readonly Feature[]): string[] {
  const name = /^features\/(.+)$/.exec(room)?.[1];
  const feature = features.find((one) => one.name === name);
  if (feature === undefined) return [];
  const known = new Set([...growing, ...reference, ...local, ...coreViews, ...features.flatMap(viewsOf)]);
  const common = [
    ...coreTables,
    ...coreViews,
    ...features.flatMap((one) => [...(one.registers ?? []), ...viewsOf(one)]),
  ];
  const names = new Set(features.map((one) => one.name));
  const foreign = tablesWrittenBy(text).filter((table) => known.has(table) && !feature.tables.includes(table));
  return [
    ...foreign.map((table) => `writes ${table}, which ${feature.name} does not own`),
    ...[...relationsByPart(text, names)].flatMap(([part, relations]) => {
      const reader = features.find((one) => one.name === part) ?? feature;
      const open = new Set([...reader.tables, ...common]);
      return relations
        .filter((relation) => known.has(relation) && !open.has(relation))
        .map((relation) => `reads ${relation}, which ${reader.name} does not own`);
    }),
  ];
}

const viewsOf = ({ views }: Feature) => views ?? [];

/**
 * The room nearest to the statement in the stack of calls; undefined where a test sent it. What better-auth sends is the
 * work of `core/access`, which alone imports it, whoever called it.
 */
function senderOf(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const stack = new Error().stack ?? '';
  Error.stackTraceLimit = limit;
  // The acts of an operator on the queue are the queue's own, whoever asks for them.
  const frame =
    /\/src\/server\/((?:features|core)\/[\w-]+|platform\/jobs(?=\/operator\.store))\/(?!\S*\.test\.ts)|\/node_modules\/@?better-auth\//.exec(
      stack,
    );
  return frame === null ? undefined : (frame[1] ?? 'core/access');
}
