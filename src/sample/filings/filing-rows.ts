import { periodName } from '#domain/filing/deadline.ts';
import { schoolTypes } from '#domain/org/school-type.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import type { SamplePeriod } from '../calendar.ts';
import type { SampleCity } from '../city.ts';
import { frozenOn, versionOn } from '../model.ts';
import type { SamplePerson } from '../people/people.ts';
import { Table } from '../table.ts';
import { Course } from './course.ts';
import { type SampleFiling, sampleCatalogue } from './filings.ts';

/** Periods, the frozen lists of schools, the filings and what was done with them. */
export function filingRows(
  city: SampleCity,
  filings: readonly SampleFiling[],
  periods: readonly SamplePeriod[],
  people: readonly SamplePerson[],
  initials: ReadonlyMap<string, string>,
  now: Date,
): CopyTable[] {
  const course = new Course(city, filings, people, now);
  const periodTable = new Table(
    'periods',
    'id school_year name catalogue_edition opens_on deadline grace_days city_deadline state',
  );
  for (const period of periods) {
    periodTable.add(
      ...[period.id, period.year, periodName(period.year), sampleCatalogue.edition, period.opensOn],
      ...[period.deadline, period.graceDays, period.cityDeadline, period.state],
    );
  }
  for (const filing of filings) course.add(filing, periods.find((period) => period.year === filing.year)!);
  return [periodTable, frozenRows(city, filings, periods, initials), ...course.tables];
}

function frozenRows(
  city: SampleCity,
  filings: readonly SampleFiling[],
  periods: readonly SamplePeriod[],
  initials: ReadonlyMap<string, string>,
): CopyTable {
  const table = new Table(
    'period_schools',
    'county_id period_id school_id code name initials school_type sponsor_code ownership urban_class founded_year managing_unit_id owes reason',
    true,
  );
  const owing = new Set(filings.map((filing) => `${filing.year} ${filing.school.id}`));
  for (const period of periods) {
    for (const school of city.schools) {
      const version = versionOn(school, frozenOn(period.year));
      if (!version) continue;
      const owes = owing.has(`${period.year} ${school.id}`);
      table.add(
        ...[version.countyId, period.id, school.id, version.code, version.name, initials.get(version.name)!],
        ...[version.schoolType, version.sponsorCode, version.ownership, version.urbanClass, school.foundedYear],
        ...[
          version.managingUnitId,
          owes,
          owes ? null : `办学类型“${schoolTypes.get(version.schoolType)!.name}”不填报资源数据`,
        ],
      );
    }
  }
  return table;
}
