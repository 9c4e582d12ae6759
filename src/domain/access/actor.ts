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

/** What a request may touch: what the row policies of the database are told. */
export interface Scope {
  /** County-level units, and for a city the city unit as well. */
  readonly places: readonly number[];
  /** Null: every school of the places; otherwise these alone. */
  readonly schools: readonly number[] | null;
  /** Campaigns to which somebody without a place is assigned today. */
  readonly campaigns: readonly string[];
  /** Who asks: reaches rows that belong to a person and to no place. */
  readonly person: string | null;
}

/** A scope that reaches no row: for the public routes and for the three administrators. */
export const nowhere: Scope = { places: [], schools: null, campaigns: [], person: null };

/** Everything that lies at these places: for jobs and for the start, which act for nobody. */
export function atPlaces(places: readonly number[]): Scope {
  return { ...nowhere, places };
}

/**
 * The places that a question about a unit means. The person's own unit, none, or one out of reach stands for everything in
 * reach: a city's own unit is not one county among its counties.
 */
export function placesMeant(scope: Scope, actor: Pick<Actor, 'unitId'>, unitId: number | undefined): readonly number[] {
  const isPart = unitId !== undefined && unitId !== actor.unitId && scope.places.includes(unitId);
  return isPart ? [unitId] : scope.places;
}

/** Whether the person holds a permission. */
export function holds(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.has(permission);
}
