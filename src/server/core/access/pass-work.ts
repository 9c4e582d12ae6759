import { z } from 'zod';
import type { ActorLevel } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { occurrence } from '#platform/jobs/port.ts';

/** The post whose open work passes to another, and who holds it or held it. */
export interface LeavingPost {
  readonly grantId: string;
  readonly personId: string;
  readonly name: string;
  /**
   * The name of the person, and of the earlier ones those that nobody else at the unit or school has or had: work that
   * keeps a name alone may keep an earlier one.
   */
  readonly names: readonly string[];
  /** Whether somebody else at the unit or school has the present name, or had it. */
  readonly sharesName: boolean;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly sectionId: number | null;
  /** The day by the real clock. */
  readonly today: Day;
}

/** A post at the same unit or school, and what decides whether it may go on with the work. */
export interface SuccessorPost {
  readonly personId: string;
  readonly name: string;
  readonly reach: ActorLevel;
  readonly permissions: readonly Permission[];
}

/** How much of a kind is open, and how much of it may pass to the successor; a row with 0 is left out. */
export interface OpenWorkRow {
  readonly kind: string;
  readonly count: number;
  /** Equal to `count` where no successor is named. */
  readonly passing: number;
  /** How much of what is bounded the successor has afterwards; null where nothing is, or nobody is named. */
  readonly held: number | null;
  /** Where its rows lie: work of a school stays where it was begun when the school moves. */
  readonly places: readonly number[];
}

/** A kind of work that passes, as `<feature>.<kind>`. */
export interface KindOfWork {
  readonly title: string;
  /** Whether the role may go on with it. */
  readonly fits: (to: Pick<SuccessorPost, 'reach' | 'permissions'>) => boolean;
  /**
   * Why it may not pass to this post although the role fits, as a sentence.
   * @param office all posts of others at the unit or school, the successor's among them
   */
  readonly bars?: (to: SuccessorPost, office: readonly SuccessorPost[], post: LeavingPost) => string | null;
  /** Why part of it stays although the kind passes, as half a sentence. */
  readonly stays?: string;
  /** What it means for the successor to have so much of it, as a sentence; null where it means nothing. */
  readonly beyond?: (held: number, name: string) => string | null;
}

/**
 * What a feature hands over when somebody leaves a post. It follows `workPassed` with a job that passes the kinds named
 * there, and leaves a step with both names on each subject. Work that keeps no post goes by the person at the place, so the
 * hand-over of one post passes what the same person has open there in another.
 */
export interface PassesWork {
  readonly kinds: Readonly<Record<string, KindOfWork>>;
  /**
   * Counts alone: the administrator who asks reads nothing of the work.
   * @param to the person who is to go on; null where nobody is named yet
   */
  readonly of: (post: LeavingPost, to: string | null) => Fragment<OpenWorkRow>;
}

const person = z.object({ id: z.uuid(), name: z.string(), postId: z.uuid(), role: z.string() });

/** The data of the occurrence and of every job that follows it. */
export const passedWork = z.object({
  placeId: z.int(),
  schoolId: z.int().nullable(),
  sectionId: z.int().nullable(),
  kinds: z.array(z.string()),
  // Jobs of before the names were kept go by the name.
  from: person.extend({ names: z.array(z.string()).optional() }),
  to: person,
});

/** The open work of a post passes to another post at the same unit or school. */
export const workPassed = occurrence({ name: 'workPassed', data: passedWork });

export type PassedWork = z.output<typeof passedWork>;

/** How steps and notices tell it: with both names. `as` is what the person is to the work, such as 经办人. */
export const passedWords = (as: string, { from, to }: Pick<PassedWork, 'from' | 'to'>) =>
  `${as}由${from.name}改为${to.name}`;
