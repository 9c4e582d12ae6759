import { useState } from 'react';
import { answer, type questions } from '#contract/frameworks/questions.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { openNameText } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { type AnswerValue, answerText } from './answer-text.ts';

type Reply = RouteOutput<typeof questions>;
type Question = Reply['rows'][number];

interface AnswerDialogProps {
  question: Question;
  subject: Reply['subject'];
  year: number;
  onClose: () => void;
}

/** One fact of one subject and year, with its document and day. A correction ends the answer before it. */
export function AnswerDialog({ question, subject, year, onClose }: AnswerDialogProps) {
  const { name, type, unit, periodName, answer: before, earlier, askedBy } = question;
  const { today } = useDeskContext();
  const [value, setValue] = useState<AnswerValue>(before?.value ?? null);
  const [document, setDocument] = useState('');
  const [asOf, setAsOf] = useState(before?.asOf ?? '');
  const answering = useAct(answer, { done: before === null ? '已填报' : '已更正', onDone: onClose });
  const isNone = typeof value === 'object' && value !== null;
  const send = async (sent: AnswerValue) => {
    const done = await answering.act({
      body: {
        ...{ fact: name, year, value: sent, document, asOf },
        subject: { type: subject.type, id: subject.id },
        replaces: before?.id ?? null,
      },
    });
    // Somebody else may have answered meanwhile: what stands there now is read.
    if (done === undefined) void refreshAfter(answer);
  };
  const hasGrounds = document.trim().length > 1 && asOf !== '';
  return (
    <Dialog
      open
      firm
      title={`${before === null ? '填报' : '更正'}：${openNameText(name)}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          {before !== null && (
            <Button kind="danger" busy={answering.busy} disabled={!hasGrounds} onClick={() => void send(null)}>
              撤下
            </Button>
          )}
          <Button
            kind="primary"
            busy={answering.busy}
            disabled={!hasGrounds || value === null || value === ''}
            onClick={() => void send(value)}
          >
            {before === null ? '填报' : '更正'}
          </Button>
        </>
      }
    >
      <Stack>
        <p className="caption">
          {subject.name} · {periodName} · {askedBy.length} 个指标体系要用
        </p>
        {type === 'number' && (
          <NumberField
            label="数值"
            {...(unit === null ? {} : { unit })}
            disabled={isNone}
            value={typeof value === 'number' ? value : null}
            onChange={setValue}
          />
        )}
        {type === 'truth' && (
          <SelectField
            label="是否"
            disabled={isNone}
            value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
            options={[
              { value: 'yes', label: '是' },
              { value: 'no', label: '否' },
            ]}
            onChange={(chosen) => setValue(chosen === 'yes')}
          />
        )}
        {type === 'choice' && (
          <TextField
            label="答案"
            maxLength={80}
            disabled={isNone}
            value={typeof value === 'string' ? value : ''}
            onChange={setValue}
          />
        )}
        <CheckField
          label="不适用（没有这一事项）"
          value={isNone}
          onChange={(none) => setValue(none ? { notApplicable: true } : null)}
        />
        <TextAreaField label="依据的文件或材料" rows={2} maxLength={300} value={document} onChange={setDocument} />
        <DateField label="数据的日期" value={asOf} max={today} onChange={setAsOf} />
        {earlier.length + (before === null ? 0 : 1) > 0 && (
          <ul className="caption">
            {[...(before === null ? [] : [before]), ...earlier].map((one) => (
              <li key={one.id}>
                {`${formatDateTime(one.enteredAt)} ${one.enteredBy}：${answerText(one.value, unit)}（${one.document}${one.asOf === null ? '' : `，${one.asOf}`}）`}
              </li>
            ))}
          </ul>
        )}
      </Stack>
    </Dialog>
  );
}
