import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { withClient } from '#platform/db/owner-client.ts';
import { productRoot } from '../src/server/app/root.ts';
import { type Burst, playBurst } from './burst.ts';
import { type BenchCity, typedField } from './city.ts';
import { type Round, round, type Scene, Script, scenes } from './load.ts';
import { against, fromPairs, median, type Pair, type Result } from './result.ts';
import { type Ground, type Process, startBare, startProduct } from './serve.ts';
import { countStatements, type StatementCount } from './statements.ts';

const goals: Record<Scene, { what: string; goal: number }> = {
  list: { what: '25 schools with scope and total, requests per second', goal: 0.6 },
  'filings of a county': {
    what: '25 filings of a county with total, state and findings, requests per second',
    goal: 0.6,
  },
  'filings of the city': { what: '25 filings of 7,000 with total, state and findings, requests per second', goal: 0.6 },
  read: { what: 'one school, requests per second', goal: 0.6 },
  update: { what: 'one cell with state check, checks and audit row, requests per second', goal: 0.6 },
  mixed: { what: 'mixed round, 99th percentile of latency', goal: 2.5 },
};

/**
 * Seconds of warm-up until the compiler has seen all code of a scene. An update runs every rule of the catalogue: Node
 * spent 1.7 ms a request on it in the first five seconds, 0.9 ms in the next five, and 0.8 ms from then on, where the
 * bare server stayed between 0.3 and 0.4 ms after the first five.
 */
const warmUp: Record<Scene, number> = {
  list: 1.5,
  'filings of a county': 2.5,
  'filings of the city': 1.5,
  read: 1.5,
  update: 10,
  mixed: 1.5,
};

const routes: Partial<Record<Scene, string>> = {
  list: 'directory.schools',
  'filings of a county': 'filings.list',
  'filings of the city': 'filings.list',
  read: 'directory.school',
  update: 'filings.saveCells',
};

/** Alternating rounds against the product and the bare server on the same database, and the cost of the start. */
export async function measureRequests(
  ground: Ground,
  city: BenchCity,
  options: { rounds: number; seconds: number },
): Promise<Result[]> {
  const bundle = await bundleBare();
  const results: Result[] = [];
  const counts = await countStatements(ground, city);
  const bare = await startBare(ground, bundle);
  const ours = await startProduct(ground);
  try {
    for (const scene of scenes) {
      await play(ground, city, ours, scene, 'warm-up', warmUp[scene]);
      await play(ground, city, bare, scene, 'warm-up', warmUp[scene]);
      const pairs: Array<{ ours: Round; bare: Round }> = [];
      for (let turn = 0; turn < options.rounds; turn += 1) {
        // The two servers take turns to go first, so that neither always meets the warmer machine.
        const first = turn % 2 === 0 ? ours : bare;
        const second = first === ours ? bare : ours;
        const a = await play(ground, city, first, scene, `round ${turn}`, options.seconds);
        const b = await play(ground, city, second, scene, `round ${turn}`, options.seconds);
        pairs.push(first === ours ? { ours: a, bare: b } : { ours: b, bare: a });
      }
      results.push(sceneResult(scene, pairs, counts));
    }
    results.push(await measureBurst(ground, city, { ours, bare, rounds: options.rounds }));
    results.push(
      against(
        { name: 'memory', what: 'resident memory of the Node process after the mixed round', unit: 'MB' },
        residentMegabytes(ours.pid),
        150,
      ),
    );
  } finally {
    await ours.stop();
    await bare.stop();
  }
  results.push(...(await measureStart(ground, city, bundle, options.rounds)));
  return results;
}

async function play(
  ground: Ground,
  city: BenchCity,
  server: Process,
  scene: Scene,
  seed: string,
  seconds: number,
): Promise<Round> {
  const script = new Script(city, `${scene} ${seed}`, await cellVersions(ground));
  const played = await round(server.address, () => script.next(scene), seconds);
  if (played.wrong > 0) throw new Error(`${played.wrong} of ${played.requests} answers of ${scene} were not right`);
  if (played.refused === 0) throw new Error(`${scene} refused nobody, though one in twenty had to be`);
  return played;
}

/** Requests in flight when a round was interrupted may or may not have been written, so the database is asked. */
async function cellVersions(ground: Ground): Promise<Map<string, number>> {
  return withClient(ground.ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string; n: number }>(
      `select id, (cells -> $1 ->> 'n')::int as n from filings where cells ? $1`,
      [typedField],
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  });
}

function sceneResult(
  scene: Scene,
  pairs: ReadonlyArray<{ ours: Round; bare: Round }>,
  counts: readonly StatementCount[],
): Result {
  const { what, goal } = goals[scene];
  const counted = counts.find((one) => one.route === routes[scene]);
  const pick = (of: (round: Round) => number): Pair[] =>
    pairs.map((pair) => ({ ours: of(pair.ours), limit: of(pair.bare) }));
  const figures = {
    'requests/s': median(pairs.map((pair) => pair.ours.requestsPerSecond)),
    'bare requests/s': median(pairs.map((pair) => pair.bare.requestsPerSecond)),
    'p50 ms': median(pairs.map((pair) => pair.ours.p50)),
    'bare p50 ms': median(pairs.map((pair) => pair.bare.p50)),
    'p99 ms': median(pairs.map((pair) => pair.ours.p99)),
    'bare p99 ms': median(pairs.map((pair) => pair.bare.p99)),
    'bytes/request': median(pairs.map((pair) => pair.ours.bytesPerRequest)),
    'bare bytes/request': median(pairs.map((pair) => pair.bare.bytesPerRequest)),
    ...(counted
      ? { 'statements/request': counted.remembered, 'statements with the session asked for': counted.first }
      : {}),
  };
  if (scene === 'mixed') {
    return fromPairs(
      { name: 'mixed p99', what, goal, more: false, unit: 'ms' },
      pick((one) => one.p99),
      figures,
    );
  }
  return fromPairs(
    { name: scene, what, goal, more: true, unit: '/s' },
    pick((one) => one.requestsPerSecond),
    figures,
  );
}

/** The lists of one county beside the burst of a clerk of another, in alternating rounds. */
async function measureBurst(
  ground: Ground,
  city: BenchCity,
  { ours, bare, rounds }: { ours: Process; bare: Process; rounds: number },
): Promise<Result> {
  const versionOf = async (filingId: string) => (await cellVersions(ground)).get(filingId) ?? 0;
  const play = (server: Process, times: number) => playBurst(server.address, city, times, versionOf);
  await play(ours, 1);
  await play(bare, 1);
  const pairs: Array<{ ours: Burst; bare: Burst }> = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const oursFirst = turn % 2 === 0 ? await play(ours, 2) : undefined;
    const beside = await play(bare, 2);
    pairs.push({ ours: oursFirst ?? (await play(ours, 2)), bare: beside });
  }
  const medianOf = (of: (pair: { ours: Burst; bare: Burst }) => number) => median(pairs.map(of));
  return fromPairs(
    {
      name: 'list beside a burst',
      what: '25 filings of a county beside 300 saves of another county’s clerk to one filing, 99th percentile of latency',
      goal: 3,
      more: false,
      unit: 'ms',
    },
    pairs.map((pair) => ({ ours: pair.ours.p99, limit: pair.bare.p99 })),
    {
      'slowest list ms': medianOf((pair) => pair.ours.slowest),
      'bare slowest list ms': medianOf((pair) => pair.bare.slowest),
      'lists/round': medianOf((pair) => pair.ours.lists),
      'burst s': medianOf((pair) => pair.ours.seconds),
      'bare burst s': medianOf((pair) => pair.bare.seconds),
      'saves told to come again': medianOf((pair) => pair.ours.turnedAway),
    },
  );
}

/** From the start of the process until it listens, and to the first authenticated answer, with the database already up. */
async function measureStart(ground: Ground, city: BenchCity, bundle: string, rounds: number): Promise<Result[]> {
  const pairs: Array<{ ours: Start; limit: Start }> = [];
  const first = async (begin: () => Promise<Process>): Promise<Start> => {
    const began = performance.now();
    const server = await begin();
    const person = city.people[1];
    const answer = await fetch(`${server.address}/api/directory/schools?page=1`, {
      headers: { cookie: person?.cookie ?? '' },
    });
    if (answer.status !== 200) throw new Error(`the first answer was ${answer.status}`);
    await answer.arrayBuffer();
    const answered = performance.now() - began;
    await server.stop();
    return { listening: server.listeningAfter, answered };
  };
  for (let turn = 0; turn < rounds; turn += 1) {
    pairs.push({ ours: await first(() => startProduct(ground)), limit: await first(() => startBare(ground, bundle)) });
  }
  const pick = (of: (start: Start) => number): Pair[] =>
    pairs.map(({ ours, limit }) => ({ ours: of(ours), limit: of(limit) }));
  return [
    fromPairs(
      { name: 'listen', what: 'process start until it listens, nothing to build', goal: 2.2, more: false, unit: 'ms' },
      pick(({ listening }) => listening),
    ),
    fromPairs(
      { name: 'start', what: 'process start to first authenticated answer', goal: 4, more: false, unit: 'ms' },
      pick(({ answered }) => answered),
    ),
  ];
}

/** Milliseconds from the start of a process. */
interface Start {
  readonly listening: number;
  readonly answered: number;
}

export async function bundleBare(): Promise<string> {
  const folder = path.join(productRoot, 'dist', 'bench');
  mkdirSync(folder, { recursive: true });
  const bundle = await rolldown({
    input: path.join(productRoot, 'bench/bare/server.ts'),
    cwd: productRoot,
    platform: 'node',
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
  });
  await bundle.write({ file: path.join(folder, 'bare.js'), format: 'esm' });
  await bundle.close();
  return path.join(folder, 'bare.js');
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
