import { useState } from 'react';
import { releaseAgain } from '#contract/evaluations/evaluations.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { bareNames } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import { StatementDue, usualStatementDue } from './StatementDue.tsx';

interface MovedProps {
  evaluation: Evaluation;
  opinion: Opinion;
}

const saidOf = ({ table, was, now, because }: Opinion['moved'][number]) =>
  `“${table}”反馈时为“${was}”，现为“${now}”（${because.length === 0 ? '同一项目其他对象的得分或名额有了变化' : bareNames(because.join('、'))}）`;

/** That the conclusion is no longer what the subject was told, and the way on. */
export function Moved({ evaluation, opinion }: MovedProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Band tone="look" label="结论有变">
      <p>{opinion.moved.map(saidOf).join('；')}。被督导单位还没有看到，出具意见书和确认结果以前须重新反馈。</p>
      {opinion.mayReleaseAgain ? (
        <Button onClick={() => setOpen(true)}>重新反馈</Button>
      ) : (
        evaluation.state === 'confirmation' && <p>结果已提请确认：请由确认人退回，再重新反馈。</p>
      )}
      {isOpen && <AgainDialog evaluation={evaluation} opinion={opinion} onClose={() => setOpen(false)} />}
    </Band>
  );
}

function AgainDialog({ evaluation, opinion, onClose }: MovedProps & { onClose: () => void }) {
  const { today } = useDeskContext();
  const [due, setDue] = useState(usualStatementDue(today));
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const again = useAct(releaseAgain, { done: '已重新反馈，等待申辩', inline: true, onDone: onClose });
  const why = reason.trim().length >= 2 ? undefined : '请写明为什么结论与已反馈的不同';
  return (
    <Dialog open title={`向${evaluation.subjectName}重新反馈`} onClose={onClose}>
      <p>
        现在的得分、结论和意见由被督导单位看到，并重新听取申辩；此前表示过没有申辩意见的，须重新表示。
        {evaluation.state === 'opinionLetter' && '已拟的督导意见书不再使用，申辩以后另拟一份。'}
      </p>
      <Form
        verb="重新反馈"
        busy={again.busy}
        problem={again.problem?.message}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (due <= today || why !== undefined) return;
          void again.act({
            params: { evaluationId: evaluation.id },
            body: { revision: opinion.revision, statementDue: due, reason: reason.trim() },
          });
        }}
      >
        <TextAreaField
          label="原因"
          required
          value={reason}
          maxLength={500}
          onChange={setReason}
          help="随反馈告知被督导单位"
          error={isAsked ? why : undefined}
        />
        <StatementDue today={today} due={due} onChange={setDue} />
      </Form>
    </Dialog>
  );
}
