import type { Permission } from '#domain/access/permissions.ts';
import { evaluationActionTitles } from '#domain/evaluation/flow/action-titles.ts';
import { type ActOnMany, actsOnMany, stepsOfActOnMany } from '#domain/evaluation/flow/acts-on-many.ts';
import type { MatrixRow } from '../campaign-reply.ts';

/** What the act is called where it is chosen for many. */
export const manyTitle = (act: ActOnMany) =>
  act === 'receive' ? '接收自评、完成县级复核' : evaluationActionTitles[act];

/** What follows from the act for each, and what of it cannot be undone: said before it starts. */
export const manyFollows: Readonly<Record<ActOnMany, string>> = {
  receive: '接收后自评锁定，转入下一步；要改的只能写明原因退回补充。',
  submit: '代没有账户的学校报送自评，之后由另一人署名确认。',
  confirmSelf: '以被评单位负责人的名义署名确认自评，报送人本人不能确认。',
  takeBack: '撤回后可以继续修改自评，须重新报送、重新确认。',
  release: '得分、各项理由和意见随即由被督导单位看到，不能收回；结论以后有变化的，只能写明原因重新反馈。',
  issueOpinion: '每个对象拟一份督导意见书草稿，逐份审核、签发、印发；评估转入下一步，不再听取申辩。',
  waiveStatement: '以被评单位负责人的名义表示没有申辩意见，之后不能再提出。',
  submitResult: '提请后由另一位有权的人确认，提请人本人不能确认。',
  confirmResult: '结果生效，不能撤回：问题逐个转入整改台账，每个对象拟一份结果通报。',
  finish: '问题都已销号的办结，不能重新打开；还有没销号的留在原处，要写明原因办结的，到它的评估页上办。',
};

/** The right that the single act asks. */
export const manyRights: Readonly<Record<ActOnMany, readonly Permission[]>> = {
  receive: ['evaluation.judge'],
  submit: ['evaluation.answer', 'evaluation.judge'],
  confirmSelf: ['evaluation.confirm', 'evaluation.judge'],
  takeBack: ['evaluation.answer', 'evaluation.confirm', 'evaluation.judge'],
  release: ['evaluation.conclude'],
  issueOpinion: ['evaluation.conclude'],
  waiveStatement: ['evaluation.confirm'],
  submitResult: ['evaluation.conclude'],
  confirmResult: ['evaluation.conclude'],
  finish: ['evaluation.conclude'],
};

/** An act that can be done for some of these rows now, with those rows. */
export interface OfferedAct {
  readonly act: ActOnMany;
  readonly rows: readonly MatrixRow[];
}

/** What can be done for the chosen rows by whoever has these rights: the act of the most rows first. */
export function offeredActs(rows: readonly MatrixRow[], may: (rights: readonly Permission[]) => boolean): OfferedAct[] {
  return actsOnMany
    .map((act) => ({ act, rows: rows.filter(({ state }) => stepsOfActOnMany(act).includes(state)) }))
    .filter(({ act, rows: own }) => own.length > 0 && may(manyRights[act]))
    .sort((one, other) => other.rows.length - one.rows.length);
}
