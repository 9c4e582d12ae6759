import { retypeSchool } from '#contract/directory/changes.ts';
import { changesClass, codeClassOf } from '#domain/org/school-facts.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { typeChoices } from '../directory.words.ts';
import { DatedFields, datedNames } from './SchoolFields.tsx';
import { type ActProps, settled } from './school-acts.ts';

/** 变更办学类型: a new class voids the code and asks for a new one. */
export function RetypeSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, code, schoolType, revision } = school;
  const form = useForm(retypeSchool.body!, { revision, schoolType, day: today, document: '', note: '' });
  const needsCode = code !== null && changesClass(schoolType, form.values.schoolType);
  return (
    <Dialog open title={`变更办学类型：${name}`} onClose={onClose}>
      <Form
        verb="变更类型"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(retypeSchool, { params: { schoolId: id }, body });
          await settled(retypeSchool, '办学类型已变更。', onClose);
        })}
      >
        <SelectField
          label="新的办学类型"
          options={typeChoices}
          {...form.field('schoolType')}
          onChange={(next) => form.set({ schoolType: next, code: undefined })}
        />
        {needsCode && (
          <TextField
            label="新的学校标识码"
            inputMode="numeric"
            maxLength={10}
            autoComplete="off"
            help={`学校类别改变，旧码 ${code} 作废；新码以 ${codeClassOf(form.values.schoolType)} 开头`}
            {...form.field('code')}
          />
        )}
        <DatedFields today={today} verb="变更" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
