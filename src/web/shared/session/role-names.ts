import { names } from '#contract/people/roles.ts';
import { useRead } from '../call/queries.ts';

/** The name of a role by its key, as it stands now; the key itself for a role that is not known. */
export function useRoleNames(): (key: string) => string {
  const rows = useRead(names, { query: {} }, { staleTime: 5 * 60_000 }).data?.rows ?? [];
  return (key) => rows.find((role) => role.key === key)?.name ?? key;
}
