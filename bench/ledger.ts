import { generator } from '#domain/kit/generator.ts';
import { type CopyValue, copyRows } from '#platform/db/copy.ts';
import { withClient } from '#platform/db/owner-client.ts';
import type { BenchCity } from './city.ts';
import { type Ask, connections, type Round, round } from './load.ts';
import { bundleBare } from './requests.ts';
import { fromPairs, median, type Pair, type Result } from './result.ts';
import { type Ground, type Process, startBare, startProduct } from './serve.ts';

const findings = 20_000;
/** Of them: not sent out yet, so that a step can be done on each. */
const unsent = 12_000;
const dueOn = '2099-06-30';
/** Whoever worked the findings that were there before. */
const earlier = '录入人';

interface Unsent {
  readonly id: string;
  readonly countyId: number;
}

/** The ledger of a city with 20,000 findings: its list, and one step of a finding, in alternating rounds. */
export async function measureLedger(
  ground: Ground,
  city: BenchCity,
  options: { readonly rounds: number; readonly seconds: number },
): Promise<Result[]> {
  const steps = await layLedger(ground.ownerUrl, city);
  const bare = await startBare(ground, await bundleBare());
  const ours = await startProduct(ground);
  try {
    const list = await inPairs(ours, bare, { ...options, warmUp: 1.5 }, (server, seed) =>
      round(server.address, lists(city, seed), options.seconds),
    );
    // What was in flight when a round ended may still be written while the next one is laid.
    let inFlight: readonly Unsent[] = [];
    const step = await inPairs(ours, bare, { ...options, warmUp: 5 }, async (server, seed) => {
      await takeBack(ground.ownerUrl);
      const waiting = generator(seed).shuffle(steps.filter((one) => !inFlight.includes(one)));
      const sent: Unsent[] = [];
      const played = await round(server.address, notices(city, waiting, sent), options.seconds);
      inFlight = sent.slice(-connections);
      return played;
    });
    return [
      result('ledger.list', `25 of ${findings.toLocaleString('en')} findings of the city with total, per second`, list),
      result('ledger.step', 'a finding sent out, against a bare audited update, per second', step),
    ];
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

type Rounds = readonly { readonly ours: Round; readonly bare: Round }[];

/** Alternating rounds of both servers, after some that warm them up; a wrong answer ends the measurement. */
export async function inPairs(
  ours: Process,
  bare: Process,
  { rounds, seconds, warmUp }: { readonly rounds: number; readonly seconds: number; readonly warmUp: number },
  play: (server: Process, seed: string) => Promise<Round>,
): Promise<Rounds> {
  const sound = async (server: Process, seed: string) => {
    const played = await play(server, seed);
    if (played.wrong > 0) throw new Error(`${played.wrong} of ${played.requests} answers were not right`);
    return played;
  };
  for (let turn = 0; turn < warmUp / seconds; turn += 1) {
    for (const server of [ours, bare]) await sound(server, `warm-up ${turn}`);
  }
  const pairs: { ours: Round; bare: Round }[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    // The two servers take turns to go first, so that neither always meets the warmer machine.
    const early = turn % 2 === 0 ? await sound(ours, `round ${turn}`) : undefined;
    const beside = await sound(bare, `round ${turn}`);
    pairs.push({ ours: early ?? (await sound(ours, `round ${turn}`)), bare: beside });
  }
  return pairs;
}

/** The pairs as one result per second. */
export function result(name: string, what: string, rounds: Rounds): Result {
  const pick = (of: (one: Round) => number): Pair[] =>
    rounds.map((pair) => ({ ours: of(pair.ours), limit: of(pair.bare) }));
  return fromPairs(
    { name, what, goal: 0.6, more: true, unit: '/s' },
    pick((one) => one.requestsPerSecond),
    {
      'p99 ms': median(rounds.map(({ ours }) => ours.p99)),
      'bare p99 ms': median(rounds.map(({ bare }) => bare.p99)),
    },
  );
}

/** Pages of the whole ledger, as officers of the city leaf through it. */
function lists(city: BenchCity, seed: string): () => Ask {
  const draw = generator(seed);
  const officers = city.people.filter(({ role }) => role === 'city-officer');
  return () => ({
    ...{ method: 'GET', path: `/api/findings?page=${draw.integer(1, 40)}&pageSize=25` },
    ...{ cookie: draw.pick(officers).cookie, status: 200, proof: `"total":${findings}` },
  });
}

/** One notice after the other, each of another finding, by an officer of the county that opened it. */
function notices(city: BenchCity, waiting: readonly Unsent[], sent: Unsent[]): () => Ask {
  const officers = city.people.filter(({ role }) => role === 'county-officer');
  return () => {
    const finding = waiting[sent.length];
    if (!finding) throw new Error('the round took more steps than there are findings');
    sent.push(finding);
    const officer = officers.find(({ countyIds }) => countyIds[0] === finding.countyId);
    return {
      ...{ method: 'POST', path: `/api/findings/${finding.id}/notice`, cookie: officer?.cookie },
      ...{ body: JSON.stringify({ revision: 1, dueOn }), status: 200, proof: '"noticed"' },
    };
  };
}

async function layLedger(ownerUrl: string, city: BenchCity): Promise<Unsent[]> {
  const draw = generator('bench ledger');
  const kinds = ['safety', 'conduct', 'facilities', 'staffing', 'teaching'];
  const others = ['noticed', 'planned', 'done', 'closed', 'closed'] as const;
  const at = '2026-09-01T08:00:00+08:00';
  const columns =
    'place_id id school_id about_school_id kind title severity duty_type opened_by_unit_id opened_level managed_by school_year source_type source_id source_key found_on due_on closed_on state entered_by_name entered_at updated_at';
  const rows = Array.from({ length: findings }, (_, index): CopyValue[] => {
    const { id: schoolId, countyId } = city.schools[index % city.schools.length]!;
    const state = index < unsent ? 'found' : draw.pick(others);
    const id = `00000000-0000-7000-a000-${String(index + 1).padStart(12, '0')}`;
    return [
      ...[
        countyId,
        id,
        schoolId,
        schoolId,
        draw.pick(kinds),
        `第 ${index + 1} 个问题：实验室台账不全`,
        'moderate',
        'school',
      ],
      ...[countyId, 'county', 'county', 2026, 'manual', id, '', '2026-09-01'],
      ...[
        state === 'found' ? null : `2026-${draw.integer(10, 12)}-15`,
        state === 'closed' ? '2026-10-01' : null,
        state,
      ],
      ...[earlier, at, at],
    ];
  });
  await withClient(ownerUrl, async (client) => {
    await copyRows(client, { table: 'findings', columns: columns.split(' '), rows });
    // An office keeps what it did before. Of a table that is known to be empty PostgreSQL reads every row, however many come.
    await client.query(
      `insert into steps (place_id, id, subject_type, subject_id, school_id, action, from_state, to_state, actor_name, at)
       select f.place_id, gen_random_uuid(), 'finding', f.id, f.school_id, 'notice', 'found', 'noticed', $1, f.entered_at
         from findings f where f.state <> 'found'`,
      [earlier],
    );
    await client.query(
      `insert into notices (place_id, id, kind, audience, subject_type, subject_id, school_id, sent_by, sent_by_name, sent_at,
         about, planned_at)
       select f.place_id, gen_random_uuid(), 'rectification.notice', 'school', 'finding', f.id, f.school_id, '', $1, f.entered_at,
              f.title, f.entered_at
         from findings f where f.state <> 'found'`,
      [earlier],
    );
    await client.query('vacuum analyze findings, steps, notices');
  });
  return rows.slice(0, unsent).map(([countyId, id]) => ({ id: id as string, countyId: countyId as number }));
}

/** The next round finds every finding as it was laid, and tables of the size with which the first one began. */
async function takeBack(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`update findings set state = 'found', revision = 1, due_on = null, noticed_on = null
      where state = 'noticed' and due_on = '${dueOn}'`);
    await client.query(`delete from steps where subject_type = 'finding' and actor_name <> $1`, [earlier]);
    await client.query(`delete from notices where subject_type = 'finding' and sent_by_name <> $1`, [earlier]);
    await client.query('vacuum analyze findings, steps, notices');
  });
}
