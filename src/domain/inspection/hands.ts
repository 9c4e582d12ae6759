import type { Permission } from '../access/permissions.ts';

/** Somebody of an office, with what the posts there permit. */
export interface OfficePost {
  readonly personId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

const may = (office: readonly OfficePost[], permission: Permission) =>
  office.filter(({ permissions }) => permissions.includes(permission));
const others = (all: readonly OfficePost[], hands: readonly string[]) =>
  all.filter(({ personId }) => !hands.includes(personId));
const names = (people: readonly OfficePost[]) => [...new Set(people.map(({ name }) => name))].join('、');

/** `甲送审，乙审核、签发`: what follows one another at the same people names them once. */
function together(parts: readonly (readonly [who: string, act: string])[]): string {
  return parts
    .map(([who, act], at) => (who === parts[at - 1]?.[0] ? `、${act}` : `，${who}${act}`))
    .join('')
    .slice(1);
}

/**
 * Who reviews next, by name, as a sentence for whoever may not: a second hand reviews at the unit, a third there or at the city
 * (教督〔2016〕2号: 推荐, 审核, with a second review). Says also where there is nobody, and who helps then.
 * @param hands whoever signed before, by the ids of the people
 */
export function otherHands(
  act: 'review' | 'confirm',
  { own, above }: { readonly own: readonly OfficePost[]; readonly above: readonly OfficePost[] },
  hands: readonly string[],
): string {
  const reviewing = others(may(act === 'confirm' ? [...own, ...above] : own, 'inspector.review'), hands);
  const word = act === 'confirm' ? '复审' : '审核';
  return reviewing.length === 0
    ? `现在没有另一人能${word}，请安全管理员为另一人授予有审核权限的角色。`
    : `可以由${names(reviewing)}${word}。`;
}

/**
 * The way of a letter through an office whose people are few, as a sentence: who sends it, who checks and signs it, who numbers it. Whoever sent a
 * letter neither checks nor signs it, and whoever signed does not number it (`letterSigning`): an office of two finishes where
 * each does the own part, and does not where the one who signs sends it.
 */
export function letterWay(office: readonly OfficePost[]): string {
  const signing = may(office, 'letter.sign');
  if (signing.length === 0) return '本单位没有人能签发公文，请安全管理员为一人授予有签发权限的角色。';
  for (const signer of signing) {
    const rest = others(office, [signer.personId]);
    const [senders, issuers] = [may(rest, 'letter.draft'), may(rest, 'letter.issue')];
    for (const sender of senders) {
      const checkers = others(may(office, 'letter.check'), [sender.personId]);
      if (issuers.length === 0 || checkers.length === 0) continue;
      const isAlone = signing.length === 1;
      const sends = isAlone ? senders : others(may(office, 'letter.draft'), []);
      const said = together([
        [names(sends), '送审'],
        [names(isAlone ? checkers : may(office, 'letter.check')), '审核'],
        [names(signing), '签发'],
        [names(isAlone ? issuers : may(office, 'letter.issue')), '编号印发'],
      ]);
      const warning = isAlone
        ? `能签发的只有${signer.name}，请${signer.name}不要自己修改或送审。`
        : '送审的人不审核、不签发，签发的人不编号。';
      return `聘书由${said}；${warning}`;
    }
  }
  return `除${names(signing)}外，本单位没有另一人能送审、审核和编号聘书，请安全管理员为另一人授予相应的角色。`;
}
