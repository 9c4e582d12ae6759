import { type Problem, problem } from '../../kit/problem.ts';
import type { Answer, AnswerIssue, Answers, Context } from '../answer.ts';
import type { Code } from '../edition.ts';
import type { Prepared } from '../result.ts';
import { answerFaults } from './answer-check.ts';
import { choiceIssues } from './visit-choice.ts';

/**
 * Reads answers by leaf as they stand in a file: `{"C1": {"value": 4}, "C2": {"missing": [1, 3]}}`.
 * @throws Problem `framework.answersInvalid` with every leaf that the edition lacks, every unknown key, every wrong kind
 *   of answer, unknown level or option, and points beyond what the leaf gives
 */
export function readAnswers(prepared: Prepared, json: unknown): Answers {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw refusal([{ path: 'answers', code: '', message: '答案要写成对象，以末级指标编号为键' }]);
  }
  const answers = new Map(Object.entries(json as Record<string, unknown>)) as ReadonlyMap<Code, Answer>;
  checkAnswers(prepared, answers);
  return answers;
}

/**
 * @param context what a visit has chosen is asked too
 * @throws Problem `framework.answersInvalid` as `readAnswers` does
 */
export function checkAnswers(prepared: Prepared, answers: Answers, context: Context = {}): void {
  const leaves = new Map(prepared.leaves.map(({ indicator }) => [indicator.code, indicator]));
  const issues: AnswerIssue[] = [];
  for (const [code, answer] of answers) {
    const leaf = leaves.get(code);
    const path = `answers.${code}`;
    if (leaf) issues.push(...answerFaults(leaf, answer).map((message) => ({ path, code, message })));
    else issues.push({ path, code: '', message: notALeaf(prepared, code) });
  }
  issues.push(...choiceIssues(prepared, answers, context));
  if (issues.length > 0) throw refusal(issues);
}

function notALeaf({ edition, order }: Prepared, code: Code): string {
  const inner = order.some((indicator) => indicator.code === code);
  return inner
    ? `“${code}”不是末级指标，它的分由下级合计，请按末级指标作答`
    : `“${edition.title}”没有编号为“${code}”的末级指标`;
}

function refusal(issues: readonly AnswerIssue[]): Problem {
  return problem('framework.answersInvalid', { issues });
}
