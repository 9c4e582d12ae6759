/** 发文字号 in its parts: 机关代字, year, and the number in the series of the year; null until the letter is issued. */
export interface LetterNumber {
  readonly code: string;
  readonly year: number;
  readonly ordinal: number | null;
}

/** 示政教督〔2026〕12号; a blank stands where the number is not given yet. */
export function letterNumberText({ code, year, ordinal }: LetterNumber): string {
  return `${code}〔${year}〕${ordinal ?? '　'}号`;
}
