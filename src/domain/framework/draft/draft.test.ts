import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { treeIssues } from '../edition/tree.ts';
import type { Edition } from '../edition.ts';
import { renamedCondition, withRenamed } from './renamed-code.ts';
import { branchOf, withAdded, withCopied, withMoved, withoutBranch } from './tree-change.ts';
import { withPoints } from './written-cell.ts';

const read = (key: string) =>
  JSON.parse(readFileSync(new URL(`../../../../reference/frameworks/${key}.json`, import.meta.url), 'utf8')) as Edition;
const edition = read('county-inspection-sample');
const codes = (of: Edition) => of.indicators.map(({ code }) => code);
const childrenOf = (of: Edition, parent: string | null) =>
  of.indicators.filter((one) => one.parent === parent).map(({ code }) => code);
const refused = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return undefined;
};

describe('the tree of a draft', () => {
  const [root, second] = childrenOf(edition, '0') as [string, string];
  const [first] = childrenOf(edition, root) as [string];

  it('takes an indicator before another or behind the last of a parent, and a code once', () => {
    const added = { code: 'Z1', title: '新指标', points: 2 };
    const before = withAdded(edition, added, { parent: root, before: first });
    expect(childrenOf(before, root)[0]).toBe('Z1');
    const last = withAdded(edition, added, { parent: root, before: null });
    expect(childrenOf(last, root).at(-1)).toBe('Z1');
    expect([treeIssues(before), treeIssues(last)]).toEqual([[], []]);
    expect(refused(() => withAdded(edition, { ...added, code: root }, { parent: null, before: null }))).toBe(
      'thing.exists',
    );
    expect(refused(() => withAdded(edition, added, { parent: 'Q9', before: null }))).toBe('thing.notFound');
    expect(refused(() => withAdded(edition, added, { parent: second, before: first }))).toBe('thing.notFound');
  });

  it('moves a branch whole, never below itself, and keeps every indicator', () => {
    const branch = branchOf(edition.indicators, first);
    const moved = withMoved(edition, first, { parent: second, before: null });
    expect(childrenOf(moved, second).at(-1)).toBe(first);
    expect(codes(moved).toSorted()).toEqual(codes(edition).toSorted());
    expect(treeIssues(moved)).toEqual([]);
    const at = codes(moved).indexOf(first);
    expect(codes(moved).slice(at, at + branch.length)).toEqual(branch);
    expect(refused(() => withMoved(edition, root, { parent: first, before: null }))).toBe('framework.invalid');
  });

  it('loses a branch with all below it, and what was known to be missing there', () => {
    const hubei = read('kindergarten-hubei-2016');
    const under = hubei.gaps[0]!.under!;
    expect(withoutBranch(hubei, under).gaps).toEqual([]);
    const branch = branchOf(edition.indicators, root);
    expect(codes(withoutBranch(edition, root))).toEqual(codes(edition).filter((code) => !branch.includes(code)));
  });

  it('gets a copy of a branch under free codes, with all that its leaves say', () => {
    const { edition: copied, code } = withCopied(edition, first, { parent: second, before: null });
    const size = branchOf(edition.indicators, first).length;
    expect(copied.indicators.length).toBe(edition.indicators.length + size);
    expect(treeIssues(copied)).toEqual([]);
    expect(branchOf(copied.indicators, code).length).toBe(size);
    const [leaf] = childrenOf(edition, first);
    const [twin] = childrenOf(copied, code);
    const of = (tree: Edition, one: string) => tree.indicators.find((own) => own.code === one);
    expect(of(copied, twin!)).toEqual({ ...of(edition, leaf!), code: twin, parent: code });
  });

  it('weighs what comes below a weighted parent, and forgets weights elsewhere', () => {
    const weighted: Edition = {
      ...edition,
      indicators: edition.indicators.map((one) =>
        one.code === second ? { ...one, rollUp: { rule: 'weighted' as const } } : one,
      ),
    };
    const moved = withMoved(weighted, first, { parent: second, before: null });
    expect(moved.indicators.find(({ code }) => code === first)).toHaveProperty('weight', null);
    const back = withMoved(moved, first, { parent: root, before: null });
    expect(back.indicators.find(({ code }) => code === first)).not.toHaveProperty('weight');
  });
});

describe('a code that is written otherwise', () => {
  it('changes wherever the edition names it, and in no name that only looks alike', () => {
    expect(renamedCondition('leaf(C20)<full or leaf(C21)<full(C20)', 'C20', 'C99')).toBe(
      'leaf(C99)<full or leaf(C21)<full(C99)',
    );
    expect(renamedCondition('any(C1、C2，C20) = "C2"', 'C2', 'D2')).toBe('any(C1、D2，C20) = "C2"');
    expect(renamedCondition('count(A, A)>2 且 rate("1.1-D1")>=0.8', 'A', 'B')).toBe(
      'count(A, B)>2 且 rate("1.1-D1")>=0.8',
    );
    expect(renamedCondition('rate("1.1-D1")>=0.8', '1.1-D1', '1.1-E')).toBe('rate("1.1-E")>=0.8');
    expect(renamedCondition('事实:C20 > 0', 'C20', 'C99')).toBe('事实:C20 > 0');
  });

  it('gives the same edition when it is written back, for every code of editions with rules', () => {
    for (const key of ['county-inspection-sample', 'quality-school-sample', 'preschool-pjph-shenyang-2021']) {
      const own = read(key);
      for (const { code } of own.indicators) {
        const renamed = withRenamed(own, code, 'ZZ-1');
        expect(codes(renamed)).not.toContain(code);
        expect(withRenamed(renamed, 'ZZ-1', code)).toEqual(own);
      }
    }
  });

  it('may not be one that is used', () => {
    const [one, other] = codes(edition) as [string, string];
    expect(refused(() => withRenamed(edition, one, other))).toBe('thing.exists');
    expect(refused(() => withRenamed(edition, 'Q9', 'Q8'))).toBe('thing.notFound');
  });
});

it('points that a city writes are no reading any more, and a bonus may come to as much', () => {
  const bonus = { code: 'C1', parent: null, title: '加分', points: null, reading: true } as const;
  const method = { kind: 'bonus', items: [], cap: null } as const;
  expect(withPoints({ ...bonus, method }, 5)).toEqual({
    ...{ code: 'C1', parent: null, title: '加分', points: 5, method: { ...method, cap: 5 } },
  });
});
