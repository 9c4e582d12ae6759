import { useNavigate } from '@tanstack/react-router';
import { openSchool } from '#contract/directory/changes.ts';
import { kindergartenType } from '#domain/org/school-type.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { openedTypeChoices } from '../directory.words.ts';
import { DatedFields, datedNames, factNames, SchoolFields } from './SchoolFields.tsx';

interface OpenSchoolProps {
  /** The kind of school that the list shows from which the dialog is opened. */
  kind: 'kindergarten' | undefined;
  onClose: () => void;
}

/** 设立学校或幼儿园: its facts, the day and the document. A school files from the next period that opens. */
export function OpenSchool({ kind, onClose }: OpenSchoolProps) {
  const { today, unit } = useDeskContext();
  const navigate = useNavigate();
  const countyId = unit?.level === 'county' ? unit.id : undefined;
  const form = useForm(openSchool.body!, {
    code: null,
    name: '',
    schoolType: kind === 'kindergarten' ? kindergartenType : '',
    sponsorCode: 7,
    ownership: 'public',
    urbanClass: undefined,
    foundedYear: Number(today.slice(0, 4)),
    countyId,
    managingUnitId: countyId,
    day: today,
    document: '',
    note: '',
  });
  return (
    <Dialog open title="设立学校或幼儿园" firm onClose={onClose}>
      <Form
        verb={form.values.schoolType === kindergartenType ? '设立幼儿园' : '设立学校'}
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          const { schoolId } = await call(openSchool, { body });
          await refreshAfter(openSchool);
          toast.say(`“${body.name}”已登记。`);
          await navigate({ to: '/directory/schools/$schoolId', params: { schoolId: String(schoolId) } });
        })}
      >
        <SchoolFields fields={form.fields(factNames)} types={openedTypeChoices} />
        <DatedFields today={today} verb="设立" fields={form.fields(datedNames)} />
      </Form>
    </Dialog>
  );
}
