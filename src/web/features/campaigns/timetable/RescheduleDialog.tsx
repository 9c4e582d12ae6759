import { extend, reasoned, subjectSlot } from '#contract/campaigns/campaigns.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { stepTitle } from '../campaign.words.ts';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';

interface RescheduleDialogProps {
  campaign: Campaign;
  row: MatrixRow;
  /** The step that goes in slots. */
  step: EvaluationStep;
  onClose: () => void;
}

const reschedule = reasoned.pick({ reason: true }).extend(subjectSlot.pick({ from: true, to: true }).shape);

/** Other days of one subject in the step that goes in slots, with the reason. */
export function RescheduleDialog({ campaign: { id, kind, revision }, row, step, onClose }: RescheduleDialogProps) {
  const own = row.steps.find((one) => one.step === step);
  const form = useForm(reschedule, { from: own?.from ?? '', to: own?.to ?? '', reason: '' });
  const { act } = useCampaignAct(extend, { done: '日期已改，对象收到通知', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`${row.name}：${stepTitle(kind, step)}改期`} onClose={onClose}>
      <Form
        verb="改期"
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit((body) =>
          act({ params: { campaignId: id }, body: { ...body, step, revision, evaluationIds: [row.evaluationId] } }),
        )}
      >
        <Pair>
          <DateField label="开始" {...form.field('from')} />
          <DateField
            label="结束"
            {...form.field('to')}
            {...(form.values.from ? { min: form.values.from } : {})}
            help="晚于下一步开始的，以后的步骤顺延"
          />
        </Pair>
        <TextAreaField label="原因" {...form.field('reason')} rows={3} maxLength={300} />
      </Form>
    </Dialog>
  );
}
