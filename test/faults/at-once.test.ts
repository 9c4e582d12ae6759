import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { health } from '#contract/kit/health.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import { effort, momentsOf } from '../support/effort.ts';
import { crowdedCounty, type FaultStage, laySubmitted, openFaultStage } from '../support/fault-stage.ts';
import type { HttpAnswer, HttpPerson } from '../support/http-person.ts';

const rounds = effort.meetings;
let database: TestDatabase;
let stage: FaultStage;

beforeAll(async () => {
  database = await cloneDatabase();
  stage = await openFaultStage({ schools: rounds * 3, database });
  await laySubmitted(stage, stage.filingIds);
}, effort.patience);
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

interface Trace {
  state: string;
  steps: string[];
  audited: string[];
}

/** What happened to a filing, according to the database. */
async function traceOf(filingId: string): Promise<Trace> {
  const [row] = await stage.owner<Trace & { id: string }>(
    `select f.state,
       array(select action from steps s where s.place_id = f.place_id and s.subject_id = f.id order by at) as steps,
       array(select action from audit_events a where a.object_id = f.id::text order by id) as audited
     from filings f where f.place_id = $1 and f.id = $2`,
    [crowdedCounty, filingId],
  );
  return row!;
}

const revisionOf = async (person: HttpPerson, filingId: string) =>
  (await person.call(filings.read, { params: { filingId } })).revision;

const filing = (round: number) => stage.filingIds[round]!;

/** One act was done; the other was refused with a sentence that somebody was faster. */
function expectOneWinner(answers: readonly HttpAnswer[]): number {
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(answers.find((answer) => answer.status === 409)?.message).toMatch(/[\u4e00-\u9fff]{4,}/);
  return answers.findIndex((answer) => answer.status === 200);
}

describe('two acts on the same filing at once', () => {
  it(
    'approving and returning: one wins, the other is told, and one step remains',
    async () => {
      const [director, officer] = [stage.as('countyDirector'), stage.as('countyOfficer')];
      for (let round = 0; round < rounds; round += 1) {
        const params = { filingId: filing(round) };
        const revision = await revisionOf(director, params.filingId);
        const approve = () => director.ask(filings.approve, { params, body: { revision } });
        const giveBack = () =>
          officer.ask(filings.returnFiling, { params, body: { revision, reason: '图书册数请再核对' } });
        // The order of sending must not decide alone.
        const answers =
          round % 2 === 0
            ? await Promise.all([approve(), giveBack()])
            : (await Promise.all([giveBack(), approve()])).reverse();
        const [state, step] = expectOneWinner(answers) === 0 ? ['approved', 'approve'] : ['draft', 'return'];
        const audited = step === 'approve' ? 'filing.approved' : 'filing.returned';
        expect(await traceOf(params.filingId)).toMatchObject({ state, steps: [step], audited: [audited] });
      }
    },
    effort.patience,
  );

  it(
    'the same approval sent twice: one step, the second is told',
    async () => {
      const director = stage.as('countyDirector');
      for (let round = rounds; round < 2 * rounds; round += 1) {
        const params = { filingId: filing(round) };
        const revision = await revisionOf(director, params.filingId);
        const approve = () => director.ask(filings.approve, { params, body: { revision } });
        expectOneWinner(await Promise.all([approve(), approve()]));
        expect(await traceOf(params.filingId)).toMatchObject({ steps: ['approve'], audited: ['filing.approved'] });
      }
    },
    effort.patience,
  );

  it(
    'the same submission sent twice: one step, the second is told',
    async () => {
      const head = stage.as('head');
      const [first] = await stage.owner<{ id: string }>('select id from filings where school_id = 101');
      const params = { filingId: first!.id };
      await laySubmitted(stage, [params.filingId]);
      for (let round = 0; round < 8; round += 1) {
        const revision = await revisionOf(head, params.filingId);
        await head.call(filings.withdraw, { params, body: { revision } });
        const submit = () => head.ask(filings.submit, { params, body: { revision: revision + 1 } });
        expectOneWinner(await Promise.all([submit(), submit()]));
      }
      const { state, steps } = await traceOf(params.filingId);
      expect(state).toBe('submitted');
      expect(steps).toEqual(Array.from({ length: 8 }, () => ['withdraw', 'submit']).flat());
    },
    effort.patience,
  );
});

const moments = momentsOf('dropped requests');

/** Sends a request and breaks the connection after a moment, whatever state the request is in. */
function drop(path: string, options: { method: string; cookie: string; body?: string; cut?: boolean }): Promise<void> {
  return new Promise((resolve) => {
    const { body = '', cut = false } = options;
    const sent = request(`${stage.product.address}${path}`, {
      method: options.method,
      headers: {
        cookie: options.cookie,
        ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
      },
    });
    sent.on('error', () => {});
    sent.on('close', resolve);
    // Half a body is a request that never becomes complete.
    if (cut) sent.write(body.slice(0, body.length / 2));
    else sent.end(body);
    setTimeout(() => sent.destroy(), moments.between(0, 25));
  });
}

const busy = `select pid, state, query from pg_stat_activity
  where datname = current_database() and application_name like 'dudao%' and application_name <> 'dudao-setup'
    and (state = 'active' or state like 'idle in transaction%')`;

it(
  '10 × 16 requests dropped in flight leave no open transaction, no lock, and a pool that serves',
  async () => {
    const { cookie } = stage.as('countyDirector');
    const officer = stage.as('countyOfficer').cookie;
    const json = (value: object) => JSON.stringify(value);
    for (let wave = 0; wave < 10; wave += 1) {
      await Promise.all(
        Array.from({ length: 16 }, (_, index) => {
          const id = filing(2 * rounds + ((wave * 16 + index) % rounds));
          switch (index % 5) {
            case 0:
              return drop('/api/filings?pageSize=100', { method: 'GET', cookie });
            case 1:
              return drop(`/api/filings/${id}`, { method: 'GET', cookie });
            case 2:
              return drop(`/api/filings/${id}/approval`, { method: 'POST', cookie, body: json({ revision: 2 }) });
            case 3: {
              const body = json({ revision: 2, reason: '请核对全部数据' });
              return drop(`/api/filings/${id}/return`, { method: 'POST', cookie: officer, body, cut: wave % 2 === 0 });
            }
            default:
              return drop('/api/filings/grid', { method: 'GET', cookie });
          }
        }),
      );
    }
    // The dropped requests end by themselves and leave nothing behind.
    const director = stage.as('countyDirector');
    await expect.poll(() => stage.owner(busy), { timeout: 20_000 }).toEqual([]);
    const answers = await Promise.all(
      Array.from({ length: 48 }, (_, index) => (index % 2 === 0 ? director.ask(health) : director.ask(filings.list))),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    // Each filing is either unchanged or completely moved.
    for (const filingId of stage.filingIds.slice(2 * rounds)) {
      const { state, steps, audited } = await traceOf(filingId);
      const moved = { submitted: [], approved: ['approve'], draft: ['return'] }[state];
      expect(steps).toEqual(moved);
      expect(audited).toHaveLength(steps.length);
    }
  },
  effort.patience,
);
