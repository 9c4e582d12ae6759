import { useSyncExternalStore } from 'react';

/** @returns a hook that is true while the window answers to this media query */
function windowHook(media: string): () => boolean {
  const query = typeof matchMedia === 'undefined' ? null : matchMedia(media);
  function subscribe(listen: () => void): () => void {
    query?.addEventListener('change', listen);
    return () => query?.removeEventListener('change', listen);
  }
  return () =>
    useSyncExternalStore(
      subscribe,
      () => query?.matches ?? false,
      () => false,
    );
}

/** True on a phone, where tables become lists and the frame moves to the lower edge. */
export const useNarrow = windowHook('(max-width: 640px)');

/** True on a phone, a small tablet and an office screen at 200 %, where nothing has room beside the page. */
export const useSmall = windowHook('(max-width: 900px)');

/** True where a whole sheet of paper has room beside a form. */
export const useWide = windowHook('(min-width: 1200px)');

/** True where the window is low, as an office screen at 200 % is: what stands above the rows folds. */
export const useLow = windowHook('(max-height: 520px)');
