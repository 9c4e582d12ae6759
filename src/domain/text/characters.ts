import { directionMark } from '../kit/direction-mark.ts';

/** Signs without width: zero-width signs, joiners, soft hyphens, variation selectors, fillers, tags. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
const lineBreak = /[\n\r\v\f\u0085\u2028\u2029]/;
/** U+2800 is a Braille cell without dots: it looks like a blank, but Unicode does not count it as one. */
const blank = /[\t\p{Zs}\u2800]/u;
const noncharacter = /[\ufdd0-\ufdef\p{Noncharacter_Code_Point}]/u;
/** Punctuation, letters and digits in full width: typed on purpose and recognised by every reader. */
const fullWidth = /[\uff01-\uff5e\uffe0-\uffe6]/;

/**
 * Characters of the block CJK Radicals Supplement that look like a whole ideograph. Unicode gives only two of them a
 * compatibility form (NFKC); the others come from text copied out of PDF files, 西 as U+2EC4 and 长 as U+2ED3. Source:
 * Unicode Character Database, EquivalentUnifiedIdeograph, without the parts that are not characters by themselves.
 */
const radicals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ '\u2e9c': '日', '\u2e9d': '月', '\u2e9f': '母', '\u2ea0': '民', '\u2ea9': '王', '\u2eac': '示' },
    ...{ '\u2eb6': '羊', '\u2ec1': '虎', '\u2ec4': '西', '\u2ec5': '见', '\u2ec6': '角', '\u2ec9': '贝' },
    ...{ '\u2ecb': '车', '\u2ed1': '長', '\u2ed3': '长', '\u2ed4': '门', '\u2ed7': '雨', '\u2ed8': '青' },
    ...{ '\u2ed9': '韦', '\u2eda': '页', '\u2edb': '风', '\u2edc': '飞', '\u2edd': '食', '\u2ee2': '马' },
    ...{ '\u2ee3': '骨', '\u2ee4': '鬼', '\u2ee5': '鱼', '\u2ee6': '鸟', '\u2ee7': '卤', '\u2ee8': '麦' },
    ...{ '\u2ee9': '黄', '\u2eea': '黾', '\u2eeb': '斉', '\u2eec': '齐', '\u2eed': '歯', '\u2eee': '齿' },
    ...{ '\u2eef': '竜', '\u2ef0': '龙', '\u2ef1': '龜', '\u2ef2': '亀', '\u2ef3': '龟' },
  }),
);

/**
 * How a reader of names sees a single code point. `plain` is seen and kept as it is; `compatibility` is another form of
 * an ordinary character (Unicode NFKC, and the CJK radicals that look like ideographs).
 */
export type CharacterKind =
  | 'plain'
  | 'blank'
  | 'line-break'
  | 'direction'
  | 'invisible'
  | 'compatibility'
  | 'control'
  | 'null'
  | 'half'
  | 'unreadable'
  | 'private';

/** @param character one code point as iteration over a string yields it; half of a surrogate pair comes by itself */
export function characterKind(character: string): CharacterKind {
  // Names are mostly ideographs, which need none of the checks below.
  if (/^[一-鿿]$/.test(character)) return 'plain';
  if (character === '\0') return 'null';
  if (/\p{Surrogate}/u.test(character)) return 'half';
  if (lineBreak.test(character)) return 'line-break';
  if (blank.test(character)) return 'blank';
  if (directionMark.test(character)) return 'direction';
  if (/\p{Cc}/u.test(character)) return 'control';
  if (character === '\ufffd' || noncharacter.test(character)) return 'unreadable';
  if (invisible.test(character)) return 'invisible';
  if (/\p{Co}/u.test(character)) return 'private';
  return plainForm(character) === character || fullWidth.test(character) ? 'plain' : 'compatibility';
}

/** The ordinary form of a compatibility character: ⽰ (U+2F70) is 示, ① is 1, ５ is 5. */
export function plainForm(character: string): string {
  return radicals.get(character) ?? character.normalize('NFKC');
}

/** `U+200B`, as a person can look it up. */
export function codePointName(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Most cells hold nothing else: Chinese characters, the printed half of ASCII and blanks. */
const visible = /^[ -~一-鿿]*$/;

/** A text without what cannot be seen: zero-width signs, direction marks and control characters; blanks stay. */
export function withoutInvisible(text: string): string {
  if (visible.test(text)) return text;
  return [...text].filter((character) => !unseen.has(characterKind(character))).join('');
}

/** The characters of a text that cannot be seen, each once. */
export function invisibleIn(text: string): string[] {
  return [...new Set(text)].filter((character) => unseen.has(characterKind(character)));
}

/** Line ends of other systems, and signs that end a line or a page: in a text they are one line end. */
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/**
 * Signs that hide a message or nothing at all: soft hyphen, zero-width blanks, fillers, annotations, tags. Joiners and
 * variation selectors stay, because pictures and rare characters are written with them.
 */
const hidden = /\u034f|[\u00ad\u115f\u1160\u180e\u200b\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
/** More marks on one sign than any script writes: they run over the lines above and below. */
const heaped = /(\p{M}{4})\p{M}+/gu;

/**
 * A free text as its readers see it: without control characters, signs that are not seen, and marks that turn the direction
 * of what follows, with one sort of line end. NUL and half characters stay, because whoever keeps the text refuses them.
 */
export function shownText(text: string): string {
  if (visible.test(text)) return text;
  const misleads = (character: string) => hidden.test(character) || misleading.has(characterKind(character));
  const shown = [...text.replace(lineEnds, '\n')].filter((character) => !misleads(character));
  return shown.join('').replace(heaped, '$1');
}

/** The same for a text of one line, such as the name of a document or a file. */
export function shownLine(text: string): string {
  return shownText(text).replace(/[\n\t]+/g, ' ');
}

const misleading: ReadonlySet<CharacterKind> = new Set(['direction', 'control']);

const unseen: ReadonlySet<CharacterKind> = new Set(['invisible', 'direction', 'control', 'null']);
