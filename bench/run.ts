import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { withClient } from '#platform/db/owner-client.ts';
import { productRoot, webFolder } from '../src/server/app/root.ts';
import { layBenchCity } from './city.ts';
import { measureCold } from './cold.ts';
import { measureEvidence } from './evidence.ts';
import { measureFaults } from './faults.ts';
import { measureFiles } from './files.ts';
import { measureIdle } from './idle.ts';
import { measureLedger } from './ledger.ts';
import { measureLetter } from './letter.ts';
import { measureIssue } from './letters.ts';
import { measureLists } from './lists.ts';
import { measureNation } from './nation.ts';
import { measureNodes } from './nodes.ts';
import { measurePages } from './pages.ts';
import { measureProcedure } from './procedure.ts';
import { measureReport } from './report.ts';
import { measureRequests } from './requests.ts';
import type { Result } from './result.ts';
import { measureEvaluations } from './roll-up.ts';
import { measureSample } from './sample.ts';
import { measureScoring } from './scoring.ts';
import { openGround } from './serve.ts';
import { measureWorkbook } from './workbook.ts';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    faults: { type: 'boolean', default: false },
    seed: { type: 'string' },
    nodes: { type: 'boolean', default: false },
    node: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    database: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help) {
  process.stdout.write(`npm run bench -- [--quick] [--json] [--only requests|files|ledger|lists|cold|sample|pages|nation|evaluations|procedure|evidence|workbook|letters|report|idle] [--database URL]
  --quick  fewer and shorter rounds, one school year of the nation; ends within 90 s
  --json   an object of named results on standard output
  --only   one part
  --database URL  on a PostgreSQL of one's own instead of the embedded one, as a role that may make databases: the
           measurements make one and take it away. The role dudao_app of that server gets another password, so it
           must be a server on which no city is served
  --faults instead of measuring: the fault tests with all their effort (kills, outages, meetings, a full disk, a clock
           that steps back), some minutes; --seed for the random moments of an earlier run
  --nodes  instead of measuring: the whole suite on each line of Node that is kept up, brought from the registry, some
           ten minutes each; --node 24 for one of them
`);
  process.exit(0);
}

const wanted = (part: string) => options.only === undefined || options.only === part;
const say = (line: string) => void process.stderr.write(`${line}\n`);
const results: Result[] = [];
let serverVersion = '';
if (options.faults || options.nodes || options.node) {
  if (options.faults) results.push(...measureFaults(say, options.seed));
  else results.push(...measureNodes(say, options.node));
  // A missed goal is a figure to look at; a fault is a failure.
  if (results.some((one) => !one.holds)) process.exitCode = 1;
} else {
  await measure();
}

async function measure(): Promise<void> {
  const ground = await openGround(options.database);
  try {
    serverVersion = await withClient(ground.ownerUrl, async (client) => {
      const { rows } = await client.query<{ server_version: string }>('show server_version');
      return rows[0]?.server_version ?? '';
    });
    // Measured at the same time as the others: it mostly waits and sends almost nothing.
    const idle = wanted('idle') ? measureIdle(ground.appUrl) : Promise.resolve([]);
    idle.catch(() => {});
    if (wanted('pages')) results.push(...measurePages(webFolder));
    if (wanted('workbook')) results.push(...(await measureWorkbook(options.quick ? 3 : 5)));
    if (wanted('letters')) results.push(...(await measureLetter(options.quick ? 3 : 7)));
    if (wanted('report')) results.push(...(await measureReport(options.quick ? 3 : 9)));
    if (['requests', 'files', 'ledger', 'lists', 'letters', 'evaluations'].some(wanted)) {
      say('laying the city of the measurements …');
      const city = await layBenchCity(ground.ownerUrl, ground.secret);
      if (wanted('files')) {
        say('uploads …');
        const large = (options.quick ? 64 : 2000) * 1024 * 1024;
        results.push(...(await measureFiles(ground, city, { rounds: options.quick ? 2 : 5, large })));
      }
      if (wanted('requests')) {
        say('alternating rounds …');
        const rounds = options.quick ? { rounds: 3, seconds: 1.1 } : { rounds: 7, seconds: 5 };
        results.push(...(await measureRequests(ground, city, rounds)));
      }
      if (wanted('letters')) {
        say('letters …');
        results.push(...(await measureIssue(ground, city, options.quick ? 3 : 7)));
      }
      if (wanted('ledger')) {
        say('the ledger …');
        const rounds = options.quick ? { rounds: 3, seconds: 1.1 } : { rounds: 7, seconds: 5 };
        results.push(...(await measureLedger(ground, city, rounds)));
      }
      if (wanted('evaluations')) {
        say('scores and the list of evaluations …');
        const rounds = options.quick ? { rounds: 3, seconds: 1.1 } : { rounds: 7, seconds: 5 };
        results.push(...(await measureScoring(ground, city, rounds)));
      }
      if (wanted('lists')) {
        say('every list …');
        results.push(...(await measureLists(ground, city, { rounds: options.quick ? 5 : 60 })));
      }
    }
    if (wanted('cold')) {
      say('starts with the own database …');
      results.push(await measureCold(options.quick ? 3 : 9));
    }
    if (wanted('sample')) {
      say('the sample city in an empty folder …');
      results.push(...(await measureSample(options.quick ? 1 : 3)));
    }
    if (wanted('nation')) {
      say('the whole country …');
      results.push(
        ...(await measureNation(ground.ownerUrl, options.quick ? { years: 1, rounds: 3 } : { years: 3, rounds: 7 })),
      );
    }
    if (wanted('evaluations')) {
      say('a round of evaluations …');
      results.push(...(await measureEvaluations(options.quick ? 3 : 7)));
    }
    if (wanted('procedure')) results.push(measureProcedure(options.quick ? 3 : 7));
    if (wanted('evidence')) {
      say('recycled evidence …');
      results.push(
        ...(await measureEvidence(options.quick ? { share: 0.2, library: 5_000 } : { share: 1, library: 100_000 })),
      );
    }
    results.push(...(await idle));
  } finally {
    await ground.close();
  }
}

const version = (name: string) =>
  (
    JSON.parse(readFileSync(path.join(productRoot, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    }
  ).version;
const machine = {
  node: process.version,
  postgresql: serverVersion,
  fastify: version('fastify'),
  pg: version('pg'),
  cores: cpus().length,
  load: loadavg().map((value) => Number(value.toFixed(2))),
  date: new Date().toISOString(),
};

if (options.json) {
  const named = Object.fromEntries(results.map(({ name, ...rest }) => [name, rest]));
  process.stdout.write(`${JSON.stringify({ ...named }, null, 2)}\n`);
  say(JSON.stringify(machine));
} else {
  for (const one of results) process.stdout.write(`${line(one)}\n`);
  process.stdout.write(`\n${JSON.stringify(machine)}\n`);
}
if (results.some((one) => !one.holds)) say('some goals are missed; see docs/PERFORMANCE.md');

function line(one: Result): string {
  const round = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  const spread = one.spread ? ` (${round(one.spread[0])}–${round(one.spread[1])})` : '';
  const sign = one.more ? '≥' : '≤';
  const figures = Object.entries(one.figures ?? {})
    .map(([name, value]) => `    ${name}: ${typeof value === 'number' ? round(value) : value}`)
    .join('\n');
  return `${one.holds ? '✓' : '✕'} ${one.name}: ours ${round(one.ours)} ${one.unit}, limit ${round(one.limit)}, ratio ${round(one.ratio)}${spread}, goal ${sign} ${one.goal}\n    ${one.what}${figures ? `\n${figures}` : ''}`;
}
