import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { features } from '../../../src/server/app/features.ts';
import { loadSampleOf } from '../../../src/server/app/load-sample.ts';
import { prepareFeatures } from '../../../src/server/app/prepare-content.ts';
import { serveDatabase } from '../app.ts';
import { openSession } from '../cast.ts';
import { cloneWithOwner, filledTemplate } from '../database/database.ts';
import type { Volatile } from './normal-form.ts';

/** The product's clock: two days behind the schools' deadline, within its grace, so that all work waits on the desk. */
const standing = new Date('2026-03-02T02:30:00Z');

/** The parts of a request beside its address. */
export interface Sent {
  readonly body?: unknown;
  readonly upload?: { readonly name: string; readonly bytes: Uint8Array; readonly fields?: Record<string, string> };
  /** Replaces the session of the person. */
  readonly cookie?: string;
  readonly bearer?: string;
}

/** The answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** All headers except the cookies. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** The `Set-Cookie` lines. */
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** One row of the audit, without the numbers that it has in its table. */
export type AuditRow = Readonly<Record<string, unknown>>;

/** The sample city with its balance runs, served with a clock that stands still. */
export interface SampleStage {
  /**
   * Sends a request over HTTP, for example `GET /api/filings/{filing 2025 2135990107}`. A name in braces refers to
   * something in the sample and is replaced by its id.
   * @param who the username of an account of the sample; null for somebody who is not signed in
   */
  ask(who: string | null, request: string, sent?: Sent): Promise<WireAnswer>;
  /** The id of something in the sample by its name. */
  idOf(name: string): string;
  /** Names something that the run itself has made, for requests and for the text of the record. */
  learn(name: string, id: string): void;
  /** A fresh session for a person whose old one was ended. */
  signInAgain(who: string): void;
  /** The audit rows written since the last call. */
  newAuditRows(): Promise<AuditRow[]>;
  readonly volatile: Volatile;
  /** The database as its owner, for looking. */
  readonly owner: pg.Client;
  readonly served: Awaited<ReturnType<typeof serveDatabase>>;
  close(): Promise<void>;
}

/** Fills a database with the sample city, as a start of the product does. */
async function fillWithSample({ ownerUrl, appUrl }: { readonly ownerUrl: string; readonly appUrl: string }) {
  const dataDir = mkdtempSync(join(quickPlace, 'dudao-equality-'));
  const log = { info: () => {}, warn: () => {} };
  // Only its passwords differ from one loading to the next; nobody signs in with them here.
  const hash = async () => 'opens to no password';
  try {
    await loadSampleOf(features, { ownerUrl, dataDir, now: standing, log, hash });
    await prepareFeatures(appUrl, () => standing);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The sample city in a database of its own. It is loaded once in a run; every file gets a copy of it. */
export async function openSampleStage(): Promise<SampleStage> {
  const template = await filledTemplate('template_sample', fillWithSample);
  const { database, owner, close: closeDatabase } = await cloneWithOwner(template);
  const served = await serveDatabase(database.appUrl, { now: standing, sample: true });
  const names = await namesIn(owner);
  const clocks = await clocksOf(owner);
  const ids = new Map([...names].map(([id, name]) => [name, id]));
  // The stage opens these sessions itself, so they count as nobody's act.
  await owner.query(`set app.recorded = 'on'`);
  const cookies = new Map<string, Promise<string>>();
  // One after the other, because they share a connection.
  let opening: Promise<unknown> = Promise.resolve();
  let audited = '0';

  function idOf(name: string): string {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`the sample knows no “${name}”`);
    return id;
  }

  function cookieOf(who: string): Promise<string> {
    let cookie = cookies.get(who);
    if (cookie === undefined) {
      cookie = opening.then(() => openSession(owner, idOf(`person ${who}`), served.clock.now));
      opening = cookie;
      cookies.set(who, cookie);
    }
    return cookie;
  }

  return {
    idOf,
    owner,
    served,
    volatile: { names, clocks },
    learn(name, id) {
      ids.set(name, id);
      names.set(id, name);
    },
    signInAgain: (who) => void cookies.delete(who),

    async ask(who, request, sent = {}) {
      const space = request.indexOf(' ');
      const address = request.slice(space + 1).replaceAll(/\{([^}]+)\}/g, (_, name: string) => idOf(name));
      const cookie = sent.cookie ?? (who === null ? undefined : await cookieOf(who));
      const headers = {
        'user-agent': 'record of answers',
        ...(cookie === undefined ? {} : { cookie }),
        ...(sent.bearer === undefined ? {} : { authorization: `Bearer ${sent.bearer}` }),
      };
      const payload = sent.upload ? formOf(sent.upload) : (sent.body as object | undefined);
      const response = await served.http.inject({
        method: request.slice(0, space) as 'GET',
        url: encodeURI(address),
        headers,
        ...(payload === undefined ? {} : { payload }),
      });
      const { 'set-cookie': cookieLines = [], ...rest } = response.headers;
      return {
        status: response.statusCode,
        headers: rest,
        cookies: [cookieLines].flat(),
        body: response.rawPayload,
      };
    },

    async newAuditRows() {
      const { rows } = await owner.query(
        `select id, action, object_type as "objectType", object_id as "objectId", place_id as "countyId",
                school_id as "schoolId", actor_name as "actorName", actor_role as "actorRole", fields, before, after
           from audit_events where id > $1 order by audit_events.id`,
        [audited],
      );
      audited = rows.at(-1)?.id ?? audited;
      return rows.map(({ id: _, ...row }) => row);
    },

    async close() {
      await served.close();
      await closeDatabase();
    },
  };
}

/**
 * The clock of this program and that of the database, which may differ: the moment after which each has written its own time
 * into rows. Another process of the run may have loaded the sample, after the database had started.
 */
async function clocksOf(owner: pg.Client): Promise<Volatile['clocks']> {
  const { rows } = await owner.query<{ from: Date; now: Date }>(
    `select pg_postmaster_start_time() as "from", clock_timestamp() as now`,
  );
  const started = rows[0]!.from.getTime();
  const ahead = rows[0]!.now.getTime() - Date.now();
  return [
    { from: started - ahead, to: () => Date.now() },
    { from: started, to: () => Date.now() + ahead },
  ];
}

/** The names of the things of the sample in the record, by id: a changed derivation of ids changes nothing. */
async function namesIn(owner: pg.Client): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ id: string; name: string }>(`
    select id::text, 'person ' || username as name from people
    union all
    select f.id::text, 'filing ' || p.year || ' ' || s.code
      from filings f join collections c on c.id = f.collection_id join periods p on p.id = c.period_id
      join period_schools s on s.county_id = f.place_id and s.period_id = p.id and s.school_id = f.school_id
    union all
    select r.id::text, 'run ' || u.unit_code || ' ' || p.year || ' ' || r.standard_key
      from balance_runs r join periods p on p.id = r.period_id join org_units u on u.id = r.county_id`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function formOf(upload: NonNullable<Sent['upload']>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields ?? {})) form.append(name, value);
  form.append('file', new Blob([upload.bytes as BlobPart]), upload.name);
  return form;
}
