import { z } from 'zod';
import type { ActorLevel } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { occurrence } from '#platform/jobs/port.ts';

/** The post whose open work passes to another, and who holds it. */
export interface LeavingPost {
  readonly grantId: string;
  readonly personId: string;
  readonly name: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  /** The day by the real clock. */
  readonly today: Day;
}

/** What decides whether a role may go on with the work. */
export interface SuccessorRole {
  readonly reach: ActorLevel;
  readonly permissions: readonly Permission[];
}

/** How much of a kind is open; a row with 0 is left out. */
export interface OpenWorkRow {
  readonly kind: string;
  readonly count: number;
}

/**
 * What a feature hands over when somebody leaves a post. It follows `workHandedOver` with a job that passes the kinds named
 * there, and leaves a step with both names on each subject.
 */
export interface HandsOver {
  /** `<feature>.<kind>` with its title, and which roles may go on with it. */
  readonly kinds: Readonly<Record<string, { readonly title: string; readonly fits: (role: SuccessorRole) => boolean }>>;
  /** Counts alone: the administrator who asks reads nothing of the work. */
  readonly of: (post: LeavingPost) => Fragment<OpenWorkRow>;
}

const person = z.object({ id: z.uuid(), name: z.string(), postId: z.uuid() });

/** The open work of a post passes to another post at the same unit or school. */
export const workHandedOver = occurrence({
  name: 'workHandedOver',
  data: z.object({
    placeId: z.int(),
    schoolId: z.int().nullable(),
    kinds: z.array(z.string()),
    /** What passes, in words. */
    what: z.string(),
    from: person,
    to: person,
  }),
});

/** The data of every job that follows it. */
export type HandedOver = z.output<typeof workHandedOver.data>;

/** How steps and notices tell it: with both names. */
export const handOverWords = ({ from, to }: Pick<HandedOver, 'from' | 'to'>) => `经办人由${from.name}改为${to.name}`;
