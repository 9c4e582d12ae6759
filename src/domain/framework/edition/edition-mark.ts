import type { Authority, Edition } from '../edition.ts';

/** How far an edition carries, in the words of screens, exports and prints. */
export const authorityTitles: Readonly<Record<Authority, string>> = {
  official: '官方文本',
  'official-partial': '官方文本（不全）',
  sample: '样本，非官方文本',
};

/** What is read of an edition for its mark. */
export interface MarkedEdition {
  readonly authority: Authority;
  /** Whose numbers stand beside those of the document; null or missing: nobody's. */
  readonly completedBy?: string | null | undefined;
}

/** The mark of an edition, which stands wherever a result of it is shown: `样本，非官方文本，由泉州市补全`. Never throws. */
export function editionMark({ authority, completedBy }: MarkedEdition): string {
  const said = authorityTitles[authority];
  return completedBy == null ? said : `${said}，由${completedBy}补全`;
}

/**
 * An edition as a letter cites it. The text of a document is cited by its title; anything else says what it is, because a title
 * in 《》 passes for an issued document.
 * @returns `《…》`, or `《…》（样本，非官方文本，由泉州市补全）`
 */
export function citedEdition(edition: MarkedEdition & Pick<Edition, 'title'>): string {
  const title = `《${edition.title}》`;
  return edition.authority === 'official' && edition.completedBy == null
    ? title
    : `${title}（${editionMark(edition)}）`;
}
