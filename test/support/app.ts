import pg from 'pg';
import type { AnyRoute, RouteArguments, RouteOutput } from '#contract/route.ts';
import { createAuthService } from '#core/access/auth/auth-service.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import { createSessionLookUp } from '#core/access/session/session.ts';
import { createChainCheck } from '#core/audit/chain-check.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { openPool } from '#platform/db/pool.ts';
import { openHttp } from '#platform/http/server.ts';
import type { JobData, JobReach } from '#platform/jobs/port.ts';
import { endpointsOf } from '../../src/server/app/endpoints.ts';
import { features as allFeatures } from '../../src/server/app/features.ts';
import { type Member, type Seat, seatCast, testSecret } from './cast.ts';
import { cloneDatabase } from './database.ts';
import { layScenario } from './scenario.ts';

/** What an answer was when it was a refusal. */
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
  /** The refusal that the call meets; fails the test when it is let through. */
  refused<R extends AnyRoute>(
    route: R,
    ...input: object extends RouteArguments<R> ? [RouteArguments<R>?] : [RouteArguments<R>]
  ): Promise<Refusal>;
}

export interface TestApp {
  as(member: Member): TestPerson;
  /** Whoever holds this cookie; for sessions beside the one that the cast sits in. */
  withCookie(cookie: string): TestPerson;
  /** Another system that speaks with this access token. */
  withToken(token: string): TestPerson;
  /** Nobody: no session at all. */
  readonly stranger: TestPerson;
  /** The database as owner, for arranging and looking. */
  readonly owner: pg.Client;
  readonly services: Services;
  /** The HTTP layer itself, where a test needs headers and cookies. */
  readonly http: Awaited<ReturnType<typeof openHttp>>;
  /** The clock of the server under test; `today` as if a sample's work lay on another day. */
  readonly clock: { now: Date; today?: string | undefined };
  /** Jobs that committed acts asked for, in order; run them with `runJobs`. */
  readonly jobs: Array<{ name: string; data: JobData }>;
  runJobs(): Promise<void>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Fewer features, where the whole would not yet stand or is not needed. */
  readonly features?: readonly Feature[];
  readonly now?: Date;
  /** As if the sample city were loaded. */
  readonly sample?: boolean;
}

/**
 * The product on a database of its own: real HTTP layer, real PostgreSQL, the cast seated in the scenario. Only the job
 * queue is different: jobs are collected, so that a test decides when they run.
 */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const features = options.features ?? allFeatures;
  const database = await cloneDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const clock: TestApp['clock'] = { now: options.now ?? new Date('2025-10-15T02:00:00Z') };
  await layScenario(owner);
  const seats = await seatCast(owner, clock.now);
  const pool = openPool({ url: database.appUrl, max: 8 });
  const jobs: TestApp['jobs'] = [];
  const auth = createAuthService({ databaseUrl: database.appUrl, secret: testSecret, sample: options.sample ?? false });
  const services: Services = {
    pool,
    now: () => clock.now,
    today: () => clock.today ?? dayInChina(clock.now),
    // As the queue keeps it: what cannot be read back as the job's own data is refused here already.
    enqueue: async (_db, { name, data: shape }, data) => {
      shape.parse(data);
      jobs.push({ name, data: data as JobReach as JobData });
    },
    auth,
    lookUp: createSessionLookUp({ secret: testSecret }),
    forgetSessions: () => {},
    chainCheck: createChainCheck(),
    strict: true,
  };
  const http = await openHttp({
    endpoints: endpointsOf(features, services, { whole: options.features === undefined }),
    logLevel: process.env.TEST_LOG ?? 'silent',
    checkReplies: true,
  });

  async function send(headers: Record<string, string>, route: AnyRoute, input: Record<string, unknown>) {
    const params = (input.params ?? {}) as Record<string, unknown>;
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
      for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) search.append(key, String(one));
    }
    const upload = input.file as { name: string; bytes: Uint8Array } | undefined;
    let payload: object | undefined = input.body as object | undefined;
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

  function person(
    seat: Seat | null,
    headers: Record<string, string> = seat ? { cookie: seat.cookie } : {},
  ): TestPerson {
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
    return { personId: seat?.personId ?? '', cookie: seat?.cookie ?? '', call, refused } as TestPerson;
  }

  return {
    as: (member) => person(seats[member]),
    withCookie: (cookie) => person({ personId: '', cookie }),
    withToken: (token) => person(null, { authorization: `Bearer ${token}` }),
    stranger: person(null),
    owner,
    services,
    http,
    clock,
    jobs,
    async runJobs() {
      for (const { name, data } of jobs.splice(0)) {
        const job = features.flatMap((feature) => feature.jobs ?? []).find((one) => one.name === name);
        if (!job) throw new Error(`no feature runs the job ${name}`);
        await job.run(services, data);
      }
    },
    async close() {
      await http.close();
      await auth.close();
      await pool.end();
      await owner.end();
      await database.drop();
    },
  };
}
