import { generator } from '#domain/kit/generator.ts';
import type { SampleCity } from '../model.ts';
import type { SamplePart } from '../part.ts';
import { nameMaker } from '../plan/names.ts';
import { schoolRows, unitRows } from './directory-rows.ts';
import { plantHistory } from './history.ts';
import { sampleCodes, standingSchools } from './schools.ts';

/** The schools of the city with their history; the units exist before. */
export function part(): SamplePart {
  return {
    steps: [
      {
        makes: 'schools',
        run(city) {
          const random = generator(city.seed);
          const names = nameMaker(random.fork('names'));
          const codes = sampleCodes();
          const schools = standingSchools(city.plan, city.units, names, codes, random);
          plantHistory(schools, city.units, names, codes, random);
          city.schools = schools;
        },
      },
    ],
    rows: (city, { initials }) => ({
      tables: [...unitRows(city, initials, contactsOf(city)), ...schoolRows(city, initials)],
      replaces: ['org_unit_versions', 'org_units'],
      sequences: [
        ['org_units_id_seq', 'org_units'],
        ['school_id_seq', 'schools'],
      ],
    }),
  };
}

/** If a unit has several officers, the first is responsible. */
function contactsOf(city: SampleCity): Map<number, { name: string; phone: string }> {
  const officers = city.people.filter(({ role }) => role === 'county-officer' || role === 'city-officer');
  return new Map(
    officers
      .toReversed()
      // A number that no telephone exchange assigns.
      .map(({ unitId, name }) => [unitId!, { name, phone: `0595-0000${String(unitId).padStart(4, '0')}` }]),
  );
}
