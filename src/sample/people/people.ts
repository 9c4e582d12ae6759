import type { RoleKey } from '#domain/access/permissions.ts';
import { roleTitles } from '#domain/access/permissions.ts';
import { generator } from '#domain/kit/generator.ts';
import type { SampleCity } from '../city.ts';
import type { SampleFiling } from '../filings/filings.ts';
import { sampleIds } from '../ids.ts';
import { lastVersion, type SampleSchool } from '../model.ts';
import { nameMaker } from '../names.ts';
import { isUnderWay, sampleInspectors } from '../plan.ts';

/** One account of the sample; its password is made when it is loaded and is another on every installation. */
export interface SamplePerson {
  readonly id: string;
  /** The key of the role. */
  readonly role: string;
  readonly roleTitle: string;
  readonly username: string;
  readonly name: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** What the list of sign-ins calls the place. */
  readonly place: string;
  /** Posts beside the first. */
  readonly further: readonly { readonly role: RoleKey; readonly unitId: number }[];
  /** The username of whom this person stands in for, in that one's post. */
  readonly standsInFor: string | null;
  /** Schools that are assigned to the first post, where its role reaches by assignment. */
  readonly assigned: readonly number[];
}

/** An account for every role: the city, each of the 13 units, schools of every kind and state, administrators, inspectors. */
export function samplePeople(city: SampleCity, filings: readonly SampleFiling[]): SamplePerson[] {
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
    const beside = { further: [], standsInFor: null, assigned: [], ...more };
    people.push({
      id: ids.next(),
      role,
      roleTitle,
      username,
      name: names.person(),
      unitId,
      schoolId,
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
  for (const { school, clerkOnly } of schoolsWithAccounts(city, filings)) {
    const version = lastVersion(school);
    if (!clerkOnly) add('school-head', `head-${version.code}`, version.name, version.countyId, school.id);
    add('school-clerk', `clerk-${version.code}`, version.name, version.countyId, school.id);
  }
  add('system-administrator', 'system', '系统', null);
  add('security-administrator', 'security', '系统', null);
  add('audit-administrator', 'audit', '系统', null);
  addLoaned(city, filings, add);
  addInspectors(city, filings, add);
  return people;
}

/** What few people have. */
type Beside = Pick<SamplePerson, 'further' | 'standsInFor' | 'assigned'>;

type Add = (
  role: string,
  username: string,
  place: string,
  unitId: number | null,
  schoolId?: number | null,
  more?: Partial<Beside>,
) => void;

/** 责任督学 with schools whose filings wait for the county, so that there is something to read. */
function addInspectors(city: SampleCity, filings: readonly SampleFiling[], add: Add): void {
  for (const { unitCode, schools } of sampleInspectors.inspectors) {
    const unit = city.units.find((one) => one.unitCode === unitCode);
    if (!unit) throw new Error(`the sample has no unit ${unitCode} that could appoint an inspector`);
    const waiting = filings.filter(
      ({ year, progress, version }) => year === 2025 && progress === 'submitted' && version.countyId === unit.id,
    );
    const assigned = waiting.slice(0, schools).map(({ school }) => school.id);
    if (assigned.length < schools) throw new Error(`the sample has too few schools for the inspector of ${unitCode}`);
    add(sampleInspectors.role.key, `inspector-${unitCode.toLowerCase()}`, unit.name, unit.id, null, { assigned });
  }
}

/**
 * One head of a school that nobody else fills, who is lent to the city and to a county; and an officer who stands in for
 * the director of the county that is in the middle of its year. Behind the others, so that nobody before them changes.
 */
function addLoaned(city: SampleCity, filings: readonly SampleFiling[], add: Add): void {
  const [cityUnit, ...others] = ['350500', '350503', '350504'].map((code) =>
    city.units.find((unit) => unit.unitCode === code),
  );
  const [fengze, luojiang] = others;
  if (!cityUnit || !fengze || !luojiang) throw new Error('the sample has its city and its counties');
  const taken = new Set(schoolsWithAccounts(city, filings).map(({ school }) => school.id));
  const untouched = filings.findLast(
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

/** Counties with filings to review first: the first account of each role is printed at the start, and should find work. */
function countiesByWork(city: SampleCity) {
  const underWay = new Set(city.plan.counties.filter(isUnderWay).map((plan) => plan.unitCode));
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  return [
    ...counties.filter((unit) => underWay.has(unit.unitCode)),
    ...counties.filter((unit) => !underWay.has(unit.unitCode)),
  ];
}

/** One open school for each state of a filing and each kind of school; a 教学点 has a clerk and no head. */
function schoolsWithAccounts(
  city: SampleCity,
  filings: readonly SampleFiling[],
): { school: SampleSchool; clerkOnly: boolean }[] {
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const chosen = new Map<number, { school: SampleSchool; clerkOnly: boolean }>();
  const choose = (fits: (filing: SampleFiling) => boolean, clerkOnly = false) => {
    const found = filings.find((filing) => filing.year === 2025 && !chosen.has(filing.school.id) && fits(filing));
    if (found) chosen.set(found.school.id, { school: found.school, clerkOnly });
  };
  const kind = (filing: SampleFiling) => filing.version.schoolType;
  const cityRun = (filing: SampleFiling) => filing.version.managingUnitId === cityUnit.id;

  choose((filing) => kind(filing) === '211' && filing.progress === 'returned' && !cityRun(filing));
  choose((filing) => kind(filing) === '211' && filing.progress === 'draft');
  choose((filing) => kind(filing) === '312' && filing.progress === 'missing');
  choose((filing) => kind(filing) === '311' && filing.progress === 'submitted');
  choose((filing) => kind(filing) === '341' && cityRun(filing) && filing.progress === 'draft');
  choose((filing) => kind(filing) === '341' && cityRun(filing) && filing.progress === 'accepted');
  choose((filing) => kind(filing) === '341' && !cityRun(filing) && filing.progress === 'approved');
  choose((filing) => kind(filing) === '345');
  choose((filing) => kind(filing) === '342' && !cityRun(filing));
  choose((filing) => kind(filing) === '514' && !cityRun(filing));
  choose((filing) => kind(filing) === '211' && filing.school.character === 'even');
  choose((filing) => kind(filing) === '211' && filing.progress === 'missing');
  choose((filing) => kind(filing) === '218' && filing.progress !== 'approved', true);
  return [...chosen.values()];
}
