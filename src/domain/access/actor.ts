import type { Permission } from './permissions.ts';

/**
 * How far a post of a role reaches (`roles.reach`): the city with its counties, one county, one school, the schools or
 * the campaign that are assigned to it, or nothing. The reach decides which acts of a flow belong to the post.
 */
export const reaches = ['city', 'county', 'school', 'schools', 'campaign', 'none'] as const;
export type ActorLevel = (typeof reaches)[number];

/** How far a role reaches, in words. */
export const reachTitles: Readonly<Record<ActorLevel, string>> = {
  city: '全市',
  county: '一个县（市、区）',
  school: '一所学校',
  schools: '指派的学校',
  campaign: '指派的项目',
  none: '系统管理，不涉及业务数据',
};

/**
 * How far a post must reach for a route beside its permission: all of a unit, which excludes posts of a school, of
 * assigned schools and of a campaign; or the whole city.
 */
export const requiredReaches = {
  unit: ['city', 'county'],
  city: ['city'],
} as const satisfies Readonly<Record<string, readonly ActorLevel[]>>;
export type RequiredReach = keyof typeof requiredReaches;

/** The posts that reach so far, as people name them. */
export const requiredReachTitles: Readonly<Record<RequiredReach, string>> = {
  unit: '市级和县级岗位',
  city: '市级岗位',
};

/** Whether the post at work reaches as far as a route requires; every post does where nothing is required. */
export function reachesAsFar(actor: Pick<Actor, 'level'>, required: RequiredReach | undefined): boolean {
  return required === undefined || (requiredReaches[required] as readonly ActorLevel[]).includes(actor.level);
}

/** A post: the grant and, where a colleague stands in for its holder, the arrangement. */
export interface PostName {
  readonly grantId: string;
  readonly standInId: string | null;
}

/** The holder of a post for whom a colleague stands in (代办). */
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
  /** The post at work; null if the person has none, or has several and has not chosen one. */
  readonly post: PostName | null;
  /** The holder of the post, if this person stands in for the holder. */
  readonly principal: Principal | null;
  /** The org unit of the post: the city, or the county-level unit; for school roles the county of location. */
  readonly unitId: number | null;
  readonly schoolId: number | null;
  /** The 科室, 部门 or 直属单位 of the post below its unit; a stand-in acts in the section of the post. */
  readonly sectionId: number | null;
  /** Set when a personal access token speaks for the person. */
  readonly tokenId: string | null;
}

/** The rows that a request may touch. The row policies of the database receive these values. */
export interface Scope {
  /** County-level units, and for a city the city unit as well. */
  readonly places: readonly number[];
  /** Null means every school of the places; otherwise only these schools. */
  readonly schools: readonly number[] | null;
  /** Campaigns to which somebody without a place is assigned today. */
  readonly campaigns: readonly string[];
  /** The person who asks. It opens rows that belong to a person and to no place. */
  readonly person: string | null;
  /** The post at work, by its grant. It opens notices to that post. */
  readonly post: string | null;
}

/** A scope that reaches no row: for the public routes and for the three administrators. */
export const nowhere: Scope = { places: [], schools: null, campaigns: [], person: null, post: null };

/** Whether a post that reaches by assignment has none today, and therefore reaches nothing. Other posts need none. */
export function isUnassigned(actor: Pick<Actor, 'level'>, scope: Scope): boolean {
  if (actor.level === 'schools') return scope.places.length === 0 || scope.schools?.length === 0;
  return actor.level === 'campaign' && scope.campaigns.length === 0;
}

/**
 * A scope that reaches all rows of these places. Jobs and the start of the server use it, because they act for no
 * person.
 */
export function atPlaces(places: readonly number[]): Scope {
  return { ...nowhere, places };
}

/**
 * The places that a question about a unit means. If the unit is the person's own or is not given, the question means
 * every place in reach: a city's own unit is not one county among its counties. A unit out of reach means no place, so
 * that nobody takes the answer for that unit's.
 */
export function placesMeant(scope: Scope, actor: Pick<Actor, 'unitId'>, unitId: number | undefined): readonly number[] {
  if (unitId === undefined || unitId === actor.unitId) return scope.places;
  return scope.places.includes(unitId) ? [unitId] : [];
}

/** The signature of an act: the person's name and, if the person stood in, the name of the post's holder. */
export function signatureOf(actor: { readonly name: string; readonly principal?: Principal | null }): string {
  return signature(actor.name, actor.principal?.name ?? null);
}

/** The same from two names, as records keep them. */
export function signature(name: string, principalName: string | null): string {
  return principalName === null ? name : `${name}（代${principalName}）`;
}

/** The text by which a request names a post: the grant and, for a stand-in, a dot and the arrangement. */
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
