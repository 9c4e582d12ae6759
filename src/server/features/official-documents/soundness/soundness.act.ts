import { type Found, failed, good, type SoundnessCheck } from '#core/access/soundness.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { listSomeLetters, listStrangeCounters } from './soundness.store.ts';

/** How many letters are looked at. */
const sampled = 500;

export const letterSoundness: SoundnessCheck = {
  key: 'letters',
  title: '公文定稿',
  look: async (client) => lettersFinding(await listSomeLetters(client, sampled), await listStrangeCounters(client)),
};

/** Whether issued letters, and what their addressees have, are what their digests say. */
function lettersFinding(
  letters: ReadonlyArray<{ number: string; model: unknown; digest: string; strange: number }>,
  counters: readonly string[],
): Found {
  const changed = letters.filter(({ model, digest }) => digestOf(model) !== digest).map(({ number }) => number);
  const strange = letters.filter(({ strange: copies }) => copies > 0).map(({ number }) => number);
  const said = [
    ...(changed.length === 0 ? [] : [`正文与定稿校验码不符：${changed.slice(0, 5).join('、')}`]),
    ...(strange.length === 0 ? [] : [`收文与发文不一致：${strange.slice(0, 5).join('、')}`]),
    ...(counters.length === 0 ? [] : [`号数有重漏：${counters.slice(0, 5).join('、')}`]),
  ];
  if (said.length === 0) return good(`抽查已印发的公文 ${letters.length} 件，正文、收文和号数都与定稿一致。`);
  return failed(`${said.join('；')}。`, '有人绕过平台改动了数据库；请保全现场，用最近的备份核对这些公文。');
}
