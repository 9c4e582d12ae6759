import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BalanceResult } from '#domain/balance/run/result.ts';
import { runBalance } from '#domain/balance/run/run.ts';
import { balanceFields } from '#domain/balance/school/school.ts';
import { prepareStandard } from '#domain/balance/standard/prepared-standard.ts';
import { trackStates } from '#domain/balance-tracking/state.ts';
import { explanationsOf, valuesOf } from '#domain/filing/cells.ts';
import { checkFiling, completeValues } from '#domain/filing/check.ts';
import { findingStates } from '#domain/flow/finding.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import { isDay } from '#domain/kit/school-year.ts';
import { schoolCodeFault } from '#domain/org/school-code.ts';
import { schoolFactFaults } from '#domain/org/school-facts.ts';
import { versionOn } from '#domain/org/school-history.ts';
import { schoolType } from '#domain/org/school-type.ts';
import { sponsor, sponsorWord } from '#domain/org/sponsor.ts';
import register from '../../reference/inspection/sample-register.json' with { type: 'json' };
import { productRoot } from '../server/app/root.ts';
import { readShippedStandard } from '../server/features/balance/standard/shipped-standards.shape.ts';
import { part as balancePart } from './balance/balance.sample.ts';
import { sampleDifferences } from './balance-tracking/track-figures.ts';
import { type PlannedTrack, planTracks } from './balance-tracking/track-plan.ts';
import { trackRows } from './balance-tracking/track-rows.ts';
import { sampleRounds } from './campaigns/rounds.ts';
import { sampleCity, sampleSeed } from './city.ts';
import { part as directoryPart } from './directory/directory.sample.ts';
import { readSampleFiles } from './files.ts';
import { part as filingsPart } from './filings/filings.sample.ts';
import { type SampleFiling, sampleCatalogue, sampleFilings } from './filings/filings.ts';
import { registerRows } from './inspectors/register-rows.ts';
import { lastVersion, type SampleCity, type SampleYear, sampleYears } from './model.ts';
import { samplePeople } from './people/people.ts';
import { ledgerRows } from './rectifications/ledger-rows.ts';

let city: SampleCity;
let filings: SampleFiling[];

beforeAll(() => {
  city = sampleCity(parts());
  filings = sampleFilings(city);
});

/** The parts are listed in any order: their needs decide which comes first. */
const parts = () => [filingsPart(), balancePart(), directoryPart()];
const fingerprint = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');
const unitNamed = (name: string) => city.units.find((unit) => unit.name === name)!.id;
const ofYear = (year: SampleYear) => filings.filter((filing) => filing.year === year);
const kindOf = (filing: SampleFiling) => ({ schoolType: filing.version.schoolType });

test('the same seed gives the same city, another seed another one', () => {
  const again = sampleCity(parts());
  expect(fingerprint(again.schools)).toBe(fingerprint(city.schools));
  expect(fingerprint(sampleFilings(again))).toBe(fingerprint(filings));
  expect(fingerprint(sampleCity(parts(), 'another').schools)).not.toBe(fingerprint(city.schools));
});

test('the whole city has the inspectors and experts of its register, and the rounds of four counties and sixty schools', async () => {
  const peopled = { ...city, people: samplePeople(city) };
  const files = await readSampleFiles(join(productRoot, 'reference/sample/files'));
  const standing = new Date('2026-03-12T02:30:00Z');
  const laying = { today: '2026-03-12', standing, now: standing, initials: new Map(), files };
  const { columns, rows } = (await registerRows(peopled, laying)).find(({ table }) => table === 'inspectors')!;
  const entries = [...rows].map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
  const cityId = city.units.find(({ adminLevel }) => adminLevel === 'city')!.id;
  const ofCity = entries.filter(({ place_id }) => place_id === cityId);
  const experts = ofCity.filter(({ kind }) => kind === 'expert').length;
  const counted = { city: ofCity.length - experts, counties: entries.length - ofCity.length, experts };
  expect(counted).toEqual(register.whole);
  expect(counted).toEqual({ city: 24, counties: 306, experts: 40 });
  // No county is left without.
  const counties = city.units.filter(({ adminLevel }) => adminLevel === 'county');
  expect(counties.every(({ id }) => entries.filter(({ place_id }) => place_id === id).length >= 3)).toBe(true);

  const [, current, ofSchools] = sampleRounds(peopled);
  expect(current!.subjects.map(({ name }) => name)).toEqual(['鲤城区', '丰泽区', '晋江市', '石狮市']);
  expect(new Set(ofSchools!.subjects.map(({ schoolId }) => schoolId)).size).toBe(60);
});

test('the small city has every unit, every person and every state, with fewer schools', () => {
  const small = sampleCity(parts(), sampleSeed, 'small');
  expect(small.schools.length).toBeLessThan(600);
  expect(small.schools.length).toBeGreaterThan(400);
  expect(small.units).toEqual(city.units);
  const peopleOf = (of: SampleCity) =>
    samplePeople(of)
      .map(({ role, unitId }) => [role, unitId])
      .sort();
  expect(peopleOf(small)).toHaveLength(peopleOf(city).length);
  const states = (of: SampleCity) => [...new Set(of.duties.map(({ year, progress }) => `${year} ${progress}`))].sort();
  expect(states(small)).toEqual(states(city));
  const kinds = (of: SampleCity) => [...new Set(of.schools.map((school) => lastVersion(school).schoolType))].sort();
  expect(kinds(small)).toEqual(kinds(city));
});

test('parts that wait for each other are refused', () => {
  const needing = { steps: [{ needs: ['people' as const], makes: 'schools' as const, run: () => {} }] };
  const needed = { steps: [{ needs: ['schools' as const], makes: 'people' as const, run: () => {} }] };
  expect(() => sampleCity([needing, needed])).toThrow('wait for each other');
});

describe('proportions', () => {
  // Statistical communique of 泉州 for 2010.
  test('schools by kind in the last year are the published numbers', () => {
    const counts: Record<string, number> = {};
    for (const { version } of city.records.filter((record) => record.year === 2025)) {
      counts[version.schoolType] = (counts[version.schoolType] ?? 0) + 1;
    }
    const of = (...types: string[]) => types.reduce((sum, type) => sum + (counts[type] ?? 0), 0);
    expect(of('211', '218')).toBe(1396);
    expect(of('311', '312')).toBe(228);
    expect(of('341', '342', '345')).toBe(112);
    expect(of('511', '512', '513', '514')).toBe(10);
    expect(Math.min(counts['218']!, counts['312']!, counts['341']!, counts['345']!)).toBeGreaterThan(5);
  });

  test('pupils add up to the published numbers within one per cent', () => {
    const sum = (key: string) =>
      city.records
        .filter((record) => record.year === 2025)
        .reduce((total, { values }) => total + Number(values[key] ?? 0), 0);
    expect(Math.abs(sum('小学在校生数') / 568_300 - 1)).toBeLessThan(0.01);
    expect(Math.abs(sum('初中在校生数') / 212_600 - 1)).toBeLessThan(0.01);
  });

  test('there are 13 reporting units; the two zones have no GB code', () => {
    const counties = city.units.filter((unit) => unit.adminLevel === 'county');
    expect(counties).toHaveLength(13);
    expect(counties.filter((unit) => unit.gbCode === null).map((unit) => unit.shortName)).toEqual(['开发区', '台商区']);
    const tiles = counties.map((unit) => unit.tile?.join(','));
    expect(new Set(tiles).size).toBe(13);
  });
});

describe('schools', () => {
  test('have codes that no real school has, unique for ever', () => {
    const codes = city.schools.flatMap((school) => [...new Set(school.versions.map((version) => version.code))]);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(schoolCodeFault(code, '35')).toBeUndefined();
      expect(Number(code.slice(4))).toBeGreaterThanOrEqual(990_000);
    }
  });

  test('do not contradict themselves, at any time', () => {
    const cityUnit = unitNamed('泉州市');
    for (const school of city.schools) {
      for (const version of school.versions) {
        const managedBy = version.managingUnitId === cityUnit ? 'city' : 'county';
        const facts = { ...version, foundedYear: school.foundedYear, managedBy } as const;
        expect(schoolFactFaults(facts, { province: '35', year: 2025 }), version.name).toEqual([]);
        expect(isDay(version.validFrom)).toBe(true);
      }
    }
  });

  test('opened, were renamed, moved, merged, split, closed, reopened and retyped between the years', () => {
    const kinds = new Set(
      city.schools.flatMap((school) => school.events.filter((event) => event.document).map((event) => event.kind)),
    );
    expect([...kinds].sort()).toEqual([
      'closed',
      'merged',
      'moved',
      'opened',
      'renamed',
      'reopened',
      'retyped',
      'split',
    ]);
    const moved = city.schools.find((school) => new Set(school.versions.map((version) => version.countyId)).size > 1)!;
    expect(versionOn(moved.versions, '2024-10-01')!.countyId).toBe(unitNamed('惠安县'));
    expect(lastVersion(moved).countyId).toBe(unitNamed('泉州台商投资区'));
    const records = city.records.filter((record) => record.school === moved);
    expect(records.map((record) => record.version.countyId)).toEqual([7, 7, 15]);
  });

  test('closed and merged ones file no more, new ones not before', () => {
    for (const school of city.schools.filter((one) => one.status !== 'open')) {
      const years = city.records.filter((record) => record.school === school).map((record) => record.year);
      expect(years).not.toContain(2025);
    }
    const opened = city.schools.filter((school) => school.openedOn === '2025-09-01');
    expect(opened.length).toBeGreaterThan(2);
    for (const school of opened) {
      expect(city.records.filter((record) => record.school === school)).toHaveLength(1);
    }
  });

  test('hold teaching sites above and below 50 pupils, private, special and 市直 ones', () => {
    const sites = city.records.filter((record) => record.year === 2025 && record.version.schoolType === '218');
    const pupils = sites.map((record) => Number(record.values.小学在校生数));
    expect(pupils.filter((count) => count < 50).length).toBeGreaterThan(20);
    expect(pupils.filter((count) => count >= 50).length).toBeGreaterThan(20);
    const versions = city.schools.map(lastVersion);
    expect(versions.filter((version) => version.ownership === 'private').length).toBeGreaterThan(30);
    expect(versions.filter((version) => version.managingUnitId === unitNamed('泉州市')).length).toBeGreaterThan(8);
  });
});

describe('filings', () => {
  test('of the earlier years are complete and accepted', () => {
    for (const filing of [...ofYear(2023), ...ofYear(2024)]) expect(filing.progress).toBe('accepted');
  });

  test('of the last year stand everywhere', () => {
    const states = new Set(ofYear(2025).map((filing) => filing.progress));
    expect([...states].sort()).toEqual(['accepted', 'approved', 'draft', 'missing', 'returned', 'submitted']);
    expect(ofYear(2025).some((filing) => (filing.submittedAfter ?? 0) > 0)).toBe(true);
    expect(ofYear(2025).some((filing) => filing.returned?.fields === null)).toBe(true);
    expect(ofYear(2025).some((filing) => filing.extension !== null)).toBe(true);
  });

  test('submitted ones break no hard rule and explain every doubt', () => {
    for (const filing of filings) {
      if (filing.progress === 'missing' || filing.progress === 'draft') continue;
      const findings = checkFiling({
        catalogue: sampleCatalogue,
        school: kindOf(filing),
        values: valuesOf(filing.cells),
        reference: filing.reference,
        explanations: explanationsOf(filing.cells),
      });
      const open = findings.filter((finding) => finding.weight === 'hard' || finding.explanation === null);
      if (filing.progress !== 'returned') expect(open, filing.version.name).toEqual([]);
    }
  });

  test('hold implausible values with explanations, and returned ones with open doubts', () => {
    const explained = ofYear(2025).filter((filing) => Object.keys(explanationsOf(filing.cells)).length > 0);
    expect(explained.length).toBeGreaterThan(10);
  });

  test('change little from year to year, as schools do', () => {
    const doubtful = ofYear(2024).filter((filing) => Object.keys(explanationsOf(filing.cells)).length > 0);
    expect(doubtful.length / ofYear(2024).length).toBeLessThan(0.02);
  });
});

describe('planted verdicts of the last year', () => {
  const prepared = new Map(
    ['basic-2012', 'quality-2017'].map((key) => [key, prepareStandard(readShippedStandard(key), balanceFields)]),
  );

  function run(county: string, standard: string, year: SampleYear = 2025): BalanceResult {
    const schools = ofYear(year)
      .filter((filing) => filing.version.countyId === unitNamed(county))
      .map((filing) => {
        const { code, name, schoolType: type, sponsorCode, ownership } = filing.version;
        const filed = filing.progress === 'approved' || filing.progress === 'accepted';
        const values = filed ? completeValues(sampleCatalogue, kindOf(filing), valuesOf(filing.cells)) : {};
        const numbers = Object.entries(values).filter(([, value]) => typeof value === 'number');
        return {
          ...{ code, name, type, filed, sponsor: sponsorWord(sponsor(sponsorCode)!.level, ownership) },
          values: Object.fromEntries(numbers) as Record<string, number>,
        };
      });
    return runBalance(prepared.get(standard)!, schools);
  }

  const failures = (result: BalanceResult) =>
    (['primary', 'junior'] as const).flatMap((level) =>
      result.levels[level].indicators
        .filter((indicator) => indicator.pass === false)
        .map((indicator) => `${level} ${indicator.name}`),
    );

  test('鲤城区 passes both standards', () => {
    expect(run('鲤城区', 'basic-2012').verdict).toBe('pass');
    expect(run('鲤城区', 'quality-2017').verdict).toBe('pass');
  });

  test('丰泽区 fails 优质均衡 by a single 差异系数 and by nothing else', () => {
    expect(run('丰泽区', 'basic-2012').verdict).toBe('pass');
    const result = run('丰泽区', 'quality-2017');
    expect(result.verdict).toBe('fail');
    expect(failures(result)).toEqual(['junior 每百名学生拥有县级以上骨干教师数']);
    for (const level of ['primary', 'junior'] as const) {
      expect(result.levels[level].compliance!.every((school) => school.pass)).toBe(true);
    }
    const cv = result.levels.junior.indicators.find((indicator) => indicator.pass === false)!.cv!;
    expect(cv).toBeGreaterThan(0.45);
    expect(cv).toBeLessThan(0.5);
  });

  test('安溪县 fails 基本均衡 on complete figures', () => {
    const result = run('安溪县', 'basic-2012');
    expect(result.verdict).toBe('fail');
    expect(result.levels.primary.missing).toEqual([]);
    expect(result.levels.primary.compositeCv!).toBeGreaterThan(0.65);
  });

  test('德化县 has all figures and fails 优质均衡 by its schools, 晋江市 lacks figures and stays provisional', () => {
    expect(run('德化县', 'basic-2012').verdict).toBe('pass');
    const complete = run('德化县', 'quality-2017');
    expect(complete.verdict).toBe('fail');
    expect(complete.levels.primary.compliance!.some((school) => school.pass === false)).toBe(true);
    expect(run('晋江市', 'basic-2012').verdict).toBe('provisional');
  });

  test('three counties are in the middle of their year and provisional, the ten others final', () => {
    const open = ['洛江区', '泉港区', '晋江市'];
    for (const county of city.units.filter((unit) => unit.adminLevel === 'county')) {
      const verdicts = ['basic-2012', 'quality-2017'].map((key) => run(county.name, key).verdict);
      if (open.includes(county.name)) expect(verdicts, county.name).toEqual(['provisional', 'provisional']);
      else expect(verdicts, county.name).not.toContain('provisional');
    }
    const unbegun = ofYear(2025).filter((filing) => filing.progress === 'missing');
    expect(new Set(unbegun.map((filing) => filing.version.countyId))).toEqual(new Set(open.map(unitNamed)));
  });

  test('private, 市直 and special schools and small sites are left out where the standard says so', () => {
    const basic = run('丰泽区', 'basic-2012').levels;
    const quality = run('丰泽区', 'quality-2017').levels;
    expect(quality.junior.schools).toBeGreaterThan(basic.junior.schools);
    expect(basic.junior.excluded.length).toBeGreaterThan(2);
    const sites = run('安溪县', 'quality-2017').levels.primary.excluded;
    expect(sites.some((school) => school.reason.includes('50'))).toBe(true);
  });

  test('earlier years are complete, so that there is a trend', () => {
    for (const year of sampleYears.slice(0, 2)) {
      for (const county of ['鲤城区', '晋江市', '泉州台商投资区']) {
        expect(['pass', 'fail']).toContain(run(county, 'basic-2012', year).verdict);
      }
    }
  });
});

describe('tracking', () => {
  let planned: readonly PlannedTrack[];
  beforeAll(() => {
    planned = planTracks(city);
  });
  const present = () => planned.filter(({ year, standing }) => year === 2025 && standing.state !== 'cancelled');

  test('holds a county in each state, and years that were cancelled', () => {
    expect(new Set(planned.map(({ standing }) => standing.state))).toEqual(new Set(trackStates));
    expect(present()).toHaveLength(13);
    expect(new Set(present().map(({ standing: { report } }) => report))).toEqual(
      new Set(['none', 'draft', 'prepared', 'returned', 'submitted', 'accepted']),
    );
  });

  test('holds one county with each cause of a difference; the others differ by rounding alone', () => {
    const kindsOf = (track: PlannedTrack) => {
      const compared = sampleDifferences(track).filter(({ kind }) => kind !== 'missing');
      return [...new Set(compared.map(({ kind }) => kind))].join();
    };
    const of = (kinds: string) => present().filter((track) => kindsOf(track) === kinds);
    const names = (kinds: string) => of(kinds).map(({ county }) => county.name);
    expect(names('')).toEqual(['泉港区']);
    expect(names('schools,rounding')).toEqual(['丰泽区']);
    expect(names('edition')).toEqual(['石狮市']);
    expect(names('unexplained')).toEqual(['洛江区']);
    expect(names('rounding')).toHaveLength(9);
    const [apart] = of('schools,rounding');
    const [primary] = sampleDifferences(apart!);
    expect(primary?.withoutThem).toBe(primary?.published);
  });

  test('lists issues with the figures of the county’s own run', () => {
    const listed = planned.flatMap(({ issues, run }) => issues.map((issue) => ({ issue, run })));
    expect(listed.length).toBeGreaterThan(8);
    for (const { issue, run } of listed) {
      const { level, indicator, figure, title } = issue;
      if (indicator === null) expect(title).toMatch(/，标准 [\d.]+ /);
      else {
        const levels = run.levels[level!];
        const own =
          indicator === 'composite' ? levels.compositeCv : levels.indicators.find(({ key }) => key === indicator)!.cv;
        expect(figure).toBe(String(own));
      }
    }
    expect(
      present()
        .find(({ county }) => county.name === '永春县')
        ?.issues.map(({ key }) => key),
    ).toContain('indicator-over:junior:teachingArea');
  });

  test('has no term before its opening, and not one day for all', () => {
    city.people = samplePeople(city);
    const laid = { today: '2026-03-02', now: new Date('2026-03-02T02:30:00Z'), initials: new Map() } as never;
    const tables = trackRows(city, planned, laid);
    const { columns, rows } = tables.find(({ table }) => table === 'balance_track_terms')!;
    const ids = new Set(present().map(({ trackId }) => trackId));
    const days = rows
      .filter((row) => ids.has(row[columns.indexOf('track_id')] as string))
      .map((row) => row.at(-1) as string);
    expect(days.every((one) => one > '2026-02-06')).toBe(true);
    expect(new Set(days).size).toBeGreaterThan(5);
  });
});

test('the ledger holds findings in every state, over three years, and one that came again at its school', () => {
  city.people = samplePeople(city);
  const file = { hash: 'hash', mediaType: 'image/png', bytes: new Uint8Array() };
  const files = new Proxy({}, { get: () => file });
  const laid = { today: '2025-11-27', now: new Date('2025-11-27T02:30:00Z'), files } as never;
  const tables = ledgerRows(city, laid);
  const tableOf = (name: string) => tables.find(({ table }) => table === name)!;
  const { columns, rows } = tableOf('findings');
  const of = (row: readonly unknown[], ...names: string[]) => names.map((name) => row[columns.indexOf(name)]);
  expect(new Set(rows.flatMap((row) => of(row, 'state')))).toEqual(new Set(findingStates));
  expect(new Set(rows.flatMap((row) => of(row, 'school_year')))).toEqual(new Set([2023, 2024, 2025]));
  const years = new Map<string, Set<unknown>>();
  for (const row of rows) {
    const key = JSON.stringify(of(row, 'place_id', 'about_school_id', 'kind'));
    years.set(key, (years.get(key) ?? new Set()).add(row[columns.indexOf('school_year')]));
  }
  const again = [...years].filter(([key, found]) => JSON.parse(key)[1] !== null && found.size > 1);
  expect(again.length).toBeGreaterThan(0);
  // What waits for an answer was asked in a step, as by a person.
  const [questions, steps] = [tableOf('finding_extensions'), tableOf('steps')];
  const asking = steps.rows.filter((row) => row[steps.columns.indexOf('action')] === 'ask');
  const asked = new Set(asking.map((row) => row[steps.columns.indexOf('subject_id')]));
  expect(questions.rows.map((row) => asked.has(row[questions.columns.indexOf('finding_id')]))).toEqual([true]);
});

test('the first account of each role, which is printed at the start, finds work', () => {
  const people = samplePeople(city);
  const first = (role: string) => people.find((person) => person.role === role)!;
  const states = (fits: (filing: SampleFiling) => boolean) =>
    new Set(
      ofYear(2025)
        .filter(fits)
        .map((one) => one.progress),
    );
  const { unitId } = first('county-officer');
  expect(first('county-director').unitId).toBe(unitId);
  const here = states(({ version }) => version.countyId === unitId && version.managingUnitId === unitId);
  for (const progress of ['submitted', 'missing', 'returned'] as const) expect(here).toContain(progress);
  expect(states(({ version }) => version.managingUnitId === unitNamed('泉州市'))).toContain('submitted');
  for (const role of ['school-head', 'school-clerk']) {
    expect(states(({ school }) => school.id === first(role).schoolId)).toEqual(new Set(['returned']));
  }
});

test('there are people for every role, unit and kind of school, with names that can be used', () => {
  const people = samplePeople(city);
  const directors = people.filter((person) => person.role === 'county-director').map((person) => person.unitId);
  expect(new Set(directors).size).toBe(13);
  expect(new Set(people.map((person) => person.username)).size).toBe(people.length);
  const atSchools = people.filter((person) => person.schoolId !== null);
  const kinds = new Set(
    atSchools.map((person) => lastVersion(city.schools.find((school) => school.id === person.schoolId)!).schoolType),
  );
  expect([...kinds].map((kind) => schoolType(kind)!.category)).toContain('special');
  for (const kind of ['211', '218', '311', '312', '341', '342', '345']) expect(kinds).toContain(kind);
  const heads = new Set(people.filter((person) => person.role === 'school-head').map((person) => person.schoolId));
  expect(atSchools.some((person) => !heads.has(person.schoolId))).toBe(true);
});
