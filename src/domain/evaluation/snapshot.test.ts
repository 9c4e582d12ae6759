import { describe, expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import type { Fact, Facts } from '../framework/answer.ts';
import { missing } from '../kit/value.ts';
import { leafOrigin } from './leaf.ts';
import { keptFacts, snapshotOf } from './snapshot.ts';

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
