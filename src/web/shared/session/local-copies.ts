/**
 * The prefix of everything that a page stores in this browser of a person's work, so that the end of a session finds
 * all of it.
 */
export const localCopyPrefix = 'dudao.local.';

/**
 * The copies that the server does not have, by the word after the prefix. They outlive a session: only their owner sees
 * them, and only the owner gives them up.
 */
const unsentCopies = { draft: `${localCopyPrefix}draft.`, return: `${localCopyPrefix}return.` } as const;

/** The beginning of the key of an unsent copy. */
export const draftPrefix: string = unsentCopies.draft;
export const returnPrefix: string = unsentCopies.return;

type Store = Pick<Storage, 'key' | 'length'>;

/** The keys of a store that begin with the prefix. */
export function keysUnder(store: Store, prefix: string): string[] {
  const keys: string[] = [];
  for (let index = 0; index < store.length; index += 1) {
    const key = store.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

/** Removes the local copies of every person and every page, except what the server does not have yet. */
export function wipeLocalCopies(store: Store & Pick<Storage, 'removeItem'>): void {
  const unsent = Object.values(unsentCopies);
  for (const key of keysUnder(store, localCopyPrefix)) {
    if (!unsent.some((prefix) => key.startsWith(prefix))) store.removeItem(key);
  }
}

/** One thing that a person typed on this machine and that the server does not have. */
export interface UnsentCopy {
  readonly key: string;
  /** The kind of draft; `return` for what a reviewer wrote about a subject. */
  readonly kind: string;
  /** The person, and after `~` the post in which it was typed. */
  readonly owner: string;
  readonly subjectId: string;
  readonly parts: readonly string[];
}

/** What this person left here, in every post. */
export function listUnsent(store: Store & Pick<Storage, 'getItem'>, personId: string): UnsentCopy[] {
  const drafts = keysUnder(store, unsentCopies.draft).map((key) => {
    const [kind = '', owner = '', subjectId = ''] = key.slice(unsentCopies.draft.length).split('.');
    return { key, kind, owner, subjectId, parts: Object.keys(contentOf(store, key)) };
  });
  const returns = keysUnder(store, unsentCopies.return).map((key) => {
    const [owner = '', subjectId = ''] = key.slice(unsentCopies.return.length).split('.');
    return { key, kind: 'return', owner, subjectId, parts: ['return'] };
  });
  return [...drafts, ...returns].filter(({ owner }) => owner.split('~')[0] === personId);
}

/** How many things they are: two tabs may keep the same one. */
export function countUnsent(copies: readonly UnsentCopy[]): number {
  return new Set(copies.flatMap(({ kind, subjectId, parts }) => parts.map((part) => `${kind} ${subjectId} ${part}`)))
    .size;
}

function contentOf(store: Pick<Storage, 'getItem'>, key: string): object {
  try {
    return (JSON.parse(store.getItem(key) ?? '{}') as object | null) ?? {};
  } catch {
    return {};
  }
}
