import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { createAuthService } from '#core/access/auth/auth-service.ts';
import type { Services } from '#core/access/serve.ts';
import { createSessionLookUp } from '#core/access/session/session.ts';
import { rememberSessions } from '#core/access/session/session-memory.ts';
import { createChainCheck } from '#core/audit/chain-check.ts';
import { dayInChina } from '#domain/kit/school-year.ts';
import { LeaseDesk } from '#platform/db/lease/lease-desk.ts';
import { watchOutage } from '#platform/db/outage.ts';
import { openPool } from '#platform/db/pool.ts';
import type { PacketClient } from '#platform/db/wire/packet.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';
import { openFileServices } from '#platform/files/file-services.ts';
import type { Call } from '#platform/http/endpoint.ts';
import { endpointsOf } from '../src/server/app/endpoints.ts';
import { features } from '../src/server/app/features.ts';
import { viewerFile } from '../src/server/app/root.ts';
import { type BenchCity, typedField } from './city.ts';
import type { Ground } from './serve.ts';

/**
 * The statements of one request, begin and commit included: once with the session looked up, once with it remembered.
 */
export interface StatementCount {
  readonly route: string;
  readonly first: number;
  readonly remembered: number;
}

const silent = { info() {}, warn() {}, error() {} };

/** Counts, in this process, what the endpoints of the measured scenes send on their connection. */
export async function countStatements(ground: Ground, city: BenchCity): Promise<StatementCount[]> {
  const pool = openPool({ url: ground.appUrl, max: 1 });
  const auth = createAuthService({ databaseUrl: ground.appUrl, secret: ground.secret, sample: false });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dudao-bench-files-'));
  const memory = rememberSessions(createSessionLookUp({ secret: ground.secret }), { reliable: () => true });
  const services: Services = {
    pool,
    mail: null,
    desk: new LeaseDesk(pool),
    outage: watchOutage(() => silent),
    auth,
    now: () => new Date(),
    today: () => dayInChina(new Date()),
    enqueue: async () => {},
    announce: async () => {},
    lookUp: memory.lookUp,
    forgetSessions: memory.forget,
    files: await openFileServices({ dataDir, viewerFile, secret: ground.secret }),
    press: openLetterPress({ fontsDir: null }),
    chainCheck: createChainCheck(),
    strict: false,
  };
  let sent = 0;
  pool.on('connect', (client) => {
    for (const way of ['hold', 'send', 'endSoon'] as const) {
      const go = (client as pg.PoolClient & PacketClient)[way].bind(client) as (...args: unknown[]) => void;
      const counting = (...args: unknown[]) => {
        sent += 1;
        go(...args);
      };
      Object.assign(client, { [way]: counting });
    }
  });
  const officer = city.people.find((person) => person.role === 'county-officer');
  const school = city.schools.find((one) => one.countyId === officer?.countyIds[0]);
  const asks: Array<[route: string, call: Partial<Call>]> = [
    ['directory.schools', { query: {} }],
    ['filings.list', { query: {} }],
    ['directory.school', { params: { schoolId: school?.id } }],
    ['filings.saveCells', { params: { filingId: school?.filingId } }],
  ];
  const endpoints = endpointsOf(features, services);
  const token = decodeURIComponent(officer?.cookie.split('=')[1] ?? '');
  const counts: StatementCount[] = [];
  try {
    for (const [route, call] of asks) {
      const endpoint = endpoints.find((one) => one.route.name === route);
      if (!endpoint) throw new Error(`${route} is not served`);
      const ask = async (value: number) => {
        const body = { changes: [{ field: typedField, value: 5_000 + value, version: value }] };
        const before = sent;
        await endpoint.answer({
          params: {},
          query: {},
          headers: {},
          cookies: { 'dudao.session_token': token },
          address: '127.0.0.1',
          requestId: 'bench',
          gone: new AbortController().signal,
          log: silent,
          body,
          ...call,
        });
        return sent - before;
      };
      memory.forget();
      counts.push({ route, first: await ask(0), remembered: await ask(1) });
    }
  } finally {
    await auth.close();
    await pool.end();
    await rm(dataDir, { recursive: true, force: true });
  }
  return counts;
}
