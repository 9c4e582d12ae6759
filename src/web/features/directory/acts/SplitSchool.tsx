import { useState } from 'react';
import type { z } from 'zod';
import { splitSchool } from '#contract/directory/changes.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Consequences } from './Consequences.tsx';
import { ownershipQuestion } from './consequence.words.ts';
import { DatedFields, datedNames, factNames, SchoolFields } from './SchoolFields.tsx';
import { type ActProps, settled } from './school-acts.ts';

/** 分设: a part of the school becomes a school of its own; further parts are split off one after the other. */
export function SplitSchool({ school, onClose }: ActProps) {
  const { today } = useDeskContext();
  const { id, name, revision, countyId, managingUnitId, sponsorCode, ownership, urbanClass } = school;
  const [planned, setPlanned] = useState<z.output<NonNullable<typeof splitSchool.body>> | null>(null);
  const part = {
    ...{ code: null, name: '', schoolType: '', foundedYear: Number(today.slice(0, 4)) },
    ...{ countyId, managingUnitId, sponsorCode, ownership, urbanClass },
  };
  const form = useForm(splitSchool.body!, {
    ...{ revision, parts: [part], closes: false },
    ...{ day: today, document: '', note: '' },
  });
  if (planned !== null) {
    return (
      <Dialog open title={`分设：${name}`} firm onClose={onClose}>
        <Consequences
          schoolId={id}
          ending={planned.closes ? [id] : []}
          questions={planned.parts.flatMap((one) =>
            one.ownership === school.ownership ? [] : ownershipQuestion(school, one.ownership, `分出的“${one.name}”`),
          )}
          verb={planned.closes ? '分设并撤销本校' : '分设'}
          act={async () => {
            await call(splitSchool, { params: { schoolId: id }, body: planned });
            await settled(splitSchool, `“${planned.parts[0]?.name}”已从“${name}”分出。`, onClose);
          }}
          back={() => setPlanned(null)}
        />
      </Dialog>
    );
  }
  return (
    <Dialog open title={`分设：${name}`} firm onClose={onClose}>
      <Form
        verb="查看后果"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => setPlanned(body))}
      >
        <p>从“{name}”分出下面这所学校。分出几所时，逐所办理。</p>
        <SchoolFields fields={form.fieldsIn('parts.0', factNames)} />
        <CheckField label={`分设后撤销“${name}”`} {...form.field('closes')} />
        <DatedFields today={today} verb="分设" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
