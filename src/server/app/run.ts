import { createAccess } from '#core/access/access.ts';
import { readOrCreateSecret } from '#core/access/secret.ts';
import type { Services } from '#core/access/serve.ts';
import { createSessionLookUp } from '#core/access/session.ts';
import { startSealing } from '#core/audit/seal.ts';
import type { Config } from '#platform/config/config.ts';
import { openPool } from '#platform/db/pool.ts';
import type { Log } from '#platform/http/endpoint.ts';
import { openHttp } from '#platform/http/server.ts';
import { openJobs } from '#platform/jobs/runner.ts';
import { endpointsOf } from './endpoints.ts';
import { featureJobs, features } from './features.ts';
import { webFolder } from './root.ts';

export interface RunningServer {
  /** Where it listens, as people type it. */
  readonly address: string;
  readonly services: Services;
  readonly log: Log;
  /** Lets requests under way finish, then jobs, then the connections. */
  close(): Promise<void>;
}

export interface RunOptions {
  readonly config: Pick<Config, 'port' | 'host' | 'dataDir' | 'logLevel'>;
  readonly appUrl: string;
  readonly sample: boolean;
  /** Off where a measurement wants nothing beside the requests. */
  readonly background?: boolean;
}

/** Web, API and jobs on a database that is up and migrated. */
export async function runServer({ config, appUrl, sample, background = true }: RunOptions): Promise<RunningServer> {
  let log: Log = { info() {}, warn() {}, error() {} };
  let closing = false;
  // A pool that is being closed lets go of connections that the database may end first; that is no news.
  const idle = (error: Error) => {
    if (!closing) log.warn({ err: error }, 'an idle connection to the database broke and is replaced');
  };
  const secret = readOrCreateSecret(config.dataDir);
  const pool = openPool({ url: appUrl, max: 12, onIdleError: idle });
  const access = createAccess({ databaseUrl: appUrl, secret, sample, onIdleError: idle });
  const jobs = openJobs({
    appUrl,
    log: { info: (d, m) => log.info(d, m), warn: (d, m) => log.warn(d, m), error: (d, m) => log.error(d, m) },
    jobs: featureJobs.map((job) => ({ ...job, run: (data) => job.run(services, data) })),
  });
  const services: Services = {
    pool,
    access,
    now: () => new Date(),
    enqueue: jobs.enqueue,
    lookUp: createSessionLookUp({ secret }),
    strict: false,
  };
  const http = await openHttp({
    endpoints: endpointsOf(features, services),
    webRoot: webFolder,
    logLevel: config.logLevel,
  });
  log = http.log;
  await http.listen({ port: config.port, host: config.host });
  const sealing = background ? startSealing({ pool, log, now: services.now }) : undefined;
  if (background) await jobs.start();
  const { port } = http.server.address() as { port: number };
  const shownHost = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    address: `http://${shownHost}:${port}`,
    services,
    log,
    async close() {
      closing = true;
      await http.close();
      if (background) await jobs.stop();
      await sealing?.stop();
      await access.close();
      await pool.end();
    },
  };
}
