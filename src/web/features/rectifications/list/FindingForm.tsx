import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { duties, kinds, newFinding } from '#contract/rectifications/rectifications.ts';
import { dutyTypeTitles } from '#domain/flow/finding.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Field } from '#web/shared/form/Field.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import type { FormState } from '#web/shared/form/useForm.ts';
import { Combobox } from '#web/shared/kit/choice/Combobox.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { severityChoices } from '../finding.words.ts';

export const newFindingSchema = newFinding;

type Values = FormState<z.input<typeof newFinding>, z.output<typeof newFinding>>;
type Duty = z.input<typeof newFinding>['duty'];

interface FindingFormProps {
  form: Values;
  verb: string;
  /** The name of the duty body that is chosen already. */
  dutyName?: string;
  onSubmit: (event: FormEvent) => void;
}

/** What a person enters about a finding. */
export function FindingForm({ form, verb, dutyName = '', onSubmit }: FindingFormProps) {
  const known = useRead(kinds, {});
  const { today } = useDeskContext();
  const field = form.fields([
    'kind',
    'title',
    'body',
    'whereFound',
    'severity',
    'dutyPerson',
    'foundOn',
    'sourceLabel',
  ]);
  const active = (known.data?.kinds ?? []).filter((kind) => kind.active || kind.key === form.values.kind);
  const usual = active.find(({ key }) => key === form.values.kind);
  return (
    <Form onSubmit={onSubmit} verb={verb} busy={form.busy} problem={form.problems['']}>
      <TextField label="问题" {...field.title} maxLength={200} />
      <DutyField
        label="责任主体"
        chosen={form.values.duty as Duty | undefined}
        name={dutyName}
        error={form.problems.duty ?? form.problems['duty.id']}
        onChange={(duty) => form.set({ duty })}
      />
      <Pair>
        <SelectField
          label="类别"
          {...field.kind}
          options={active.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <SelectField
          label="严重程度"
          {...field.severity}
          required={false}
          placeholder={
            usual ? `按类别：${severityChoices.find(({ value }) => value === usual.severity)?.label}` : '按类别'
          }
          options={severityChoices}
          help={
            form.values.severity === 'urgent' ? '紧急隐患立即排在本级首页第一行，半小时无人签收即上报。' : undefined
          }
        />
      </Pair>
      <TextAreaField label="具体情况" {...field.body} required={false} rows={4} />
      <Pair>
        <DateField label="发现日期" {...field.foundOn} max={today} />
        <TextField label="责任人" {...field.dutyPerson} required={false} maxLength={40} />
      </Pair>
      <Pair>
        <TextField label="发现地点" {...field.whereFound} required={false} maxLength={200} />
        <TextField label="来源" {...field.sourceLabel} required={false} maxLength={200} help="如 开学专项督导" />
      </Pair>
    </Form>
  );
}

interface DutyFieldProps {
  label: string;
  chosen: Duty | undefined;
  name: string;
  error: string | undefined;
  onChange: (duty: Duty | undefined) => void;
}

/** A unit, a section or a school in reach, found by name, code or pinyin. */
export function DutyField({ label, chosen, name, error, onChange }: DutyFieldProps) {
  const [choice, setChoice] = useState<Choice<Duty> | null>(
    chosen && name !== '' ? { value: chosen, label: name } : null,
  );
  return (
    <Field label={label} error={error} choose>
      {({ id }) => (
        <Combobox<Duty>
          id={id}
          label={label}
          value={choice}
          invalid={error !== undefined}
          placeholder="输入单位、科室或学校的名称、代码或拼音"
          find={async (text, signal) => {
            const { rows } = await call(duties, { query: { search: text } }, { signal });
            return rows.map((row) => ({
              value: { type: row.type, id: row.id },
              label: row.name,
              note: `${dutyTypeTitles[row.type]} · ${row.placeName}`,
            }));
          }}
          onChange={(next) => {
            setChoice(next);
            onChange(next?.value);
          }}
        />
      )}
    </Field>
  );
}
