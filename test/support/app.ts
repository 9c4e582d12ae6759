import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { routes as allRoutes } from '#contract/index.ts';
import type { AnyRoute, RouteArguments, RouteOutput } from '#contract/route.ts';
import { createAuthService } from '#core/access/auth/auth-service.ts';
import { announcing, type Feature } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import { createSessionLookUp } from '#core/access/session/session.ts';
import { createChainCheck } from '#core/audit/chain-check.ts';
import { type PostName, postText } from '#domain/access/actor.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { LeaseDesk, type LeaseLimits, leaseLimits } from '#platform/db/lease/lease-desk.ts';
import { watchOutage } from '#platform/db/outage.ts';
import { openPool } from '#platform/db/pool.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';
import { openFileServices } from '#platform/files/file-services.ts';
import { openHttp } from '#platform/http/server.ts';
import type { JobData, JobReach } from '#platform/jobs/port.ts';
import type { NoticeChannel } from '#platform/outgoing/channel.ts';
import { quickPlace } from '#test/support/database/quick-place.ts';
import { endpointsOf, streamsOf } from '../../src/server/app/endpoints.ts';
import { features as allFeatures } from '../../src/server/app/features.ts';
import { viewerFile } from '../../src/server/app/root.ts';
import { type Member, type Seat, seatCast, testSecret } from './cast.ts';
import { cloneWithOwner } from './database/database.ts';
import { layScenario } from './scenario.ts';
import { recordStatements } from './statements/statements.ts';

const nobody: Seat = { personId: '', cookie: '', post: null, grants: [] };

function headersOf(seat: Seat | null): Record<string, string> {
  if (seat === null) return {};
  return { cookie: seat.cookie, ...(seat.post === null ? {} : { 'x-dudao-post': postText(seat.post) }) };
}

/** The content of an answer that was a refusal. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly sentence: string;
  readonly details: unknown;

  constructor(status: number, code: string, sentence: string, details: unknown) {
    super(`${status} ${code}: ${sentence}`);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
    this.details = details;
  }
}

export interface TestPerson extends Seat {
  /** Calls a route as this person through HTTP; a refusal is thrown as `Refusal`. */
  call<R extends AnyRoute>(
    route: R,
    ...input: object extends RouteArguments<R> ? [RouteArguments<R>?] : [RouteArguments<R>]
  ): Promise<RouteOutput<R>>;
  /** The same person, with requests that name this post, or no post. */
  inPost(post: PostName | null): TestPerson;
  /** Calls and returns the refusal; fails the test when the call is let through. */
  refused<R extends AnyRoute>(
    route: R,
    ...input: object extends RouteArguments<R> ? [RouteArguments<R>?] : [RouteArguments<R>]
  ): Promise<Refusal>;
}

export interface TestApp {
  as(member: Member): TestPerson;
  /** The person who holds this cookie; for sessions beside the one that the cast has. */
  withCookie(cookie: string, post?: PostName | null): TestPerson;
  /** Another system that speaks with this access token. */
  withToken(token: string): TestPerson;
  /** A caller without a session. */
  readonly stranger: TestPerson;
  /** The database as owner, to set up and to look. */
  readonly owner: pg.Client;
  readonly services: Services;
  /** The HTTP layer itself, where a test needs headers and cookies. */
  readonly http: Awaited<ReturnType<typeof openHttp>>;
  /** The clock of the server under test. Set `today` to act as if a sample's work lay on another day. */
  readonly clock: { now: Date; today?: string | undefined };
  /** Jobs that committed acts asked for, in order; run them with `runJobs`. */
  readonly jobs: Array<{ name: string; data: JobData }>;
  /** Every statement that the server has sent so far, in order, `begin` and `commit` among them. */
  readonly statements: readonly string[];
  /** How often a transaction has waited for an answer before it sent more; the wait for its end is not counted. */
  waits(): number;
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Only some of the features, where the whole does not work yet or is not needed. */
  readonly features?: readonly Feature[];
  readonly now?: Date;
  /** Acts as if the sample city were loaded. */
  readonly sample?: boolean;
  /** The migration and the routes of a feature that exists only in a test. */
  readonly tables?: string;
  readonly routes?: readonly AnyRoute[];
  /** A scanner of files. */
  readonly clamd?: { readonly host: string; readonly port: number };
  /** The way on which notices leave. */
  readonly mail?: NoticeChannel;
  /** Limits of the queue before the pool. */
  readonly limits?: LeaseLimits;
}

/**
 * The part of the product that runs on a test's database: services and HTTP layer. Jobs wait until the test runs them.
 */
export interface ServedDatabase
  extends Pick<TestApp, 'services' | 'http' | 'clock' | 'jobs' | 'statements' | 'waits' | 'runJobs' | 'close'> {
  /** The faults of the statements sent so far against the rules of the house. */
  faults(owner: pg.Client): Promise<string[]>;
}

/** Serves a migrated database as it is, with a clock that only the test moves. */
export async function serveDatabase(
  appUrl: string,
  options: Required<Pick<TestAppOptions, 'now' | 'sample'>> &
    Pick<TestAppOptions, 'features' | 'routes' | 'limits' | 'clamd' | 'mail'>,
): Promise<ServedDatabase> {
  const features = options.features ?? allFeatures;
  const clock: TestApp['clock'] = { now: options.now };
  const pool = openPool({ url: appUrl, max: 8 });
  const statements = recordStatements(pool);
  const jobs: TestApp['jobs'] = [];
  const auth = createAuthService({ databaseUrl: appUrl, secret: testSecret, sample: options.sample });
  const dataDir = await mkdtemp(path.join(quickPlace, 'dudao-files-'));
  const press = openLetterPress({ fontsDir: null });
  const services: Services = {
    pool,
    press,
    mail: options.mail ?? null,
    files: await openFileServices({ dataDir, viewerFile, secret: testSecret, clamd: options.clamd ?? null }),
    // Requests of a test meet at the rows, as requests to two servers do.
    desk: new LeaseDesk(pool, options.limits ?? { ...leaseLimits, ofThing: pool.options.max }),
    outage: watchOutage(() => http.log),
    now: () => clock.now,
    today: () => clock.today ?? dayInChina(clock.now),
    // As in the queue: data that cannot be read back as the job's own data is refused here already.
    enqueue: async (_db, { name, data: shape }, data) => {
      shape.parse(data);
      jobs.push({ name, data: data as JobReach as JobData });
    },
    announce: announcing(features, async (_db, name, data) => void jobs.push({ name, data })),
    auth,
    lookUp: createSessionLookUp({ secret: testSecret }),
    forgetSessions: () => {},
    chainCheck: createChainCheck(),
    strict: true,
  };
  const http = await openHttp({
    endpoints: endpointsOf(features, services, {
      whole: options.features === undefined,
      contract: [...allRoutes, ...(options.routes ?? [])],
    }),
    streams: streamsOf(features, services),
    logLevel: process.env.TEST_LOG ?? 'silent',
    checkReplies: true,
  });
  return {
    services,
    http,
    clock,
    jobs,
    statements: statements.texts,
    waits: () => statements.waits,
    async runJobs() {
      for (const { name, data } of jobs.splice(0)) {
        const job = features.flatMap((feature) => feature.jobs ?? []).find((one) => one.name === name);
        if (!job) throw new Error(`no feature runs the job ${name}`);
        await job.run(services, data);
      }
    },
    faults: (owner) =>
      statements.faults(owner, [...allFeatures, ...features.filter((one) => !allFeatures.includes(one))]),
    async close() {
      await http.close();
      press.close();
      services.files.pictures.close();
      services.files.prints.close();
      await auth.close();
      await pool.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * The product on a database of its own: real HTTP layer, real PostgreSQL, the cast placed in the scenario. Only the job
 * queue differs: jobs are collected, so that a test decides when they run.
 */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { database, owner, close: closeDatabase } = await cloneWithOwner();
  const { now = new Date('2025-10-15T02:00:00Z'), sample = false, tables } = options;
  if (tables !== undefined) await owner.query(tables);
  await layScenario(owner);
  const seats = await seatCast(owner, now);
  const served = await serveDatabase(database.appUrl, { ...options, now, sample });
  const { http } = served;

  async function send(headers: Record<string, string>, route: AnyRoute, input: Record<string, unknown>) {
    const params = (input.params ?? {}) as Record<string, unknown>;
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(key, String(one));
    }
    const upload = input.file as { name: string; bytes: Uint8Array } | undefined;
    // A question carries no body and is refused with one, whatever a test gives to every route.
    let payload = route.method === 'GET' ? undefined : (input.body as object | undefined);
    if (upload) {
      const form = new FormData();
      for (const [key, value] of Object.entries((input.fields ?? {}) as Record<string, string>))
        form.append(key, value);
      form.append('file', new Blob([upload.bytes as BlobPart]), upload.name);
      payload = form;
    }
    return http.inject({
      method: route.method,
      url: search.size > 0 ? `${path}?${search}` : path,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
  }

  function person(seat: Seat | null, headers: Record<string, string> = headersOf(seat)): TestPerson {
    const call = async (route: AnyRoute, input: object = {}) => {
      const response = await send(headers, route, input as Record<string, unknown>);
      if (response.statusCode >= 400) {
        const { code, message, details } = response.json();
        throw new Refusal(response.statusCode, code, message, details);
      }
      if ('kind' in route.output && route.output.kind === 'file') {
        const disposition = String(response.headers['content-disposition'] ?? '');
        return {
          fileName: decodeURIComponent(disposition.split("''")[1] ?? ''),
          contentType: String(response.headers['content-type']),
          body: new Uint8Array(response.rawPayload),
        };
      }
      return response.json();
    };
    const refused = async (route: AnyRoute, input: object = {}) => {
      try {
        await call(route, input);
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
      throw new Error(`${route.name} let the call through`);
    };
    const inPost = (post: PostName | null) => person(seat === null ? null : { ...seat, post });
    return { ...(seat ?? nobody), call, refused, inPost } as TestPerson;
  }

  return {
    ...served,
    as: (member) => person(seats[member]),
    withCookie: (cookie, post = null) => person({ ...nobody, cookie, post }),
    withToken: (token) => person(null, { authorization: `Bearer ${token}` }),
    stranger: person(null),
    owner,
    async close() {
      const faults = await served.faults(owner);
      await served.close();
      await closeDatabase();
      if (faults.length > 0) throw new Error(`statements against the rules of the house:\n  ${faults.join('\n  ')}`);
    },
  };
}
