import { periodDays, periodName } from '#domain/calendar/period.ts';
import { collectionName, resourceRecord } from '#domain/collection/collection.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import type { SamplePeriod } from '../calendar.ts';
import { frozenOn, type SampleCity, versionOn } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';
import { Course } from './course.ts';
import { type SampleFiling, sampleCatalogue } from './filings.ts';

/** School years with their frozen registers, the yearly records, the filings and their steps. */
export function filingRows(
  city: SampleCity,
  filings: readonly SampleFiling[],
  periods: readonly SamplePeriod[],
  laying: Pick<Laying, 'initials' | 'standing' | 'files'>,
): CopyTable[] {
  const { initials } = laying;
  const course = new Course(city, filings, laying);
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!.id;
  const years = new Table('periods', 'id kind year name starts_on ends_on frozen_on');
  const collections = new Table(
    'collections',
    'id key period_id owner_unit_id catalogue_edition name flow opens_on deadline grace_days city_deadline state',
  );
  for (const { id, year, opensOn, deadline, graceDays, cityDeadline, state } of periods) {
    const period = { kind: 'school-year', year } as const;
    const { startsOn, endsOn } = periodDays(period);
    years.add(id, period.kind, year, periodName(period), startsOn, endsOn, opensOn);
    collections.add(
      ...[id, resourceRecord, id, cityUnit, sampleCatalogue.edition, collectionName(year), 'school-county-city'],
      ...[opensOn, deadline, graceDays, cityDeadline, state],
    );
  }
  for (const filing of filings) course.add(filing, periods.find((period) => period.year === filing.year)!);
  return [years, collections, ...frozenRows(city, filings, periods, initials), ...course.tables];
}

/** The register of each year, and the list of the schools that owe the record. */
function frozenRows(
  city: SampleCity,
  filings: readonly SampleFiling[],
  periods: readonly SamplePeriod[],
  initials: ReadonlyMap<string, string>,
): CopyTable[] {
  const register = new Table(
    'period_schools',
    'county_id period_id school_id code name initials school_type sponsor_code ownership urban_class founded_year managing_unit_id',
    true,
  );
  const list = new Table(
    'collection_subjects',
    'place_id collection_id subject_type subject_id code name initials managing_unit_id owes reason',
    true,
  );
  const owing = new Set(filings.map((filing) => `${filing.year} ${filing.school.id}`));
  for (const period of periods) {
    for (const school of city.schools) {
      const version = versionOn(school, frozenOn(period.year));
      if (!version) continue;
      const { countyId, code, name, schoolType, managingUnitId } = version;
      const owes = owing.has(`${period.year} ${school.id}`);
      register.add(
        ...[countyId, period.id, school.id, code, name, initials.get(name)!, schoolType, version.sponsorCode],
        ...[version.ownership, version.urbanClass, school.foundedYear, managingUnitId],
      );
      list.add(
        ...[countyId, period.id, 'school', school.id, code, name, initials.get(name)!, managingUnitId, owes],
        owes ? null : `办学类型“${schoolTypes.get(schoolType)!.name}”不填报资源数据`,
      );
    }
  }
  return [register, list];
}
