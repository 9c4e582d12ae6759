import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { exactVariationSquared } from '#domain/balance/run/threshold.ts';
import { exact, toNumber } from '#domain/kit/decimal.ts';
import { generator } from '#domain/kit/generator.ts';
import { copyRows } from '#platform/db/copy.ts';
import { residentCompliance, residentVariation } from './resident.ts';
import { fromPairs, type Pair, type Result } from './result.ts';
import { onePassFloor, onePassVariationSql, twoPassVariationSql, type VariationSource } from './variation-sql.ts';

/** The size of the country: compulsory schools and county-level units; the values are seeded, not real. */
const nation = { schools: 220_000, counties: 2_850, indicators: 15 } as const;
const compliance = { indicators: 7, minimumMet: 6, minimumRatio: 0.85 } as const;

interface Columns {
  readonly county: Float64Array;
  readonly pupils: Float64Array;
  readonly resources: readonly Float64Array[];
}

const resourceNames = Array.from({ length: nation.indicators }, (_, n) => `r${n}`);

/** Variation and compliance of a whole country: from cold tables against PostgreSQL, in memory against DuckDB. */
export async function measureNation(ownerUrl: string, options: { years: number; rounds: number }): Promise<Result[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const years = Array.from({ length: options.years }, (_, year) => drawNation(`nation ${year}`));
    await lay(client, years);
    const columns = gather(years);
    await layDuck(duck, columns);
    assertExact(grouped(columns));
    return [
      await measureCold(client, options.rounds, columns),
      ...(await measureResident(duck, columns, options.rounds)),
    ];
  } finally {
    duck.closeSync();
    await client.query('drop table if exists bench_nation');
    await client.end();
  }
}

function drawNation(seed: string): Columns {
  const draw = generator(seed);
  const county = new Float64Array(nation.schools);
  const pupils = new Float64Array(nation.schools);
  const resources = resourceNames.map(() => new Float64Array(nation.schools));
  for (let row = 0; row < nation.schools; row += 1) {
    county[row] = draw.integer(1, nation.counties);
    pupils[row] = Math.round(Math.exp(draw.normal(6, 0.8))) + 10;
    for (let n = 0; n < nation.indicators; n += 1) {
      const perPupil = Math.exp(draw.normal(0.6, 0.45));
      (resources[n] as Float64Array)[row] = Math.round((pupils[row] as number) * perPupil * 100) / 100;
    }
  }
  return { county, pupils, resources };
}

async function lay(client: pg.Client, years: readonly Columns[]): Promise<void> {
  const columns = resourceNames.map((name) => `${name} float8 not null`).join(', ');
  await client.query(`create table bench_nation (county_id float8 not null, pupils float8 not null, ${columns})`);
  await client.query('begin');
  for (const [year, one] of years.entries()) {
    const rows = Array.from(one.county, (county, row) => [
      // A county in another year counts as another county, because each figure belongs to one county and year.
      county + year * 10_000,
      one.pupils[row] as number,
      ...one.resources.map((column) => column[row] as number),
    ]);
    await copyRows(client, { table: 'bench_nation', columns: ['county_id', 'pupils', ...resourceNames], rows });
  }
  await client.query('commit');
  await client.query('vacuum analyze bench_nation');
}

function gather(years: readonly Columns[]): Columns {
  const join = (pick: (one: Columns) => Float64Array, shift = 0) => {
    const joined = new Float64Array(years.length * nation.schools);
    for (const [year, one] of years.entries()) {
      joined.set(shift === 0 ? pick(one) : pick(one).map((value) => value + shift * year), year * nation.schools);
    }
    return joined;
  };
  return {
    county: join((one) => one.county, 10_000),
    pupils: join((one) => one.pupils),
    resources: resourceNames.map((_, n) => join((one) => one.resources[n] as Float64Array)),
  };
}

/** Puts the rows of a county next to each other: a counting sort over the columns, done once when the data arrive. */
function grouped(columns: Columns) {
  const places = new Map<number, number>();
  for (const county of columns.county) if (!places.has(county)) places.set(county, places.size);
  const offsets = new Int32Array(places.size + 1);
  const countyPlaces = Int32Array.from(columns.county, (county) => places.get(county) as number);
  for (const place of countyPlaces) offsets[place + 1] = (offsets[place + 1] as number) + 1;
  for (let place = 0; place < places.size; place += 1) {
    offsets[place + 1] = (offsets[place + 1] as number) + (offsets[place] as number);
  }
  const cursor = offsets.slice();
  const target = countyPlaces.map((place) => {
    const row = cursor[place] as number;
    cursor[place] = row + 1;
    return row;
  });
  const arrange = (column: Float64Array) => {
    const arranged = new Float64Array(column.length);
    for (let row = 0; row < column.length; row += 1) arranged[target[row] as number] = column[row] as number;
    return arranged;
  };
  return {
    counties: [...places.keys()],
    offsets,
    pupils: arrange(columns.pupils),
    resources: columns.resources.map(arrange),
  };
}

/** The usual way in PostgreSQL: means in a first pass, deviations in a second. */
const twoPass = `
  with means as (
    select county_id, sum(pupils) as n, ${resourceNames.map((r) => `sum(${r}) / sum(pupils) as m_${r}`).join(', ')}
      from bench_nation group by county_id)
  select b.county_id, ${resourceNames
    .map((r) => `sqrt(sum(b.pupils / m.n * (b.${r} / b.pupils - m.m_${r}) ^ 2)) / min(m.m_${r}) as ${r}`)
    .join(', ')}
    from bench_nation b join means m using (county_id) group by b.county_id`;

const source: VariationSource = {
  relation: 'bench_nation',
  county: 'county_id',
  pupils: 'pupils',
  resources: resourceNames,
};

/** The way of the product: one scan, and the two-pass definition only where one scan is not exact enough. */
async function fromTable(client: pg.Client): Promise<Map<number, number[]>> {
  const found = new Map<number, number[]>();
  const read = (rows: number[][]) => {
    for (const [county, ...figures] of rows)
      found.set(
        county as number,
        figures.filter((_, at) => at % 2 === 1),
      );
  };
  read((await client.query({ text: onePassVariationSql(source), rowMode: 'array' })).rows);
  const small = [...found].filter(([, cvs]) => cvs.some((cv) => cv < onePassFloor)).map(([county]) => county);
  if (small.length > 0) {
    read(
      (await client.query({ text: twoPassVariationSql(source, '$1::float8[]'), values: [small], rowMode: 'array' }))
        .rows,
    );
  }
  return found;
}

async function measureCold(client: pg.Client, rounds: number, columns: Columns): Promise<Result> {
  const theirs = () => client.query({ text: twoPass, rowMode: 'array' });
  const level = grouped(columns);
  const { cv } = residentVariation(level);
  const found = await fromTable(client);
  for (const [place, county] of level.counties.entries()) {
    for (const [index, value] of (found.get(county) ?? []).entries()) {
      const wanted = cv[place * nation.indicators + index] as number;
      if (Math.abs(value - wanted) > 1e-12 * wanted) throw new Error(`county ${county}: ${value} is not ${wanted}`);
    }
  }
  await theirs();
  const pairs: Pair[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    pairs.push({ ours: await time(() => fromTable(client)), limit: await time(theirs) });
  }
  return fromPairs(
    {
      name: 'nation cold',
      what: `${columns.county.length} schools × ${nation.indicators} coefficients of variation from the table, against its own two-pass SQL`,
      goal: 1.3,
      more: false,
      unit: 'ms',
    },
    pairs,
  );
}

async function layDuck(duck: DuckDBConnection, columns: Columns): Promise<void> {
  await duck.run(
    `create table nation (county_id double, pupils double, ${resourceNames.map((name) => `${name} double`).join(', ')})`,
  );
  const appender = await duck.createAppender('nation');
  for (let row = 0; row < columns.county.length; row += 1) {
    appender.appendDouble(columns.county[row] as number);
    appender.appendDouble(columns.pupils[row] as number);
    for (const column of columns.resources) appender.appendDouble(column[row] as number);
    appender.endRow();
  }
  appender.closeSync();
}

async function measureResident(duck: DuckDBConnection, columns: Columns, rounds: number): Promise<Result[]> {
  const level = grouped(columns);
  const thresholds = Float64Array.from({ length: compliance.indicators }, () => 1.5);
  const rule = { thresholds, minimumMet: compliance.minimumMet, minimumRatio: compliance.minimumRatio };
  const judged = { ...level, resources: level.resources.slice(0, compliance.indicators) };
  const ratios = resourceNames.slice(0, compliance.indicators).map((r) => `${r} / pupils / 1.5`);
  const duckCompliance = `select ${ratios.map((ratio) => `(${ratio} >= 1)::int`).join(' + ')} as met,
    least(${ratios.join(', ')}) as minimum, met >= ${compliance.minimumMet} and minimum >= ${compliance.minimumRatio} as pass
    from nation`;
  const duckTwoPass = twoPass.replaceAll('bench_nation', 'nation').replaceAll('^ 2', '** 2');
  const measure = async (name: string, what: string, ours: () => unknown, sql: string) => {
    const theirs = async () => (await duck.run(sql)).fetchAllChunks();
    for (let turn = 0; turn < 3; turn += 1) {
      ours();
      await theirs();
    }
    const pairs: Pair[] = [];
    for (let turn = 0; turn < rounds * 3; turn += 1) {
      pairs.push({ ours: await time(async () => ours()), limit: await time(theirs) });
    }
    return fromPairs({ name, what, goal: 0.5, more: false, unit: 'ms' }, pairs);
  };
  return [
    await measure(
      'nation variation',
      'coefficients of variation with the data in memory, against DuckDB',
      () => residentVariation(level),
      duckTwoPass,
    ),
    await measure(
      'nation compliance',
      'compliance of every school with the data in memory, against DuckDB',
      () => residentCompliance(judged, rule),
      duckCompliance,
    ),
  ];
}

/** Checks that the fast figures are right: every thirtieth county against exact arithmetic, to 10⁻¹². */
function assertExact(level: ReturnType<typeof grouped>): void {
  const { cv } = residentVariation(level);
  for (let county = 0; county + 1 < level.offsets.length; county += 30) {
    const from = level.offsets[county] as number;
    const to = level.offsets[county + 1] as number;
    for (const [index, column] of level.resources.entries()) {
      const parts = Array.from({ length: to - from }, (_, row) => ({
        resources: exact(column[from + row] as number),
        pupils: exact(level.pupils[from + row] as number),
      }));
      const wanted = Math.sqrt(toNumber(exactVariationSquared(parts)));
      const found = cv[county * level.resources.length + index] as number;
      if (Math.abs(found - wanted) > 1e-12 * wanted) {
        throw new Error(`county ${county}, indicator ${index}: ${found} is not ${wanted}`);
      }
    }
  }
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
