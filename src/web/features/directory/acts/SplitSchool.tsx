import { splitSchool } from '#contract/directory/changes.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { DatedFields, datedNames, factNames, SchoolFields } from './SchoolFields.tsx';
import { type ActProps, settled } from './school-acts.ts';

/** 分设: a part of the school becomes a school of its own; further parts are split off one after the other. */
export function SplitSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, revision, countyId, managingUnitId, sponsorCode, ownership, urbanClass } = school;
  const part = {
    ...{ code: null, name: '', schoolType: '', foundedYear: Number(today.slice(0, 4)) },
    ...{ countyId, managingUnitId, sponsorCode, ownership, urbanClass },
  };
  const form = useForm(splitSchool.body!, {
    ...{ revision, parts: [part], closes: false },
    ...{ day: today, document: '', note: '' },
  });
  return (
    <Dialog open title={`分设：${name}`} firm onClose={onClose}>
      <Form
        verb="分设"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(splitSchool, { params: { schoolId: id }, body });
          await settled(splitSchool, `“${body.parts[0]?.name}”已从“${name}”分出。`, onClose);
        })}
        more={
          <Button kind="quiet" onClick={onClose}>
            取消
          </Button>
        }
      >
        <p>从“{name}”分出下面这所学校。分出几所时，逐所办理。</p>
        <SchoolFields fields={form.fieldsIn('parts.0', factNames)} />
        <CheckField label={`分设后撤销“${name}”`} {...form.field('closes')} />
        <DatedFields today={today} verb="分设" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
