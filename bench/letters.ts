import { withClient } from '#platform/db/owner-client.ts';
import type { BenchCity } from './city.ts';
import { bundleBare } from './requests.ts';
import { fromPairs, median, type Pair, type Result } from './result.ts';
import { type Ground, type Process, startBare, startProduct } from './serve.ts';

const cityId = 2;
const series = '00000001-0000-7000-a000-000000000001';
/** Letters of one person in one round. */
const each = 5;
const people = 20;

/**
 * Twenty people who issue at once, each one letter after the other, in one series: every number stands once and none is left
 * out. Beside it the bare server raises a counter as often under the same lock and does nothing else, so the ratio says what a
 * letter with its text, its step, its audit and its print costs above that; it has no goal.
 * @param rounds pairs of alternating rounds
 */
export async function measureIssue(ground: Ground, city: BenchCity, rounds: number): Promise<Result[]> {
  await laySeries(ground.ownerUrl);
  const bare = await startBare(ground, await bundleBare());
  const ours = await startProduct(ground);
  try {
    const pairs: Pair[] = [];
    const slowest: number[] = [];
    let laid = 0;
    const play = async (server: Process, count: boolean) => {
      const ids = await layLetters(ground.ownerUrl, laid);
      laid += ids.length;
      const times = await issueAll(server, city, ids);
      if (count) slowest.push(Math.max(...times.each));
      return ids.length / times.seconds;
    };
    for (let turn = 0; turn <= rounds; turn += 1) {
      const first = turn % 2 === 0;
      const early = first ? await play(ours, turn > 0) : undefined;
      const limit = await play(bare, false);
      const pair = { ours: early ?? (await play(ours, turn > 0)), limit };
      // The first pair warms both up.
      if (turn > 0) pairs.push(pair);
      await assertWhole(ground.ownerUrl);
    }
    return [
      fromPairs(
        {
          name: 'letters.issue',
          what: 'letters numbered and frozen by twenty people at once, against a bare counter under the same lock',
          ...{ goal: 0, more: true, unit: '/s' },
        },
        pairs,
        { 'slowest ms': median(slowest) },
      ),
    ];
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

async function issueAll(server: Process, city: BenchCity, ids: readonly string[]) {
  const officers = city.people.filter(({ role }) => role === 'city-officer').slice(0, people);
  const times: number[] = [];
  const began = performance.now();
  await Promise.all(
    officers.map(async ({ cookie }, one) => {
      for (const id of ids.slice(one * each, (one + 1) * each)) {
        const asked = performance.now();
        const answer = await fetch(`${server.address}/api/letters/${id}/issue`, {
          method: 'POST',
          headers: { cookie, origin: server.address, 'content-type': 'application/json' },
          body: JSON.stringify({ revision: 1 }),
        });
        const text = await answer.text();
        if (answer.status !== 200) throw new Error(`an issue was answered ${answer.status}: ${text}`);
        times.push(performance.now() - asked);
      }
    }),
  );
  return { seconds: (performance.now() - began) / 1000, each: times };
}

async function laySeries(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(
      `insert into letter_series (place_id, id, code, head, signer, printed_by) values ($1, $2, '测文', '文件', '署名', '印发机关')`,
      [cityId, series],
    );
    await client.query('create table bench_counter (id integer primary key, last integer not null)');
    await client.query('insert into bench_counter values (1, 0)');
  });
}

/** Letters that only wait for their number; what earlier ones left to print is taken away, so that no press works beside. */
async function layLetters(ownerUrl: string, before: number): Promise<string[]> {
  const ids = Array.from(
    { length: people * each },
    (_, at) => `00000002-0000-7000-a000-${String(before + at + 1).padStart(12, '0')}`,
  );
  const model = {
    ...{ head: '文件', number: { code: '测文', year: 2026, ordinal: null }, title: '关于开展秋季开学督导的通知' },
    ...{ addressees: ['各县（市、区）人民政府'], attachments: [], signer: '署名', sealed: true, date: null },
    body: Array.from({ length: 12 }, () => ({ kind: 'paragraph', text: '定于十月开展督导，请做好准备。'.repeat(5) })),
    ...{ copyTo: [], printedBy: '印发机关', printedOn: null },
  };
  await withClient(ownerUrl, async (client) => {
    await client.query(`delete from jobs where name = 'official-documents.print'`);
    await client.query(
      `insert into letters (place_id, id, series_id, kind, title, model, state, signed_on, drafted_by, drafted_by_name,
                            drafted_at, updated_at)
       select $1, w, $2, 'notice', '关于开展秋季开学督导的通知', $3, 'signed', current_date - 1, '', '拟稿人', now(), now()
         from unnest($4::uuid[]) w`,
      [cityId, series, JSON.stringify(model), ids],
    );
  });
  return ids;
}

/** No gap and no double, however many came at once. */
async function assertWhole(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ letters: number; numbers: number; newest: number; last: number }>(
      `select count(*)::int as letters, count(distinct number)::int as numbers, max(number) as newest,
              (select last from letter_counters where series_id = $1) as last
         from letters where series_id = $1 and number is not null`,
      [series],
    );
    const { letters, numbers, newest, last } = rows[0]!;
    if (letters !== numbers || numbers !== newest || newest !== last) {
      throw new Error(`numbers are wrong: ${JSON.stringify(rows[0])}`);
    }
  });
}
