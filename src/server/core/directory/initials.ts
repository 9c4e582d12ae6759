/**
 * Pinyin initials of names, for search: 鲤城区实验小学 → lcqsyxx. Letters and digits stay, all other characters are dropped.
 * The initials are computed when a name is written, and are stored beside it. The dictionary is loaded for the first
 * name, and never on the desk.
 */
export async function initialsOf(names: readonly string[]): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro');
  return names.map((name) =>
    pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
      .join('')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  );
}

/** The pinyin of names without tones, in one word, with the initials: 洛阳市 → luoyangshi, lys. */
export async function spellingsOf(names: readonly string[]): Promise<{ spelling: string; initials: string }[]> {
  const { pinyin } = await import('pinyin-pro');
  const initials = await initialsOf(names);
  return names.map((name, at) => ({
    spelling: pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
      .join('')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
    initials: initials[at]!,
  }));
}
