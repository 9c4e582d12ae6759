import { useState } from 'react';
import {
  confirmResult,
  finish,
  issueOpinion,
  opinion,
  release,
  returnResult,
  state as stateRoute,
  submitResult,
  waiveStatement,
} from '#contract/evaluations/evaluations.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { useObstacles } from '../page/useObstacles.ts';
import { aheadText, Lacks } from './Lacks.tsx';
import { StatementDue, usualStatementDue } from './StatementDue.tsx';

/** From the judged leaves to the confirmed result: the acts of this person, each of which says what it does. */
export function ResultActs({ evaluation }: { evaluation: Evaluation }) {
  const { can, id, revision, subjectName } = evaluation;
  const params = { evaluationId: id };
  const { isFree } = useObstacles(evaluation);
  const [isReleasing, setReleasing] = useState(false);
  const stating = useAct(stateRoute, { done: '已提出申辩' });
  const waiving = useAct(waiveStatement, { done: '已表示没有申辩' });
  const issuing = useAct(issueOpinion, { done: '已拟督导意见书，请到公文里审核、签发' });
  const submitting = useAct(submitResult, { done: '已提请确认结果' });
  const confirming = useAct(confirmResult, { done: '结果已确认，问题转入整改台账' });
  const returning = useAct(returnResult, { done: '已退回结论' });
  const finishing = useAct(finish, { done: '已办结' });

  async function stateSomething() {
    const text = await ask({
      title: '提出申辩',
      text: '写明对哪一项、认为应当怎样、依据什么。提出后交督导机构逐条答复。',
      ...{ label: '申辩意见', verb: '提出申辩', required: true, maxLength: 4000 },
    });
    if (text !== null) await stating.act({ params, body: { revision, text } });
  }
  async function waive() {
    const yes = await confirm({
      title: '没有申辩意见？',
      text: '以单位负责人的名义表示没有申辩意见，已经提出过的，表示没有其他申辩意见；之后不能再提出。',
      verb: '没有申辩意见',
    });
    if (yes) await waiving.act({ params, body: { revision } });
  }
  async function issue() {
    const yes = await confirm({
      title: '出具督导意见书？',
      text: '按结论、意见和问题拟一份公文草稿，和其他公文一样审核、签发、印发；评估转入下一步。',
      verb: '出具督导意见书',
    });
    if (yes) await issuing.act({ params, body: { revision } });
  }
  async function submitIt() {
    const yes = await confirm({
      title: '提请确认结果？',
      text: '提请后由另一位有权的人确认，提请人本人不能确认。',
      verb: '提请确认',
    });
    if (yes) await submitting.act({ params, body: { revision } });
  }
  async function confirmIt() {
    const yes = await confirm({
      title: `确认${subjectName}的评估结果？`,
      text: '确认后结果生效，问题逐个转入整改台账，并拟结果通报；不能撤回。',
      verb: '确认结果',
    });
    if (yes) await confirming.act({ params, body: { revision } });
  }
  async function returnIt() {
    const reason = await ask({
      title: '退回结论？',
      ...{ label: '退回原因', verb: '退回结论', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await returning.act({ params, body: { revision, reason } });
  }
  async function end() {
    const reason = await ask({
      title: '办结这项评估？',
      text: '问题都已销号的可以直接办结；还有没有销号的，写明原因，问题留在整改台账中继续整改。',
      ...{ label: '原因', help: '问题都已销号的不用填', verb: '办结', maxLength: 500 },
    });
    if (reason !== null) await finishing.act({ params, body: { revision, reason } });
  }

  const acts: readonly Act[] = [
    [can.confirmResult && isFree('confirmResult'), '确认结果', () => void confirmIt(), confirming.busy],
    [can.release && isFree('release'), '反馈初步意见', () => setReleasing(true), false],
    [can.opinion && isFree('issueOpinion'), '出具督导意见书', () => void issue(), issuing.busy],
    [can.submitResult && isFree('submitResult'), '提请确认', () => void submitIt(), submitting.busy],
    [can.state, '提出申辩', () => void stateSomething(), stating.busy],
    [can.waive, '没有申辩意见', () => void waive(), waiving.busy, 'plain'],
    [can.confirmResult, '退回结论', () => void returnIt(), returning.busy, 'plain'],
    [can.finish, '办结', () => void end(), finishing.busy],
  ];
  return (
    <>
      <ActRow acts={acts} />
      {isReleasing && <ReleaseDialog evaluation={evaluation} onClose={() => setReleasing(false)} />}
    </>
  );
}

/** Gives the judged points and the opinion to the subject, with the day until which it may state something. */
function ReleaseDialog({ evaluation, onClose }: { evaluation: Evaluation; onClose: () => void }) {
  const { today } = useDeskContext();
  const planned = evaluation.steps.find(({ step }) => step === 'statement')?.to;
  const [due, setDue] = useState(planned !== undefined && planned > today ? planned : usualStatementDue(today));
  const { data: drafted } = useRead(opinion, { params: { evaluationId: evaluation.id } });
  const releasing = useAct(release, { done: '已反馈初步意见，等待申辩', onDone: onClose });
  return (
    <Dialog open title={`向${evaluation.subjectName}反馈初步意见`} onClose={onClose}>
      <p>
        评定得分、各项理由和意见从现在起由被督导单位看到；它可以在截止日以前申辩（《教育督导条例》第二十条）。评分人的姓名和独立评分不公开。
      </p>
      {drafted && <Lacks title={aheadText} lacks={drafted.lacks.filter(({ ahead }) => ahead)} />}
      <Form
        verb="反馈初步意见"
        busy={releasing.busy}
        onSubmit={(event) => {
          event.preventDefault();
          if (due <= today) return;
          void releasing.act({
            params: { evaluationId: evaluation.id },
            body: { revision: evaluation.revision, statementDue: due },
          });
        }}
      >
        <StatementDue today={today} due={due} onChange={setDue} />
      </Form>
    </Dialog>
  );
}
