/**
 * The prefix of everything that a page stores in this browser of a person's work, so that signing out finds all of it.
 */
export const localCopyPrefix = 'dudao.local.';

/** The keys of a store that begin with the prefix. */
export function keysUnder(store: Pick<Storage, 'key' | 'length'>, prefix: string): string[] {
  const keys: string[] = [];
  for (let index = 0; index < store.length; index += 1) {
    const key = store.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

/** Removes every local copy from this machine, of every person and every page. */
export function wipeLocalCopies(store: Pick<Storage, 'key' | 'length' | 'removeItem'>): void {
  for (const key of keysUnder(store, localCopyPrefix)) store.removeItem(key);
}
