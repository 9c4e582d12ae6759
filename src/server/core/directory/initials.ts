/**
 * Pinyin initials of names, for search: 鲤城区实验小学 → lcqsyxx. Letters and digits stay, all other characters are dropped.
 * The initials are computed when a name is written, and are stored beside it. The dictionary is loaded for the first
 * name, and never on the desk.
 */
export async function initialsOf(names: readonly string[]): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  return names.map((name) =>
    letters(pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })),
  );
}

/** The pinyin of names without tones, in one word, with the initials: 洛阳市 → luoyangshi, lys. */
export async function spellingsOf(names: readonly string[]): Promise<{ spelling: string; initials: string }[]> {
  const initials = await initialsOf(names);
  const spelt = await spell(names);
  return names.map((_, at) => ({ spelling: spelt[at]!, initials: initials[at]! }));
}

/**
 * The pinyin of people's names. A surname may be read otherwise than the same character elsewhere (单 shan, 曾 zeng);
 * such a name comes in both readings, the first with its initials: 曾伟 → `zengwei zw cengwei`.
 */
export async function soundsOf(people: readonly string[]): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  const plain = await spell(people);
  const asSurname = await spell(people, 'head');
  return people.map((name, at) => {
    if (asSurname[at] === plain[at]) return plain[at]!;
    const initials = pinyin(name, { pattern: 'first', toneType: 'none', surname: 'head', type: 'array', v: true });
    return `${asSurname[at]} ${letters(initials)} ${plain[at]}`;
  });
}

/** By what a search finds names beside their characters: the pinyin, in both readings of a surname, and the initials. */
export async function foundByOf(names: readonly string[]): Promise<string[]> {
  const initials = await initialsOf(names);
  const sounds = await soundsOf(names);
  return names.map((_, at) => `${sounds[at]} ${initials[at]}`);
}

async function spell(names: readonly string[], surname: 'off' | 'head' = 'off'): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  return names.map((name) =>
    letters(pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true, surname })),
  );
}

const letters = (parts: readonly string[]) =>
  parts
    .join('')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
