import { stat } from 'node:fs/promises';
import { isProblem } from '#domain/kit/problem.ts';
import type { Viewer } from './file-processes.ts';
import type { FileServices } from './file-services.ts';
import { missing } from './pending-files.ts';
import type { PictureCopy } from './picture-order.ts';

/**
 * Where a copy of a picture lies; it is drawn where it is not there yet. On a machine without the library of pictures
 * others save the picture as it came: the work of a review is not stopped by it, and nothing is shown in the page.
 * @throws what `PictureDrawer.draw` throws
 */
export async function pictureCopy(
  { store, pictures }: Pick<FileServices, 'store' | 'pictures'>,
  { hash, mediaType }: { readonly hash: string; readonly mediaType: string },
  as: PictureCopy,
  viewer: Viewer,
): Promise<string> {
  const from = store.contentPath(hash);
  const copy = store.derivedPath(hash, as);
  if ((await stat(copy).catch(missing)) !== null) return copy;
  try {
    await store.derive(copy, (to) => pictures.draw({ as, mediaType, from, to }, viewer));
    return copy;
  } catch (error) {
    if (as === 'clean' && isProblem(error) && error.code === 'file.noDrawing') return from;
    throw error;
  }
}
