import { foldedName } from './name-folding.ts';

/**
 * The words of a typed search, folded: full width and compatibility forms in their ordinary form, small letters, without
 * signs that nobody sees; `ü` is typed as `v`. A row is found if its text holds every word, in any order and anywhere:
 * the middle of a code, a part of a name, pinyin or initials. `２１３５　实小` → `2135`, `实小`.
 */
export function searchWords(text: string): string[] {
  return text
    .split(/\s+/u)
    .map((word) => foldedName(word).toLowerCase().replaceAll('ü', 'v'))
    .filter((word) => word !== '');
}

/** The folded text of one row, in which `isFound` looks for the words; parts that are missing are passed over. */
export function searchText(parts: ReadonlyArray<string | null | undefined>): string {
  return parts.map((part) => foldedName(part ?? '').toLowerCase()).join(' ');
}

/** Whether a folded text holds every word. */
export function isFound(words: readonly string[], text: string): boolean {
  return words.every((word) => text.includes(word));
}
