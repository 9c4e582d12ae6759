import { useState } from 'react';
import type { EvaluationKind } from '#domain/evaluation/lists.ts';
import { isDay } from '#domain/kit/school-year.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { stepTitle } from '../campaign.words.ts';
import type { CampaignForm } from '../campaign-reply.ts';
import style from './StepFields.module.css';
import { laidOut, lengthsOf } from './step-lengths.ts';

interface StepFieldsProps {
  kind: EvaluationKind;
  steps: CampaignForm['steps'];
  error?: string | undefined;
  onChange: (steps: CampaignForm['steps']) => void;
}

/** The timetable by its beginning and the length of each step: days follow by themselves, without gap or overlap. */
export function StepFields({ kind, steps, error, onChange }: StepFieldsProps) {
  // A field that is being typed may be empty for a moment; the days wait for a number.
  const [lengths, setLengths] = useState<ReadonlyArray<number | null>>(() => lengthsOf(steps));
  const [start, setStart] = useState(steps[0]?.from ?? '');
  function change(nextStart: string, next: ReadonlyArray<number | null>) {
    setStart(nextStart);
    setLengths(next);
    const whole = next.map((days) =>
      days !== null && Number.isInteger(days) && days >= 1 && days <= 730 ? days : null,
    );
    if (isDay(nextStart) && whole.every((days) => days !== null)) onChange(laidOut(steps, nextStart, whole));
  }
  return (
    <div>
      <DateField
        label="开始日期"
        value={start}
        onChange={(day) => change(day, lengths)}
        help="以后的步骤按天数依次排定；法规没有规定天数，均为可以改的建议"
        error={error}
      />
      <ol className={style.steps}>
        {steps.map(({ step, from, to }, at) => {
          const days = lengths[at] ?? null;
          const isWrong = days === null || !Number.isInteger(days) || days < 1 || days > 730;
          return (
            <li key={step}>
              <NumberField
                label={stepTitle(kind, step)}
                unit="天"
                value={days}
                error={isWrong ? '请填写 1 到 730 的整数' : undefined}
                onChange={(next) =>
                  change(
                    start,
                    lengths.map((one, other) => (other === at ? next : one)),
                  )
                }
              />
              <span className={style.days}>
                {from} 至 {to}
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
