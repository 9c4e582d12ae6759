interface OtherNameProps {
  /** 现名 or 曾用名. */
  word: '现名' | '曾用名';
  names: readonly string[];
}

/** The other names of a school beside the one that is shown: a search finds the school by each of them. */
export function OtherName({ word, names }: OtherNameProps) {
  if (names.length === 0) return null;
  return <span className="caption">（{otherName(word, names)}）</span>;
}

export function otherName(word: OtherNameProps['word'], names: readonly string[]): string {
  return names.length === 0 ? '' : `${word} ${names.join('、')}`;
}
