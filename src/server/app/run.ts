import type pg from 'pg';
import { createAuthService } from '#core/access/auth/auth-service.ts';
import { announcing } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import { readOrCreateSecret } from '#core/access/session/secret.ts';
import { createSessionLookUp } from '#core/access/session/session.ts';
import { rememberSessions } from '#core/access/session/session-memory.ts';
import { createChainCheck } from '#core/audit/chain-check.ts';
import { startSealing } from '#core/audit/seal.ts';
import { openToday } from '#core/calendar/today.ts';
import { settleTrash } from '#core/evidence/trash.act.ts';
import type { Config } from '#platform/config/config.ts';
import { LeaseDesk } from '#platform/db/lease/lease-desk.ts';
import { hearNotifications } from '#platform/db/notifications.ts';
import { watchOutage } from '#platform/db/outage.ts';
import { lockLimit, openPool } from '#platform/db/pool.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';
import { openFileServices } from '#platform/files/file-services.ts';
import type { Log } from '#platform/http/endpoint.ts';
import { listenFault } from '#platform/http/port.ts';
import { openHttp } from '#platform/http/server.ts';
import type { JobData, JobReach } from '#platform/jobs/port.ts';
import { openJobs } from '#platform/jobs/runner.ts';
import { smtpChannel } from '#platform/outgoing/smtp.ts';
import { endpointsOf, streamsOf } from './endpoints.ts';
import { featureJobs, features } from './features.ts';
import { viewerFile, webFolder } from './root.ts';

export interface RunningServer {
  /** The address at which the server listens, as people type it. */
  readonly address: string;
  readonly services: Services;
  readonly log: Log;
  /** Lets requests under way finish, then jobs, then the connections. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly config: Pick<Config, 'port' | 'host' | 'dataDir' | 'logLevel'> &
    Partial<Pick<Config, 'trustedProxies' | 'strict' | 'clamd' | 'fontsDir' | 'mail' | 'metricsToken'>>;
  readonly appUrl: string;
  readonly sample: boolean;
  /** A connection of the start that is open already, for what is read before the server listens. */
  readonly first?: pg.Pool;
  /** Off for a measurement that must run nothing beside the requests. */
  readonly background?: boolean;
}

/** Starts web, API and jobs on a running, migrated database. If a step fails, nothing stays open. */
export async function runServer({
  config,
  appUrl,
  sample,
  first,
  background = true,
}: RunOptions): Promise<RunningServer> {
  let log: Log = { info() {}, warn() {}, error() {} };
  const undo: Array<() => Promise<void>> = [];
  const close = async () => {
    for (const act of undo.splice(0).reverse()) await act();
  };
  const outage = watchOutage(() => log);
  const secret = readOrCreateSecret(config.dataDir);
  const pool = openPool({ url: appUrl, max: 12, lockLimit });
  undo.push(() => pool.end());
  const auth = createAuthService({ databaseUrl: appUrl, secret, sample });
  undo.push(() => auth.close());
  const jobs = openJobs({
    appUrl,
    outage,
    log: { info: (d, m) => log.info(d, m), warn: (d, m) => log.warn(d, m), error: (d, m) => log.error(d, m) },
    jobs: featureJobs.map((job) => ({ ...job, run: (data) => job.run(services, data) })),
  });
  const now = () => new Date();
  const calendar = await openToday({ pool, now, first }).catch(async (error) => {
    await close();
    throw error;
  });
  const heard = () => {
    memory.forget();
    calendar.refresh().catch((error: unknown) => outage.failed(error, 'the settings could not be read again'));
  };
  const changes = hearNotifications({ url: appUrl, channel: 'access_changed', heard });
  undo.push(() => changes.stop());
  const memory = rememberSessions(createSessionLookUp({ secret }), { reliable: () => changes.hears });
  const files = await openFileServices({
    dataDir: config.dataDir,
    viewerFile,
    secret,
    clamd: config.clamd ?? null,
  }).catch(async (error) => {
    await close();
    throw error;
  });
  undo.push(async () => {
    files.pictures.close();
    files.prints.close();
  });
  const press = openLetterPress({ fontsDir: config.fontsDir ?? null });
  undo.push(async () => press.close());
  const services: Services = {
    pool,
    files,
    press,
    mail: config.mail == null ? null : smtpChannel(config.mail),
    desk: new LeaseDesk(pool),
    outage,
    auth,
    now,
    today: calendar.today,
    enqueue: (db, job, data) => jobs.enqueue(db, job.name, data as JobReach as JobData),
    announce: announcing(features, (db, job, data) => jobs.enqueue(db, job, data)),
    lookUp: memory.lookUp,
    forgetSessions: memory.forget,
    chainCheck: createChainCheck(),
    strict: config.strict ?? false,
  };
  try {
    const http = await openHttp({
      endpoints: endpointsOf(features, services),
      streams: streamsOf(features, services),
      webRoot: webFolder,
      logLevel: config.logLevel,
      trustedProxies: config.trustedProxies ?? [],
      checkReplies: config.strict ?? false,
      metrics: metricsOf(services, config.metricsToken),
    });
    log = http.log;
    // Jobs start when the first request can be answered and stop after the last answer.
    const behind: Array<() => Promise<void>> = [];
    undo.push(async () => {
      for (const stop of behind.reverse()) await stop();
    });
    undo.push(() => closeHttp(http));
    await settleTrash(services);
    await listen(http, config);
    if (background) {
      const sealing = startSealing({ pool, log, outage, now: services.now });
      behind.push(() => sealing.stop());
      behind.push(() => jobs.stop());
      await jobs.start();
    }
    const { port } = http.server.address() as { port: number };
    const shownHost = config.host.includes(':') ? `[${config.host}]` : config.host;
    return { address: `http://${shownHost}:${port}`, services, log, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function metricsOf(services: Services, token: string | null | undefined) {
  if (!token) return undefined;
  return { token, gauges: async () => (await import('./operations/metrics/gauges.ts')).readGauges(services) };
}

type Http = Awaited<ReturnType<typeof openHttp>>;

async function listen(http: Http, { port, host }: Pick<Config, 'port' | 'host'>): Promise<void> {
  try {
    await http.listen({ port, host });
  } catch (error) {
    throw listenFault(error, { port, host }) ?? error;
  }
}

/**
 * Requests under way get this much time. A client that never finishes its request cannot keep the server from stopping.
 */
const closingPatience = 5_000;

async function closeHttp(http: Http): Promise<void> {
  const impatience = setTimeout(() => http.server.closeAllConnections(), closingPatience);
  await http.close();
  clearTimeout(impatience);
}
