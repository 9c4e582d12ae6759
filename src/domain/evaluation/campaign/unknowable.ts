import { nodesOf, quantitiesOf } from '../../framework/conclude/condition-names.ts';
import type { ConditionNode, Quantity } from '../../framework/conclude/condition-syntax.ts';
import { conditionWords, layerWord, quantityWords } from '../../framework/conclude/condition-words.ts';
import { conditionOf } from '../../framework/conclude/edition-conditions.ts';
import { conditionPlaces } from '../../framework/edition/condition-places.ts';
import type { Indicator } from '../../framework/edition.ts';
import { rulesToRule } from '../../framework/questions/read-facts.ts';
import type { Prepared } from '../../framework/result.ts';
import { firstNamed } from '../../kit/first-named.ts';
import type { Layer } from '../lists.ts';

/** The layers whose totals a campaign has: a county has no county above it that reviews. */
const layersOf: Readonly<Partial<Record<Prepared['edition']['subject'], readonly Layer[]>>> = {
  county: ['self', 'city'],
  school: ['self', 'county', 'city'],
};

/**
 * What the scores and conclusions of an edition ask and no campaign ever knows, in words, each once: circumstances of a post or of a
 * visit, layers that nobody scores, a class of the subject. Nobody can enter these, so its evaluations would stay undecided, or would
 * be decided as if they were not so. A rule that the office may rule about (`rulesToRule`) stays open only until it has.
 * @returns empty where a campaign can take every subject to a conclusion
 */
export function unknowableIn(prepared: Prepared): readonly string[] {
  const { edition } = prepared;
  const layers = new Set<string>(layersOf[edition.subject] ?? []);
  const ruled = new Set(rulesToRule(prepared).map(({ when }) => when));
  const asked = conditionPlaces(edition).flatMap(({ text, path }) => {
    // Actions decide no score and no conclusion.
    if (path.startsWith('actions[')) return [];
    const found = nodesOf(conditionOf(prepared, text)).flatMap((one) => askedIn(one, layers));
    return ruled.has(text) ? found.filter(({ isSilent }) => isSilent) : found;
  });
  const byClass = edition.conclusions.some(({ quota }) => quota?.by.includes('class') === true);
  return [
    ...new Set([
      ...asked.map(({ words }) => words),
      ...(edition.indicators.some(byTenure) ? ['任职月数'] : []),
      ...(byClass ? ['类别'] : []),
      ...(edition.flags?.perVisit === true ? ['每次选查哪一部分'] : []),
      ...(edition.flags?.splitByTenure === true ? ['各任负责人的任职月数'] : []),
    ]),
  ];
}

/** What such an edition asks, as part of a sentence: `的结论要看 连续判否次数，评估项目中没有这项信息`. */
export const unknowableText = (names: readonly string[]): string =>
  `的结论要看${firstNamed(names, 3)}，评估项目中没有这${names.length > 1 ? '些' : '项'}信息`;

/** Whether the years of a leaf are as many as somebody has held a post. */
const byTenure = ({ method }: Indicator) => method?.kind === 'years' && method.spanBy === 'tenure';

interface Unknowable {
  readonly words: string;
  /** Whether it counts as not so where nobody says it, instead of leaving the conclusion open. */
  readonly isSilent: boolean;
}

function askedIn(node: ConditionNode, layers: ReadonlySet<string>): readonly Unknowable[] {
  switch (node.kind) {
    case 'compare':
      return quantitiesOf(node).flatMap((one) => askedOf(one, layers));
    case 'wording':
      if (node.left.kind === 'class') return [{ words: '类别', isSilent: false }];
      return node.left.kind === 'layerGrade' ? [{ words: `${layerWord(node.left.layer)}结论`, isSilent: false }] : [];
    case 'urgent':
    case 'beyondSchool':
      return [{ words: conditionWords(node), isSilent: true }];
    default:
      return [];
  }
}

function askedOf(asked: Quantity, layers: ReadonlySet<string>): readonly Unknowable[] {
  switch (asked.kind) {
    case 'layer':
      return layers.has(asked.layer) ? [] : [{ words: quantityWords(asked), isSilent: false }];
    case 'tenureMonths':
    case 'servedMonths':
    case 'repeatedNo':
      return [{ words: quantityWords(asked), isSilent: false }];
    default:
      return [];
  }
}
