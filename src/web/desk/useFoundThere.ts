import { useQuery } from '@tanstack/react-query';
import { type ProblemError, unreachable } from '#web/shared/call/problem.ts';
import type { Finder, Found } from '#web/shared/desk/desk.ts';
import { useRested } from '#web/shared/page/useRested.ts';

/** What the server finds for the palette, 200 ms after the last key, by the finders that this person may use. */
export function useFoundThere(
  text: string,
  finders: readonly Finder[],
): { found: Found[]; busy: boolean; problem: string | null } {
  const asked = useRested(text.trim(), 200);
  const answer = useQuery<Found[], ProblemError>({
    queryKey: ['palette', asked, finders.map(({ permission }) => permission)],
    enabled: asked.length > 0 && finders.length > 0,
    staleTime: 30_000,
    placeholderData: (before) => before,
    queryFn: async ({ signal }) => {
      const answers = await Promise.all(
        finders.map(async (finder) => {
          const { find } = await finder.load().catch((error: unknown) => Promise.reject(unreachable(error)));
          return find(asked, signal);
        }),
      );
      return answers.flat();
    },
  });
  return {
    found: asked ? (answer.data ?? []) : [],
    busy: answer.isFetching || asked !== text.trim(),
    problem: answer.error?.message ?? null,
  };
}
