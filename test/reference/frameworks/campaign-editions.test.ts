import { describe, expect, it } from 'vitest';
import { concludeCampaign } from '#domain/evaluation/campaign/round.ts';
import { unknowableIn } from '#domain/evaluation/campaign/unknowable.ts';
import type { Context, Facts, FactValue } from '#domain/framework/answer.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { wordOfName } from '#domain/framework/names.ts';
import { earlierEvaluations, earlierNames } from '#domain/framework/questions/earlier-evaluations.ts';
import { factsOfEdition } from '#domain/framework/questions/read-facts.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { scoreOf } from '#domain/framework/score/score-subject.ts';
import { missing } from '#domain/kit/value.ts';
import { bestAnswers } from './best-answers.ts';
import { frameworkKeys, frameworkWords, preparedFramework } from './read-frameworks.ts';
import { row, table } from './rules/rule-edition.ts';
import { leafOf } from './small-edition.ts';

/** Every question of an edition answered: a number with 1, a truth with no, a choice with its first. What the product finds itself too. */
function factsOf({ edition, ...prepared }: Prepared): Facts {
  const words = new Map(
    [...frameworkWords.fields, ...frameworkWords.names, ...(edition.facts ?? [])].map((one) => [one.name, one.type]),
  );
  const own = new Set(edition.attributes?.map(({ name }) => name));
  const known = new Set(
    [...factsOfEdition({ edition, ...prepared }), ...earlierNames({ edition, ...prepared }).map((name) => ({ name }))]
      .map(({ name }) => name)
      .filter((name) => !name.startsWith(`evaluation.${edition.key}.`)),
  );
  const answerTo = (name: string): FactValue => {
    if (name === '办学类型') return '211';
    if (own.has(name)) return edition.attributes?.find((one) => one.name === name)?.values?.[0] ?? '某';
    const type = words.get(name) ?? wordOfName(name)?.type;
    return type === 'number' ? 1 : type === 'truth' ? false : '某';
  };
  const read = (name: string) =>
    known.has(name) ? { value: answerTo(name), source: '测试' } : missing('not-filed', [name]);
  return { read, members: () => [read] };
}

/** What a campaign concludes of its only subject, with the best answer to every leaf. */
function concludedAlone(prepared: Prepared) {
  const facts = factsOf(prepared);
  const context: Context = earlierEvaluations(prepared, (name, yearsBack) => facts.read(name, yearsBack), 6);
  const scored = scoreOf(prepared, readAnswers(prepared, bestAnswers(prepared)), facts, context, {
    trace: false,
    relaxed: true,
  });
  const layers = { self: scored, city: scored };
  const others = prepared.edition.subject === 'county' ? layers : { ...layers, county: scored };
  const one = { id: '1', name: '甲', prepared, scored, facts, context, others, confirmed: undefined };
  return concludeCampaign(prepared, [one]).concluded.get('1')!.conclusions;
}

describe('the editions that a campaign can be opened with', () => {
  const shipped = frameworkKeys.map(preparedFramework);
  const whole = shipped.filter(
    ({ edition, open }) => ['county', 'school'].includes(edition.subject) && open.length === 0,
  );

  it('only the visit to the eight matters asks what no campaign knows', () => {
    const asking = whole.flatMap((one) => (unknowableIn(one).length > 0 ? [[one.edition.key, unknowableIn(one)]] : []));
    expect(asking).toEqual([
      ['visit-eight-matters-sample', ['有危急情形', '连续判否次数', '超出学校职责', '每次选查哪一部分']],
    ]);
  });

  it.each(whole.filter((one) => unknowableIn(one).length === 0).map((one) => [one.edition.key, one] as const))(
    '%s comes to a conclusion that is decided',
    (_, prepared) => {
      const conclusions = concludedAlone(prepared);
      expect(conclusions.filter(({ name, open }) => name === '未定' || open.length > 0)).toEqual([]);
      expect(conclusions.length).toBe(prepared.edition.conclusions.length);
    },
  );
});

const decided = (when: string) => table('等次', row('好', when), row('其他'));

describe('what no campaign knows', () => {
  const asks = (when: string, change: Partial<Edition> = {}) =>
    unknowableIn(leafOf({ kind: 'yesNo', yes: 10, no: 0 }, {}, { conclusions: decided(when), ...change }));

  it.each([
    ['tenureMonths>=6', ['任职月数']],
    ['not (servedMonths<6 or total>=6)', ['履职月数']],
    ['class=甲类', ['类别']],
    ['layer(province)-layer(self)>3', ['省级得分']],
    ['layer(county)>3', ['县级得分']],
    ['layer(city).grade=优秀', ['市级结论']],
    ['layer(self)-layer(city)>10 and first', []],
    ['total>=6', []],
  ])('%s', (when, words) => {
    expect(asks(when)).toEqual(words);
  });

  it('a school has a county above it; a rule that the office rules about stays open for it alone', () => {
    expect(asks('layer(county)>3', { subject: 'school' })).toEqual([]);
    const rule = (when: string) => ({ caps: [{ code: 'L1', text: '某', when, lookBackYears: 1 }] });
    expect(asks('total>=6', rule('layer(province)>3'))).toEqual([]);
    expect(asks('total>=6', rule('layer（province）>3'))).toEqual([]);
    expect(asks('total>=6', rule('urgent'))).toEqual(['有危急情形']);
  });

  it('years of a leaf that are as many as somebody has held a post', () => {
    const method = { kind: 'years', rule: 'increase', span: 2, pointsByYearsMet: [0, 5, 10] } as const;
    expect(unknowableIn(leafOf({ ...method, spanBy: 'tenure' }))).toEqual(['任职月数']);
    expect(unknowableIn(leafOf(method))).toEqual([]);
  });

  it('a quota by classes and marks that change what is scored', () => {
    const quota = { grade: '好', limit: 0.3, by: ['class'], ties: [] };
    expect(asks('total>=6', { conclusions: decided('total>=6').map((one) => ({ ...one, quota })) })).toEqual(['类别']);
    expect(asks('total>=6', { flags: { splitByTenure: true, rank: true } })).toEqual(['各任负责人的任职月数']);
  });
});
