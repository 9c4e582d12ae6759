import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Code, Edition, Indicator, Points } from '../edition.ts';
import { type TextPart, textParts } from '../lists.ts';

/** What became of one indicator between two editions; several may hold at once. */
export interface IndicatorChange {
  readonly code: Code;
  readonly change: 'added' | 'removed' | 'changed';
  /** The title in the newer edition, or in the older where the indicator is gone. */
  readonly title: string | null;
  /** Under another parent, or at another place among the siblings that both editions have. */
  readonly moved?: { readonly from: Code | null; readonly to: Code | null; readonly order: boolean };
  readonly points?: { readonly from: Points; readonly to: Points };
  /** Parts whose words differ: title, text, threshold … */
  readonly texts?: readonly TextPart[];
  /** Whether method, formula, applicability, weight, roll-up or any other part that scores differs. */
  readonly scoring?: boolean;
}

/** How the newer of two editions differs. */
export interface EditionDifference {
  readonly indicators: readonly IndicatorChange[];
  /** Parts of the edition beside its tree that differ: vetoes, conclusions, gaps, max … */
  readonly rules: readonly (keyof Edition)[];
}

const naming: ReadonlySet<keyof Edition> = new Set(['key', 'edition', 'indicators']);

/**
 * The tree difference of two editions, by the codes of indicators: first what the newer edition has, in its order, then what
 * is gone, in the order of the older. Indicators that are equal are left out.
 */
export function compareEditions(older: Edition, newer: Edition): EditionDifference {
  const before = new Map(older.indicators.map((indicator) => [indicator.code, indicator]));
  const after = new Map(newer.indicators.map((indicator) => [indicator.code, indicator]));
  const shifted = reordered(older, newer);
  const changes = newer.indicators.flatMap((indicator): IndicatorChange[] => {
    const old = before.get(indicator.code);
    if (old === undefined) return [{ code: indicator.code, change: 'added', title: indicator.title }];
    return changeOf(old, indicator, shifted.has(indicator.code));
  });
  const removed = older.indicators
    .filter(({ code }) => !after.has(code))
    .map(({ code, title }): IndicatorChange => ({ code, change: 'removed', title }));
  const keys = [...new Set([...Object.keys(older), ...Object.keys(newer)])] as (keyof Edition)[];
  const rules = keys.filter((key) => !naming.has(key) && canonicalJson(older[key]) !== canonicalJson(newer[key]));
  return { indicators: [...changes, ...removed], rules };
}

function changeOf(old: Indicator, now: Indicator, order: boolean): IndicatorChange[] {
  const texts = textParts.filter((part) => old[part] !== now[part]);
  const change: IndicatorChange = {
    code: now.code,
    change: 'changed',
    title: now.title,
    ...(old.parent !== now.parent || order ? { moved: { from: old.parent, to: now.parent, order } } : {}),
    ...(old.points !== now.points ? { points: { from: old.points, to: now.points } } : {}),
    ...(texts.length > 0 ? { texts } : {}),
    ...(scoring(old) !== scoring(now) ? { scoring: true } : {}),
  };
  return Object.keys(change).length > 3 ? [change] : [];
}

/** What scores, but for points and place, as a text to compare. */
function scoring(indicator: Indicator): string {
  const { code: _, parent: __, points: ___, ...rest } = indicator;
  const kept = Object.entries(rest).filter(([part]) => !textParts.some((text) => text === part));
  return canonicalJson(Object.fromEntries(kept));
}

/**
 * Codes that stand at another place among the siblings of both editions: those outside of the longest run that kept its
 * order, so that one moved indicator is one change and not a change of all that it passed.
 */
function reordered(older: Edition, newer: Edition): ReadonlySet<Code> {
  const moved = new Set<Code>();
  const parents = new Map(older.indicators.map(({ code, parent }) => [code, parent]));
  const places = new Map(older.indicators.map(({ code }, at) => [code, at]));
  const stayed = newer.indicators.filter(({ code, parent }) => parents.get(code) === parent);
  for (const above of new Set(stayed.map(({ parent }) => parent))) {
    const siblings = stayed.filter(({ parent }) => parent === above);
    const kept = longestRise(siblings.map(({ code }) => places.get(code)!));
    for (const [at, { code }] of siblings.entries()) if (!kept.has(at)) moved.add(code);
  }
  return moved;
}

/** The indices of one longest rising run (not necessarily without breaks). */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const lengths: number[] = [];
  const before: number[] = [];
  let last = -1;
  for (const [at, value] of values.entries()) {
    let best = -1;
    for (let earlier = 0; earlier < at; earlier += 1) {
      if (values[earlier]! < value && (best < 0 || lengths[earlier]! > lengths[best]!)) best = earlier;
    }
    lengths.push(best < 0 ? 1 : lengths[best]! + 1);
    before.push(best);
    if (last < 0 || lengths[at]! > lengths[last]!) last = at;
  }
  const run = new Set<number>();
  for (let at = last; at >= 0; at = before[at]!) run.add(at);
  return run;
}
