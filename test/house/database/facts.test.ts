import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { juniorFigures, layBalanceYear, primaryFigures } from '#test/support/balance/year.ts';
import { schools, units } from '#test/support/scenario.ts';
import { balanceFeature } from '../../../src/server/features/balance/balance.feature.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';

const licheng = units.licheng.id;
let app: TestApp;
let periodId: number;
beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature] });
  periodId = await layBalanceYear(app.owner, 2025, [
    { id: schools.first.id, county: licheng, values: primaryFigures(400) },
    { id: schools.neighbour.id, county: licheng, values: primaryFigures(900, 1.2) },
    { id: schools.junior.id, county: licheng, type: '311', values: juniorFigures(800) },
    { id: schools.foreign.id, county: units.fengze.id, values: primaryFigures(700) },
  ]);
  await prepareBalance(app.services.pool, app.services.now);
});
afterAll(() => app.close());

interface Fact {
  readonly subject_id: number;
  readonly key: string;
  readonly value: unknown;
  readonly source: string;
  readonly certificate: Record<string, unknown>;
}

function read(scope: Scope, where: string, values: readonly unknown[] = []): Promise<Fact[]> {
  return withLease(app.services.pool, (held) =>
    held.reading(scope, () =>
      held.query<Fact>(
        `select subject_id, key, value, source, certificate from facts where ${where} order by subject_id, key`,
        values,
      ),
    ),
  );
}

const ofSchool = `subject_type = 'school' and subject_id = $1 and period_id = $2 and key = $3`;

describe('facts', () => {
  it('hold the approved figures of a school with their filing', async () => {
    const key = 'resources.小学在校生数';
    const [fact, ...more] = await read(atPlaces([licheng]), ofSchool, [schools.first.id, periodId, key]);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ value: 400, source: 'filing' });
    const { rows } = await app.owner.query('select id, approved_at from filings where id = $1', [
      fact!.certificate.filingId,
    ]);
    expect(new Date(String(fact!.certificate.approvedAt))).toEqual(rows[0].approved_at);
  });

  it('hold coefficients, composite and verdict of the current run with what proves them', async () => {
    const found = await read(
      atPlaces([licheng]),
      `subject_type = 'unit' and subject_id = $1 and period_id = $2 and key like 'balance.quality-2017.primary.%'`,
      [licheng, periodId],
    );
    const { rows } = await app.owner.query(
      `select id, inputs_hash, formula_version, standard_revision, summary from balance_runs
        where county_id = $1 and period_id = $2 and standard_key = 'quality-2017' and current`,
      [licheng, periodId],
    );
    const run = rows[0];
    const { primary } = run.summary.levels;
    const facts = new Map(found.map((fact) => [fact.key.replace('balance.quality-2017.primary.', ''), fact]));
    expect(facts.get('verdict')?.value).toBe(primary.verdict);
    for (const indicator of primary.indicators) {
      expect(facts.get(`${indicator.key}.cv`)?.value, indicator.key).toBe(indicator.cv);
      expect(facts.get(`${indicator.key}.mean`)?.value, indicator.key).toBe(indicator.mean);
    }
    expect(primary.indicators.length).toBeGreaterThan(5);
    expect(facts.get('verdict')?.certificate).toMatchObject({
      runId: run.id,
      inputsHash: run.inputs_hash,
      standard: 'quality-2017',
      revision: run.standard_revision,
      formulaVersion: run.formula_version,
    });
  });

  it('hold what a run judged with its limit, and shares as the counts from which they come', async () => {
    const { rows } = await app.owner.query(
      `select standard_key, summary from balance_runs where county_id = $1 and period_id = $2 and current`,
      [licheng, periodId],
    );
    const levelOf = (key: string) => rows.find((row) => row.standard_key === key).summary.levels.primary;
    const [basic, quality] = [levelOf('basic-2012'), levelOf('quality-2017')];
    const of = async (key: string) => {
      const where = `subject_type = 'unit' and subject_id = $1 and period_id = $2 and key = $3`;
      return (await read(atPlaces([licheng]), where, [licheng, periodId, key]))[0]?.value;
    };
    expect(await of('balance.basic-2012.primary.judgedComposite')).toEqual({
      ...{ value: basic.compositeCv, limit: basic.compositeLimit, pass: basic.compositePass },
    });
    expect(typeof basic.compositeCv).toBe('number');
    expect(await of('balance.basic-2012.primary.compliance')).toBeUndefined();
    const { judged, passed } = quality.compliance;
    expect(await of('balance.quality-2017.primary.compliance')).toEqual({ judged, passed });
    for (const one of quality.indicators) {
      expect(await of(`balance.quality-2017.primary.${one.shortName}.judgedCv`), one.key).toEqual(
        one.cv === null ? undefined : { value: one.cv, limit: one.limit, pass: one.pass },
      );
      expect(await of(`balance.quality-2017.primary.${one.shortName}.reached`), one.key).toEqual({
        ...{ schools: one.schools, reached: one.schools - one.belowThreshold },
      });
    }
    const passes = quality.indicators.map((one: { pass: boolean | null }) => one.pass);
    expect(await of('balance.quality-2017.primary.cvPassed')).toEqual({
      judged: passes.filter((pass: boolean | null) => pass !== null).length,
      passed: passes.filter((pass: boolean | null) => pass === true).length,
    });
    const reached = await read(atPlaces([licheng]), ofSchool, [
      ...[schools.first.id, periodId, 'balance.quality-2017.primary.reached'],
    ]);
    const own = await app.owner.query(
      `select s.content -> 'met' as met from balance_run_schools s join balance_runs r on r.county_id = s.county_id and r.id = s.run_id
        where r.current and r.standard_key = 'quality-2017' and s.level = 'primary' and s.school_id = $1`,
      [schools.first.id],
    );
    expect(reached.map(({ value }) => value)).toEqual([own.rows[0].met]);
  });

  it('hold the type and the sponsor of a school by the names of formulas', async () => {
    const of = async (key: string) =>
      (await read(atPlaces([licheng]), ofSchool, [schools.junior.id, periodId, key]))[0];
    expect(await of('resources.办学类型')).toMatchObject({ value: '311', source: 'directory' });
    expect((await of('resources.举办者'))?.value).toBe('县');
  });

  it('have no row for what is missing', async () => {
    await app.owner.query(
      `update filings set approved = approved || '{"图书册数": null}' where school_id = $1 and collection_id in (select id from collections where period_id = $2)`,
      [schools.foreign.id, periodId],
    );
    const at = atPlaces([units.fengze.id]);
    expect(await read(at, ofSchool, [schools.foreign.id, periodId, 'resources.图书册数'])).toEqual([]);
    expect(await read(at, "value is null or value = 'null'")).toEqual([]);
  });

  it('hold the newest figure that was entered and not ended, with its document', async () => {
    const key = '财政.小学生均公用经费';
    const enter = (place: number, day: string, value: unknown, ended = false, subject = schools.first.id) =>
      app.owner.query(
        `insert into entered_facts (place_id, id, subject_type, subject_id, key, period_id, value, source, document,
                                    entered_by, entered_by_name, entered_at, replaced_at)
         values ($1, gen_random_uuid(), 'school', $2, $3, $4, $5, 'filing', '泉财教〔2025〕8号', 'x', '某人', $6,
                 case when $7 then now() end)`,
        [place, subject, key, periodId, JSON.stringify(value), day, ended],
      );
    await enter(licheng, '2025-09-01', 720);
    await enter(licheng, '2025-10-01', 999, true);
    const at = atPlaces([licheng]);
    const [fact, ...more] = await read(at, ofSchool, [schools.first.id, periodId, key]);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({
      value: 720,
      source: 'entered',
      certificate: { source: 'filing', document: '泉财教〔2025〕8号', enteredBy: '某人' },
    });
    // A school that moved can also have a figure in the county that it left.
    await enter(units.fengze.id, '2025-09-20', 760);
    const both = await read(atPlaces([licheng, units.fengze.id]), ofSchool, [schools.first.id, periodId, key]);
    expect(both.map((one) => one.value)).toEqual([760]);
    expect((await read(at, ofSchool, [schools.first.id, periodId, key])).map((one) => one.value)).toEqual([720]);
    expect(await read({ ...at, schools: [schools.neighbour.id] }, 'key = $1', [key])).toEqual([]);
    expect(await read({ ...at, schools: [schools.first.id] }, 'key = $1', [key])).toHaveLength(1);
    expect(await read(atPlaces([]), 'key = $1', [key])).toEqual([]);
    // A figure entered as unknown is missing, and an older figure does not come back in its place.
    await enter(units.fengze.id, '2025-09-01', 500, false, schools.foreign.id);
    await enter(licheng, '2025-09-02', null, false, schools.foreign.id);
    const everywhere = atPlaces([licheng, units.fengze.id]);
    expect(await read(everywhere, ofSchool, [schools.foreign.id, periodId, key])).toEqual([]);
    expect(await read(everywhere, "value is null or value = 'null'")).toEqual([]);
  });

  it('stay behind the wall of their tables: another county and a school see their own', async () => {
    const everything = (scope: Scope) =>
      read(scope, 'true').then((facts) => new Set(facts.map((fact) => fact.subject_id)));
    expect(await everything(atPlaces([licheng]))).toEqual(
      new Set([licheng, schools.first.id, schools.neighbour.id, schools.junior.id]),
    );
    expect(await everything({ ...atPlaces([licheng]), schools: [schools.first.id] })).toEqual(
      new Set([licheng, schools.first.id]),
    );
    expect(await everything(atPlaces([]))).toEqual(new Set());
  });

  it('of one subject open its own filing and no other', async () => {
    const { rows } = await app.owner.query(
      `explain (analyze, format json) select value from facts where ${ofSchool}`.replaceAll(/\$(\d)/g, (_, n) =>
        n === '1' ? String(schools.first.id) : n === '2' ? String(periodId) : `'resources.小学在校生数'`,
      ),
    );
    const opened = nodesOf(rows[0]['QUERY PLAN'][0].Plan).filter((node) => node['Node Type'] === 'Function Scan');
    expect(opened.map((node) => node['Actual Loops'])).toEqual([1]);
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
