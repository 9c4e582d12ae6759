import { problem } from '../../kit/problem.ts';
import type { Code, Edition, Indicator, Points } from '../edition.ts';

/** Where an indicator is put: below a parent (null: at the top), before one of its children or behind the last. */
export interface TreePlace {
  readonly parent: Code | null;
  readonly before: Code | null;
}

/** The codes of an indicator and of all below it, the indicator first. */
export function branchOf(indicators: readonly Indicator[], code: Code): Code[] {
  const below = indicators.filter(({ parent }) => parent === code);
  return [code, ...below.flatMap((one) => branchOf(indicators, one.code))];
}

/**
 * How much of a branch was written, as a number that grows with every cell written in it and every indicator added: whoever
 * takes a branch out names the number that was seen.
 * @param versions how often each cell was written, by `C1.points`
 */
export function writtenIn(
  indicators: readonly Indicator[],
  versions: Readonly<Record<string, number>>,
  code: Code,
): number {
  const branch = new Set(branchOf(indicators, code));
  const of = Object.entries(versions).filter(([name]) => branch.has(name.slice(0, name.lastIndexOf('.'))));
  return branch.size + of.reduce((sum, [, written]) => sum + written, 0);
}

/**
 * The edition with one more indicator.
 * @throws Problem `thing.exists` for a code that is used, `thing.notFound` for a place that is gone
 */
export function withAdded(
  edition: Edition,
  { code, title, points }: { readonly code: Code; readonly title: string; readonly points: Points },
  place: TreePlace,
): Edition {
  assertFree(edition, code);
  const added: Indicator = { code, parent: place.parent, title, points, ...weightBelow(edition, place.parent) };
  return { ...edition, indicators: inserted(edition.indicators, [added], place) };
}

/**
 * The edition with an indicator and all below it at another place.
 * @throws Problem `framework.invalid` for a place inside the branch itself, `thing.notFound`
 */
export function withMoved(edition: Edition, code: Code, place: TreePlace): Edition {
  assertKnown(edition, code);
  const branch = new Set(branchOf(edition.indicators, code));
  if (place.parent !== null && branch.has(place.parent)) {
    const message = `指标“${code}”不能移到自己的下级之下`;
    throw problem('framework.invalid', { key: edition.key, issues: [{ path: 'indicators', code, message }] });
  }
  const moved = edition.indicators
    .filter((one) => branch.has(one.code))
    .map((one) => (one.code === code ? underParent(edition, one, place.parent) : one));
  const rest = edition.indicators.filter((one) => !branch.has(one.code));
  return { ...edition, indicators: inserted(rest, moved, place) };
}

/**
 * The edition without an indicator, all below it and what is known to be missing there. Rules that name one of them stay, and
 * say so where they are checked.
 */
export function withoutBranch(edition: Edition, code: Code): Edition {
  assertKnown(edition, code);
  const branch = new Set(branchOf(edition.indicators, code));
  return {
    ...edition,
    indicators: edition.indicators.filter((one) => !branch.has(one.code)),
    gaps: edition.gaps.filter(({ under }) => under === null || !branch.has(under)),
  };
}

/**
 * The edition with a copy of an indicator and all below it at a place, under the next free codes: C3 becomes C66 where C65 is
 * the last, 2.1 becomes 2.1-2.
 * @returns also the code of the copy itself
 */
export function withCopied(edition: Edition, code: Code, place: TreePlace): { edition: Edition; code: Code } {
  assertKnown(edition, code);
  const used = new Set(edition.indicators.map((one) => one.code));
  const named = new Map<Code, Code>();
  for (const one of branchOf(edition.indicators, code)) {
    const free = freeCode(one, used);
    used.add(free);
    named.set(one, free);
  }
  const copies = edition.indicators
    .filter((one) => named.has(one.code))
    .map((one): Indicator => {
      const copy = { ...one, code: named.get(one.code)! };
      return one.code === code
        ? underParent(edition, copy, place.parent)
        : { ...copy, parent: named.get(one.parent!) ?? one.parent };
    });
  return { edition: { ...edition, indicators: inserted(edition.indicators, copies, place) }, code: named.get(code)! };
}

/** The next code of the same kind that is not used. */
export function freeCode(like: Code, used: ReadonlySet<Code>): Code {
  const [, letters] = /^([A-Za-z]+)\d+$/.exec(like) ?? [];
  if (letters !== undefined) {
    const numbers = [...used].flatMap((code) => {
      const [, own, digits] = /^([A-Za-z]+)(\d+)$/.exec(code) ?? [];
      return own === letters ? [Number(digits)] : [];
    });
    return `${letters}${Math.max(0, ...numbers) + 1}`;
  }
  let at = 2;
  while (used.has(`${like}-${at}`)) at += 1;
  return `${like}-${at}`;
}

/** A branch keeps a weight only where its new siblings are weighed. */
function underParent(edition: Edition, { weight, ...one }: Indicator, parent: Code | null): Indicator {
  const below = weightBelow(edition, parent);
  return { ...one, parent, ...('weight' in below ? { weight: weight ?? null } : {}) };
}

function weightBelow(edition: Edition, parent: Code | null): { weight?: null } {
  const above = parent === null ? edition : edition.indicators.find(({ code }) => code === parent);
  return above?.rollUp?.rule === 'weighted' ? { weight: null } : {};
}

/** Indicators with more of them at a place: a parent stays before its children, and a branch together. */
function inserted(
  indicators: readonly Indicator[],
  added: readonly Indicator[],
  { parent, before }: TreePlace,
): Indicator[] {
  const at = (code: Code) => {
    const found = indicators.findIndex((one) => one.code === code);
    if (found === -1) throw problem('thing.notFound', { what: `个指标（${code}）` });
    return found;
  };
  if (before !== null) {
    const place = at(before);
    if (indicators[place]!.parent !== parent) throw problem('thing.notFound', { what: `个同级的指标（${before}）` });
    return [...indicators.slice(0, place), ...added, ...indicators.slice(place)];
  }
  if (parent === null) return [...indicators, ...added];
  at(parent);
  const branch = new Set(branchOf(indicators, parent));
  const last = indicators.findLastIndex(({ code }) => branch.has(code));
  return [...indicators.slice(0, last + 1), ...added, ...indicators.slice(last + 1)];
}

function assertKnown({ indicators }: Edition, code: Code): void {
  if (!indicators.some((one) => one.code === code)) throw problem('thing.notFound', { what: `个指标（${code}）` });
}

function assertFree({ indicators }: Edition, code: Code): void {
  if (indicators.some((one) => one.code === code)) throw problem('thing.exists', { what: `编号 ${code} ` });
}
