import type { SampleMeans, SamplePart } from '../part.ts';
import { accountRows, type SamplePassword, samplePasswords } from './accounts.ts';
import { samplePeople } from './people.ts';

/** The people of the city and their accounts. */
export function part({ hash }: SampleMeans): SamplePart {
  let passwords: Promise<SamplePassword[]> = Promise.resolve([]);
  return {
    steps: [
      {
        ...{ needs: ['schools', 'duties'], makes: 'people' },
        run(city) {
          city.people = samplePeople(city);
          passwords = samplePasswords(city.people, hash);
        },
      },
    ],
    rows: async (city, { initials, now }) => accountRows(city.people, await passwords, initials, now),
  };
}
