import { describe, expect, it } from 'vitest';
import type { Context, Facts, FactValue } from '#domain/framework/answer.ts';
import type { Result } from '#domain/framework/result.ts';
import { exactText } from '#domain/framework/score/exact-text.ts';
import { readAnswers } from '#domain/framework/score/read-answers.ts';
import { scoreRound } from '#domain/framework/score/score-round.ts';
import { missing } from '#domain/kit/value.ts';
import published from './published-rules.json' with { type: 'json' };
import { frameworkKeys, prepare } from './read-frameworks.ts';

/** One subject of a case; a fact with several years has the assessed one last. */
interface Subject {
  readonly subject?: string;
  readonly answers?: unknown;
  readonly facts?: Readonly<Record<string, FactValue | readonly FactValue[]>>;
  readonly context?: Context;
}

/** The conclusion, or what else is expected of a subject. */
type Expected =
  | string
  | { readonly total?: string; readonly conclusion?: string; readonly actions?: readonly string[] };

interface Case {
  readonly says: string;
  readonly subjects: readonly Subject[];
  readonly expect: readonly Expected[];
}

function factsOf(given: Subject['facts'] = {}): Facts {
  return {
    read(name, yearsBack) {
      const years = Object.hasOwn(given, name) ? [given[name]!].flat().reverse() : [];
      const value = years[yearsBack];
      return value === undefined ? missing('not-filed', [name]) : { value, source: '算例' };
    },
    members: () => [(name) => missing('not-filed', [name])],
  };
}

function seen({ total, conclusions, actions, provisional }: Result, expected: Exclude<Expected, string>) {
  return {
    ...(expected.total === undefined ? {} : { total: total && !provisional ? exactText(total, 2) : '暂定' }),
    ...(expected.conclusion === undefined ? {} : { conclusion: conclusions[0]?.name }),
    ...(expected.actions === undefined ? {} : { actions }),
  };
}

describe.each(published.rules)('$id ($document)', ({ id, document, edition, cases }) => {
  const prepared = prepare({
    key: id,
    title: document,
    edition: '算例',
    authority: 'sample',
    documents: [],
    subject: 'county',
    notApplicable: 'rebase',
    decimals: 2,
    gaps: [],
    vetoes: [],
    caps: [],
    downgrades: [],
    conclusions: [],
    ...edition,
  });

  it.each(cases as unknown as Case[])('$says', ({ subjects, expect: wanted }) => {
    const round = scoreRound(
      prepared,
      subjects.map(({ subject = '甲', answers = {}, facts, context = {} }) => ({
        subject,
        answers: readAnswers(prepared, answers),
        facts: factsOf(facts),
        context,
      })),
      { trace: false, relaxed: false },
    );
    for (const [at, expected] of wanted.entries()) {
      const result = [...round.values()][at]!;
      const whole = typeof expected === 'string' ? { conclusion: expected } : expected;
      expect(seen(result, whole)).toEqual(whole);
    }
  });
});

it('the other published rules stand in shipped editions', () => {
  expect(Object.values(published.shipped).filter((key) => !frameworkKeys.includes(key))).toEqual([]);
});
