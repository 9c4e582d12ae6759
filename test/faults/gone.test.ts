import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atLock, cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';

let database: TestDatabase;
let stage: FaultStage;
beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: 3, database });
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

async function ask(cookie: string): Promise<Socket> {
  const { hostname, port } = new URL(stage.product.address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(`GET /api/filings HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${cookie}\r\n\r\n`);
  return socket;
}

/** The processes of the database that wait for a lock, as this moment sees them. */
const waitingAtLock = async () => (await stage.owner<{ pid: number }>(atLock)).map(({ pid }) => pid);

it(
  'questions of a caller who has gone are stopped at the database, and those that wait are never asked',
  async () => {
    const cookie = stage.as('otherOfficer').cookie;
    const outside = await stage.ownerClient();
    try {
      await outside.query('begin');
      await outside.query('lock table filings in access exclusive mode');
      const sockets = await Promise.all(Array.from({ length: 12 }, () => ask(cookie)));
      // Four of one person are at work, and eight wait without a connection.
      await expect.poll(async () => (await waitingAtLock()).length, { timeout: 3_000 }).toBe(4);
      const gone = performance.now();
      for (const socket of sockets) socket.destroy();
      await expect.poll(waitingAtLock, { timeout: 3_000, interval: 50 }).toEqual([]);
      // The product's own limit of a wait for a lock is four seconds.
      expect(performance.now() - gone).toBeLessThan(3_000);
      // Nor does the next of those who waited come to the lock. A question of the same person that needs no locked row has
      // its turn behind theirs: its answer proves that they are gone, and while they waited it would take four seconds more.
      const next = await fetch(`${stage.product.address}/api/periods`, {
        headers: { cookie },
        signal: AbortSignal.timeout(3_000),
      });
      expect(next.status).toBe(200);
      expect(await waitingAtLock()).toEqual([]);
    } finally {
      await outside.query('rollback');
      await outside.end();
    }
    const answer = await fetch(`${stage.product.address}/api/filings`, { headers: { cookie } });
    expect(answer.status).toBe(200);
  },
  effort.patience,
);
