import { expect, it } from 'vitest';
import { preparedFramework } from '#test/reference/frameworks/read-frameworks.ts';
import { divide, exact } from '../../kit/decimal.ts';
import { type Answer, type Context, noFacts } from '../answer.ts';
import { exactText } from './exact-text.ts';
import { scoreSubject } from './score-subject.ts';
import { postYear } from './tenures.ts';

const options = { trace: false, relaxed: false };
const text = (value: Parameters<typeof exactText>[0] | null) => (value === null ? null : exactText(value, 2));

it('责任督学挂牌督导八项事项: what a visit did not choose counts neither in the points nor in the full mark', () => {
  const prepared = preparedFramework('visit-eight-matters-sample');
  expect(prepared.open).toEqual([]);
  const isUnder = (code: string, branch: string): boolean =>
    code === branch || ((at) => at !== null && isUnder(at, branch))(prepared.byCode.get(code)!.parent);
  const chosen = prepared.leaves.map(({ indicator: { code } }) => code).filter((code) => isUnder(code, 'A1'));
  const answers = new Map(chosen.map((code, at): [string, Answer] => [code, { option: at === 0 ? 'no' : 'yes' }]));
  const score = (context: Context, given = answers) => scoreSubject(prepared, given, noFacts, context, options);
  expect(score({}).provisional).not.toBeNull();
  const visit = score({ chosen: ['A1'], urgent: false, beyondSchool: false, repeatedNo: 0 });
  expect(visit.provisional).toBeNull();
  // A1 is 12 of the 100 points; its first leaf of 2 points was not met.
  expect(visit.total).toEqual(divide(exact(1000), exact(12)));
  expect(visit.conclusions.map(({ name }) => name)).toEqual(['发整改通知书']);
  expect(() => score({ chosen: ['A2'] })).toThrow('“C1”这次没有选查，不能作答');
  expect(() => score({ chosen: ['A1', 'X9'] })).toThrow('没有编号为“X9”的指标');
});

it('党政主要领导干部考核: each holder of a post is scored alone, and the year of the post is the mean by months', () => {
  const prepared = preparedFramework('leaders-sample');
  expect(prepared.open).toEqual([]);
  const known = (total: number) => ({ total: exact(total), provisional: null });
  const year = postYear([
    { months: 7, result: known(90) },
    { months: 5, result: known(84) },
  ]);
  expect([year.months, text(year.total), year.provisional]).toEqual([12, '87.5', null]);
  const open = { total: null, provisional: { from: exact(60), to: exact(96), unanswered: ['C1'] } };
  const halfKnown = postYear([
    { months: 6, result: known(80) },
    { months: 6, result: open },
  ]);
  expect([halfKnown.total, text(halfKnown.provisional!.from), text(halfKnown.provisional!.to)]).toEqual([
    null,
    '70',
    '88',
  ]);
  const lacking = postYear([
    { months: 6, result: known(80) },
    { months: 6, result: { total: null, provisional: null } },
  ]);
  expect(lacking).toMatchObject({ total: null, provisional: null });
});
