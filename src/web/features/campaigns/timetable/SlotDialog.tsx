import { z } from 'zod';
import { edit, subjectSlot } from '#contract/campaigns/campaigns.ts';
import { addDays, daysBetween, isDay } from '#domain/kit/school-year.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { stepTitle } from '../campaign.words.ts';
import type { Campaign } from '../campaign-reply.ts';

interface SlotDialogProps {
  campaign: Campaign;
  slots: NonNullable<Campaign['slots']>;
  onClose: () => void;
}

const slotForm = z.object({ slots: z.array(subjectSlot) });

/** The days of each subject of a draft in the step that goes in slots; another first day takes the last one with it. */
export function SlotDialog({ campaign, slots: { step, rows }, onClose }: SlotDialogProps) {
  const given = rows.map(({ subjectId, from, to }) => ({ subjectId, from, to }));
  const form = useForm(slotForm, { slots: given });
  const { act } = useAct(edit, { done: '各对象的日期已保存', inline: 'form', onDone: onClose });
  const whole = campaign.form.steps.find((one) => one.step === step);
  const within = whole ? { min: whole.from, max: whole.to } : {};
  const title = stepTitle(campaign.kind, step);
  const { slots } = form.values;
  function begin(at: number, from: string | null | undefined) {
    const before = slots[at];
    if (!from || !before || !isDay(from) || !isDay(before.from) || !isDay(before.to)) {
      return form.field(`slots.${at}.from`).onChange(from);
    }
    const to = addDays(from, daysBetween(before.from, before.to));
    form.set({ slots: slots.map((one, other) => (other === at ? { ...one, from, to } : one)) });
  }
  return (
    <Dialog open title={`各对象的${title}日期`} onClose={onClose}>
      <Form
        verb="保存日期"
        busy={form.busy}
        unchanged={!form.isUnsaved}
        problem={form.problems['']}
        onSubmit={form.submit((body) =>
          act({
            params: { campaignId: campaign.id },
            body: { ...campaign.form, slots: body.slots, revision: campaign.revision },
          }),
        )}
      >
        {whole && (
          <p className="caption">
            “{title}”是 {whole.from} 至 {whole.to}；改了开始日期，结束日期随着移动。
          </p>
        )}
        {rows.map(({ subjectId, name }, at) => (
          <Pair key={subjectId}>
            <DateField
              label={`${name}：开始`}
              {...form.field(`slots.${at}.from`)}
              {...within}
              onChange={(day) => begin(at, day)}
            />
            <DateField label={`${name}：结束`} {...form.field(`slots.${at}.to`)} {...within} />
          </Pair>
        ))}
      </Form>
    </Dialog>
  );
}
