import { names } from '#contract/people/roles.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { useRead } from '../call/queries.ts';

/** The present name of a role by its key; the key itself for an unknown role. */
export function useRoleNames(): (key: string) => string {
  const rows = useRead(names, { query: {} }, { staleTime: 5 * 60_000 }).data?.rows ?? [];
  return (key) => rows.find((role) => role.key === key)?.name ?? key;
}

/** The names of the roles that hold a permission. */
export function useHolderNames(permission: Permission | undefined): readonly string[] {
  const read = useRead(names, { query: { permission } }, { enabled: permission !== undefined });
  return permission === undefined ? [] : (read.data?.rows ?? []).map(({ name }) => name);
}
