import type { Feature } from '#core/access/feature.ts';
import { type FileAct, type HeldSubject, type Holder, mayLookFor } from '#core/access/holder.ts';
import type { Context } from '#core/access/serve.ts';
import { type AttachmentRef, findAttachment } from '#core/evidence/attachments.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { openingRefusal } from '#domain/file/marked-file.ts';
import type { SubjectRef } from '#domain/flow/subject.ts';
import { isProblem, type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

/** Files, who is told of them, and who changed them last. */
export type FileHandle = Handle<never, 'attachments' | 'notices' | 'audit_events'>;
export type FileContext = Context<FileHandle>;
export type Holders = ReadonlyMap<string, Holder>;

/** Who answers for which type of subject. */
export function holdersOf(features: readonly Feature[]): Holders {
  return new Map(features.flatMap(({ holders = {} }) => Object.entries(holders)));
}

const noFile = () => problem('thing.notFound', { what: '个附件' });

/**
 * The subject, asked of whoever answers for its type. A type that nobody answers for looks like a file that does not exist,
 * and so does a subject that the person has no right to see.
 */
export async function heldSubject(
  holders: Holders,
  ctx: FileContext,
  { type, id }: { readonly type: string; readonly id: string },
  act: FileAct,
): Promise<HeldSubject> {
  const holder = holders.get(type);
  if (holder === undefined || !mayLookFor(holder, ctx.actor)) throw noFile();
  if (act === 'attach') ctx.authorize(holder.attach.some((one) => holds(ctx.actor, one)));
  return holder.may(ctx, id, act);
}

/** Tells whoever answers for a subject that a file came to it or left it. */
export async function tellHolder(holders: Holders, ctx: FileContext, subject: SubjectRef): Promise<void> {
  await holders.get(subject.type)?.changed?.(ctx, subject);
}

/** Whether the person may attach to a subject that they see. */
export async function mayAttach(
  holders: Holders,
  ctx: FileContext,
  subject: Pick<HeldSubject, 'type' | 'id'>,
): Promise<boolean> {
  try {
    await heldSubject(holders, ctx, subject, 'attach');
    return true;
  } catch (error) {
    if (isProblem(error)) return false;
    throw error;
  }
}

/** An attachment with what its subject says of this person. */
export type HeldAttachment = AttachmentRef & Pick<HeldSubject, 'judged'>;

/** An attachment within reach whose subject lets this person do this. */
export async function heldAttachment(
  holders: Holders,
  ctx: FileContext,
  id: string,
  act: FileAct,
  { detached = false } = {},
): Promise<HeldAttachment> {
  const found = await findAttachment(ctx.db, ctx.scope, id, { detached });
  if (found === undefined) throw noFile();
  const { judged } = await heldSubject(holders, ctx, { type: found.subjectType, id: found.subjectId }, act);
  return { ...found, ...(judged === undefined ? {} : { judged }) };
}

type Marked = Pick<HeldAttachment, 'subjectType' | 'addedBy' | 'keepUntil' | 'openers' | 'removedOn' | 'judged'>;

/**
 * Whether the post judges this subject, and whether the person brought the file. Where the file is read without its subject
 * (before the act, and behind an address that was given by the subject), the right to judge such subjects is asked alone.
 */
function standingTo(
  holders: Holders,
  actor: Actor,
  { subjectType, addedBy, judged = true }: Pick<Marked, 'subjectType' | 'addedBy' | 'judged'>,
) {
  const judges = judged && (holders.get(subjectType)?.judges.some((one) => holds(actor, one)) ?? false);
  return { brought: addedBy === actor.userId, judges };
}

/** Why this person, who reads the subject, does not open the file; null where nothing stands against it. */
export function refusalToOpen(holders: Holders, actor: Actor, file: Marked, today: Day): Problem | null {
  return openingRefusal(file, standingTo(holders, actor, file), today);
}

/** Whether this person, who reads the subject, may write how long a marked file is kept. */
export function mayKeep(holders: Holders, actor: Actor, file: Marked, attaches: boolean): boolean {
  const { brought, judges } = standingTo(holders, actor, file);
  return file.keepUntil !== null && file.removedOn === null && (attaches || brought || judges);
}

/** Whether this person may mark a file, or change its mark: who may take it off, and brought it or judges the subject. */
export function mayMark(
  holders: Holders,
  actor: Actor,
  file: Pick<Marked, 'subjectType' | 'addedBy' | 'removedOn' | 'judged'>,
  attaches: boolean,
): boolean {
  const { brought, judges } = standingTo(holders, actor, file);
  return attaches && file.removedOn === null && (brought || judges);
}

/** An attachment within reach that this person may open now. */
export async function openedAttachment(holders: Holders, ctx: FileContext, id: string): Promise<HeldAttachment> {
  const found = await heldAttachment(holders, ctx, id, 'read');
  const refusal = refusalToOpen(holders, ctx.actor, found, ctx.today);
  if (refusal !== null) throw refusal;
  return found;
}
