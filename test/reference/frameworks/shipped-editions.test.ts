import { describe, expect, it } from 'vitest';
import { formula } from '#domain/formula/formula.ts';
import { citedEdition } from '#domain/framework/edition/edition-mark.ts';
import { wordsOf } from '#domain/framework/edition/words.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { askedFacts } from '#domain/framework/questions/asked-facts.ts';
import { canonicalJson } from '#domain/kit/canonical-json.ts';
import {
  frameworkJson,
  frameworkKeys,
  frameworkWords,
  prepare,
  preparedFramework,
  shippedEdition,
} from './read-frameworks.ts';

/** Every edition with its authority, its indicators, its leaves, and how many places of it were not seen. */
const shipped = [
  ['basic-balance-gov-variant', 'official-partial', 15, 13, 14],
  ['city-school-inspector-appraisal-sample', 'sample', 42, 29, 0],
  ['county-duty-2023-abc', 'official-partial', 10, 5, 4],
  ['county-inspection-sample', 'sample', 98, 65, 0],
  ['edu-strong-town-guangdong', 'official-partial', 35, 27, 0],
  ['innovation-county-sample', 'sample', 48, 39, 0],
  ['inspector-appraisal-sample', 'sample', 40, 28, 0],
  ['kindergarten-conduct-jiangxi', 'official-partial', 10, 5, 2],
  ['kindergarten-hubei-2016', 'official-partial', 71, 47, 1],
  ['leaders-sample', 'sample', 45, 28, 0],
  ['preschool-action-plan-sample', 'sample', 32, 21, 0],
  ['preschool-pjph-shenyang-2021', 'official', 56, 36, 0],
  ['principal-sample', 'sample', 38, 25, 0],
  ['quality-balance-2017-6', 'official', 77, 54, 0],
  ['quality-school-sample', 'sample', 67, 47, 0],
  ['shanghai-district-2010', 'official-partial', 38, 28, 28],
  ['sichuan-compulsory-model-county', 'official-partial', 17, 11, 2],
  ['special-opening-sample', 'sample', 38, 29, 2],
  ['special-safety-sample', 'sample', 40, 33, 0],
  ['sports-inspection-county-2008', 'official-partial', 32, 21, 2],
  ['sports-work-school-2014', 'official-partial', 37, 33, 13],
  ['strong-county-sample', 'sample', 56, 39, 0],
  ['visit-eight-matters-sample', 'sample', 59, 50, 0],
  ['zhoushan-county-2007-rank', 'official-partial', 9, 7, 1],
] as const;

describe('the shipped editions', () => {
  it('are these, each under the name of its file', () => {
    expect(frameworkKeys).toEqual(shipped.map(([key]) => key));
    expect(frameworkKeys.map((key) => shippedEdition(key).key)).toEqual(frameworkKeys);
  });

  it.each(shipped)('%s: %s, %i indicators, %i leaves, %i places open', (key, authority, indicators, leaves, open) => {
    const prepared = preparedFramework(key);
    expect(prepared.edition.authority).toBe(authority);
    expect([prepared.order.length, prepared.leaves.length, prepared.open.length]).toEqual([indicators, leaves, open]);
  });

  it('lose nothing when they are read: the hash is that of the file', () => {
    for (const key of frameworkKeys) {
      expect(canonicalJson(preparedFramework(key).edition)).toBe(canonicalJson(frameworkJson(key)));
    }
  });

  it('have the digests by which a start knows that none is new (-u writes them)', async () => {
    const hashes = Object.fromEntries(frameworkKeys.map((key) => [key, preparedFramework(key).hash]));
    await expect(`${JSON.stringify(hashes, null, 2)}\n`).toMatchFileSnapshot(
      '../../../reference/frameworks/hashes.json',
    );
  });

  it('give no address, and a document with every official edition', () => {
    for (const key of frameworkKeys) {
      expect(JSON.stringify(frameworkJson(key))).not.toMatch(/https?:|www\.|\.(com|cn|org|net)\b/);
      const { authority, documents } = shippedEdition(key);
      expect(documents.length > 0, key).toBe(authority !== 'sample');
    }
  });

  it('name in their titles the place that made more of a national document, by which letters cite them', () => {
    const places = ['shenyang', 'guangdong', 'hubei', 'jiangxi', 'shanghai', 'sichuan', 'zhoushan'];
    const named = frameworkKeys.filter((key) => places.some((place) => key.includes(place)));
    expect(named).toHaveLength(places.length);
    for (const key of named) expect(citedEdition(shippedEdition(key)), key).toMatch(/^《.*(省|市).*》/);
  });

  it('show no reading of ours as a printed value', () => {
    const readings = (key: string) =>
      shippedEdition(key).indicators.flatMap(({ code, reading }) => (reading ? [code] : []));
    expect(readings('basic-balance-gov-variant')).toEqual(['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7']);
    expect(readings('sports-work-school-2014')).toEqual(['29', '30', '31']);
    expect(readings('sichuan-compulsory-model-county')).toEqual(['c30']);
  });

  it('let no number of another place decide: what each place sets itself is judged as met or not', () => {
    const key = 'quality-balance-2017-6';
    const local = shippedEdition(key).indicators.filter(({ note }) => note?.includes('由各地规定'));
    expect(local.map(({ code }) => code)).toEqual(['2.2-D1', '2.2-D2']);
    for (const { threshold, method } of local) {
      expect(threshold).toBeUndefined();
      expect(method).toEqual({ kind: 'yesNo', yes: 0, no: 0 });
    }
    const elsewhere = (note: string | undefined) => /[市省](的标准|为) ?\d*/.test(note ?? '');
    const deciding = shippedEdition(key).indicators.filter(
      ({ note, method }) => elsewhere(note) && method?.kind === 'threshold',
    );
    expect(deciding).toEqual([]);
  });

  it('relax under a condition alone, and not before their last day is known', () => {
    const key = 'quality-balance-2017-6';
    const { relaxations = [], documents } = shippedEdition(key);
    expect(relaxations.flatMap(({ codes }) => codes)).toEqual(['1.R3', '1.R5', '2.3-D1', '2.4-D1', '2.4-D3']);
    for (const { when, until, basis, replace } of relaxations) {
      expect([when?.startsWith('事实:'), until, Object.keys(replace)]).toEqual([true, null, ['note']]);
      expect(documents.some(({ title }) => basis.startsWith(title))).toBe(true);
    }
    const prepared = preparedFramework(key);
    expect(askedFacts(prepared).filter(({ codes }) => codes.includes('1.R3'))).toEqual([]);
    const dated = prepare({
      ...prepared.edition,
      relaxations: relaxations.map((one) => ({ ...one, until: '2028-12-31' })),
    });
    const own = (code: string) => askedFacts(dated).flatMap(({ name, codes }) => (codes.includes(code) ? [name] : []));
    expect(own('2.4-D1')).toEqual(['事实:建成于2010年以前或随迁子女过半的小学数']);
    expect(own('2.3-D1')).toHaveLength(2);
  });

  it('count the years of a rule once: a trend and a fact of several years look back by themselves', () => {
    const rules = frameworkKeys.flatMap((key) => {
      const { vetoes, caps, downgrades } = shippedEdition(key);
      return [...(vetoes ?? []), ...(caps ?? []), ...(downgrades ?? [])].map((rule) => ({ key, ...rule }));
    });
    const looking = rules.filter(({ when }) => when.includes('trend(') || /事实:近[一二两三四五]年/.test(when));
    expect(looking.map(({ key, code, lookBackYears }) => [key, code, lookBackYears])).toEqual([
      ['county-inspection-sample', 'D1', 1],
      ['quality-school-sample', 'V1', 1],
      ['quality-school-sample', 'D1', 1],
      ['sports-work-school-2014', 'V3', 1],
      ['strong-county-sample', 'V2', 1],
    ]);
  });

  it.each([
    ['county-inspection-sample', '连续两轮优秀可简化下一轮现场核查'],
    ['leaders-sample', '任职满六个月者单独评分'],
    ['visit-eight-matters-sample', '得分仅供内部参考，不排名、不公开'],
    ['quality-school-sample', '名额比例为样本'],
    ['principal-sample', '同分先比课程教学维度'],
    ['inspector-appraisal-sample', '记录换算人'],
    ['city-school-inspector-appraisal-sample', '记录换算人'],
  ])('%s says beside its rules: %s', (key, words) => {
    expect(shippedEdition(key).note).toContain(words);
  });

  it('keep places of this year’s points from being used', () => {
    expect(preparedFramework('special-opening-sample').open).toEqual(['C28', 'C29']);
  });
});

describe('formulas of the shipped editions', () => {
  const editions = frameworkKeys.map(shippedEdition);
  const sources = (edition: Edition): string[] =>
    edition.indicators.flatMap(({ formula: own, applies, method }) => [
      ...[own, applies].filter((source) => source !== undefined),
      ...(method?.kind === 'elements' ? method.elements.flatMap((element) => element.formula ?? []) : []),
    ]);

  it('are parsed, and every one of them names what a formula may name', () => {
    expect(editions.flatMap(sources)).toHaveLength(286);
    for (const key of frameworkKeys) expect(() => preparedFramework(key), key).not.toThrow();
  });

  it('stand in conditions too', () => {
    const conditions = frameworkKeys.flatMap((key) => [...preparedFramework(key).conditions.keys()]);
    expect(conditions.filter((source) => /事实:|履职:|均衡:/.test(source))).toHaveLength(51);
  });

  it('use every name of the list, each of which a formula can spell', () => {
    const used = new Set(
      frameworkKeys.flatMap(
        (key) => JSON.stringify(frameworkJson(key)).match(/(事实|履职|均衡):[\p{L}\p{Nd}_.]+/gu) ?? [],
      ),
    );
    expect(frameworkWords.names).toHaveLength(249);
    expect(frameworkWords.names.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
    const words = wordsOf({}, frameworkWords);
    for (const { name, type } of frameworkWords.names) {
      const demand = { type: type === 'choice' ? 'text' : type, scope: 'county' } as const;
      expect(formula(name, words, demand).fields).toEqual([name]);
    }
  });
});
