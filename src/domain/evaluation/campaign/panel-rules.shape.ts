import { inspectorKinds } from '../../inspection/inspector.ts';
import { day, list, oneOf, parts, text, whole } from '../../kit/definition.shape.ts';
import { readDefinition } from '../../kit/read-definition.shape.ts';
import type { Day } from '../../kit/school-year.ts';

/** What a leaf asks of a person: data fill it, one of some options, a count of items, a figure, or a judgement. */
export const leafWorks = ['data', 'choice', 'count', 'value', 'judgement'] as const;
export type LeafWork = (typeof leafWorks)[number];

const shape = parts({
  key: text,
  edition: text,
  /** How many inspectors a group has at least, and since when. */
  size: list(
    parts({ least: whole(1, 50), from: day, until: day.nullable(), document: text, article: text, note: text }),
  ).min(1, '应至少有一项'),
  /** Who counts as an inspector (督学); experts and people of a third party take part and do not count. */
  inspectorKinds: list(oneOf(inspectorKinds)).min(1, '应至少有一项'),
  /** Minutes of one leaf by what it asks, for whoever answers and for one who judges. Proposals of this product. */
  minutes: list(parts({ work: oneOf(leafWorks), answering: whole(0, 600), judging: whole(0, 600) })).refine(
    (given) => leafWorks.every((work) => given.filter((one) => one.work === work).length === 1),
    `每种指标写一项：${leafWorks.join('、')}`,
  ),
  minutesNote: text,
  /** Minutes for a fact that is asked and not known yet. */
  question: whole(0, 600),
});

/** The rules for a panel, and the minutes by which the burden of a campaign is counted. */
export type PanelRules = ReturnType<typeof readPanelRules>;
export type PanelSizeRule = PanelRules['size'][number];

/**
 * Reads the rules for panels (`reference/evaluations/panel-rules.json`).
 * @throws Problem `definition.invalid` with every fault
 */
export function readPanelRules(json: unknown) {
  return readDefinition(shape, json, '督导组规则');
}

/**
 * How many inspectors a group has at least on a day (《教育督导条例》, 国务院令第 624 号, 第十六条: three or more); undefined before the
 * rule came into force.
 */
export function panelSizeOn({ size }: Pick<PanelRules, 'size'>, on: Day): PanelSizeRule | undefined {
  return size.find(({ from, until }) => from <= on && (until === null || on <= until));
}
