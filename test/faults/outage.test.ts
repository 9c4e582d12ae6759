import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import * as audit from '#contract/audit/audit.ts';
import * as filings from '#contract/filings/filings.ts';
import { routes } from '#contract/index.ts';
import { health } from '#contract/kit/health.ts';
import type { AnyRoute } from '#contract/route.ts';
import { type EmbeddedServer, startEmbedded } from '#platform/postgres/embedded/embedded.ts';
import { holdDataFolder } from '#platform/postgres/lock.ts';
import { pause } from '#platform/postgres/running-process.ts';
import { distantBase } from '../support/database/data-folder.ts';
import { effort } from '../support/effort.ts';
import { expectBalanceAgrees, type FaultStage, laySubmitted, openFaultStage } from '../support/fault-stage.ts';
import type { HttpAnswer } from '../support/http-person.ts';
import { discardDataFolder, makeDataFolder } from '../support/product/product-process.ts';

/** A product whose database can be taken away and given back. */
interface Ground {
  readonly stage: FaultStage;
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
}

const quiet = { info() {}, warn() {} };
const undo: Array<() => Promise<void>> = [];
afterEach(async () => {
  for (const act of undo.splice(0).reverse()) await act();
});

/**
 * Kills whatever server the file names, again and again. It runs beside the test: the many requests of the test would keep a
 * timer of its own waiting, and the product would find its database back for a moment.
 */
const killer = `
  const { readFileSync } = require('node:fs');
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    try {
      const pid = Math.abs(Number.parseInt(readFileSync(workerData, 'utf8'), 10));
      if (pid > 0) process.kill(pid, 'SIGKILL');
    } catch {
      // The server has just died, or is not there yet.
    }
  }, 5);`;

/** Kills the embedded server, and kills it again whenever the product has restarted it, until it is given back. */
async function embeddedGround(): Promise<Ground> {
  const stage = await openFaultStage({ schools: 12 });
  undo.push(() => stage.close());
  const cluster = `${distantBase(stage.dataDir) ?? stage.dataDir}/postgres`;
  let killing: Worker | undefined;
  const giveBack = async () => {
    await killing?.terminate();
    killing = undefined;
  };
  undo.push(giveBack);
  return {
    stage,
    async takeAway() {
      killing = new Worker(killer, { eval: true, workerData: `${cluster}/postmaster.pid` });
      await once(killing, 'online');
    },
    giveBack,
  };
}

/** A PostgreSQL that somebody else runs; he stops and starts it. */
async function givenGround(): Promise<Ground> {
  const dataDir = makeDataFolder();
  undo.push(() => discardDataFolder(dataDir));
  const hold = await holdDataFolder(dataDir);
  let server: EmbeddedServer | undefined = await startEmbedded({ dataDir, log: quiet, durable: false });
  undo.push(async () => {
    await server?.stop();
    hold.release();
  });
  const stage = await openFaultStage({ schools: 12, database: { ownerUrl: server.ownerUrl } });
  undo.push(() => stage.close());
  return {
    stage,
    async takeAway() {
      await server?.stop();
      server = undefined;
    },
    async giveBack() {
      server = await startEmbedded({ dataDir, log: quiet, durable: false });
    },
  };
}

const someId = '01890a5d-ac96-774b-bcce-b302099a8057';
const workbook = { name: '表.xlsx', size: 3, bytes: new Uint8Array([1, 2, 3]) };

/** A call with everything that a route declares in its path, and with an upload where the route takes one. */
function inputOf(route: AnyRoute): never {
  const params: Record<string, string> = {};
  for (const [, name = ''] of route.path.matchAll(/:(\w+)/g))
    params[name] = /code|county|school|unit|period/i.test(name) ? '3' : someId;
  const isUpload = route.body !== undefined && 'kind' in route.body;
  const body = route.method === 'GET' ? {} : isUpload ? { file: workbook } : { body: {} };
  return { params, query: {}, ...body } as never;
}

const told = /数据库暂时无法连接/;

const sealedTo = `select coalesce(max(last_id), 0)::int as id from audit_seals`;

describe.each([
  { which: 'the embedded database', open: embeddedGround },
  { which: 'a given database', open: givenGround },
])('$which goes away and comes back', ({ open }) => {
  it(
    'every route says so meanwhile, and all is well afterwards without a hand',
    async () => {
      const { stage, takeAway, giveBack } = await open();
      const [officer, director, auditor] = [
        stage.as('cityOfficer'),
        stage.as('countyDirector'),
        stage.as('auditAdministrator'),
      ];
      await laySubmitted(stage, stage.filingIds);
      const revision = (await director.call(filings.read, { params: { filingId: stage.filingIds[0]! } })).revision;
      const approve = (filingId: string) => director.ask(filings.approve, { params: { filingId }, body: { revision } });
      expect((await approve(stage.filingIds[0]!)).status).toBe(200);

      // Many callers start before the outage and go on through the whole of it.
      const heard: HttpAnswer[] = [];
      let crowding = true;
      const crowd = Array.from({ length: 16 }, async (_, index) => {
        while (crowding) {
          const answer =
            index % 2 === 0 ? director.ask(filings.list, { query: { pageSize: 100 } }) : director.ask(filings.grid);
          heard.push(await answer);
          await pause(10);
        }
      });
      await expect.poll(() => heard.length).toBeGreaterThan(2 * crowd.length);
      await takeAway();
      const goneSince = Date.now();
      // Whoever has no right to an act is refused without the database, until the product knows that it is gone.
      await expect.poll(() => officer.ask(health).then((answer) => answer.status)).toBe(503);

      // One person may ask only so much at a time; beyond it the product would refuse him for that.
      const answers: (HttpAnswer & { name: string })[] = [];
      for (let from = 0; from < routes.length; from += 50)
        answers.push(
          ...(await Promise.all(
            routes
              .slice(from, from + 50)
              .map(async (route) => ({ name: route.name, ...(await officer.ask(route, inputOf(route))) })),
          )),
        );
      expect(answers.filter((answer) => answer.status !== 503 || !told.test(answer.message))).toEqual([]);
      expect(answers.length).toBeGreaterThan(80);
      // The desk itself needs no database: it shows the outage to the person.
      expect((await fetch(stage.product.address)).status).toBe(200);

      while (Date.now() - goneSince < effort.gap) await pause(50);
      expect((await officer.ask(health)).status).toBe(503);
      await giveBack();
      await expect.poll(() => officer.ask(health).then((answer) => answer.status), { timeout: 30_000 }).toBe(200);
      crowding = false;
      await Promise.all(crowd);
      expect(new Set(heard.map((answer) => answer.status))).toEqual(new Set([200, 503]));
      expect(stage.product.child.exitCode).toBeNull();

      // Requests, jobs and the sealer recover by themselves.
      expect((await approve(stage.filingIds[1]!)).status).toBe(200);
      expect((await auditor.ask(audit.list)).status).toBe(200);
      await expectBalanceAgrees(stage, 2);
      const [last] = await stage.owner<{ id: number }>('select max(id)::int as id from audit_events');
      await expect
        .poll(async () => (await stage.owner<{ id: number }>(sealedTo))[0]!.id, { timeout: 20_000 })
        .toBeGreaterThanOrEqual(last!.id);

      // The log reports the outage and is not flooded by it.
      const lines = stage.product
        .said()
        .split('\n')
        .filter((line) => line.startsWith('{'));
      expect(lines.filter((line) => line.includes('the database cannot be reached')).length).toBeGreaterThan(0);
      expect(lines.filter((line) => line.includes('the database is back')).length).toBeGreaterThan(0);
      expect(lines.length).toBeLessThan(20);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(4_000);

      // A requested stop also works while the database is gone.
      await takeAway();
      expect(await stage.product.stop()).toBe(0);
      expect(stage.product.said()).toContain('已停止。');
      await giveBack();
    },
    effort.patience,
  );
});
