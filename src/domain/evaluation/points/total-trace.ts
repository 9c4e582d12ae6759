import { noFacts } from '../../framework/answer.ts';
import type { Code, Edition } from '../../framework/edition.ts';
import type { Prepared, Scored, Step } from '../../framework/result.ts';
import { exactText, markedText } from '../../framework/score/exact-text.ts';
import { besideOf } from '../../framework/score/method/leaf.ts';
import { add, compare, type Exact, exact, sum } from '../../kit/decimal.ts';
import { firstNamed } from '../../kit/first-named.ts';
import { type LayerPoint, type LayerTotal, layerTotal, scoreLayer } from './score.ts';

/** One node of the tree in the trace of a total; the code of the total itself is empty. */
export interface TraceLine {
  readonly code: Code;
  readonly title: string | null;
  /** Points and what can be got, as people read them; null where the node has none. */
  readonly points: string | null;
  readonly max: string | null;
  readonly steps: readonly Step[];
  readonly rounded: { readonly from: string; readonly to: string } | null;
}

/** How a total came about, with the total that it explains. */
export interface TotalTrace {
  readonly total: LayerTotal;
  /** Inner nodes in the order of the edition, then the total. */
  readonly lines: readonly TraceLine[];
}

/** How many indicators one step names. */
const mostNamed = 10;

/**
 * How the total of a layer came about, made on demand by the same function as the total (`scoreLayer`): the sum of every node with its
 * conversion, floor, cap and rounding, what does not apply and how it counts, what stands beside the tree up to its cap, and the most
 * that the total can be.
 * @param given the settled points of the layer, as `givenOf` gives them
 */
export function totalTrace(prepared: Prepared, given: ReadonlyMap<Code, LayerPoint>): TotalTrace {
  const scored = scoreLayer({ prepared, facts: noFacts, context: {} }, given, true);
  const text = (value: Exact | null) => (value === null ? null : exactText(value, prepared.edition.decimals));
  const nodes = new Map(scored.nodes.map((node) => [node.code, node]));
  const inner = scored.trace.flatMap(({ code, steps, rounded }): TraceLine[] => {
    const node = nodes.get(code);
    if (node === undefined) return [];
    const { title, points, max } = node;
    return [{ code, title, points: text(points), max: text(max), steps, rounded: rounded ?? null }];
  });
  return { total: layerTotal(scored), lines: [...inner, wholeLine(prepared, scored)] };
}

/** A figure within words, where a rounded one is marked, and as the value of a step. */
interface Texts {
  said(value: Exact): string;
  value(value: Exact): string;
}

function wholeLine(prepared: Prepared, scored: Scored): TraceLine {
  const { decimals } = prepared.edition;
  const text: Texts = {
    said: (value) => markedText(value, decimals),
    value: (value) => exactText(value, decimals),
  };
  const own = scored.trace.find(({ code }) => code === '');
  const shown = (value: Exact | null) => (value === null ? null : text.value(value));
  return {
    ...{ code: '', title: '总分', points: shown(scored.total), max: shown(scored.max) },
    steps: [
      ...rootSteps(prepared, scored, text),
      ...(own?.steps ?? []),
      ...outSteps(prepared, scored, text),
      ...besideSteps(prepared, scored, text),
      ...openSteps(scored),
    ],
    rounded: own?.rounded ?? null,
  };
}

/** Of several roots the sum: of one it is the line of the root. */
function rootSteps({ children, order, byCode }: Prepared, scored: Scored, text: Texts): Step[] {
  const roots = (children.get(null) ?? []).map((at) => order[at]!.code);
  if (roots.length < 2) return [];
  const known = new Map([...scored.leaves, ...scored.nodes].map(({ code, points }) => [code, points]));
  const beside = new Set(scored.leaves.flatMap(({ code }) => (besideOf(byCode.get(code)!) === null ? [] : [code])));
  const parts = roots.flatMap((code) => {
    const points = known.get(code) ?? null;
    return points === null || beside.has(code) ? [] : [{ code, points }];
  });
  if (parts.length === 0) return [];
  const words = parts.map(({ code, points }) => `${code} ${text.said(points)}`).join(' + ');
  return [{ words, value: text.value(sum(parts.map(({ points }) => points))) }];
}

const outWords: Readonly<Record<Edition['notApplicable'], string>> = {
  rebase: '不计入，其余按比例换算',
  full: '按满分计',
  zero: '按 0 分计',
};

/** The first codes, and of more how many there are. */
const named = (codes: readonly Code[]) => firstNamed(codes, mostNamed);

/** What does not apply, and how it counts. */
function outSteps({ edition }: Prepared, { leaves }: Scored, text: Texts): Step[] {
  const out = leaves.filter(({ state }) => state === 'notApplicable');
  if (out.length === 0) return [];
  const points = sum(out.flatMap(({ max }) => max ?? []));
  return [
    {
      words: `不适用 ${named(out.map(({ code }) => code))}（${text.said(points)} 分）${outWords[edition.notApplicable]}`,
    },
  ];
}

/** What stands beside the tree up to its cap, and the most that the total can be. */
function besideSteps({ edition, byCode }: Prepared, scored: Scored, text: Texts): Step[] {
  const beside = scored.leaves.filter(({ code, points }) => points !== null && besideOf(byCode.get(code)!) !== null);
  if (beside.length === 0 || scored.base === null) return [];
  const steps: Step[] = [{ words: '树内得分', value: text.value(scored.base) }];
  const given = sum(beside.map(({ points }) => points!));
  steps.push({
    words: `附加 ${beside.map(({ code, points }) => `${code} ${text.said(points!)}`).join(' + ')}`,
    value: text.value(given),
  });
  if (compare(given, scored.bonus) !== 0) {
    const cap = edition.bonus?.cap == null ? '' : ` ${edition.bonus.cap} 分`;
    steps.push({ words: `附加分最多${cap}`, value: text.value(scored.bonus) });
  }
  const all = add(scored.base, scored.bonus);
  if (scored.total !== null && compare(all, scored.total) !== 0) {
    steps.push({ words: `总分最多 ${text.said(exact(edition.max ?? 0))} 分`, value: text.value(scored.total) });
  }
  return steps;
}

function openSteps({ provisional }: Scored): Step[] {
  if (provisional === null || provisional.unanswered.length === 0) return [];
  return [{ words: `还没有定分：${named(provisional.unanswered)}` }];
}
