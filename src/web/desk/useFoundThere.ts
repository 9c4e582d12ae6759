import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { list as people } from '#contract/people.ts';
import { call } from '#web/shared/call.ts';
import type { ProblemError } from '#web/shared/problem.ts';
import { useCan } from '#web/shared/session.tsx';
import type { Found } from './palette-finders.ts';

/** What the server finds for the palette, 200 ms after the last key: people, for those who look after accounts. */
export function useFoundThere(text: string): { found: Found[]; busy: boolean; problem: string | null } {
  const asked = useSettled(text.trim(), 200);
  const seesPeople = useCan('people.read');
  const answer = useQuery<Found[], ProblemError>({
    queryKey: ['palette', asked],
    enabled: asked.length > 0 && seesPeople,
    staleTime: 30_000,
    queryFn: async ({ signal }) => {
      const { rows } = await call(people, { query: { search: asked, pageSize: 8 } }, { signal });
      return rows.map((person) => ({
        key: `person-${person.id}`,
        group: 'people',
        title: person.name,
        note: person.username,
        to: '/people/$personId',
        params: { personId: person.id },
      }));
    },
  });
  return { found: answer.data ?? [], busy: answer.isFetching, problem: answer.error?.message ?? null };
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
