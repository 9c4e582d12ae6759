/**
 * The prefix of everything that a page stores in this browser of a person's work, so that the end of a session finds
 * all of it.
 */
export const localCopyPrefix = 'dudao.local.';

/**
 * The copies that the server does not have, by the word after the prefix. They outlive a session: only their owner sees
 * them, and only the owner gives them up.
 */
const unsentCopies = {
  draft: `${localCopyPrefix}draft.`,
  return: `${localCopyPrefix}return.`,
  writing: `${localCopyPrefix}writing.`,
} as const;

/** The beginning of the key of an unsent copy. */
export const draftPrefix: string = unsentCopies.draft;
export const returnPrefix: string = unsentCopies.return;
export const writingPrefix: string = unsentCopies.writing;

/** The beginning of the key of a file on its way to the server: which one it was, so that the same file goes on. */
export const uploadPrefix: string = `${localCopyPrefix}upload.`;

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

/** The name under which a tab keeps its copies: the person, and the post in which the tab works. */
export const ownerOf = (personId: string, post: string | null): string =>
  post === null ? personId : `${personId}~${post.replace('.', '~')}`;

/** The person in the name of an owner. */
export const personOf = (owner: string): string => owner.split('~')[0]!;

/** The kind of the copies of what a reviewer wrote. Nothing sends them: they wait until their author does. */
export const returnKind = 'return';

/** The kind of the copies of whole texts that are saved by a button or after a pause. They wait for their page. */
export const writingKind = 'writing';

/** The kinds whose copy is one thing, whatever it holds. */
const wholeKinds: readonly string[] = [returnKind, writingKind];

/** The key of an unsent copy, and what it names. */
export interface UnsentKey {
  readonly key: string;
  /** The kind of draft, `returnKind` or `writingKind`. */
  readonly kind: string;
  /** See `ownerOf`. */
  readonly owner: string;
  readonly subjectId: string;
}

/** The copies that this person left here, in every post. */
export function unsentKeys(store: Store, personId: string): UnsentKey[] {
  return Object.values(unsentCopies)
    .flatMap((prefix) =>
      keysUnder(store, prefix).map((key) => {
        const named = key.slice(prefix.length).split('.');
        const [kind = '', owner = '', subjectId = ''] = prefix === returnPrefix ? [returnKind, ...named] : named;
        // What is written has a kind of its own; here it matters only that it is a text as a whole.
        if (prefix === writingPrefix) return { key, kind: writingKind, owner, subjectId: `${kind}.${subjectId}` };
        return { key, kind, owner, subjectId };
      }),
    )
    .filter(({ owner }) => personOf(owner) === personId);
}

/** One thing that a person typed on this machine and that the server does not have. */
export interface UnsentPart extends Pick<UnsentKey, 'kind' | 'subjectId'> {
  readonly part: string;
}

/** What this person left here, in every post. */
export function listUnsent(store: Store & Pick<Storage, 'getItem'>, personId: string): UnsentPart[] {
  return unsentKeys(store, personId).flatMap(({ key, kind, subjectId }) =>
    (wholeKinds.includes(kind) ? [kind] : Object.keys(contentOf(store, key))).map((part) => ({
      kind,
      subjectId,
      part,
    })),
  );
}

/** How many things they are: two tabs may keep the same one, and one may be newer on a page than its copy. */
export function countUnsent(parts: readonly UnsentPart[]): number {
  return new Set(parts.map(({ kind, subjectId, part }) => `${kind} ${subjectId} ${part}`)).size;
}

function contentOf(store: Pick<Storage, 'getItem'>, key: string): object {
  try {
    return (JSON.parse(store.getItem(key) ?? '{}') as object | null) ?? {};
  } catch {
    return {};
  }
}
