import { afterAll, beforeAll, expect, it } from 'vitest';
import type { tryOut } from '#contract/frameworks/frameworks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { openSampleStage, type SampleStage } from '#test/support/equality/sample-stage.ts';

/**
 * The leaves of the county sample that read the yearly record and the balance fill themselves from the approved data of the
 * sample city; nobody types them.
 */
const selfFilling = [
  ...['C16', 'C17', 'C18', 'C28', 'C29', 'C30', 'C31', 'C33', 'C34', 'C35', 'C40', 'C41', 'C42', 'C43', 'C44'],
  ...['C46', 'C47', 'C48', 'C49', 'C50'],
];
/** Whether a county has such a school at all: 县属普通高中, 中等职业学校, 特殊教育学校. */
const whereThere = ['C16', 'C17', 'C18'];
/** No county of the sample has a vocational school of its own. */
const ofVocational = 'C17';
/** Three years of "not above the year before" need a fourth; the sample has three. */
const ofFourYears = 'C42';

type Trial = RouteOutput<typeof tryOut>;
let stage: SampleStage;
let counties: ReadonlyArray<{ id: number; name: string }>;
beforeAll(async () => {
  stage = await openSampleStage();
  const { rows } = await stage.owner.query(`select id, name from org_units where kind = 'county' order by id`);
  counties = rows;
}, 240_000);
afterAll(() => stage.close());

const ofYear = async (id: number, year: number): Promise<Trial> => {
  const body = { revision: 1, year, subject: { type: 'unit', id } };
  const reply = await stage.ask('city', 'POST /api/frameworks/county-inspection-sample/trials', { body });
  expect(reply.status, String(reply.body)).toBe(200);
  return JSON.parse(String(reply.body));
};
const leafOf = (trial: Trial, code: string) => trial.leaves.find((leaf) => leaf.code === code)!;

it('the twenty leaves are those that read nothing but filings and balance', async () => {
  const reply = await stage.ask('city', 'GET /api/frameworks/county-inspection-sample');
  const { definition, facts } = JSON.parse(String(reply.body));
  const sourceOf = new Map<string, string>(facts.map((fact: { name: string; kind: string }) => [fact.name, fact.kind]));
  const computed = definition.indicators.filter(({ formula }: { formula?: string }) => {
    if (formula === undefined) return false;
    const said = formula.match(/(事实|履职):/);
    return said === null;
  });
  expect(computed.map(({ code }: { code: string }) => code)).toEqual(selfFilling);
  expect(new Set([...sourceOf.values()])).toEqual(new Set(['asked', 'balance', 'duty', 'filing']));
});

it('they fill for every county of a year that is approved, and say what there is none of', async () => {
  const filled = new Set<string>();
  for (const { id, name } of counties) {
    const trial = await ofYear(id, 2024);
    for (const code of selfFilling.filter((one) => one !== ofFourYears)) {
      const { state, by } = leafOf(trial, code);
      if (state === 'scored') filled.add(code);
      const about = `${name} ${code}`;
      if (whereThere.includes(code) && state !== 'scored') expect(state, about).toBe('notApplicable');
      else expect({ state, by }, about).toEqual({ state: 'scored', by: 'facts' });
    }
    expect(trial.provisional?.unanswered).toContain('C1');
    expect(trial.provisional?.unanswered.some((code) => filled.has(code))).toBe(false);
  }
  const elsewhere = [ofFourYears, ofVocational];
  expect([...filled].sort()).toEqual(selfFilling.filter((code) => !elsewhere.includes(code)).sort());
}, 120_000);

it('the leaf of vocational schools fills where a county has one', async () => {
  const { id } = counties[0]!;
  expect(leafOf(await ofYear(id, 2024), ofVocational).state).toBe('notApplicable');
  const { rows } = await stage.owner.query(
    `select f.filing_id, f.school_id, f.period_id from approved_filing_values f join periods p on p.id = f.period_id
      where f.county_id = $1 and p.year = 2024 and f.school_type = '341' and f.sponsor_code = 7 limit 1`,
    [id],
  );
  const { filing_id, school_id, period_id } = rows[0];
  await stage.owner.query(
    `update period_schools set school_type = '361' where county_id = $1 and school_id = $2 and period_id = $3`,
    [id, school_id, period_id],
  );
  await stage.owner.query(
    `update filings set approved = approved || '{"中职在校生数": 300, "中职专任教师数": 20}' where place_id = $1 and id = $2`,
    [id, filing_id],
  );
  expect(leafOf(await ofYear(id, 2024), ofVocational)).toMatchObject({ state: 'scored', by: 'facts', points: '1' });
});

it('a leaf over four years waits for the fourth, and fills when it is there', async () => {
  const county = counties[0]!.id;
  const before = leafOf(await ofYear(county, 2025), ofFourYears);
  expect(before.state).toBe('unanswered');
  await stage.owner.query(`
    insert into periods (kind, year, name, starts_on, ends_on) values ('school-year', 2022, '2022 学年', '2022-09-01', '2023-08-31')`);
  await stage.owner.query(
    `insert into balance_runs (county_id, id, period_id, standard_key, standard_revision, formula_version, inputs_hash, verdict,
       provisional, school_count, excluded_count, missing_count, summary, distribution, current, run_at, run_by)
     select county_id, gen_random_uuid(), (select id from periods where kind = 'school-year' and year = 2022), standard_key,
            standard_revision, formula_version, inputs_hash, verdict, provisional, school_count, excluded_count, missing_count,
            summary, distribution, true, run_at, run_by
       from balance_runs r join periods p on p.id = r.period_id and p.year = 2023
      where r.current and r.county_id = $1`,
    [county],
  );
  const after = leafOf(await ofYear(county, 2025), ofFourYears);
  expect({ state: after.state, by: after.by }).toEqual({ state: 'scored', by: 'facts' });
});

it('what is read is what the run and the filings have', async () => {
  const { id } = counties[0]!;
  const trial = await ofYear(id, 2024);
  const run = await stage.owner.query(
    `select summary -> 'levels' -> 'primary' as level from balance_runs r join periods p on p.id = r.period_id
      where r.county_id = $1 and r.current and r.standard_key = 'basic-2012' and p.year = 2024`,
    [id],
  );
  const composite = trial.facts.find(({ name }) => name === '均衡:基本均衡.小学.综合差异系数')!;
  expect(Number(composite.value)).toBeCloseTo(run.rows[0].level.compositeCv, 10);
  expect(composite.source).toBe('balance');
  const large = await stage.owner.query(
    `select count(*)::int as n from approved_filing_values f join periods p on p.id = f.period_id
      where f.county_id = $1 and p.year = 2024 and (f.values ->> '小学最大班额')::int > 45
        and f.school_type in ('211', '218', '312', '345') and f.ownership = 'public' and f.sponsor_code in (7, 8)`,
    [id],
  );
  const steps = leafOf(trial, 'C46')
    .steps.map(({ words, value }) => `${words} ${value}`)
    .join(' ');
  expect(steps).toContain(String(large.rows[0].n));
});
