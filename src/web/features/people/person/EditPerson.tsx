import { update } from '#contract/people/people.ts';
import { call } from '#web/shared/call/call.ts';
import { refreshAfter } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { PersonDetail } from '../people.words.ts';

/** Edits name and telephone. The username stays, because the audit and the person know the account by it. */
export function EditPerson({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const { id, name, phone, revision } = person;
  const form = useForm(update.body!, { name, phone: phone ?? '', revision });
  return (
    <Dialog open title="修改姓名和电话" onClose={onClose}>
      <Form
        verb="保存修改"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          await call(update, { params: { personId: id }, body });
          await refreshAfter(update);
          toast.say('已保存。');
          onClose();
        })}
      >
        <TextField label="姓名" autoFocus autoComplete="off" {...form.field('name')} />
        <TextField label="电话" type="tel" autoComplete="off" {...form.field('phone')} required={false} />
      </Form>
    </Dialog>
  );
}
