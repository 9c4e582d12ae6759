import { Link } from '@tanstack/react-router';
import { extend, reasoned, stepDays } from '#contract/campaigns/campaigns.ts';
import { extended } from '#domain/evaluation/campaign/timetable.ts';
import { isBefore, kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { addDays, daysBetween, isDay } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { SelectField, TextAreaField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { stepTitle } from '../campaign.words.ts';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { useNoticeLetter } from '../page/useNoticeLetter.ts';
import { useCampaignAct } from '../useCampaignAct.ts';

interface ExtendDialogProps {
  campaign: Campaign;
  /** Null: all subjects. */
  chosen: readonly MatrixRow[] | null;
  step?: EvaluationStep | undefined;
  onClose: () => void;
}

const extension = reasoned.pick({ reason: true }).extend(stepDays.pick({ step: true, to: true }).shape);

/** Another end of a step for all or for the chosen ones, with the reason; later steps move by as many days. */
export function ExtendDialog({ campaign, chosen, step: given, onClose }: ExtendDialogProps) {
  const { id, revision, kind, form: arranged } = campaign;
  const { today } = useDeskContext();
  const { steps } = arranged;
  const letter = useNoticeLetter(campaign);
  const present = steps.find(({ to }) => to >= today)?.step ?? steps.at(-1)!.step;
  const form = useForm(extension, { step: given ?? stepOfChosen(chosen) ?? present, to: '', reason: '' });
  const { act } = useCampaignAct(extend, { done: '已延期，对象都收到通知', inline: 'form', onDone: onClose });
  const { step, to } = form.values;
  const own = steps.find((one) => one.step === step);
  const next = to && isDay(to) ? extended(steps, step, to) : null;
  const later = next ? steps.filter((one) => isBefore(kind, step, one.step)).length : 0;
  return (
    <Dialog open title={chosen === null ? '延期' : `给选定的 ${chosen.length} 个对象延期`} onClose={onClose}>
      <Form
        verb={chosen === null ? '给全部对象延期' : `给 ${chosen.length} 个对象延期`}
        busy={form.busy}
        problem={form.problems['']}
        onSubmit={form.submit((body) =>
          act({
            params: { campaignId: id },
            body: { ...body, revision, evaluationIds: chosen?.map(({ evaluationId }) => evaluationId) ?? null },
          }),
        )}
      >
        <SelectField
          label="步骤"
          {...form.field('step')}
          options={kindOf(kind).steps.map((one) => ({ value: one.step, label: one.title }))}
        />
        <DateField
          label="延至"
          {...form.field('to')}
          {...(own ? { min: addDays(own.to, 1), help: `现在到 ${own.to} 截止；以后的步骤按同样的天数顺延` } : {})}
        />
        {next && own && (
          <p role="status">
            “{stepTitle(kind, step)}”延长 {daysBetween(own.to, to)} 天
            {later > 0 && `，以后 ${later} 个步骤顺延，全部结束由 ${steps.at(-1)!.to} 改为 ${next.at(-1)!.to}`}。
          </p>
        )}
        {chosen === null && letter?.isOpen && (
          <p>
            <Link to="/letters/$letterId" params={{ letterId: letter.id }} search={{}}>
              下发通知的公文
            </Link>
            {`${letter.title}：延期后公文标明时间安排有变，请在印发以前取新值。`}
          </p>
        )}
        <TextAreaField label="原因" {...form.field('reason')} rows={3} maxLength={300} />
      </Form>
    </Dialog>
  );
}

/** The step at which all the chosen ones stand. */
function stepOfChosen(chosen: readonly MatrixRow[] | null): EvaluationStep | undefined {
  const states = new Set(chosen?.map(({ state }) => state));
  const [only] = states;
  return states.size === 1 && only !== 'closed' && only !== 'cancelled' ? only : undefined;
}
