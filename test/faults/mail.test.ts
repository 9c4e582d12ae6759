import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort } from '../support/effort.ts';
import { crowdedCounty, type FaultStage, openFaultStage } from '../support/fault-stage.ts';
import { type MailServer, openMailServer } from '../support/product/mail-server.ts';
import { schools } from '../support/scenario.ts';

let database: TestDatabase;
let server: MailServer;
let stage: FaultStage;
beforeAll(async () => {
  [database, server] = await Promise.all([cloneDatabase(), openMailServer()]);
  stage = await openFaultStage({
    schools: 1,
    database,
    environment: {
      SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      MAIL_FROM: 'dudao@dudao.example',
      ORIGIN: 'https://dudao.example',
    },
  });
  await stage.owner(
    `insert into outgoing_addresses (host, port, may_be_private, purpose, added_by, added_at)
     values ('127.0.0.1', $1, true, '邮件', '系统员', now())`,
    [server.port],
  );
  await stage.owner(
    `insert into mail_addresses (person_id, address, confirmed_at, quiet_from, quiet_until)
     select id, 'head@example.com', now(), null, null from people where username = 'head'`,
  );
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await server?.close();
  await database?.drop();
});

const waiting = { timeout: 20_000 };

async function send(): Promise<void> {
  await stage.owner(
    `insert into notices (place_id, id, kind, audience, subject_type, subject_id, school_id, sent_by, sent_by_name)
     values ($1, $2, 'filing.reminder', 'school', 'filing', $3, $4, '', '系统')`,
    [crowdedCounty, randomUUID(), randomUUID(), schools.first.id],
  );
}

/** Lets the next turn begin now, and what a server left behind count as left behind. */
async function hurry(): Promise<void> {
  await stage.owner(`update notice_deliveries set claimed_until = now() - interval '1 second' where state = 'sending'`);
  await stage.owner(`update notice_deliveries set due_at = now() where state in ('waiting', 'uncertain')`);
  await stage.owner(`update jobs set run_at = now() where name = 'notices.deliver' and state = 'waiting'`);
  await stage.owner(`select pg_notify('jobs_waiting', '')`);
}
const hurried = async <Value>(value: () => Promise<Value> | Value) => {
  await hurry();
  return value();
};

/** Holds the next write of deliveries until the program was killed in it. */
async function killAtDelivery(before: () => Promise<void> | void): Promise<void> {
  const gate = await stage.ownerClient();
  try {
    await gate.query('begin; lock table notice_deliveries in share mode');
    await before();
    const held = `select pid from pg_locks join pg_stat_activity using (pid)
      where relation = 'notice_deliveries'::regclass and not granted and application_name = 'dudao'`;
    await expect.poll(async () => (await stage.owner(held)).length, waiting).toBeGreaterThan(0);
    await stage.product.kill();
  } finally {
    await gate.end();
  }
}

const gaps: ReadonlyArray<readonly [string, () => Promise<void>, readonly number[]]> = [
  [
    'before it is known who gets it',
    () =>
      killAtDelivery(async () => {
        await stage.owner(`update jobs set run_at = now() where name = 'notices.deliver' and state = 'waiting'`);
        await stage.owner(`select pg_notify('jobs_waiting', '')`);
      }),
    [1],
  ],
  [
    'while the mail server greets',
    async () => {
      server.manner = 'silent';
      const before = server.connections;
      await expect.poll(() => hurried(() => server.connections), waiting).toBeGreaterThan(before);
      await stage.product.kill();
    },
    [1],
  ],
  [
    'after the mail server took it and before it said so',
    async () => {
      server.manner = 'hold';
      await expect.poll(() => hurried(() => server.taken.length), waiting).toBe(1);
      await stage.product.kill();
    },
    [2],
  ],
  [
    'after the mail server said so and before that was written',
    async () => {
      server.manner = 'hold';
      await expect.poll(() => hurried(() => server.taken.length), waiting).toBe(1);
      await killAtDelivery(() => server.release());
    },
    [2],
  ],
];

it.each(gaps)(
  'a server killed %s leaves no mail lost and none sent three times',
  async (_gap, kill, copies) => {
    server.taken.length = 0;
    server.manner = 'take';
    await stage.owner('delete from notice_deliveries');
    await stage.owner('update notices set planned_at = now()');
    await send();
    await kill();
    server.manner = 'take';
    server.release();
    await stage.restart();
    const states = () =>
      stage.owner<{ state: string; repeated: boolean }>('select state, repeated from notice_deliveries');
    await expect.poll(() => hurried(states), waiting).toMatchObject([{ state: 'sent' }]);
    expect(copies).toContain(server.taken.length);
    expect(new Set(server.taken.map(({ messageId }) => messageId)).size).toBe(1);
    // What may have arrived twice says so.
    if (server.taken.length > 1) expect(await states()).toMatchObject([{ repeated: true }]);
  },
  effort.patience,
);
