import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { atLock, cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort } from '../support/effort.ts';
import { type FaultStage, openFaultStage } from '../support/fault-stage.ts';

let database: TestDatabase;
let stage: FaultStage;
let filingId: string;

beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: 40, database });
  const [first] = await stage.owner<{ id: string }>('select id from filings where school_id = 101');
  filingId = first!.id;
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

const field = '图书册数';
const saves = 300;

interface Timed {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly milliseconds: number;
}

const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());

/** Without the limits on connections that `fetch` has. */
function send(cookie: string, path: string, body?: object): Promise<Timed> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(
      `${stage.product.address}${path}`,
      {
        agent,
        method: body === undefined ? 'GET' : 'PATCH',
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => {
          const { code, message } = JSON.parse(Buffer.concat(chunks).toString()) as { code?: string; message?: string };
          const milliseconds = performance.now() - begun;
          resolve({
            status: answer.statusCode ?? 0,
            retryAfter: answer.headers['retry-after'],
            code,
            message,
            milliseconds,
          });
        });
      },
    );
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const save = (value: number, version = 0) =>
  send(stage.as('clerk').cookie, `/api/filings/${filingId}/cells`, { changes: [{ field, value, version }] });
const list = () => send(stage.as('otherOfficer').cookie, '/api/filings?pageSize=25');

/** Lists of another county, twenty a second, until the work ends. */
async function listBeside<Result>(work: Promise<Result>): Promise<{ result: Result; lists: Timed[] }> {
  const asked: Array<Promise<Timed>> = [];
  const asking = setInterval(() => asked.push(list()), 50);
  try {
    return { result: await work, lists: await Promise.all(asked) };
  } finally {
    clearInterval(asking);
  }
}

const cell = async () => {
  const [row] = await stage.owner<{ v: number; n: number }>(
    `select (cells -> $2 ->> 'v')::int as v, (cells -> $2 ->> 'n')::int as n from filings where id = $1`,
    [filingId, field],
  );
  return row!;
};

it(
  'three hundred saves of one clerk to one filing leave another county’s lists as they were',
  async () => {
    await list();
    const sent = Array.from({ length: saves }, (_, at) => 1_000 + at);
    const { result: answers, lists } = await listBeside(Promise.all(sent.map((value) => save(value))));
    expect(lists.length).toBeGreaterThan(3);
    expect(lists.filter((one) => one.status !== 200)).toEqual([]);
    // Where 300 saves stand in front of a list, it takes as long as they all.
    const longest = Math.max(...answers.map((one) => one.milliseconds));
    const most = lists.map((one) => one.milliseconds).sort((a, b) => a - b)[Math.floor(lists.length * 0.9)]!;
    expect(most).toBeLessThan(longest / 2);
    for (const answer of answers) {
      if (answer.status === 200) continue;
      expect([429, 503]).toContain(answer.status);
      expect(answer).toMatchObject({
        retryAfter: expect.stringMatching(/^\d+$/),
        message: expect.stringMatching(/再试/),
      });
    }
    expect(answers.filter((one) => one.status === 200).length).toBeGreaterThan(0);
    expect(sent).toContain((await cell()).v);
  },
  effort.patience,
);

it(
  'a row that another program holds is told as busy in some seconds, and nobody else waits',
  async () => {
    const outside = await stage.ownerClient();
    try {
      const before = await cell();
      await outside.query('begin');
      await outside.query('select 1 from filings where id = $1 for update', [filingId]);
      const begun = save(4_000, before.n);
      await expect.poll(() => stage.owner(atLock)).not.toEqual([]);
      // The first save waits for the row, and the others wait for the first without a connection.
      const crowd = Promise.all(Array.from({ length: 30 }, (_, at) => save(5_000 + at, before.n)));
      const { result: first, lists } = await listBeside(begun);
      expect(first).toMatchObject({ status: 503, code: 'thing.busy', retryAfter: '2' });
      expect(lists.length).toBeGreaterThan(20);
      expect(lists.filter((one) => one.status !== 200)).toEqual([]);
      expect(Math.max(...lists.map((one) => one.milliseconds))).toBeLessThan(2_000);
      await outside.query('rollback');
      for (const answer of await crowd) {
        if (answer.status !== 200) expect(['thing.busy', 'request.busy']).toContain(answer.code);
      }
      expect(await save(6_000, (await cell()).n)).toMatchObject({ status: 200 });
      expect((await cell()).v).toBe(6_000);
    } finally {
      await outside.end();
    }
  },
  effort.patience,
);
