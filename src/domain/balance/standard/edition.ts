/** A revision of a standard as an edition that people name: as shipped, or as the city has changed it. */
export interface Edition {
  readonly kind: 'original' | 'own';
  /** Counted from 1 among the editions of its kind, in the order of the revisions. */
  readonly number: number;
}

/** `原文`, `原文（第 2 版，随产品更正）`, `本市口径第 1 版`: what stands on paper and screen where an edition is named. */
export function editionText({ kind, number }: Edition): string {
  if (kind === 'own') return `本市口径第 ${number} 版`;
  return number === 1 ? '原文' : `原文（第 ${number} 版，随产品更正）`;
}
