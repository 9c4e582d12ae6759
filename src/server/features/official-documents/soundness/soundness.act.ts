import { type Found, failed, good, type SoundnessCheck } from '#core/access/soundness.ts';
import { digestOf } from '#core/evidence/digest.ts';
import {
  type AuditedLetter,
  type FrozenLetter,
  isSample,
  listAuditedLetters,
  listSomeLetters,
  listStrangeCounters,
  listStrangePrints,
} from './soundness.store.ts';

/** Of how many letters the text itself is read. */
const sampled = 500;

export const letterSoundness: SoundnessCheck = {
  key: 'letters',
  title: '公文定稿',
  look: async (client) =>
    lettersFinding({
      letters: await listSomeLetters(client, sampled),
      audited: await listAuditedLetters(client),
      prints: await listStrangePrints(client),
      counters: await listStrangeCounters(client),
      sample: await isSample(client),
    }),
};

interface SeenLetters {
  readonly letters: readonly FrozenLetter[];
  readonly audited: readonly AuditedLetter[];
  readonly prints: readonly string[];
  readonly counters: readonly string[];
  /** Letters of a sample city were issued by nobody. */
  readonly sample: boolean;
}

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
 * issue: whoever changes a text takes its digest anew, and cannot change a row of the audit that is sealed. What the audit
 * wrote is asked for its letter too, so that nobody leaves the record behind by giving the letter another id.
 */
function lettersFinding({ letters, audited, prints, counters, sample }: SeenLetters): Found {
  const taken = letters.map((letter) => ({ ...letter, found: digestIfAny(letter.model) }));
  const numbersOf = (wrong: (letter: (typeof taken)[number]) => boolean) =>
    taken.filter(wrong).map(({ number }) => number);
  const auditedAs = (wrong: keyof AuditedLetter) => audited.filter((one) => one[wrong]).map(({ number }) => number);
  const found: readonly (readonly [words: string, named: readonly string[]])[] = [
    ['正文读不出校验码', numbersOf((letter) => letter.found === null)],
    ['正文与定稿校验码不符', numbersOf((letter) => letter.found !== null && letter.found !== letter.digest)],
    ['定稿校验码与签发时的审计记录不符', auditedAs('rewritten')],
    ['号数、日期与签发时的审计记录不符', auditedAs('renumbered')],
    ['有审计记录而公文不在', auditedAs('gone')],
    ['没有签发的审计记录', auditedAs('unrecorded')],
    ['印发的文件与生成时的审计记录不符', prints],
    ['收文与发文不一致', numbersOf(({ strange }) => strange > 0)],
    ['号数有重漏', counters],
  ];
  const said = found.flatMap(([words, named]) =>
    named.length === 0 ? [] : [`${words}：${named.slice(0, 5).join('、')}`],
  );
  if (said.length > 0) {
    return failed(`${said.join('；')}。`, '有人绕过平台改动了数据库；请保全现场，用最近的备份核对这些公文。');
  }
  const unsealed = auditedAs('unsealed').length;
  const waiting = unsealed === 0 ? '' : `其中 ${unsealed} 件的审计记录尚未封存。`;
  const unasked = sample ? '这是示例数据，没有签发记录的公文未核对。' : '';
  return good(
    `核对有文号的公文 ${audited.length} 件、抽查正文 ${letters.length} 件，正文、文件、收文和号数都与定稿和审计记录一致。${waiting}${unasked}`,
  );
}
