import { type Found, failed, good, type SoundnessCheck } from '#core/access/soundness.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { type FrozenLetter, listSomeLetters, listStrangeCounters } from './soundness.store.ts';

/** How many letters are looked at. */
const sampled = 500;

export const letterSoundness: SoundnessCheck = {
  key: 'letters',
  title: '公文定稿',
  look: async (client) => lettersFinding(await listSomeLetters(client, sampled), await listStrangeCounters(client)),
};

/** The digest of a text; null where none can be taken, such as of one that is nested past all bounds. */
function digestIfAny(model: unknown): string | null {
  try {
    return digestOf(model);
  } catch {
    return null;
  }
}

/**
 * Whether issued letters, and what their addressees have, are what their digests say, and these what the audit wrote at the
 * issue: whoever changes a text takes its digest anew, and cannot change a row of the audit that is sealed.
 */
function lettersFinding(letters: readonly FrozenLetter[], counters: readonly string[]): Found {
  const taken = letters.map((letter) => ({ ...letter, found: digestIfAny(letter.model) }));
  const numbersOf = (wrong: (letter: (typeof taken)[number]) => boolean) =>
    taken.filter(wrong).map(({ number }) => number);
  const found: readonly (readonly [words: string, named: readonly string[]])[] = [
    ['正文读不出校验码', numbersOf((letter) => letter.found === null)],
    ['正文与定稿校验码不符', numbersOf((letter) => letter.found !== null && letter.found !== letter.digest)],
    ['定稿校验码与签发时的审计记录不符', numbersOf(({ audited, digest }) => audited !== null && audited !== digest)],
    ['收文与发文不一致', numbersOf(({ strange }) => strange > 0)],
    ['号数有重漏', counters],
  ];
  const said = found.flatMap(([words, named]) =>
    named.length === 0 ? [] : [`${words}：${named.slice(0, 5).join('、')}`],
  );
  if (said.length === 0) return good(`抽查已印发的公文 ${letters.length} 件，正文、收文和号数都与定稿一致。`);
  return failed(`${said.join('；')}。`, '有人绕过平台改动了数据库；请保全现场，用最近的备份核对这些公文。');
}
