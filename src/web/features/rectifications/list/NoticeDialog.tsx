import { newNotice, noticeMany } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import type { Chosen } from './useChosen.ts';

/** So many titles are read at a glance. */
const named = 8;

interface NoticeDialogProps {
  findings: readonly Chosen[];
  onClose: () => void;
  onDone: (result: RouteOutput<typeof noticeMany>) => void;
}

/** The chosen findings are sent out together. */
export function NoticeDialog({ findings, onClose, onDone }: NoticeDialogProps) {
  const { today } = useDeskContext();
  const form = useForm(newNotice, { dueOn: null, letter: false });
  const { act } = useAct(noticeMany, {
    done: ({ done }) => `已下发 ${done} 个问题`,
    inline: 'form',
    onDone,
  });
  const count = findings.length;
  const sent = findings.map(({ id, revision }) => ({ findingId: id, revision }));
  return (
    <Dialog open title={`下发 ${count} 个问题`} onClose={onClose}>
      <Form
        onSubmit={form.submit(({ dueOn, letter }) =>
          act({ body: { findings: sent, letter, ...(dueOn === null ? {} : { dueOn }) } }),
        )}
        verb={`下发 ${count} 个`}
        busy={form.busy}
        problem={form.problems['']}
      >
        <ul>
          {findings.slice(0, named).map(({ id, title, duty }) => (
            <li key={id}>
              {title}（{duty.name}）
            </li>
          ))}
          {count > named && <li>等 {count} 个</li>}
        </ul>
        <DateField
          label="完成时限"
          {...form.field('dueOn')}
          required={false}
          min={today}
          help="不填的，按各问题类别的工作日数自今日起算。"
        />
        <CheckField
          label="同时拟整改通知书"
          {...form.field('letter')}
          help="每个责任主体一份，由本单位审核、签发后印发。"
        />
        <p className="caption">责任主体和制定措施的县级督导机构将收到通知；下发后不能修改问题内容。</p>
      </Form>
    </Dialog>
  );
}
