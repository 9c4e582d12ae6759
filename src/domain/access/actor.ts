import type { Permission } from './permissions.ts';

/** At which height of the tree a person stands; it decides which acts of a flow are theirs. */
export type ActorLevel = 'city' | 'county' | 'school' | 'none';

/** The signed-in person as the rules see them. `permissions` are already narrowed when a token speaks for the person. */
export interface Actor {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly level: ActorLevel;
  readonly permissions: ReadonlySet<Permission>;
  /** The org unit of the grant: the city, or the county-level unit; for school roles the county of location. */
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** Set when a personal access token speaks for the person. */
  readonly tokenId: string | null;
}

/** The place in the tree that a request may touch: what the row policies of the database are told. */
export interface Scope {
  readonly counties: readonly number[];
  readonly schoolId: number | null;
}

/** A scope that reaches no row: for the public routes and for the three administrators. */
export const nowhere: Scope = { counties: [], schoolId: null };

/** Whether the person holds a permission. */
export function holds(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.has(permission);
}
