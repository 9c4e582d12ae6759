import type { Generator } from '#domain/kit/generator.ts';
import type { Day } from '#domain/kit/school-year.ts';
import {
  lastVersion,
  type SampleEvent,
  type SampleEventKind,
  type SampleSchool,
  type SampleUnit,
  type SampleVersion,
} from '../model.ts';
import type { NameMaker } from '../plan/names.ts';
import type { Codes } from './schools.ts';

/** Changes of schools between the three years: opened, renamed, moved, merged, split, closed, reopened, retyped. */
export function plantHistory(
  schools: SampleSchool[],
  units: readonly SampleUnit[],
  names: NameMaker,
  codes: Codes,
  random: Generator,
): void {
  const draw = random.fork('history');
  const byCode = (unitCode: string) => units.find((unit) => unit.unitCode === unitCode)!;
  const city = units.find((unit) => unit.adminLevel === 'city')!;
  const touched = new Set<number>();
  let documentNumber = 1;
  const documentOf = (day: Day) => `示例〔${day.slice(0, 4)}〕${documentNumber++}号`;

  const choose = (unitCode: string, schoolType: string, fits: (version: SampleVersion) => boolean = () => true) => {
    const unit = byCode(unitCode);
    const found = schools.find((school) => {
      const version = lastVersion(school);
      return (
        !touched.has(school.id) &&
        school.status === 'open' &&
        version.countyId === unit.id &&
        version.managingUnitId === unit.id &&
        version.ownership === 'public' &&
        version.sponsorCode === 7 &&
        version.schoolType === schoolType &&
        fits(version)
      );
    });
    if (!found) throw new Error(`no school of type ${schoolType} left in ${unitCode}`);
    touched.add(found.id);
    return found;
  };

  const note = (school: SampleSchool, kind: SampleEventKind, happenedOn: Day, details: SampleEvent['details'] = {}) => {
    school.events.push({ kind, happenedOn, document: documentOf(happenedOn), details });
  };

  const named = (school: SampleSchool) => {
    const { code, name } = lastVersion(school);
    return { id: school.id, code, name };
  };

  /** Puts an earlier state before the last one. */
  const before = (school: SampleSchool, day: Day, change: Partial<SampleVersion>) => {
    const now = lastVersion(school);
    school.versions.splice(school.versions.length - 1, 0, { ...now, ...change, validTo: day });
    now.validFrom = day;
  };

  const formerly = (unitCode: string, schoolType: string, like: SampleVersion, pupils: number): SampleSchool => {
    const unit = byCode(unitCode);
    const foundedYear = draw.integer(1952, 1988);
    const school: SampleSchool = {
      id: schools.length + 1,
      foundedYear,
      status: 'open',
      openedOn: `${foundedYear}-09-01`,
      closedOn: null,
      character: 'ordinary',
      versions: [
        {
          ...like,
          validFrom: `${foundedYear}-09-01`,
          validTo: null,
          countyId: unit.id,
          managingUnitId: unit.id,
          schoolType,
          code: codes.next(schoolType),
          name: names.school(unit, schoolType, { urbanClass: 'rural', private: false }),
          urbanClass: 'rural',
          sponsorCode: 7,
          ownership: 'public',
        },
      ],
      events: [],
      pupils: {
        2023: { primary: pupils + 7, junior: 0, senior: 0 },
        2024: { primary: pupils, junior: 0, senior: 0 },
        2025: { primary: 0, junior: 0, senior: 0 },
      },
    };
    schools.push(school);
    touched.add(school.id);
    return school;
  };

  const end = (school: SampleSchool, day: Day, status: 'merged' | 'closed') => {
    school.status = status;
    school.closedOn = day;
    lastVersion(school).validTo = day;
  };

  // Opened: they have no filing of the years before.
  for (const [unitCode, schoolType, day] of [
    ['350582', '211', '2024-09-01'],
    ['350581', '312', '2024-09-01'],
    ['3505-B', '211', '2024-09-01'],
    ['350582', '211', '2025-09-01'],
    ['350583', '311', '2025-09-01'],
  ] as const) {
    const school = choose(unitCode, schoolType, (version) => version.urbanClass !== 'rural');
    school.openedOn = day;
    school.foundedYear = Number(day.slice(0, 4));
    lastVersion(school).validFrom = day;
    note(school, 'opened', day);
  }

  // Renamed: the code stays.
  for (const [unitCode, schoolType, day] of [
    ['350504', '211', '2024-09-01'],
    ['350505', '311', '2024-09-01'],
    ['350521', '211', '2024-09-01'],
    ['350525', '341', '2024-09-01'],
    ['350526', '211', '2025-09-01'],
    ['350582', '311', '2025-09-01'],
    ['350583', '211', '2025-09-01'],
  ] as const) {
    const school = choose(unitCode, schoolType);
    const now = lastVersion(school);
    const name = names.school(byCode(unitCode), schoolType, { urbanClass: 'urban', private: false });
    before(school, day, { name });
    note(school, 'renamed', day, { changes: [{ what: '名称', from: name, to: now.name }] });
  }

  // Closed teaching sites.
  for (const [unitCode, day, pupils] of [
    ['350524', '2024-09-01', 14],
    ['350524', '2024-09-01', 9],
    ['350525', '2024-09-01', 11],
    ['350524', '2025-09-01', 12],
    ['350526', '2025-09-01', 8],
    ['350583', '2025-09-01', 10],
  ] as const) {
    const school = formerly(unitCode, '218', lastVersion(schools[0]!), pupils);
    end(school, day, 'closed');
    note(school, 'closed', day);
  }

  // Merged into a neighbour.
  for (const [unitCode, day, pupils] of [
    ['350583', '2024-09-01', 74],
    ['350525', '2024-09-01', 46],
    ['350521', '2025-09-01', 88],
    ['350526', '2025-09-01', 52],
  ] as const) {
    const host = choose(unitCode, '211', (version) => version.urbanClass !== 'urban');
    const guest = formerly(unitCode, '211', lastVersion(host), pupils);
    end(guest, day, 'merged');
    note(guest, 'merged', day, { others: [{ ...named(host), part: 'into' }] });
    note(host, 'merged', day, { others: [{ ...named(guest), part: 'absorbed' }] });
  }

  // Split: the junior section of a 完全中学 moves out in part and becomes a school of its own.
  const origin = choose('350581', '341');
  const branch = choose('350581', '311');
  branch.openedOn = '2025-09-01';
  branch.foundedYear = 2025;
  lastVersion(branch).validFrom = '2025-09-01';
  for (const year of [2023, 2024] as const) origin.pupils[year].junior += branch.pupils[year].junior;
  note(origin, 'split', '2025-09-01', { others: [{ ...named(branch), part: 'branch' }] });
  note(branch, 'opened', '2025-09-01', { others: [{ ...named(origin), part: 'origin' }] });

  // Retyped: a 小学 that took in a junior section becomes 九年一贯制; the old code is void for ever.
  for (const unitCode of ['350582', '350583'] as const) {
    const school = choose(unitCode, '312');
    const oldCode = codes.next('211');
    const now = lastVersion(school);
    before(school, '2025-09-01', { schoolType: '211', code: oldCode });
    for (const year of [2023, 2024] as const) school.pupils[year].junior = 0;
    note(school, 'retyped', '2025-09-01', {
      changes: [
        { what: '办学类型', from: '小学', to: '九年一贯制学校' },
        { what: '学校标识码', from: oldCode, to: now.code },
      ],
    });
  }

  // Moved to the city's own schools; the county ran it before.
  const raised = schools.find(
    (school) =>
      lastVersion(school).managingUnitId === city.id &&
      lastVersion(school).countyId === byCode('350504').id &&
      lastVersion(school).schoolType === '341',
  )!;
  touched.add(raised.id);
  const formerHome = byCode('350504');
  const formerName = lastVersion(raised).name.replace(city.name, formerHome.name);
  before(raised, '2024-09-01', { managingUnitId: formerHome.id, sponsorCode: 7, name: formerName });
  note(raised, 'moved', '2024-09-01', {
    changes: [
      { what: '管理单位', from: formerHome.name, to: city.name },
      { what: '名称', from: formerName, to: lastVersion(raised).name },
    ],
  });

  // Moved with its place to the investment zone.
  const moved = choose('3505-B', '211');
  const zone = byCode('3505-B');
  const home = byCode('350521');
  before(moved, '2025-09-01', {
    countyId: home.id,
    managingUnitId: home.id,
    name: lastVersion(moved).name.replace(zone.name, home.name),
  });
  note(moved, 'moved', '2025-09-01', {
    changes: [
      { what: '所在地', from: home.name, to: zone.name },
      { what: '管理单位', from: home.name, to: zone.name },
    ],
  });

  // Closed and, with the pupils back, opened again under its old code.
  const reopened = choose('350525', '218');
  const again = lastVersion(reopened);
  reopened.versions.unshift({ ...again, validFrom: reopened.openedOn, validTo: '2023-09-01' });
  again.validFrom = '2025-09-01';
  note(reopened, 'closed', '2023-09-01');
  note(reopened, 'reopened', '2025-09-01');

  for (const school of schools) {
    if (school.events.every((event) => event.kind !== 'opened')) {
      school.events.unshift({ kind: 'opened', happenedOn: school.openedOn, document: null, details: {} });
    }
    school.events.sort((a, b) => a.happenedOn.localeCompare(b.happenedOn));
  }
}
