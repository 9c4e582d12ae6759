import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { row, table } from '#test/reference/frameworks/rules/rule-edition.ts';
import { factsOf as factsWith, smallEdition } from '#test/reference/frameworks/small-edition.ts';
import type { Fact, Facts } from '../framework/answer.ts';
import { scoreSubject } from '../framework/score/score-subject.ts';
import { missing } from '../kit/value.ts';
import { leafOrigin } from './leaf.ts';
import { movedConclusions, movedSentence } from './result/moved-conclusion.ts';
import { factsChanged, keptFacts, keptSince, pinnedFacts, snapshotOf, snapshotOfRules } from './snapshot.ts';

const prepared = preparedFramework('county-inspection-sample');
const day = '2025-10-15';
const factsOf = (own: Record<string, Fact['value']>, schools: readonly Record<string, Fact['value']>[] = []): Facts => {
  const reader = (values: Record<string, Fact['value']>) => (name: string) =>
    name in values
      ? { value: values[name]!, source: 'filing', certificate: { filingId: 'a' } }
      : missing('not-filed', [name]);
  return { read: reader(own), members: () => schools.map(reader) };
};
const leafOf = (facts: Facts, code: string) =>
  snapshotOf(prepared, facts, { on: day }, day).find((leaf) => leaf.code === code)!;
const code = 'C41';
const balance = prepared.leaves
  .find(({ indicator }) => indicator.code === code)!
  .formula!.fields.filter((name) => name.startsWith('均衡:'));

describe('a leaf keeps the facts that it reads', () => {
  it('a leaf of data waits while a figure is missing, and says which', () => {
    const leaf = leafOf(factsOf({}), code);
    expect(leaf).toMatchObject({ origin: 'data', isFilled: false, points: null });
    expect(leaf.facts.map(({ name, value, missing: why }) => [name, value, why])).toContainEqual([
      ...[balance[0], null, 'not-filed'],
    ]);
  });

  it('it is filled by its figures, with source, certificate and day', () => {
    const leaf = leafOf(factsOf(Object.fromEntries(balance.map((name) => [name, 0.1]))), code);
    expect(leaf.isFilled).toBe(true);
    expect(leaf.points).not.toBeNull();
    expect(leaf.facts[0]).toMatchObject({ value: 0.1, source: 'filing', certificate: { filingId: 'a' }, day });
    expect(leaf.trace.length).toBeGreaterThan(0);
  });

  it('of what is counted over the schools of a county it keeps how many have it, and no figure of a school', () => {
    const counted = prepared.leaves.find(({ indicator, formula }) => indicator.code === 'C46' && formula !== null)!;
    const field = counted.formula!.fields.find((name) => !name.includes(':'))!;
    const { facts } = leafOf(factsOf({}, [{ [field]: 40 }, {}]), 'C46');
    const kept = facts.find(({ name }) => name === `${field}（各校）`)!;
    expect(kept).toMatchObject({ value: '1 所学校有数据', certificate: { schools: 2, known: 1 } });
    expect(keptFacts(facts).read(field, 0)).toMatchObject({ missing: 'not-filed' });
  });

  it('what is read back is what was kept', () => {
    const { facts } = leafOf(factsOf(Object.fromEntries(balance.map((name) => [name, 0.1]))), code);
    const back = keptFacts(facts);
    expect(back.read(balance[0]!, 0)).toMatchObject({ value: 0.1, source: 'filing' });
    expect(back.read('事实:没有的', 0)).toEqual(missing('not-filed', ['事实:没有的']));
    expect(back.members(0)).toEqual([]);
  });

  it('a leaf of a person is left open', () => {
    const person = prepared.leaves.find((leaf) => leafOrigin(leaf) === 'person')!;
    expect(leafOf(factsOf({}), person.indicator.code)).toMatchObject({
      ...{ origin: 'person', isFilled: false, points: null, trace: [] },
    });
  });
});

describe('what rules count over the schools of a county', () => {
  const rules = smallEdition([{ code: 'C1', points: 10 }], {
    conclusions: table('等次', row('不合格', 'anyMember(事实:丁 > 66)'), row('合格')),
  });
  const concluded = (facts: Facts) =>
    scoreSubject(rules, new Map([['C1', { points: 10 }]]), facts, {}, { trace: false, relaxed: false }).conclusions;
  const before = factsWith({}, [{ '事实:丁': 60 }, { '事实:丁': 50 }, {}]);
  const after = factsWith({}, [{ '事实:丁': 70 }, { '事实:丁': 50 }, {}]);
  const kept = snapshotOfRules(rules, before, day);

  it('stays counted over the figures of the release: a correction of one school moves no conclusion', () => {
    expect(concluded(before)[0]!.name).not.toBe('不合格');
    expect(concluded(after)[0]!.name).toBe('不合格');
    const pinned = pinnedFacts(kept, after);
    expect(concluded(pinned)).toEqual(concluded(before));
    expect(keptSince(kept, snapshotOfRules(rules, pinned, '2025-11-01'))).toEqual(kept);
    // The figures are kept, and not which school has them.
    expect(kept.find(({ name }) => name === '事实:丁')!.members).toEqual([
      { value: 60 },
      { value: 50 },
      { missing: 'not-filed' },
    ]);
  });

  it('why members have no figure is kept too: what does not apply to any of them decides as before', () => {
    const out = (name: string) =>
      name === '事实:丁' ? missing('not-applicable', [name]) : missing('not-filed', [name]);
    const facts: Facts = { ...factsWith(), members: () => [out, out, out] };
    const notHeld = concluded(facts);
    expect(notHeld[0]!.name).toBe('合格');
    expect(concluded(pinnedFacts(snapshotOfRules(rules, facts, day), after))).toEqual(notHeld);
  });

  it('beside another name that they have a figure of, too', () => {
    const both = smallEdition([{ code: 'C1', points: 10 }], {
      conclusions: table(
        '等次',
        row('不合格', 'anyMember(事实:丁 > 66)'),
        row('待定', 'anyMember(事实:甲 > 66)'),
        row('合格'),
      ),
    });
    const one = (name: string) =>
      name === '事实:丁' ? missing('not-applicable', [name]) : { value: 50, source: 'filing' };
    const facts: Facts = { ...factsWith(), members: () => [one, one, one] };
    const pinned = pinnedFacts(snapshotOfRules(both, facts, day), after);
    const conclude = (of: Facts) =>
      scoreSubject(both, new Map([['C1', { points: 10 }]]), of, {}, { trace: false, relaxed: false }).conclusions;
    expect(conclude(facts)[0]!.name).toBe('合格');
    expect(conclude(pinned)).toEqual(conclude(facts));
  });

  it('of a release that kept none of them, the sentence names them and not the other subjects', () => {
    const told = kept.map(({ members: _, ...fact }) => fact);
    const now = snapshotOfRules(rules, pinnedFacts(told, after), day);
    expect(factsChanged(told, now)).toEqual(['事实:丁：所辖各校的数据有变化']);
    const conclusions = concluded(before).map((one) => ({ ...one, name: '合格' }));
    const released = { concluded: { vetoes: [], caps: [], downgrades: [], conclusions, actions: [] }, facts: told };
    const [moved] = movedConclusions(released, { conclusions: concluded(after), facts: now });
    expect(movedSentence(moved!)).toBe('“等次”反馈时为“合格”，现为“不合格”（事实:丁：所辖各校的数据有变化）');
  });
});
