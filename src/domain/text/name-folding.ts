import { type CharacterKind, characterKind, codePointName, plainForm } from './characters.ts';

/** Something in a name that a reader does not see, or sees as another character. */
export interface Folding {
  readonly kind: Exclude<CharacterKind, 'plain'>;
  /** The code point itself; half of a surrogate pair stands alone. */
  readonly character: string;
}

const dropped: ReadonlySet<CharacterKind> = new Set([
  ...(['blank', 'line-break', 'direction', 'invisible', 'control', 'null'] as const),
]);
/** Whether the intended character is lost, so that tidying cannot restore it. */
const lost: ReadonlySet<CharacterKind> = new Set(['null', 'control', 'half', 'unreadable', 'private']);

/** Characters in which nothing is to be folded: most names hold no others. */
const usual = /^[!-~一-鿿]*$/;
/** The same set with punctuation and full width: nothing is dropped, and one normal form is enough. */
const printed = /^[!-~一-鿿、。《》“”（），；：！？％０-９Ａ-Ｚａ-ｚ]*$/;

/**
 * The folded form of a name, used for comparison: without blanks, line breaks, control characters, direction marks and
 * other invisible signs, with compatibility characters and full width in their ordinary form. Two names with the same
 * folded form are one name written in two ways. The folded form is never kept or shown: （城东校区） would lose its brackets.
 */
export function foldedName(name: string): string {
  if (usual.test(name)) return name;
  if (printed.test(name)) return name.normalize('NFKC');
  // A compatibility character may hold a blank: ¨ is a blank with a mark above.
  return withoutDropped(withoutDropped(name).normalize('NFKC'))
    .replace(/[\u2e80-\u2ef3]/g, plainForm)
    .normalize('NFKC');
}

/**
 * Halves of surrogate pairs become U+FFFD. Otherwise two halves could join to a character when a sign between them is
 * dropped.
 */
function withoutDropped(text: string): string {
  const shown = [...text].filter((character) => !dropped.has(characterKind(character)));
  return shown.map((character) => (characterKind(character) === 'half' ? '\ufffd' : character)).join('');
}

/** Whether two names differ at most in what a reader cannot see. */
export function isSameName(left: string, right: string): boolean {
  return left === right || foldedName(left) === foldedName(right);
}

/**
 * The signs in a name that folding removes or replaces, each once, in the order of the name. Blanks and line breaks
 * around the name are not mistakes and are not reported; nor is the blank between two words of letters (`Anna Lee`).
 */
export function foldingsIn(name: string): Folding[] {
  const characters = [...name.trim()];
  const found = new Map<string, Folding>();
  characters.forEach((character, index) => {
    const kind = characterKind(character);
    if (kind === 'plain' || (kind === 'blank' && partsWords(characters, index))) return;
    if (!found.has(character)) found.set(character, { kind, character });
  });
  return [...found.values()];
}

/**
 * One ordinary blank between two characters that are not both Chinese separates words; any other blank is a mistake.
 */
function partsWords(characters: readonly string[], index: number): boolean {
  if (characters[index] !== ' ') return false;
  const around = [characters[index - 1], characters[index + 1]];
  if (around.some((one) => one === undefined || characterKind(one) !== 'plain')) return false;
  return !around.every((one) => chinese.test(one!));
}

const chinese = /[\p{Script=Han}\u3000-\u303f\uff01-\uff65·]/u;

/**
 * The form of a name that may be stored: invisible signs are removed, blanks and line breaks between Chinese characters
 * are removed, those between words become one blank, and compatibility characters get their ordinary form. A name with
 * a lost character (half a character, NUL, a private-use character of one computer) stays as it is, so that `nameFault`
 * finds it.
 */
export function tidyName(name: string): string {
  if (lostFault(name) !== undefined) return name.trim();
  const shown = [...name].flatMap((character) => {
    const kind = characterKind(character);
    if (kind === 'direction' || kind === 'invisible') return [];
    if (kind === 'blank' || kind === 'line-break') return [' '];
    return kind === 'compatibility' ? [...plainForm(character)] : [character];
  });
  const text = shown.join('').trim().replace(/ +/g, ' ');
  const characters = [...text];
  return characters.filter((one, index) => one !== ' ' || partsWords(characters, index)).join('');
}

/**
 * Why a name may not be kept, as a sentence for the person who typed it, or undefined. Nobody could read or find such a
 * name: `洛江区` with a zero-width sign in it is not what a search for 洛江区 finds.
 * @param what the word for the name in the sentence: 学校名称, 姓名
 */
export function nameFault(name: string, what = '名称'): string | undefined {
  const [first] = foldingsIn(name);
  // A lost character is reported before one that can simply be removed.
  return lostFault(name, what) ?? (first && sentenceOf(first, what));
}

/**
 * Like `nameFault`, but only for faults that `tidyName` leaves: the intended character is lost, and only a person knows
 * it.
 */
export function lostFault(name: string, what = '名称'): string | undefined {
  const first = foldingsIn(name).find(({ kind }) => lost.has(kind));
  return first && sentenceOf(first, what);
}

function sentenceOf({ kind, character }: Folding, what: string): string {
  return `${what}中${faults[kind](character)}`;
}

const faults: Readonly<Record<Folding['kind'], (character: string) => string>> = {
  blank: (character) =>
    character === ' ' ? '间有空格，请删去' : `有空格（${codePointName(character)}），请删去或改用半角空格`,
  'line-break': () => '有换行，请删去',
  direction: (character) => `有看不见的方向控制字符（${codePointName(character)}），请删去后重新输入`,
  invisible: (character) => `有看不见的字符（${codePointName(character)}），请删去后重新输入`,
  compatibility: (character) =>
    `“${character}”（${codePointName(character)}）是“${plainForm(character)}”的兼容字形，按它查不到，请改用“${plainForm(character)}”`,
  control: (character) => `有控制字符（${codePointName(character)}），请删去后重新输入`,
  null: () => '有空字符（U+0000），无法保存，请重新输入',
  half: (character) => `有残缺的字符（${codePointName(character)}），无法保存，请重新输入这个字`,
  unreadable: (character) => `有无法识别的字符（${codePointName(character)}），请重新输入这个字`,
  private: (character) =>
    `“${character}”（${codePointName(character)}）是本机自造的字，换一台电脑就显示不出，请改用标准汉字`,
};

/** The folded characters of a name, in words for a notice: `空格、看不见的字符（U+200B）、兼容字形“⽰”（U+2F70）`. */
export function foldingWords(foldings: readonly Folding[]): string {
  return [...new Set(foldings.map(({ kind, character }) => words[kind](character)))].join('、');
}

const words: Readonly<Record<Folding['kind'], (character: string) => string>> = {
  blank: () => '空格',
  'line-break': () => '换行',
  direction: (character) => `方向控制字符（${codePointName(character)}）`,
  invisible: (character) => `看不见的字符（${codePointName(character)}）`,
  compatibility: (character) => `兼容字形“${character}”（${codePointName(character)}）`,
  control: (character) => `控制字符（${codePointName(character)}）`,
  null: () => '空字符（U+0000）',
  half: (character) => `残缺的字符（${codePointName(character)}）`,
  unreadable: (character) => `无法识别的字符（${codePointName(character)}）`,
  private: (character) => `自造字（${codePointName(character)}）`,
};
