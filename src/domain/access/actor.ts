import type { Permission } from './permissions.ts';

/**
 * Where a post of a role reaches (`roles.reach`), which decides which acts of a flow are its own: the city with its
 * counties, one county, one school, the schools or the campaign that are assigned to it, or nothing.
 */
export const reaches = ['city', 'county', 'school', 'schools', 'campaign', 'none'] as const;
export type ActorLevel = (typeof reaches)[number];

/** Which post: a grant, and where a colleague stands in for its holder, by which arrangement. */
export interface PostName {
  readonly grantId: string;
  readonly standInId: string | null;
}

/** For whom somebody stands in (代办). */
export interface Principal {
  readonly id: string;
  readonly name: string;
}

/**
 * The signed-in person in the post at work, as the rules see them. `permissions` are already narrowed when a token speaks
 * for the person.
 */
export interface Actor {
  readonly userId: string;
  readonly username: string;
  readonly name: string;
  readonly role: string;
  readonly level: ActorLevel;
  readonly permissions: ReadonlySet<Permission>;
  /** The post at work; null for whoever has none, or has not chosen among several. */
  readonly post: PostName | null;
  /** Whose post it is, where this person stands in for its holder. */
  readonly principal: Principal | null;
  /** The org unit of the post: the city, or the county-level unit; for school roles the county of location. */
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

/** How an act is signed: by the person, and where that is a stand-in, with the name of whose post it was. */
export function signatureOf(actor: { readonly name: string; readonly principal?: Principal | null }): string {
  return signature(actor.name, actor.principal?.name ?? null);
}

/** The same from two names, as records keep them. */
export function signature(name: string, principalName: string | null): string {
  return principalName === null ? name : `${name}（代${principalName}）`;
}

/** The text by which a request names a post: the grant, and behind a dot the arrangement of a stand-in. */
export function postText({ grantId, standInId }: PostName): string {
  return standInId === null ? grantId : `${grantId}.${standInId}`;
}

/** Reads such a text; undefined where it names no post. */
export function readPostText(text: string): PostName | undefined {
  const [grantId = '', standInId = null, ...more] = text.toLowerCase().split('.');
  const names = standInId === null ? [grantId] : [grantId, standInId];
  return more.length === 0 && names.every((one) => uuid.test(one)) ? { grantId, standInId } : undefined;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the person holds a permission. */
export function holds(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.has(permission);
}
