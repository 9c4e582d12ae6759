import type { RoleKey } from '#domain/access/permissions.ts';
import { roleTitles } from '#domain/access/permissions.ts';
import { generator } from '#domain/kit/generator.ts';
import { sampleIds } from '../ids.ts';
import { lastVersion, type SampleCity, type SampleDuty, type SamplePerson, type SampleSchool } from '../model.ts';
import { nameMaker } from '../plan/names.ts';
import { isUnderWay, sampleInspectors, sampleSectionOf } from '../plan/plan.ts';
import { colleagueOf } from '../sign-ins.ts';

/**
 * An account for every role: the city, each of the 13 units (with a second officer), schools of every kind and state, administrators,
 * inspectors.
 */
export function samplePeople(city: SampleCity): SamplePerson[] {
  const random = generator(`${city.seed} people`);
  const names = nameMaker(random.fork('names'));
  const ids = sampleIds(random.fork('ids'), '2023-08-15T08:00:00+08:00');
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const people: SamplePerson[] = [];
  const add: Add = (
    role: string,
    username: string,
    place: string,
    unitId: number | null,
    schoolId: number | null = null,
    more: Partial<Beside> = {},
  ) => {
    const roleTitle = role === sampleInspectors.role.key ? sampleInspectors.role.name : roleTitles[role as RoleKey];
    const beside = { ...{ further: [], standsInFor: null, assigned: [], inspectorId: null, seat: null }, ...more };
    people.push({
      id: ids.next(),
      role,
      roleTitle,
      username,
      name: names.person(),
      unitId,
      schoolId,
      sectionId: sampleSectionOf(username),
      place,
      ...beside,
    });
  };

  add('city-officer', 'city', cityUnit.name, cityUnit.id);
  add('section-officer', 'section', cityUnit.name, cityUnit.id);
  for (const county of countiesByWork(city)) {
    const code = county.unitCode.toLowerCase();
    add('county-director', `director-${code}`, county.name, county.id);
    add('county-officer', `officer-${code}`, county.name, county.id);
  }
  for (const { school, clerkOnly } of schoolsWithAccounts(city)) {
    const version = lastVersion(school);
    if (!clerkOnly) add('school-head', `head-${version.code}`, version.name, version.countyId, school.id);
    add('school-clerk', `clerk-${version.code}`, version.name, version.countyId, school.id);
  }
  add('system-administrator', 'system', '系统', null);
  add('security-administrator', 'security', '系统', null);
  add('audit-administrator', 'audit', '系统', null);
  addLoaned(city, add);
  addInspectors(city, add);
  addExperts(add, ids);
  addSigner(cityUnit, add);
  addColleagues(city, add);
  return people.map((person) =>
    inspecting.includes(person.username) ? { ...person, inspectorId: ids.next() } : person,
  );
}

/** The people of the city who are inspectors of it too: a panel is made of them. */
const inspecting = ['city', 'section', 'expert-1', 'expert-2'];

/** The properties that few people have. */
type Beside = Pick<SamplePerson, 'further' | 'standsInFor' | 'assigned' | 'seat'>;

type Add = (
  role: string,
  username: string,
  place: string,
  unitId: number | null,
  schoolId?: number | null,
  more?: Partial<Beside>,
) => void;

/** Two from outside, who come by the seat of one panel alone. */
function addExperts(add: Add, ids: { next(): string }): void {
  for (const at of [1, 2]) {
    const seat = { id: ids.next(), grantId: ids.next() };
    add('expert', `expert-${at}`, '督导组', null, null, { seat });
  }
}

/** Who signs at the city what the officer has drafted, and confirms what the officer has proposed: nobody does both. */
function addSigner(city: SampleCity['units'][number], add: Add): void {
  add('city-officer', 'city-director', city.name, city.id);
}

/**
 * A second officer of every county. Officer and director of a county stand in for its schools without accounts, and nobody judges
 * what he has filled or confirmed.
 */
function addColleagues(city: SampleCity, add: Add): void {
  for (const county of countiesByWork(city)) {
    add('county-officer', `${colleagueOf}${county.unitCode.toLowerCase()}`, county.name, county.id);
  }
}

/** 责任督学 whose schools have filings that wait for the county, so that they have something to read. */
function addInspectors(city: SampleCity, add: Add): void {
  for (const { unitCode, schools } of sampleInspectors.inspectors) {
    const unit = city.units.find((one) => one.unitCode === unitCode);
    if (!unit) throw new Error(`the sample has no unit ${unitCode} that could appoint an inspector`);
    const waiting = city.duties.filter(
      ({ year, progress, version }) => year === 2025 && progress === 'submitted' && version.countyId === unit.id,
    );
    const assigned = waiting.slice(0, schools).map(({ school }) => school.id);
    if (assigned.length < schools) throw new Error(`the sample has too few schools for the inspector of ${unitCode}`);
    add(sampleInspectors.role.key, `inspector-${unitCode.toLowerCase()}`, unit.name, unit.id, null, { assigned });
  }
}

/**
 * Adds one head, of a school without other accounts, who is lent to the city and to a county. Also adds an officer who
 * stands in for the director of the county in the middle of its year. Both come after the other people, so that the
 * earlier ones do not change.
 */
function addLoaned(city: SampleCity, add: Add): void {
  const [cityUnit, ...others] = ['350500', '350503', '350504'].map((code) =>
    city.units.find((unit) => unit.unitCode === code),
  );
  const [fengze, luojiang] = others;
  if (!cityUnit || !fengze || !luojiang) throw new Error('the sample has its city and its counties');
  const taken = new Set(schoolsWithAccounts(city).map(({ school }) => school.id));
  const untouched = city.duties.findLast(
    ({ year, progress, version, school }) =>
      year === 2025 &&
      progress === 'missing' &&
      version.countyId === luojiang.id &&
      version.schoolType === '211' &&
      !taken.has(school.id),
  );
  if (!untouched) throw new Error('the sample has an untouched school without accounts');
  add('school-head', 'three-posts', untouched.version.name, luojiang.id, untouched.school.id, {
    further: [
      { role: 'county-officer', unitId: fengze.id },
      { role: 'section-officer', unitId: cityUnit.id },
    ],
  });
  add('county-officer', 'stand-in', luojiang.name, luojiang.id, null, {
    standsInFor: `director-${luojiang.unitCode.toLowerCase()}`,
  });
}

/**
 * Counties with work to review first: the first account of each role is printed at the start, and its user should find
 * work.
 */
function countiesByWork(city: SampleCity) {
  const underWay = new Set(city.plan.counties.filter(isUnderWay).map((plan) => plan.unitCode));
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  return [
    ...counties.filter((unit) => underWay.has(unit.unitCode)),
    ...counties.filter((unit) => !underWay.has(unit.unitCode)),
  ];
}

/** One open school for each stage of the work and each kind of school; a 教学点 has a clerk and no head. */
function schoolsWithAccounts(city: SampleCity): { school: SampleSchool; clerkOnly: boolean }[] {
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const chosen = new Map<number, { school: SampleSchool; clerkOnly: boolean }>();
  const choose = (fits: (duty: SampleDuty) => boolean, clerkOnly = false) => {
    const found = city.duties.find((duty) => duty.year === 2025 && !chosen.has(duty.school.id) && fits(duty));
    if (found) chosen.set(found.school.id, { school: found.school, clerkOnly });
  };
  const kind = (duty: SampleDuty) => duty.version.schoolType;
  const cityRun = (duty: SampleDuty) => duty.version.managingUnitId === cityUnit.id;

  choose((duty) => kind(duty) === '211' && duty.progress === 'returned' && !cityRun(duty));
  choose((duty) => kind(duty) === '211' && duty.progress === 'draft');
  choose((duty) => kind(duty) === '312' && duty.progress === 'missing');
  choose((duty) => kind(duty) === '311' && duty.progress === 'submitted');
  choose((duty) => kind(duty) === '341' && cityRun(duty) && duty.progress === 'draft');
  choose((duty) => kind(duty) === '341' && cityRun(duty) && duty.progress === 'accepted');
  choose((duty) => kind(duty) === '341' && !cityRun(duty) && duty.progress === 'approved');
  choose((duty) => kind(duty) === '345');
  choose((duty) => kind(duty) === '342' && !cityRun(duty));
  choose((duty) => kind(duty) === '514' && !cityRun(duty));
  choose((duty) => kind(duty) === '211' && duty.school.character === 'even');
  choose((duty) => kind(duty) === '211' && duty.progress === 'missing');
  choose((duty) => kind(duty) === '218' && duty.progress !== 'approved', true);
  return [...chosen.values()];
}
