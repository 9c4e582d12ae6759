import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { dayInYear } from '../campaign.words.ts';
import type { MatrixRow } from '../campaign-reply.ts';
import { stepMarks } from '../desk/state-marks.ts';
import style from './Matrix.module.css';

interface StepCellProps {
  row: MatrixRow;
  step: EvaluationStep;
  /** The last day of the step in the campaign: who has another one was extended alone. */
  usual: string | undefined;
}

/** One step of one subject: when it was done, until when it runs, or when it ends. */
export function StepCell({ row, step, usual }: StepCellProps) {
  const own = row.steps.find((one) => one.step === step);
  if (!own) return <Missing reason="这个对象没有这一步" />;
  const extended = own.extended && own.to !== usual && (
    <span className={style.extended} title={`已延期至 ${own.to}`}>
      延
    </span>
  );
  if (own.doneOn !== null) {
    return (
      <span className={style.done} title={`${own.doneOn} 办完，期限 ${own.to}`}>
        <StateMark state={stepMarks.done} markOnly />
        {dayInYear(own.doneOn)}
      </span>
    );
  }
  if (row.state === step) {
    const isLate = row.lateDays !== null;
    return (
      <span className={isLate ? style.late : style.now} title={`${own.from} 至 ${own.to}`}>
        <StateMark state={isLate ? stepMarks.late : stepMarks[step]} markOnly />
        {dayInYear(own.to)}
        {extended}
      </span>
    );
  }
  return (
    <span className={style.ahead} title={`${own.from} 至 ${own.to}`}>
      {dayInYear(own.to)}
      {extended}
    </span>
  );
}
