import { useState } from 'react';
import { answerStatement } from '#contract/evaluations/evaluations.ts';
import { daysBetween } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { ChoiceField, TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { daysLeft } from '#web/shared/kit/words/DeadlineText.tsx';
import { isHeard } from '../evaluation.words.ts';
import type { Evaluation, Opinion } from '../evaluation-reply.ts';
import style from './Opinion.module.css';

type Statement = Opinion['statements'][number];

interface StatementsProps {
  evaluation: Evaluation;
  opinion: Opinion;
}

/** What the subject states against the preliminary opinion, and what the office answers. */
export function Statements({ evaluation, opinion }: StatementsProps) {
  const { today } = useDeskContext();
  const [answering, setAnswering] = useState<Statement | null>(null);
  const { statementDue, state, can } = evaluation;
  if (statementDue === null && opinion.statements.length === 0) return null;
  const { waiver } = opinion;
  const heard = isHeard(state, waiver);
  const left = statementDue === null || !heard ? '' : `，${daysLeft(daysBetween(today, statementDue))}`;
  return (
    <Section
      title="申辩"
      {...(statementDue === null ? {} : { note: `申辩到 ${statementDue}${left}（《教育督导条例》第二十条）` })}
    >
      {opinion.statements.length === 0 && <p className="soft">{heard ? '还没有申辩意见。' : '没有申辩意见。'}</p>}
      {opinion.statements.map((one) => (
        <article key={one.id} className={style.statement}>
          <p className={style.text}>{one.text}</p>
          <p className="caption">
            {one.madeBy} {one.madeOn} 提出
          </p>
          {one.answer === null ? (
            can.answerStatement && <Button onClick={() => setAnswering(one)}>答复申辩</Button>
          ) : (
            <p className={style.answer}>
              {one.accepted ? '予以采纳' : '不予采纳'}：{one.answer}
              <span className="caption">{`　${one.answeredBy ?? ''} ${one.answeredOn ?? ''}`}</span>
            </p>
          )}
        </article>
      ))}
      {waiver && (
        <p className="soft">
          {waiver.madeBy} {waiver.madeOn} 代表被督导单位表示没有{opinion.statements.length > 0 && '其他'}申辩意见。
        </p>
      )}
      {answering && <AnswerDialog evaluation={evaluation} statement={answering} onClose={() => setAnswering(null)} />}
    </Section>
  );
}

interface AnswerDialogProps {
  evaluation: Evaluation;
  statement: Statement;
  onClose: () => void;
}

function AnswerDialog({ evaluation, statement, onClose }: AnswerDialogProps) {
  const [accepted, setAccepted] = useState<'yes' | 'no'>();
  const [answer, setAnswer] = useState('');
  const [tried, setTried] = useState(false);
  const answering = useAct(answerStatement, { done: '已答复申辩', onDone: onClose });
  const lacks = answer.trim().length < 2;
  return (
    <Dialog open title="答复申辩" onClose={onClose}>
      <p className={style.text}>{statement.text}</p>
      <Form
        verb="答复申辩"
        busy={answering.busy}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (lacks || accepted === undefined) return;
          void answering.act({
            params: { evaluationId: evaluation.id, statementId: statement.id },
            body: { revision: evaluation.revision, accepted: accepted === 'yes', answer: answer.trim() },
          });
        }}
      >
        <ChoiceField
          label="是否采纳"
          value={accepted}
          options={[
            { value: 'yes', label: '予以采纳', note: '得分或意见要改的，另在指标和意见中修改' },
            { value: 'no', label: '不予采纳' },
          ]}
          onChange={setAccepted}
          error={tried && accepted === undefined ? '请选择是否采纳' : undefined}
        />
        <TextAreaField
          label="答复"
          value={answer}
          rows={4}
          maxLength={2000}
          help="写明理由和依据"
          onChange={setAnswer}
          error={tried && lacks ? '请写明答复' : undefined}
        />
      </Form>
    </Dialog>
  );
}
