import type { Beforehand } from '#core/access/serve.ts';
import { type AttachedContent, type AttachmentHandle, findAttachedContent } from '#core/evidence/attachments.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { isPicture } from '#domain/file/file-kind.ts';
import { isProblem, type Problem } from '#domain/kit/problem.ts';
import type { FileMode } from '#platform/files/file-address.ts';
import { pictureCopy } from '#platform/files/picture-copy.ts';
import type { PictureCopy } from '#platform/files/picture-order.ts';
import { isOpen, stateOf } from './file-state.shape.ts';
import { type Holders, refusalToOpen } from './holding.act.ts';

type Typed = Pick<AttachedContent, 'subjectType' | 'mediaType'>;

/** The mode of an address: what people save is the file as it came only where they bring files to such subjects. */
export function modeFor(
  holders: Holders,
  actor: Actor,
  { subjectType }: Pick<Typed, 'subjectType'>,
  wanted: 'save' | 'show',
): FileMode {
  const brings = holders.get(subjectType)?.attach.some((one) => holds(actor, one)) ?? false;
  return wanted === 'save' && brings ? 'original' : wanted;
}

/** Which copy is sent instead of the file; null for the file itself. */
export function copyFor(holders: Holders, actor: Actor, content: Typed, mode: FileMode): PictureCopy | null {
  if (!isPicture(content.mediaType)) return null;
  if (mode === 'show') return 'shown';
  // The right may have ended since the address was given.
  return mode === 'original' && modeFor(holders, actor, content, 'save') === 'original' ? null : 'clean';
}

/**
 * Draws the copy that an address will lead to, before the act that gives it begins: nobody holds a connection to the
 * database meanwhile.
 * @returns why it could not be drawn: it is told only to those who may open the file
 */
export async function drawBeforehand(
  holders: Holders,
  actor: Actor,
  { id, mode: wanted }: { readonly id: string; readonly mode: 'save' | 'show' },
  { reading, files, gone, today }: Beforehand<AttachmentHandle>,
): Promise<Problem | null> {
  const content = await reading((db) => findAttachedContent(db, id));
  if (content === undefined || refusalToOpen(holders, actor, content, today) !== null) return null;
  const state = stateOf(files, content.scan);
  const mode = modeFor(holders, actor, content, wanted);
  const copy = copyFor(holders, actor, content, mode);
  if (copy === null || !isOpen(state)) return null;
  try {
    await pictureCopy(files, content, copy, { person: actor.userId, gone });
    return null;
  } catch (error) {
    if (!isProblem(error)) throw error;
    return error;
  }
}
