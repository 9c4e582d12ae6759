/** Whatever a page keeps in this browser of a person's work stands under this prefix, so that signing out finds all of it. */
export const localCopyPrefix = 'dudao.local.';

/** The keys of a store that begin so. */
export function keysUnder(store: Pick<Storage, 'key' | 'length'>, prefix: string): string[] {
  const keys: string[] = [];
  for (let index = 0; index < store.length; index += 1) {
    const key = store.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

/** Takes every local copy off this machine, whoever's it is and whichever page kept it. */
export function wipeLocalCopies(store: Pick<Storage, 'key' | 'length' | 'removeItem'>): void {
  for (const key of keysUnder(store, localCopyPrefix)) store.removeItem(key);
}
