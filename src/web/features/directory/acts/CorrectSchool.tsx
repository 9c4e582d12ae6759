import { correctSchool } from '#contract/directory/changes.ts';
import { call } from '#web/shared/call/call.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { ownershipChoices, sponsorChoices, urbanClassChoices } from '../directory.words.ts';
import { ownershipQuestion } from './consequence.words.ts';
import { type ActProps, settled } from './school-acts.ts';

const ownershipConfirmation = { title: '更正办别？', verb: '更正办别' };

/** 更正登记: corrects an entry that was wrong from the start; no new version begins. */
export function CorrectSchool({ school, onClose }: ActProps) {
  const { id, name, sponsorCode, ownership, urbanClass, foundedYear, revision } = school;
  const form = useForm(correctSchool.body!, {
    ...{ revision, name, sponsorCode, ownership, urbanClass, foundedYear },
    note: '',
  });
  return (
    <Dialog open title={`更正登记：${name}`} onClose={onClose}>
      <Form
        verb="更正"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit(async (body) => {
          const [question] = ownershipQuestion(school, body.ownership ?? ownership, '更正后');
          if (question && !(await confirm({ ...ownershipConfirmation, text: `${question}。` }))) return;
          await call(correctSchool, { params: { schoolId: id }, body });
          await settled(correctSchool, '已更正。', onClose);
        })}
      >
        <p className="caption">只用于登记时的错误。更名、变更隶属和类型请用相应的办理，以保留历史。</p>
        <TextField label="名称" autoComplete="off" {...form.field('name')} />
        <Pair>
          <SelectField label="举办者类型" options={sponsorChoices} {...form.field('sponsorCode')} />
          <SelectField label="办别" options={ownershipChoices} {...form.field('ownership')} />
        </Pair>
        <Pair>
          <SelectField label="城乡类型" options={urbanClassChoices} {...form.field('urbanClass')} />
          <NumberField label="建校年份" {...form.field('foundedYear')} required={false} />
        </Pair>
        <TextAreaField label="更正原因" rows={2} maxLength={300} {...form.field('note')} />
      </Form>
    </Dialog>
  );
}
