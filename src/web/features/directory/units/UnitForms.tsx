import { closeUnit, openUnit } from '#contract/directory/unit-changes.ts';
import { shortNameOf } from '#domain/org/short-name.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { formatNumber } from '#web/shared/words/format.ts';
import type { RegisteredUnit } from '../directory.words.ts';

/** A new county-level unit, from a day on. */
export function OpenUnit({ onClose }: { onClose: () => void }) {
  const { today } = useDeskContext();
  const form = useForm(openUnit.body!, { name: '', shortName: '', gbCode: null, day: today, document: '' });
  const code = form.field('gbCode');
  return (
    <Dialog open title="增设单位" onClose={onClose}>
      <Form
        verb="增设单位"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(openUnit, { body });
          await refreshAfter(openUnit);
          toast.say(`${body.name}已增设。`);
          onClose();
        })}
      >
        <TextField label="名称" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField
          label="简称"
          autoComplete="off"
          placeholder={shortNameOf(form.values.name ?? '').slice(0, 10)}
          {...form.field('shortName')}
        />
        <TextField
          label="行政区划代码"
          autoComplete="off"
          inputMode="numeric"
          help="功能区没有代码，请留空，另给单位代码。"
          {...code}
          required={false}
          onChange={(value) => code.onChange(value === '' ? null : value)}
        />
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}

interface CloseUnitProps {
  unit: RegisteredUnit;
  others: readonly RegisteredUnit[];
  onClose: () => void;
}

/** The end of a unit, from a day on: refused with counts while a school, a post or an unapproved filing is left. */
export function CloseUnit({ unit, others, onClose }: CloseUnitProps) {
  const { today } = useDeskContext();
  const form = useForm(closeUnit.body!, { day: today, document: '', intoUnitId: null });
  const into = form.field('intoUnitId');
  return (
    <Dialog open title={`撤销单位：${unit.name}`} onClose={onClose}>
      <Form
        verb="撤销单位"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(closeUnit, { params: { unitId: unit.id }, body });
          await refreshAfter(closeUnit);
          toast.say(`${unit.name}已撤销，以前各年照常可查。`);
          onClose();
        })}
      >
        <p>
          现有 {formatNumber(unit.schools)} 所学校、{formatNumber(unit.posts)}{' '}
          个岗位。学校先变更隶属或办理撤销学校，岗位先收回，才能撤销单位。
        </p>
        <DateField label="自哪天起" max={today} {...form.field('day')} />
        <SelectField
          label="学校并入"
          {...into}
          required={false}
          value={into.value ?? 0}
          options={[
            { value: 0, label: '分给几个单位，或没有学校' },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => into.onChange(value === 0 ? null : value)}
        />
        <TextField label="批准文号" autoComplete="off" {...form.field('document')} required={false} />
      </Form>
    </Dialog>
  );
}
