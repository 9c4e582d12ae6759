import { foldedName } from './name-folding.ts';

/** Signs that print alike; the first represents all of them. Nobody who reads a list can distinguish them. */
const alike = [
  '·•‧∙⋅・.．',
  '一-‐‑‒–—―−─ー',
  '0〇○◯oOοΟоО',
  '1lIІ|丨',
  '(〔[【〈《「『（',
  ')〕]】〉》」』）',
  '已己巳',
  '日曰',
  '未末',
  '土士',
  '戊戌戍',
  '祇衹祗',
  '县縣県',
  'aАаΑ',
  'bВвΒ',
  'eЕеΕ',
  'kКкΚ',
  'mМмΜ',
  'hНнΗ',
  'pРрΡ',
  'cСс',
  'tТтΤ',
  'yУуΥ',
  'xХхΧ',
] as const;

const first: ReadonlyMap<string, string> = new Map(
  alike.flatMap((group) => [...group].map((character) => [character, [...group][0]!] as const)),
);

/**
 * A key for names. Two names with the same key print alike, although they may be different names: 示例县 and 示例縣, 第一小学 and
 * 第—小学.
 */
export function lookAlikeKey(name: string): string {
  return [...foldedName(name)]
    .map((character) => first.get(character) ?? first.get(character.toLowerCase()) ?? character.toLowerCase())
    .join('');
}

/** Pairs of names with different folded forms that look the same, in the order in which they were given. */
export function lookAlikes(names: readonly string[]): Array<readonly [string, string]> {
  const seen = new Map<string, string>();
  const pairs: Array<readonly [string, string]> = [];
  for (const name of names) {
    const key = lookAlikeKey(name);
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, name);
    else if (foldedName(earlier) !== foldedName(name)) pairs.push([earlier, name]);
  }
  return pairs;
}
