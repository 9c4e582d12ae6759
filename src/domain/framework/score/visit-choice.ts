import type { Answer, AnswerIssue, Answers, Context } from '../answer.ts';
import type { Code } from '../edition.ts';
import type { Prepared } from '../result.ts';

/** The leaves that a visit checks: those that are chosen and all below the branches that are; null: all. */
function chosenLeaves({ edition, byCode, leaves }: Prepared, { chosen }: Context): ReadonlySet<Code> | null {
  if (chosen === undefined || edition.flags?.perVisit !== true) return null;
  const meant = new Set(chosen);
  const isChosen = (code: Code): boolean => {
    for (let at: Code | null = code; at !== null; at = byCode.get(at)?.parent ?? null) if (meant.has(at)) return true;
    return false;
  };
  return new Set(leaves.flatMap(({ indicator: { code } }) => (isChosen(code) ? [code] : [])));
}

/**
 * What is wrong with the choice of a visit (《中小学校责任督学挂牌督导办法》, 2013: a visit takes some of the eight matters): an edition of which a
 * visit chooses nothing, a code that is not there, an answer to what was not chosen.
 */
export function choiceIssues(prepared: Prepared, answers: Answers, context: Context): AnswerIssue[] {
  const { chosen } = context;
  if (chosen === undefined) return [];
  const path = 'context.chosen';
  if (prepared.edition.flags?.perVisit !== true) {
    return [{ path, code: '', message: `“${prepared.edition.title}”每次都全部评，不能选` }];
  }
  const unknown = chosen.filter((code) => !prepared.byCode.has(code));
  const leaves = chosenLeaves(prepared, context)!;
  return [
    ...unknown.map((code) => ({ path, code: '', message: `没有编号为“${code}”的指标` })),
    ...[...answers.keys()].flatMap((code) =>
      leaves.has(code) ? [] : [{ path: `answers.${code}`, code, message: `“${code}”这次没有选查，不能作答` }],
    ),
  ];
}

const out: Answer = { notApplicable: true };

/** The answers of a visit: what was not chosen does not count, neither in the points nor in the full mark. */
export function answersOfVisit(prepared: Prepared, answers: Answers, context: Context): Answers {
  const leaves = chosenLeaves(prepared, context);
  if (leaves === null) return answers;
  return new Map(
    prepared.leaves.flatMap(({ indicator: { code } }): [Code, Answer][] => {
      const answer = leaves.has(code) ? answers.get(code) : out;
      return answer === undefined ? [] : [[code, answer]];
    }),
  );
}
