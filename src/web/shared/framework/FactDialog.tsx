import { useState } from 'react';
import type { z } from 'zod';
import type { enteredFact, givenFact } from '#contract/kit/facts.shape.ts';
import type { SourcedName } from '#domain/framework/edition/words.ts';
import type { FactAnswer } from '#domain/framework/questions/fact-answer.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { CheckField, SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { answerText } from './fact-text.ts';
import { openNameText } from './indicator.words.ts';

type Entered = z.output<typeof enteredFact>;

/** What is said of a fact, as every route takes it. */
export type GivenFact = z.input<typeof givenFact>;

interface FactDialogProps {
  fact: {
    readonly name: string;
    readonly type: SourcedName['type'];
    readonly unit: string | null;
    readonly answer: Entered | null;
    readonly earlier: readonly Entered[];
  };
  /** The words of the question where it is no fact by its name. */
  asked?: string;
  /** Whose it is, of which year, and who asks it. */
  caption: string;
  /** The document and the day to begin with: those that were named last. */
  from?: { readonly document: string; readonly asOf: string };
  /** The word of the button that enters; `填报` and `更正` where nothing is said. */
  verb?: string;
  busy: boolean;
  onSend: (given: GivenFact) => void;
  onClose: () => void;
}

/** One fact with its document and day, wherever it is asked. A correction ends the answer before it, which stays to be read. */
export function FactDialog({ fact, asked, caption, from, verb, busy, onSend, onClose }: FactDialogProps) {
  const { name, type, unit, answer: before, earlier } = fact;
  const { today } = useDeskContext();
  const [value, setValue] = useState<FactAnswer>(before?.value ?? null);
  const [document, setDocument] = useState(from?.document ?? '');
  const [asOf, setAsOf] = useState(from?.asOf || (before?.asOf ?? ''));
  const isNone = typeof value === 'object' && value !== null;
  const act = before === null ? '填报' : '更正';
  const send = (sent: FactAnswer) => onSend({ value: sent, document, asOf, replaces: before?.id ?? null });
  const hasGrounds = document.trim().length > 1 && asOf !== '';
  return (
    <Dialog
      open
      firm
      title={`${act}：${asked ?? openNameText(name)}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          {before !== null && (
            <Button kind="danger" busy={busy} disabled={!hasGrounds} onClick={() => send(null)}>
              撤下
            </Button>
          )}
          <Button
            kind="primary"
            busy={busy}
            disabled={!hasGrounds || value === null || value === ''}
            onClick={() => send(value)}
          >
            {before === null ? (verb ?? act) : act}
          </Button>
        </>
      }
    >
      <Stack>
        <p className="caption">{caption}</p>
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
            label={asked === undefined ? '是否' : '是否成立'}
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
