import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { exactPointsText } from '#domain/evaluation/points/score.ts';
import { type UnitLeaf, unitTotal } from '#domain/evaluation/points/unit-total.ts';
import type { Answer } from '#domain/framework/answer.ts';
import { prepareEdition } from '#domain/framework/edition/prepare-edition.ts';
import type { Code, Indicator } from '#domain/framework/edition.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { type Columns, type RolledUp, rollUpAll, totalOf } from '#domain/framework/score/roll-up-all.ts';
import { scoreOf } from '#domain/framework/score/score-subject.ts';
import { compare, divide, exact, sum } from '#domain/kit/decimal.ts';
import { generator } from '#domain/kit/generator.ts';
import { missing } from '#domain/kit/value.ts';
import { fromPairs, median, type Pair, type Result } from './result.ts';

/** A province's schools under one framework, each leaf judged by three people; seeded, not real. */
const round = { subjects: 7_000, blocks: 8, leaves: 128, reviewers: 3 } as const;

/**
 * A round of evaluations rolled up in memory, against DuckDB with the same scores in memory: the mean of the reviewers at
 * each leaf, the total, and what applies for the re-basing. All totals must be the same whole numbers of units.
 */
export async function measureEvaluations(rounds: number): Promise<Result[]> {
  const prepared = framework();
  const columns = drawRound(prepared);
  assertExact(prepared, columns, rollUpAll(prepared, columns));
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    await layDuck(duck, prepared, columns);
    const ours = () => rollUpAll(prepared, columns);
    const theirs = async () => (await duck.run(rollUpSql)).fetchAllChunks();
    await assertEqual(duck, ours());
    for (let turn = 0; turn < 3; turn += 1) {
      ours();
      await theirs();
    }
    const pairs: Pair[] = [];
    for (let turn = 0; turn < rounds * 3; turn += 1) {
      pairs.push({ ours: await time(async () => ours()), limit: await time(theirs) });
    }
    const leafOf = leavesOfFirst(prepared, columns);
    assertSame(prepared, columns, leafOf);
    const oneByOne: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      oneByOne.push(await time(async () => sumUnits(prepared, leafOf)));
    }
    const scores = round.subjects * round.leaves * round.reviewers;
    return [
      fromPairs(
        {
          name: 'evaluations.rollUp',
          what: `${scores} scores of ${round.subjects} subjects × ${round.leaves} leaves × ${round.reviewers} reviewers rolled up in memory, against DuckDB`,
          goal: 0.3,
          more: false,
          unit: 'ms',
        },
        pairs,
        { 'one by one, as pages add up a layer, ms': median(oneByOne).toFixed(0) },
      ),
    ];
  } finally {
    duck.closeSync();
  }
}

/** Sixteen of them, four times each, are the 12.5 points of a block. */
const leafPoints = [0.25, 0.5, 0.875, 1.5];
const perBlock = round.leaves / round.blocks;

/** 100 points over eight blocks of sixteen leaves. */
function framework(): Prepared {
  const indicators: Indicator[] = [{ code: '0', parent: null, title: '总分', points: 100 }];
  for (let block = 0; block < round.blocks; block += 1) {
    indicators.push({ code: `A${block}`, parent: '0', title: `A${block}`, points: 12.5 });
    for (let leaf = 0; leaf < perBlock; leaf += 1) {
      const code = `C${block * perBlock + leaf}`;
      indicators.push({ code, parent: `A${block}`, title: code, points: leafPoints[leaf % leafPoints.length]! });
    }
  }
  return prepareEdition(edition(indicators), {
    words: { fields: [], names: [] },
    hash: (text) => `${text.length} characters`,
  });
}

function edition(indicators: readonly Indicator[]) {
  return {
    ...{ key: 'bench', title: 'bench', edition: '1', authority: 'sample', documents: [], subject: 'school' },
    ...{
      notApplicable: 'rebase',
      max: 100,
      decimals: 2,
      gaps: [],
      vetoes: [],
      caps: [],
      downgrades: [],
      conclusions: [],
    },
    indicators,
  };
}

/** Points in hundredths; one leaf in twenty does not apply to a subject. */
function drawRound(prepared: Prepared): Columns {
  const draw = generator('evaluations');
  const applicable = prepared.leaves.map(() =>
    Uint8Array.from({ length: round.subjects }, () => (draw.chance(0.05) ? 0 : 1)),
  );
  const units = Array.from({ length: round.reviewers }, () =>
    prepared.leaves.map(({ indicator }, at) => {
      const hundredths = Math.floor((indicator.points as number) * 100);
      return Float64Array.from(
        applicable[at]!,
        (applies) => (applies * draw.integer(0, hundredths) * prepared.units) / 100,
      );
    }),
  );
  return { subjects: round.subjects, units, applicable, fractions: new Map() };
}

/** One row a score, as a table of scores has them; what applies beside it, one row a leaf of a subject. */
async function layDuck(duck: DuckDBConnection, prepared: Prepared, { units, applicable }: Columns): Promise<void> {
  await duck.run('create table scores (subject integer, leaf integer, reviewer integer, units double)');
  await duck.run('create table leaves (leaf integer, units double)');
  const leaves = await duck.createAppender('leaves');
  for (const [leaf, { indicator }] of prepared.leaves.entries()) {
    leaves.appendInteger(leaf);
    leaves.appendDouble(Math.round((indicator.points as number) * prepared.units));
    leaves.endRow();
  }
  leaves.closeSync();
  const scores = await duck.createAppender('scores');
  for (let subject = 0; subject < round.subjects; subject += 1) {
    for (const [leaf] of prepared.leaves.entries()) {
      if (applicable[leaf]![subject] === 0) continue;
      for (const [reviewer, columns] of units.entries()) {
        scores.appendInteger(subject);
        scores.appendInteger(leaf);
        scores.appendInteger(reviewer);
        scores.appendDouble(columns[leaf]![subject]!);
        scores.endRow();
      }
    }
  }
  scores.closeSync();
}

const rollUpSql = `
  select subject, sum(scores.units) / ${round.reviewers} as total, sum(leaves.units) / ${round.reviewers} as applicable
    from scores join leaves using (leaf)
    group by subject`;

async function assertEqual(duck: DuckDBConnection, ours: RolledUp): Promise<void> {
  const rows = (await (await duck.run(rollUpSql)).getRows()) as [number, number, number][];
  if (rows.length !== round.subjects) throw new Error(`DuckDB has ${rows.length} subjects`);
  for (const [subject, total, of] of rows) {
    if (ours.total[subject] === total && ours.of[subject] === of) continue;
    throw new Error(`subject ${subject}: ${ours.total[subject]} of ${ours.of[subject]} is not ${total} of ${of}`);
  }
}

/** Every hundredth subject against the exact scores of the product, reviewer by reviewer. */
function assertExact(prepared: Prepared, columns: Columns, ours: RolledUp): void {
  const nobody = { read: () => missing('not-filed'), members: () => [] };
  for (let subject = 0; subject < round.subjects; subject += 100) {
    const totals = columns.units.map((reviewer) => {
      const answers = new Map(
        prepared.leaves.map(({ indicator }, leaf): [string, Answer] => {
          if (columns.applicable[leaf]![subject] === 0) return [indicator.code, { notApplicable: true }];
          const hundredths = Math.round((reviewer[leaf]![subject]! * 100) / prepared.units);
          return [indicator.code, { points: hundredths / 100 }];
        }),
      );
      return scoreOf(prepared, answers, nobody, {}, { trace: false, relaxed: false }).total!;
    });
    const mean = divide(sum(totals), exact(totals.length));
    if (compare(mean, totalOf(prepared, ours, subject)!) !== 0) throw new Error(`subject ${subject} is not exact`);
  }
}

/** The leaves of a subject as the first reviewer stands there, in texts as they are stored. */
function leavesOfFirst(
  prepared: Prepared,
  { units, applicable }: Columns,
): (subject: number) => (code: Code) => UnitLeaf {
  const at = new Map(prepared.leaves.map(({ indicator: { code } }, leaf) => [code, leaf]));
  const [first] = units;
  const texts = first!.map((column) =>
    Array.from(column, (one) => String(Math.round((one * 100) / prepared.units) / 100)),
  );
  return (subject) => (code) => {
    const leaf = at.get(code)!;
    const applies = applicable[leaf]![subject] === 1;
    return { applies, settled: applies ? { points: texts[leaf]![subject]!, answer: null } : undefined };
  };
}

/** Adds up each subject by itself: what a score and the pages do with the unit before them. */
function sumUnits(prepared: Prepared, leafOf: (subject: number) => (code: Code) => UnitLeaf): (string | null)[] {
  return Array.from({ length: round.subjects }, (_, subject) => unitTotal(prepared, leafOf(subject)).total);
}

/** The totals of one reviewer, subject by subject, are those of the columns. */
function assertSame(prepared: Prepared, columns: Columns, leafOf: (subject: number) => (code: Code) => UnitLeaf): void {
  const { units, ...rest } = columns;
  const ours = rollUpAll(prepared, { ...rest, units: units.slice(0, 1) });
  for (const [subject, total] of sumUnits(prepared, leafOf).entries()) {
    const known = totalOf(prepared, ours, subject);
    if (known !== null && total === exactPointsText(known)) continue;
    throw new Error(`subject ${subject}: ${total} one by one`);
  }
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
