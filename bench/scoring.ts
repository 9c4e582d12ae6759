import { preparedEdition } from '#core/facts/prepared-edition.shape.ts';
import { nodesOfLeaves } from '#domain/evaluation/campaign/panel.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { generator } from '#domain/kit/generator.ts';
import { type CopyValue, copyRows } from '#platform/db/copy.ts';
import { type OwnerClient, withClient } from '#platform/db/owner-client.ts';
import edition from '../reference/frameworks/quality-school-sample.json' with { type: 'json' };
import type { BenchCity, BenchPerson } from './city.ts';
import { inPairs, result } from './ledger.ts';
import { type Ask, connections, round, typing } from './load.ts';
import { bundleBare } from './requests.ts';
import type { Result } from './result.ts';
import { type Ground, startBare, startProduct } from './serve.ts';

/** A round of the schools of a city, all of them in the review of their material. */
const subjects = 1_700;
const campaignId = '00000000-0000-7004-8000-000000000001';
const earlierCampaignId = '00000000-0000-7004-8000-000000000002';
/** Whoever judged the round before it. */
const earlier = '上一轮评委';
const at = '2026-09-01T08:00:00+08:00';

/** A leaf that nobody has scored yet, and who judges it. */
interface Waiting {
  readonly evaluationId: string;
  readonly code: string;
  readonly max: number;
  readonly judge: BenchPerson;
}

/** One score with the total of its unit against a bare audited update, and the list of all subjects, in alternating rounds. */
export async function measureScoring(
  ground: Ground,
  city: BenchCity,
  options: { readonly rounds: number; readonly seconds: number },
): Promise<Result[]> {
  const bare = await startBare(ground, await bundleBare());
  const ours = await startProduct(ground);
  try {
    // The start lays the editions by which the subjects are judged.
    const leaves = await withClient(ground.ownerUrl, (client) => layRound(client, city));
    let inFlight: readonly Waiting[] = [];
    const scores = await inPairs(ours, bare, { ...options, warmUp: 5 }, async (server, seed) => {
      if (server === bare) return round(server.address, updates(city, seed), options.seconds);
      await takeBack(ground.ownerUrl);
      const waiting = generator(seed).shuffle(leaves.filter((one) => !inFlight.includes(one)));
      const sent: Waiting[] = [];
      const played = await round(server.address, scoresOf(waiting, sent), options.seconds);
      inFlight = sent.slice(-connections);
      return played;
    });
    const list = await inPairs(ours, bare, { ...options, warmUp: 1.5 }, (server, seed) =>
      round(server.address, server === bare ? rows(city, seed) : lists(city, seed), options.seconds),
    );
    return [
      result('evaluations.score', 'a leaf scored with the total of its unit, against a bare audited update', scores),
      result('evaluations.list', `25 of ${subjects.toLocaleString('en')} subjects with total, per second`, list),
    ];
  } finally {
    await ours.stop();
    await bare.stop();
  }
}

const officersOf = (city: BenchCity) => city.people.filter(({ role }) => role === 'city-officer');

function scoresOf(waiting: readonly Waiting[], sent: Waiting[]): () => Ask {
  return () => {
    const one = waiting[sent.length];
    if (!one) throw new Error('the round gave more scores than there are leaves');
    sent.push(one);
    const { evaluationId, code, max, judge } = one;
    return {
      ...{ method: 'PUT', path: `/api/evaluations/${evaluationId}/leaves/${code}/score`, cookie: judge.cookie },
      body: JSON.stringify({ version: 0, leafVersion: 1, reason: '按材料核定', answer: { points: max } }),
      ...{ status: 200, proof: `"code":"${code}"` },
    };
  };
}

/** A field typed into another filing each time, by an officer of its county: the update that is audited. */
function updates(city: BenchCity, seed: string): () => Ask {
  const schools = generator(seed).shuffle(city.schools);
  const officers = new Map(
    city.people.flatMap((person) => (person.role === 'county-officer' ? [[person.countyIds[0], person] as const] : [])),
  );
  let sent = 0;
  return () => {
    const school = schools[sent % schools.length]!;
    sent += 1;
    return { ...typing(school, 0), cookie: officers.get(school.countyId)!.cookie, status: 200, proof: '"n":1' };
  };
}

function lists(city: BenchCity, seed: string): () => Ask {
  const draw = generator(seed);
  const officers = officersOf(city);
  return () => ({
    ...{ method: 'GET', path: `/api/evaluations?page=${draw.integer(1, 40)}&pageSize=25` },
    ...{ cookie: draw.pick(officers).cookie, status: 200, proof: `"total":${subjects}` },
  });
}

function rows(city: BenchCity, seed: string): () => Ask {
  const draw = generator(seed);
  const officers = officersOf(city);
  return () => ({
    ...{ method: 'GET', path: '/api/bare-rows?rows=25', cookie: draw.pick(officers).cookie },
    ...{ status: 200, proof: '"total":' },
  });
}

/** Lays the round as its opening does: every leaf answered by its school with all its points, one judge to an evaluation. */
async function layRound(client: OwnerClient, city: BenchCity): Promise<Waiting[]> {
  const prepared = preparedEdition(edition);
  const nodes = nodesOfLeaves(prepared);
  const [cityId, officers] = [2, officersOf(city)];
  const kind = 'school-evaluation';
  const { rows: people } = await client.query<{ id: string }>(
    `select p.id from people p join grants g on g.person_id = p.id where g.role_key = 'city-officer' order by p.id`,
  );
  const tables = {
    evaluations: [] as CopyValue[][],
    steps: [] as CopyValue[][],
    leaves: [] as CopyValue[][],
    points: [] as CopyValue[][],
    reviewers: [] as CopyValue[][],
  };
  const rules = { reviewersPerLeaf: 1, blind: false, tolerance: '0.2', combine: 'mean' };
  const waiting: Waiting[] = [];
  for (let index = 0; index < subjects; index += 1) {
    const { id: schoolId, countyId } = city.schools[index]!;
    const id = `00000000-0000-7002-8000-${String(index + 1).padStart(12, '0')}`;
    tables.evaluations.push([
      ...[
        countyId,
        id,
        cityId,
        campaignId,
        kind,
        '2026 年素质教育先进学校督导评估',
        2026,
        2026,
        prepared.edition.key,
        1,
      ],
      ...[
        prepared.hash,
        countyId,
        schoolId,
        `示例${index + 1}号小学`,
        cityId,
        rules,
        'materialReview',
        '2099-12-31',
        at,
        at,
      ],
    ]);
    for (const [turn, { step }] of kindOf(kind).steps.entries()) {
      tables.steps.push([countyId, id, step, schoolId, cityId, turn + 1, '2026-09-01', '2099-12-31']);
    }
    const judge = index % officers.length;
    tables.reviewers.push([
      ...[cityId, id, `00000000-0000-7003-8000-${String(index + 1).padStart(12, '0')}`, countyId, people[judge]!.id],
      ...['市督导', false, 'member', true, ['*']],
    ]);
    for (const [position, { indicator }] of prepared.leaves.entries()) {
      const { code, points } = indicator;
      const max = typeof points === 'number' ? points : 0;
      tables.leaves.push([
        ...[countyId, id, code, schoolId, position + 1, nodes.get(code)!, 'person', true, '自评说明', '示例校长', at],
      ]);
      tables.points.push([
        ...[countyId, id, code, 'self', countyId, schoolId, { given: { points: max } }, String(max), 'self', 1],
        ...['示例校长', at],
      ]);
      if (max > 0) waiting.push({ evaluationId: id, code, max, judge: officers[judge]! });
    }
  }
  const columns = {
    evaluations: `place_id id campaign_place_id campaign_id kind title assessment_year decision_year framework_key framework_revision \
framework_hash unit_id school_id subject_name lead_unit_id rules step due_on opened_at updated_at`,
    steps: 'place_id evaluation_id step school_id campaign_place_id position from_day to_day',
    reviewers: 'place_id evaluation_id seat_id subject_place_id person_id name outside part scores nodes',
    leaves: `place_id evaluation_id code school_id position nodes origin applies note answered_by_name answered_at`,
    points: `place_id evaluation_id code layer subject_place_id school_id answer points settled leaf_version written_by_name written_at`,
  };
  for (const [name, rowsOf] of Object.entries(tables)) {
    const table = name === 'evaluations' ? name : `evaluation_${name}`;
    const own = columns[name as keyof typeof columns].split(' ');
    await copyRows(client, { table, columns: own, rows: rowsOf });
    await client.query(`vacuum analyze ${table}`);
  }
  // A round before this one was scored, as in an office: of a table that is known to be empty PostgreSQL reads every row,
  // however many come.
  await client.query(
    `insert into evaluation_scores (place_id, id, evaluation_id, campaign_id, subject_place_id, code, layer, seat_id, person_id,
       reviewer_name, answer, points, reason, agreed, sighted, leaf_version, seen, version, given_at)
     select r.place_id, gen_random_uuid(), md5(p.evaluation_id::text)::uuid, $1, p.place_id, p.code, 'city', r.seat_id, r.person_id,
            $2, p.answer, p.points, '按材料核定', false, false, 1, '{}', 1, $3
       from evaluation_points p join evaluation_reviewers r on r.evaluation_id = p.evaluation_id where p.points is not null`,
    [earlierCampaignId, earlier, at],
  );
  await client.query('vacuum analyze evaluation_scores');
  return waiting;
}

/** The next round finds every leaf as it was laid. */
async function takeBack(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query('delete from evaluation_scores where campaign_id = $1', [campaignId]);
    await client.query(`delete from evaluation_points where layer = 'city'`);
    await client.query(`delete from evaluation_totals where layer = 'city'`);
    await client.query('vacuum analyze evaluation_scores, evaluation_points, evaluation_totals');
  });
}
