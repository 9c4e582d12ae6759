import type { Ownership } from './ownership.ts';

/** The short list that offices use: who runs the school, county, city, province, others. */
export type SponsorLevel = 'county' | 'city' | 'province' | 'other';

/** One of the ten 举办者类型 of the national application form for 优质均衡. */
export interface Sponsor {
  readonly code: number;
  readonly name: string;
  readonly level: SponsorLevel;
}

/** 举办者类型, codes 1 to 10: 7 and 8 are 县, 5 and 6 市, 3 and 4 省 of the short list. */
export const sponsors: readonly Sponsor[] = [
  { code: 1, name: '中央教育部门', level: 'other' },
  { code: 2, name: '中央其他部门', level: 'other' },
  { code: 3, name: '省级教育部门', level: 'province' },
  { code: 4, name: '省级其他部门', level: 'province' },
  { code: 5, name: '地级教育部门', level: 'city' },
  { code: 6, name: '地级其他部门', level: 'city' },
  { code: 7, name: '县级教育部门', level: 'county' },
  { code: 8, name: '县级其他部门', level: 'county' },
  { code: 9, name: '地方企业', level: 'other' },
  { code: 10, name: '民办', level: 'other' },
];

export const sponsorLevelNames: Readonly<Record<SponsorLevel, string>> = {
  county: '县',
  city: '市',
  province: '省',
  other: '其他',
};

/** The sponsor of a code, or undefined for a code outside 1 to 10. */
export function sponsor(code: number): Sponsor | undefined {
  return sponsors.find((line) => line.code === code);
}

/**
 * The one word of the balance table's column 举办者, which joins 举办者 and 办别: 民办 for every private school, else 县 市 省 其他 by
 * sponsor.
 */
export function sponsorWord(level: SponsorLevel, ownership: Ownership): SponsorWord {
  return ownership === 'private' ? '民办' : (sponsorLevelNames[level] as SponsorWord);
}

/** 举办者 and 办别 in one word. */
export const sponsorWords = ['县', '市', '省', '民办', '其他'] as const;

export type SponsorWord = (typeof sponsorWords)[number];

/**
 * Reads the column 举办者 as offices write it: the short word, the name or number of one of the ten types, or a usual
 * longer form (县级, 市直, 省属). Undefined where it is none of these.
 */
export function readSponsorWord(text: string): SponsorWord | undefined {
  const word = text.normalize('NFKC').trim();
  const known = sponsors.find((line) => line.name === word || String(line.code) === word);
  if (known) return sponsorWord(known.level, known.code === 10 ? 'private' : 'public');
  return words.get(word);
}

const words: ReadonlyMap<string, SponsorWord> = new Map([
  ...(['县', '县级', '县属', '区', '区级', '区属'] as const).map((word) => [word, '县'] as const),
  ...(['市', '市级', '市直', '市属', '地级', '地市级'] as const).map((word) => [word, '市'] as const),
  ...(['省', '省级', '省属', '省直'] as const).map((word) => [word, '省'] as const),
  ...(['民办', '私立'] as const).map((word) => [word, '民办'] as const),
  ...(['其他', '中央', '企业'] as const).map((word) => [word, '其他'] as const),
]);
