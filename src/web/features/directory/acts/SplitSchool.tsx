import { useState } from 'react';
import { schoolFacts, splitSchool } from '#contract/directory.changes.ts';
import { call } from '#web/shared/call.ts';
import { useDeskContext } from '#web/shared/context.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { DatedFields, type FactsForm, SchoolFields } from './SchoolFields.tsx';
import { type ActProps, settled } from './school-acts.ts';

const shape = schoolFacts.extend({
  day: splitSchool.body!.shape.day,
  document: splitSchool.body!.shape.document,
  note: splitSchool.body!.shape.note,
});

/** 分设: a part of the school becomes a school of its own; further parts are split off one after the other. */
export function SplitSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, revision, countyId, managingUnitId, sponsorCode, ownership, urbanClass } = school;
  const [closes, setCloses] = useState(false);
  const form = useForm(shape, {
    ...{ code: '', name: '', schoolType: '', foundedYear: Number(today.slice(0, 4)) },
    ...{ countyId, managingUnitId, sponsorCode, ownership, urbanClass },
    ...{ day: today, document: '', note: '' },
  });
  return (
    <Dialog open title={`分设：${name}`} firm onClose={onClose}>
      <Form
        verb="分设"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async ({ day, document, note, ...part }) => {
          const body = { revision, day, document, note, parts: [part], closes };
          await call(splitSchool, { params: { schoolId: id }, body });
          await settled(`“${part.name}”已从“${name}”分出。`, onClose);
        })}
        more={
          <Button kind="quiet" onClick={onClose}>
            不办了
          </Button>
        }
      >
        <p>从“{name}”分出下面这所学校。分出几所时，逐所办理。</p>
        <SchoolFields form={form as unknown as FactsForm} />
        <CheckField label={`分设后撤销“${name}”`} value={closes} onChange={setCloses} />
        <DatedFields today={today} verb="分设" field={form.field as never} />
      </Form>
    </Dialog>
  );
}
