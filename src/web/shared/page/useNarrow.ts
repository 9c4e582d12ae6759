import { useSyncExternalStore } from 'react';

const query = typeof matchMedia === 'undefined' ? null : matchMedia('(max-width: 640px)');

function subscribe(listen: () => void): () => void {
  query?.addEventListener('change', listen);
  return () => query?.removeEventListener('change', listen);
}

/** True on a phone, where tables become lists and the frame moves to the lower edge. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => query?.matches ?? false,
    () => false,
  );
}
