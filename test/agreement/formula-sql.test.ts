import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateInDoubles } from '#domain/formula/evaluate.ts';
import { type Formula, formula, readingOf } from '#domain/formula/formula.ts';
import { vocabulary } from '#domain/formula/vocabulary.ts';
import { isProblem } from '#domain/kit/problem.ts';
import { isMissing } from '#domain/kit/value.ts';
import { cloneDatabase, type TestDatabase } from '../support/database/database.ts';
import {
  type ArbitrarySchool,
  arbitraryFields,
  arbitraryFormula,
  arbitrarySchool,
} from '../support/workbook/formula-arbitrary.ts';
import { compileToSql } from './formula-sql.ts';

const words = vocabulary(arbitraryFields);
const columns: Readonly<Record<string, string>> = { 甲: 'a', 乙: 'b', 丙: 'c', 类: 'kind', 标: 'flag' };
const column = (name: string): string => columns[name]!;
const tolerance = 1e-12;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(
    'create temporary table formula_school (place int primary key, a float8, b float8, c float8, kind text, flag boolean)',
  );
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function store(schools: readonly ArbitrarySchool[]): Promise<void> {
  await client.query('truncate formula_school');
  for (const [place, { 甲, 乙, 丙, 类, 标 }] of schools.entries()) {
    await client.query('insert into formula_school values ($1, $2, $3, $4, $5, $6)', [place, 甲, 乙, 丙, 类, 标]);
  }
}

/** The formula; undefined where the random source is one that the language itself refuses. */
function read(source: string, type: 'number' | 'truth', scope: 'school' | 'county'): Formula | undefined {
  try {
    return formula(source, words, { type, scope });
  } catch (error) {
    if (isProblem(error) && /除数不能|可计算的范围|过大|层/.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether both are missing, both have the same truth value, or the numbers agree within the tolerance. */
function agree(ours: unknown, theirs: unknown): boolean {
  if (isMissing(ours) || theirs === null) return isMissing(ours) && theirs === null;
  if (typeof ours !== 'number' || typeof theirs !== 'number') return ours === theirs;
  return Math.abs(ours - theirs) <= tolerance * Math.max(Math.abs(ours), Math.abs(theirs));
}

describe('formulas compiled to SQL', () => {
  it.each(['number', 'truth'] as const)(
    'agree with JavaScript school by school, aggregates as windows (%s)',
    async (type) => {
      let figures = 0;
      const cases = fc.tuple(arbitraryFormula(type, 'some'), fc.array(arbitrarySchool, { minLength: 1, maxLength: 6 }));
      await fc.assert(
        fc.asyncProperty(cases, async ([source, schools]) => {
          const known = read(source, type, 'school');
          if (!known) return;
          await store(schools);
          const expression = compileToSql(known.term, { column, aggregates: { window: '' } });
          const { rows } = await client.query<{ value: unknown }>(
            `select ${expression} as value from formula_school order by place`,
          );
          const readings = schools.map((school) => readingOf({ ...school }).read);
          rows.forEach(({ value }, row) => {
            const ours = evaluateInDoubles(known.term, { read: readings[row]!, schools: readings });
            expect(agree(ours, value), `${source}: ${JSON.stringify(ours)} and ${String(value)} in SQL`).toBe(true);
            if (!isMissing(ours)) figures += 1;
          });
        }),
        { numRuns: 150 },
      );
      expect(figures).toBeGreaterThan(100);
    },
  );

  it('agree for a county, aggregates in a grouped statement', async () => {
    let figures = 0;
    const cases = fc.tuple(arbitraryFormula('number', 'only'), fc.array(arbitrarySchool, { maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([source, schools]) => {
        const known = read(source, 'number', 'county');
        if (!known) return;
        await store(schools);
        const expression = compileToSql(known.term, { column, aggregates: 'group', order: 'place' });
        const { rows } = await client.query<{ value: unknown }>(
          `select ${expression} as value from formula_school group by ()`,
        );
        const readings = schools.map((school) => readingOf({ ...school }).read);
        const ours = evaluateInDoubles(known.term, { read: () => undefined, schools: readings });
        expect(
          agree(ours, rows[0]!.value),
          `${source}: ${JSON.stringify(ours)} and ${String(rows[0]!.value)} in SQL`,
        ).toBe(true);
        if (!isMissing(ours)) figures += 1;
      }),
      { numRuns: 150 },
    );
    expect(figures).toBeGreaterThan(40);
  });

  it('a text of a formula cannot leave its quotes', async () => {
    const { term } = formula(`类 = "x' or '1'='1"`, words, { type: 'truth' });
    await store([{ 甲: 1, 乙: 1, 丙: 1, 类: '211', 标: true }]);
    const expression = compileToSql(term, { column, aggregates: 'group' });
    const { rows } = await client.query<{ value: boolean }>(`select ${expression} as value from formula_school`);
    expect(rows).toEqual([{ value: false }]);
  });
});
