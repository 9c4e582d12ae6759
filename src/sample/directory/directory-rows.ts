import { generator } from '#domain/kit/generator.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import { sampleIds } from '../ids.ts';
import { lastVersion, type SampleCity, type SampleSchool } from '../model.ts';
import { Table } from '../table.ts';

/** Units that stood before the records begin are said to begin on this day. */
const recordedFrom = '2000-01-01';

/** Units of the city and those below them, with their dated names and contacts. */
export function unitRows(
  { units, lowerUnits }: Pick<SampleCity, 'units' | 'lowerUnits'>,
  initials: ReadonlyMap<string, string>,
  contacts: ReadonlyMap<number, { name: string; phone: string }>,
): CopyTable[] {
  const table = new Table(
    'org_units',
    'id kind unit_code gb_code parent_id place_id name short_name initials sort_order tile_column tile_row contact_name contact_phone',
  );
  const versions = new Table('org_unit_versions', 'unit_id valid_from valid_to name parent_id');
  for (const unit of units) {
    const contact = contacts.get(unit.id);
    table.add(
      ...[unit.id, unit.adminLevel, unit.unitCode, unit.gbCode, unit.parentId],
      ...[unit.adminLevel === 'province' ? null : unit.id, unit.name, unit.shortName],
      ...[initials.get(unit.name)!, unit.id, unit.tile?.[0] ?? null, unit.tile?.[1] ?? null],
      ...[contact?.name ?? null, contact?.phone ?? null],
    );
    versions.add(unit.id, recordedFrom, null, unit.name, unit.parentId);
  }
  for (const { id, kind, name, placeId, former } of lowerUnits) {
    const codes = [null, null];
    table.add(...[id, kind, ...codes, placeId, placeId, name, name, initials.get(name)!, id], null, null, null, null);
    let from: Day = recordedFrom;
    for (const { name: earlier, until } of former) {
      versions.add(id, from, until, earlier, placeId);
      from = until;
    }
    versions.add(id, from, null, name, placeId);
  }
  return [table, versions];
}

/** Schools with codes, versions and events. */
export function schoolRows(city: SampleCity, initials: ReadonlyMap<string, string>): CopyTable[] {
  const ids = sampleIds(generator(`${city.seed} events`), '2023-09-01T00:00:00+08:00');
  const schools = new Table(
    'schools',
    'county_id id code name initials school_type sponsor_code ownership urban_class founded_year managing_unit_id status opened_on closed_on',
  );
  const versions = new Table(
    'school_versions',
    'county_id school_id valid_from valid_to code name school_type sponsor_code ownership urban_class managing_unit_id',
  );
  const places = new Table('school_places', 'school_id county_id former_counties into_school_id');
  const codes = new Table('school_codes', 'code school_id status given_on voided_on');
  const events = new Table(
    'school_events',
    'county_id id school_id kind happened_on document details recorded_at recorded_by',
  );
  for (const school of city.schools) {
    const now = lastVersion(school);
    schools.add(
      ...[now.countyId, school.id, now.code, now.name, initials.get(now.name)!, now.schoolType, now.sponsorCode],
      ...[now.ownership, now.urbanClass, school.foundedYear, now.managingUnitId, school.status],
      ...[school.openedOn, school.closedOn],
    );
    for (const version of school.versions) {
      versions.add(
        ...[version.countyId, school.id, version.validFrom, version.validTo, version.code, version.name],
        ...[version.schoolType, version.sponsorCode, version.ownership, version.urbanClass, version.managingUnitId],
      );
    }
    const former = new Set(school.versions.map((version) => version.countyId).filter((id) => id !== now.countyId));
    const into = school.status !== 'merged' ? [] : school.events.flatMap(({ details }) => details.others ?? []);
    const host = into.find(({ part }) => part === 'into')?.id ?? null;
    places.add(school.id, now.countyId, [...former].map(String), host);
    for (const code of codesOf(school)) codes.add(code.code, school.id, code.status, code.givenOn, code.voidedOn);
    for (const event of school.events) {
      events.add(
        ...[now.countyId, ids.next(), school.id, event.kind, event.happenedOn, event.document, { ...event.details }],
        ...[new Date(`${event.happenedOn}T09:00:00+08:00`), '示例数据'],
      );
    }
  }
  return [schools, places, versions, codes, events];
}

/** A code is void from the day on which the school closed or changed its class, and is never given again. */
function codesOf(school: SampleSchool) {
  const given = new Map<string, { code: string; status: string; givenOn: Day; voidedOn: Day | null }>();
  for (const version of school.versions) {
    const known = given.get(version.code);
    const ended = version.validTo;
    if (known) known.voidedOn = ended;
    else
      given.set(version.code, { code: version.code, status: 'current', givenOn: version.validFrom, voidedOn: ended });
  }
  for (const code of given.values()) {
    const current = school.status === 'open' && code.code === lastVersion(school).code;
    code.status = current ? 'current' : 'void';
    if (current) code.voidedOn = null;
  }
  return given.values();
}
