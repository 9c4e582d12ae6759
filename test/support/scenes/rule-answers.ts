import * as evaluations from '#contract/evaluations/evaluations.ts';
import type { HttpPerson } from '../http-person.ts';

/** What there is to say of a fact where no case of anything happened: nothing, and 90 of 100 are satisfied. */
const nothingHappened = (name: string): number => (name.endsWith('比例') ? 90 : 0);

/**
 * The office says what rules ask and nobody has said, of no rule that it holds: without it no opinion goes out.
 * @param saidOf the figure of a fact by its name
 */
export async function answerRules(
  city: Pick<HttpPerson, 'call'>,
  params: { readonly evaluationId: string },
  saidOf: (name: string) => number = nothingHappened,
): Promise<void> {
  const grounds = { document: '督导组核查记录', asOf: '2025-09-30', replaces: null };
  const { rows } = await city.call(evaluations.questions, { params });
  for (const { name, yearsBack, mayEnter, title, type, value } of rows) {
    // What another evaluation came to is no figure: a scene lays that evaluation.
    if (!mayEnter || value !== null || (title === null && type !== 'number')) continue;
    const said = title === null ? saidOf(name) : false;
    await city.call(evaluations.enterFact, { params, body: { fact: name, yearsBack, value: said, ...grounds } });
  }
}
