import { type Actor, holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import type { AnyHandle } from '#platform/db/handle.ts';
import type { Context } from './serve.ts';

/** What can be done with the files of a subject: see and open them, or attach and take off. */
export type FileAct = 'read' | 'attach';

/** A subject on which files hang. */
export interface HeldSubject extends SubjectRef {
  /** The campaign by which people from outside reach it. */
  readonly campaignId?: string | null;
  /**
   * Whether this person is on the side that judges the very subject. Where it is not said, `judges` of the holder decides
   * alone.
   */
  readonly judged?: boolean;
}

/**
 * How a feature answers for the files of one type of its subjects. Whoever may not read the subject opens no file of it,
 * although the file lies in the same place.
 */
export interface HolderOf<H> {
  /** Without this right, or one of these, the subject is not even looked for. */
  readonly read: Permission | readonly Permission[];
  /** Without one of these nothing is attached. Several, where more than one side of an affair brings files to it. */
  readonly attach: readonly Permission[];
  /**
   * With one of these somebody judges such subjects, or vouches for them, and opens also what is open to few: a picture
   * of children.
   */
  readonly judges: readonly Permission[];
  /**
   * Some subjects are read by few of those with the right, so their files stand in no list beside the subject: what such a list
   * would say, only `may` knows.
   */
  readonly byFew?: true;
  /**
   * The subject, within reach and for this act of this person now. It calls `authorize`.
   * @throws Problem thing.notFound where it is out of reach, and the refusal of the feature
   */
  may(ctx: Context<H>, subjectId: string, act: FileAct): Promise<HeldSubject>;
  /** What follows when a file came to the subject or left it, in the same transaction. */
  changed?(ctx: Context<H>, subject: SubjectRef): Promise<void>;
}

/** A holder as the core asks it, which knows no feature's handle. */
export type Holder = HolderOf<AnyHandle>;

/** Declares how a feature answers for its subjects, by a handle of its own. */
export function holder<H>(own: HolderOf<H>): Holder {
  // It narrows the whole schema to what the feature declared, as the routes of the feature do.
  return own as unknown as Holder;
}

/** Whether the person has a right by which subjects of this holder are looked for. */
export function mayLookFor({ read }: Pick<Holder, 'read'>, actor: Pick<Actor, 'permissions'>): boolean {
  return [read].flat().some((one) => holds(actor, one));
}
