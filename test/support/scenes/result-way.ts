import { randomUUID } from 'node:crypto';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import type { TestApp, TestPerson } from '../app.ts';
import { units } from '../scenario.ts';
import type { JudgingScene } from './judging-scene.ts';

const comments = (['strength', 'weakness', 'advice'] as const).map((kind) => ({
  ...{ kind, code: null, text: '管理规范，按要求落实' },
}));

/** The steps of a judged evaluation to its confirmed result, each by the person who takes it. */
export interface ResultWay {
  draft(): Promise<void>;
  release(): Promise<void>;
  waive(): Promise<void>;
  /** Issues the opinion letter as the office does, without its signatures. */
  letter(): Promise<void>;
  submit(): Promise<void>;
  confirm(): Promise<void>;
  /** What an act on the present revision sends. */
  act(): Promise<{ params: JudgingScene['params']; body: { revision: number } }>;
}

/** The letter of the opinion is checked, signed and issued, as `official-documents` does it by several hands. */
export async function issueOpinionLetter(owner: TestApp['owner'], evaluationId: string): Promise<void> {
  const seriesId = randomUUID();
  await owner.query(
    `insert into letter_series (place_id, id, code, head, signer, printed_by)
     values ($1, $2, $3, '督导室文件', '督导室', '督导室')`,
    [units.city.id, seriesId, seriesId.slice(0, 6)],
  );
  await owner.query(
    `update letters set state = 'issued', series_id = $1, year = 2025, number = 1, number_text = $3,
            signed_on = '2025-10-31', issued_on = '2025-10-31', model_hash = repeat('a', 64)
      where id = (select opinion_letter_id from evaluations where id = $2)`,
    [seriesId, evaluationId, `${seriesId.slice(0, 6)}〔2025〕1号`],
  );
}

/**
 * @param subject who waives the statement: the leader of the subject
 * @param colleague who confirms: another hand than the office's
 */
export function resultWay(
  app: TestApp,
  { params, evaluationId }: Pick<JudgingScene, 'params' | 'evaluationId'>,
  { subject, colleague }: { readonly subject: TestPerson; readonly colleague: TestPerson },
): ResultWay {
  const city = app.as('cityOfficer');
  const act = async () => ({ params, body: { revision: (await city.call(evaluations.read, { params })).revision } });
  return {
    act,
    async draft() {
      const { params: of, body } = await act();
      await city.call(evaluations.saveOpinion, { params: of, body: { ...body, comments, findings: [] } });
    },
    async release() {
      const { params: of, body } = await act();
      await city.call(evaluations.release, { params: of, body: { ...body, statementDue: '2025-10-30' } });
    },
    waive: async () => void (await subject.call(evaluations.waiveStatement, await act())),
    async letter() {
      await city.call(evaluations.issueOpinion, await act());
      await app.runJobs();
      await issueOpinionLetter(app.owner, evaluationId);
    },
    submit: async () => void (await city.call(evaluations.submitResult, await act())),
    confirm: async () => void (await colleague.call(evaluations.confirmResult, await act())),
  };
}
