import { describe, expect, it } from 'vitest';
import type { Answer, Context, Facts } from '#domain/framework/answer.ts';
import type { Edition, Indicator } from '#domain/framework/edition.ts';
import type { Result } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { scoreRound } from '#domain/framework/score/score-round.ts';
import { scoreSubject } from '#domain/framework/score/score-subject.ts';
import { compare, divide, type Exact, exact, floor, multiply, round, subtract, sum } from '#domain/kit/decimal.ts';
import { missing } from '#domain/kit/value.ts';
import cases from './published-scores.json' with { type: 'json' };
import { prepare, preparedFramework } from './read-frameworks.ts';

/** A published case by its id; each names the document that prints it. */
const published = <Id extends (typeof cases)[number]['id']>(id: Id) => cases.find((one) => one.id === id)!;
const figures = (record: object | undefined): [string, number][] => Object.entries(record ?? {});

const nothing: Facts = { read: (name) => missing('not-filed', [name]), members: () => [] };
const options = { trace: false, relaxed: false };

function score(key: string, answers: Record<string, Answer>, context: Context = {}): Result {
  const prepared = preparedFramework(key);
  return scoreSubject(prepared, readAnswers(prepared, answers), nothing, context, options);
}
const points = (scores: object | undefined): Record<string, Answer> =>
  Object.fromEntries(figures(scores).map(([code, given]) => [code, { points: given }]));
const text = (value: Exact | null | undefined): string | null => (value ? exactText(value, 2) : null);
const nodeOf = (result: Result, code: string): string | null =>
  text(result.nodes.find((one) => one.code === code)?.points);

/** A small edition for a rule that no shipped edition has. */
function edition(indicators: Indicator[], rest: Partial<Edition> = {}): Edition {
  return {
    key: 'published-case',
    title: '公布的算例',
    edition: '1',
    authority: 'sample',
    documents: [],
    subject: 'county',
    notApplicable: 'rebase',
    max: null,
    decimals: 2,
    indicators,
    gaps: [],
    vetoes: [],
    caps: [],
    downgrades: [],
    conclusions: [],
    ...rest,
  };
}

describe('广东省教育强镇, leaf scores with printed totals', () => {
  const fushan = published('gd-town-fushan-2014');

  it('饶平县浮山镇: every subtotal and the total come out to the digit', () => {
    const result = score('edu-strong-town-guangdong', points(fushan.scores));
    const { total, ...subtotals } = fushan.printed as Record<string, string>;
    for (const [code, printed] of Object.entries(subtotals)) expect(nodeOf(result, code), code).toBe(printed);
    expect(text(result.total)).toBe(total);
    expect(result.provisional).toBeNull();
  });

  it('has the printed points of each leaf', () => {
    const leaves = preparedFramework('edu-strong-town-guangdong').leaves.map(({ indicator }) => indicator);
    expect(Object.fromEntries(leaves.map(({ code, points: most }) => [code, most]))).toEqual(fushan.max);
  });

  it('潮安区归湖镇: the total comes from subtotals, where no leaf is shown', () => {
    const guihu = published('gd-town-guihu');
    const result = score('edu-strong-town-guangdong', {}, { given: new Map(figures(guihu.given)) });
    expect(text(result.total)).toBe((guihu.printed as { total: string }).total);
  });
});

describe('中小学校体育工作评估, 教体艺〔2014〕3号', () => {
  const school = published('sports-junior-593-pupils');
  const result = score('sports-work-school-2014', points(school.scores));

  it('gives the blocks that are printed in full', () => {
    const printed = school.printed as Record<string, string>;
    expect({ T1: nodeOf(result, 'T1'), T2: nodeOf(result, 'T2') }).toEqual(printed);
  });

  it('gives no total of a form that was seen in part', () => {
    expect(result.provisional).not.toBeNull();
    expect(result.conclusions.map(({ name }) => name)).not.toContain('优秀');
  });
});

describe('临沂市 2013, totals of fifteen districts', () => {
  const linyi = published('linyi-2013');
  const totals = linyi.totals as Record<string, string>;

  it('are ranked as announced', () => {
    const places = Array.from(Object.keys(totals), (_, at) => at + 1);
    const leaf: Indicator = {
      code: 'T',
      parent: null,
      title: '总分',
      points: places.length,
      method: {
        kind: 'relative',
        better: 'high',
        rule: 'rank',
        points: [...places].reverse(),
        beyond: 'zero',
        ties: 'best',
      },
    };
    const prepared = prepare(edition([leaf]));
    const subjects = Object.entries(totals).map(([subject, total]) => ({
      subject,
      answers: readAnswers(prepared, { T: { value: total } }),
      facts: nothing,
      context: {},
    }));
    const results = scoreRound(prepared, subjects, options);
    const place = (subject: string) => Number(text(results.get(subject)!.total));
    expect(Object.keys(totals).sort((left, right) => place(right) - place(left))).toEqual(linyi.rank);
  });

  it('have a mean that the announcement cut off', () => {
    const exactMean = divide(sum(Object.values(totals).map(exact)), exact(Object.keys(totals).length));
    expect(round(exactMean, 2)).toBe(linyi.mean);
    const hundred = exact(100);
    const cut = divide(floor(multiply(exactMean, hundred)), hundred);
    expect(round(cut, 2)).toBe(linyi.printedMean);
  });

  it('have of their funding no more than its points, and it is a part of the total', () => {
    const funding = figures(linyi.funding).map(([name, points]) => [totals[name]!, String(points)] as const);
    expect(funding).toHaveLength(4);
    for (const [total, points] of funding) {
      expect(compare(exact(points), exact(linyi.fundingMax!))).toBeLessThanOrEqual(0);
      // What is left has to fit into the points of all other blocks.
      const rest = subtract(exact(total), exact(points));
      expect(compare(rest, subtract(exact(linyi.max as number), exact(linyi.fundingMax!)))).toBeLessThanOrEqual(0);
    }
  });
});

describe('2021 年秋季开学专项督查评估细则', () => {
  const tree = published('kaixue-2021').tree as Indicator[];
  const gaps = [{ under: '2', title: '其余', points: 6, note: '未见' }];

  it('its leaves add up to their nodes', () => {
    expect(() => prepare(edition(tree, { gaps }))).not.toThrow();
  });

  it('would be refused with one point more', () => {
    const wrong = tree.map((one) => (one.code === '1.1.4' ? { ...one, points: 4 } : one));
    expect(() => prepare(edition(wrong, { gaps }))).toThrow('下级分值之和为 10，与“1.1”的 9 分不等');
  });

  it('full marks give twenty for the first block', () => {
    const prepared = prepare(edition(tree, { gaps }));
    const leaves = prepared.leaves.map(({ indicator: { code, points: most } }) => [code, { points: most }]);
    const result = scoreSubject(prepared, readAnswers(prepared, Object.fromEntries(leaves)), nothing, {}, options);
    expect(nodeOf(result, '1')).toBe('20');
  });
});

describe('三亚市责任督学考核, three raters 15 : 25 : 60', () => {
  const sanya = published('sanya-composite');

  it('gives 14.4 + 22 + 54.6 = 91', () => {
    const weights = figures(sanya.weights);
    const indicators = weights.map(
      ([code, weight]): Indicator => ({ code, parent: null, title: code, points: 100, weight }),
    );
    const prepared = prepare(edition(indicators, { max: 100, rollUp: { rule: 'weighted' } }));
    const result = scoreSubject(prepared, readAnswers(prepared, points(sanya.scores)), nothing, {}, options);
    const { parts, total } = sanya.printed as { parts: string[]; total: string };
    expect(text(result.total)).toBe(total);
    expect(text(sum(parts.map(exact)))).toBe(total);
  });
});

describe('published counts', () => {
  const shares = cases.flatMap((one) => ('shares' in one && one.shares ? one.shares : []));
  const sums = cases.flatMap((one) => ('sums' in one && one.sums ? one.sums : []));
  const implied = cases.flatMap((one) => ('implied' in one && one.implied ? one.implied : []));
  const wholes = cases.flatMap((one) => ('wholes' in one && one.wholes ? one.wholes : []));

  it.each(shares)('$what: $part of $whole is printed as $printed %', ({ part, whole, printed }) => {
    expect(round(multiply(divide(exact(part), exact(whole)), exact(100)), 2)).toBe(printed);
  });

  it.each(sums)('$parts add up to $printed', ({ parts, printed }) => {
    expect(text(sum(parts.map(exact)))).toBe(String(printed));
  });

  it.each(implied)('$what: $rate % of $of are $printed', ({ of, rate, printed }) => {
    expect(round(divide(multiply(exact(of), exact(rate)), exact(100)), 0)).toBe(String(printed));
  });

  it.each(wholes)('$what: $part are $rate % of about $printed', ({ part, rate, printed }) => {
    expect(round(divide(multiply(exact(part), exact(100)), exact(rate)), 0)).toBe(String(printed));
  });

  it('name as many units as they say', () => {
    for (const id of ['yunnan-2019', 'fujian-two-inspections-2012'] as const) {
      const { advanced, printed } = published(id);
      expect(new Set(advanced).size).toBe(printed);
    }
  });

  it('give no address', () => {
    expect(JSON.stringify(cases)).not.toMatch(/https?:|www\.|\.(com|cn|org|net)\b/);
  });
});
