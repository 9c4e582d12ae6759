import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { find } from '#contract/directory/directory.ts';
import { list as people } from '#contract/people/people.ts';
import { schoolCodeText } from '#domain/org/school-code.ts';
import { call } from '#web/shared/call.ts';
import type { ProblemError } from '#web/shared/problem.ts';
import { useCan } from '#web/shared/session.tsx';
import { type Found, unitNote } from './palette-finders.ts';

/** What the server finds for the palette, 200 ms after the last key: units and schools, and people for who looks after accounts. */
export function useFoundThere(text: string): { found: Found[]; busy: boolean; problem: string | null } {
  const asked = useSettled(text.trim(), 200);
  const seesSchools = useCan('directory.read');
  const seesPeople = useCan('people.read');
  const answer = useQuery<Found[], ProblemError>({
    queryKey: ['palette', asked],
    enabled: asked.length > 0 && (seesSchools || seesPeople),
    staleTime: 30_000,
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const answers = await Promise.all([
        seesSchools ? placesFound(asked, signal) : [],
        seesPeople ? peopleFound(asked, signal) : [],
      ]);
      return answers.flat();
    },
  });
  return {
    found: asked ? (answer.data ?? []) : [],
    busy: answer.isFetching || asked !== text.trim(),
    problem: answer.error?.message ?? null,
  };
}

async function placesFound(text: string, signal: AbortSignal): Promise<Found[]> {
  const { units, schools } = await call(find, { query: { text } }, { signal });
  const byUnit = units.map(
    (unit): Found => ({ key: `unit-${unit.id}`, group: 'units', title: unit.name, note: unitNote, unitId: unit.id }),
  );
  const bySchool = schools.map(
    (school): Found => ({
      key: `school-${school.id}`,
      group: 'schools',
      title: school.name,
      note: `${school.countyName} · ${schoolCodeText(school.code)}`,
      to: '/directory/schools/$schoolId',
      params: { schoolId: String(school.id) },
    }),
  );
  return [...byUnit, ...bySchool];
}

async function peopleFound(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(people, { query: { search: text, pageSize: 8 } }, { signal });
  return rows.map((person) => ({
    key: `person-${person.id}`,
    group: 'people',
    title: person.name,
    note: person.grant ? `${person.username} · ${person.grant.roleName}` : person.username,
    to: '/people/$personId',
    params: { personId: person.id },
  }));
}

/** A value once it has stood still for so many milliseconds. */
function useSettled(value: string, milliseconds: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
