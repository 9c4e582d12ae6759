import type { FrameworkIssue } from '../../kit/problems/framework.ts';
import type { Code, Edition, Indicator } from '../edition.ts';

/** The tree of an edition by places in `indicators`. */
export class Tree {
  /** The roots stand under null. */
  readonly children: ReadonlyMap<Code | null, readonly number[]>;
  /** Indicators without children, in their order. */
  readonly leaves: readonly number[];
  readonly #edition: Edition;

  constructor(edition: Edition) {
    const children = new Map<Code | null, number[]>();
    for (const [at, { parent }] of edition.indicators.entries()) {
      const siblings = children.get(parent);
      if (siblings) siblings.push(at);
      else children.set(parent, [at]);
    }
    this.children = children;
    this.leaves = [...edition.indicators.keys()].filter((at) => !children.has(edition.indicators[at]!.code));
    this.#edition = edition;
  }

  childrenOf(code: Code | null): readonly Indicator[] {
    return (this.children.get(code) ?? []).map((at) => this.#edition.indicators[at]!);
  }

  /**
   * What keeps the edition from being used: codes of points and weights that are not known or are our reading and of
   * places that each year fills anew, and the titles of gaps.
   */
  get open(): readonly Code[] {
    const unknown = this.#edition.indicators.filter(
      ({ points, weight, reading, placeholder, method }) =>
        points === null ||
        weight === null ||
        reading === true ||
        placeholder === true ||
        (method?.kind === 'bonus' && method.cap === null),
    );
    return [...unknown.map(({ code }) => code), ...this.#edition.gaps.map(({ title }) => title)];
  }
}

/** Codes that are used twice, parents that are not there, stand behind their children or lead back to them. */
export function treeIssues({ indicators, gaps }: Edition): FrameworkIssue[] {
  const places = new Map<Code, number>();
  const issues: FrameworkIssue[] = [];
  const refuse = (at: number, part: string, message: string): void => {
    issues.push({ path: `indicators[${at}].${part}`, code: indicators[at]!.code, message });
  };
  for (const [at, { code }] of indicators.entries()) {
    if (places.has(code)) refuse(at, 'code', `编号“${code}”重复，每项指标的编号只能用一次`);
    else places.set(code, at);
  }
  for (const [at, { code, parent }] of indicators.entries()) {
    if (parent === null) continue;
    const above = places.get(parent);
    if (above === undefined) refuse(at, 'parent', `没有编号为“${parent}”的上级指标`);
    else if (leadsBack(indicators, places, code)) refuse(at, 'parent', `上级指标循环：沿上级往上又回到“${code}”`);
    else if (levelOf(indicators, places, at) > deepest) refuse(at, 'parent', `指标的层级不能超过 ${deepest} 级`);
    else if (above > at) refuse(at, 'parent', `上级指标“${parent}”要排在它的下级之前`);
  }
  for (const [index, { under }] of gaps.entries()) {
    if (under === null || places.has(under)) continue;
    issues.push({ path: `gaps[${index}].under`, code: null, message: `没有编号为“${under}”的指标` });
  }
  return issues;
}

/** Tables of documents have three or four levels; whatever walks a tree calls itself once a level. */
const deepest = 12;

function levelOf(indicators: readonly Indicator[], places: ReadonlyMap<Code, number>, at: number): number {
  let level = 1;
  for (let { parent } = indicators[at]!; parent !== null && level <= deepest; level += 1) {
    const above = places.get(parent);
    if (above === undefined) break;
    parent = indicators[above]!.parent;
  }
  return level;
}

function leadsBack(indicators: readonly Indicator[], places: ReadonlyMap<Code, number>, code: Code): boolean {
  const seen = new Set<Code>();
  let parent = indicators[places.get(code)!]!.parent;
  while (parent !== null && !seen.has(parent)) {
    if (parent === code) return true;
    seen.add(parent);
    const above = places.get(parent);
    if (above === undefined) return false;
    parent = indicators[above]!.parent;
  }
  return false;
}
