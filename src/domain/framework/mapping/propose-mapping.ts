import { halfWidth } from '../../kit/half-width.ts';
import type { Code, Edition, Indicator } from '../edition.ts';

/** On what a proposal rests. */
export type MappingGround = 'code' | 'title' | 'text';

/** A leaf of one edition that seems to ask what a leaf of another asks. */
export interface ProposedPair {
  readonly to: Code;
  readonly from: Code;
  readonly by: MappingGround;
  /** How alike title and text are, in hundredths. */
  readonly likeness: number;
}

/** From which likeness on (in hundredths) a pair is proposed; below it nobody is bothered with it. */
export const proposedFrom = { code: 40, title: 60, text: 55 } as const;

/** The leaves of an edition, in the order of the document. */
export function leavesOf({ indicators }: Pick<Edition, 'indicators'>): Indicator[] {
  const parents = new Set(indicators.map(({ parent }) => parent));
  return indicators.filter(({ code }) => !parents.has(code));
}

/**
 * Proposes which leaf carries to which, each at most once: the same code with a title that is alike (between editions of one
 * framework codes mostly stay), else the titles that are most alike, else the texts. Likeness is the Dice coefficient of the
 * pairs of neighbouring signs (Dice 1945, Ecology 26: 297–302); blanks and punctuation do not count.
 */
export function proposeMapping(from: Pick<Edition, 'indicators'>, to: Pick<Edition, 'indicators'>): ProposedPair[] {
  const sources = leavesOf(from).map((leaf) => ({
    leaf,
    title: pairsOf(leaf.title ?? ''),
    text: pairsOf(wordsOf(leaf)),
  }));
  const targets = leavesOf(to).map((leaf) => ({
    leaf,
    title: pairsOf(leaf.title ?? ''),
    text: pairsOf(wordsOf(leaf)),
  }));
  const found: ProposedPair[] = [];
  for (const target of targets) {
    for (const source of sources) {
      const title = likeness(target.title, source.title);
      const text = likeness(target.text, source.text);
      const pair = { to: target.leaf.code, from: source.leaf.code };
      const isSameCode = target.leaf.code === source.leaf.code;
      if (isSameCode && Math.max(title, text) >= proposedFrom.code) {
        found.push({ ...pair, by: 'code', likeness: Math.max(title, text) });
      } else if (title >= proposedFrom.title) found.push({ ...pair, by: 'title', likeness: title });
      else if (text >= proposedFrom.text) found.push({ ...pair, by: 'text', likeness: text });
    }
  }
  // What is alike in every sign comes first; of equal ones the same code wins.
  const rank = { code: 0, title: 1, text: 2 } as const;
  found.sort((one, other) => other.likeness - one.likeness || rank[one.by] - rank[other.by]);
  const [takenTo, takenFrom] = [new Set<Code>(), new Set<Code>()];
  const chosen = found.filter((pair) => {
    if (takenTo.has(pair.to) || takenFrom.has(pair.from)) return false;
    takenTo.add(pair.to);
    takenFrom.add(pair.from);
    return true;
  });
  const order = new Map(targets.map(({ leaf }, at) => [leaf.code, at]));
  return chosen.sort((one, other) => order.get(one.to)! - order.get(other.to)!);
}

/** How alike two leaves are by title or text, whichever is more, in hundredths. */
export function leafLikeness(one: Indicator, other: Indicator): number {
  const title = likeness(pairsOf(one.title ?? ''), pairsOf(other.title ?? ''));
  return Math.max(title, likeness(pairsOf(wordsOf(one)), pairsOf(wordsOf(other))));
}

const wordsOf = ({ title, text }: Indicator) => `${title ?? ''}${text ?? ''}`;

/** The pairs of neighbouring signs of a text with how often each comes; a single sign stands for itself. */
function pairsOf(text: string): ReadonlyMap<string, number> {
  const signs = [
    ...halfWidth(text)
      .toLowerCase()
      .replace(/[\s\p{P}\p{S}]/gu, ''),
  ];
  const pairs = signs.length === 1 ? signs : signs.slice(1).map((sign, at) => signs[at]! + sign);
  const counts = new Map<string, number>();
  for (const pair of pairs) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

function likeness(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const size = (pairs: ReadonlyMap<string, number>) => [...pairs.values()].reduce((sum, count) => sum + count, 0);
  const all = size(one) + size(other);
  if (size(one) === 0 || size(other) === 0) return 0;
  let shared = 0;
  for (const [pair, count] of one) shared += Math.min(count, other.get(pair) ?? 0);
  return Math.round((200 * shared) / all);
}
