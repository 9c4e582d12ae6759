import { readFile } from 'node:fs/promises';
import type { Actor } from '#domain/access/actor.ts';
import { isProblem } from '#domain/kit/problem.ts';
import type { FileServices } from '#platform/files/file-services.ts';
import { pictureCopy } from '#platform/files/picture-copy.ts';
import { shownPictureType } from '#platform/files/picture-order.ts';
import type { PhotographRow } from './photograph.store.ts';

interface Drawing {
  readonly files: FileServices;
  readonly actor: Actor;
  readonly gone: AbortSignal | undefined;
}

/**
 * The photograph as a square picture, drawn from the file that was brought; null where there is none, or none that can be shown: it
 * waits for the scanner, is infected, or cannot be read.
 */
export async function squareOf(
  photograph: PhotographRow | undefined,
  { files, actor, gone }: Drawing,
): Promise<Buffer | null> {
  if (photograph === undefined || photograph.scan === 'infected') return null;
  if (photograph.scan === 'unscanned' && files.scanner !== null) return null;
  try {
    return await readFile(await pictureCopy(files, photograph, 'portrait', { person: actor.userId, gone }));
  } catch (error) {
    if (isProblem(error) && error.code !== 'file.previewBusy') return null;
    throw error;
  }
}

/** A picture as an address that holds it: a page with several posts asks for no picture by an address of its own. */
export function addressOf(picture: Buffer | null): string | null {
  return picture === null ? null : `data:${shownPictureType};base64,${picture.toString('base64')}`;
}
