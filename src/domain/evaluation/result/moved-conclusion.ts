import { undecided } from '../../framework/conclude/decision-table.ts';
import type { Concluded } from '../../framework/result.ts';
import { factsChanged, type KeptFact } from '../snapshot.ts';

/** A conclusion that is no longer what the subject was told. */
export interface MovedConclusion {
  readonly table: string;
  readonly was: string;
  readonly now: string;
  /** The facts that changed since, in words; empty where the other subjects of the campaign moved it. */
  readonly because: readonly string[];
}

/** How many changed facts one sentence names. */
const mostNamed = 5;

/**
 * What a conclusion of now has moved from, since it was released: whoever confirms it would confirm what the subject has not read and
 * could not answer (《教育督导条例》, 国务院令第 624 号, 第二十条). One that was open when it was released is told by the letter.
 * @param before what was released, with the facts that rules read then; undefined where nothing was
 */
export function movedConclusions(
  before: { readonly concluded?: Concluded | undefined; readonly facts?: readonly KeptFact[] | undefined } | undefined,
  now: { readonly conclusions: Concluded['conclusions']; readonly facts: readonly KeptFact[] },
): MovedConclusion[] {
  const told = new Map(before?.concluded?.conclusions.map(({ table, name }) => [table, name]));
  return now.conclusions.flatMap(({ table, name }) => {
    const was = told.get(table) ?? undecided;
    if (was === undecided || was === name) return [];
    return [{ table, was, now: name, because: factsChanged(before?.facts ?? [], now.facts).slice(0, mostNamed) }];
  });
}

/** One moved conclusion as a sentence without a full stop. */
export function movedSentence({ table, was, now, because }: MovedConclusion): string {
  const why = because.length === 0 ? '同一项目其他对象的得分或名额有了变化' : because.join('、');
  return `“${table}”反馈时为“${was}”，现为“${now}”（${why}）`;
}
