import { useNavigate } from '@tanstack/react-router';
import { newNotice, notice, noticeMany } from '#contract/rectifications/rectifications.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { CheckField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import type { Chosen } from './useChosen.ts';

/** So many titles are read at a glance. */
const named = 8;

type Sent = Pick<Chosen, 'id' | 'title' | 'revision' | 'duty' | 'dueOn'>;

interface NoticeDialogProps {
  findings: readonly Chosen[];
  onClose: () => void;
  onDone: (result: RouteOutput<typeof noticeMany>) => void;
}

/** The chosen findings are sent out together. */
export function NoticeDialog({ findings, onClose, onDone }: NoticeDialogProps) {
  const form = useNotice(false, null);
  const say = useSaid();
  const { act } = useAct(noticeMany, {
    inline: 'form',
    onDone: (result) => {
      say(`已下发 ${result.done} 个问题`, result.letters);
      onDone(result);
    },
  });
  const sent = findings.map(({ id, revision }) => ({ findingId: id, revision }));
  return (
    <NoticeForm
      findings={findings}
      form={form}
      verb={`下发 ${findings.length} 个`}
      onClose={onClose}
      onSubmit={form.submit(({ dueOn, letter }) =>
        act({ body: { findings: sent, letter, ...(dueOn === null ? {} : { dueOn }) } }),
      )}
    />
  );
}

/** One finding is sent out from its page. */
export function OneNotice({ finding, letter, onClose }: { finding: Sent; letter: boolean; onClose: () => void }) {
  const { today } = useDeskContext();
  const form = useNotice(letter, stillAhead(finding, today) ? finding.dueOn : null);
  const say = useSaid();
  const { act } = useAct(notice, {
    inline: 'form',
    onDone: ({ dueOn }) => {
      say(`已下发，完成时限 ${dueOn ?? ''}`, form.values.letter === true ? 1 : 0);
      onClose();
    },
  });
  const { id, revision } = finding;
  return (
    <NoticeForm
      findings={[finding]}
      form={form}
      verb={form.values.letter === true ? '下发并拟通知书' : '下发'}
      onClose={onClose}
      onSubmit={form.submit(({ dueOn, letter: withLetter }) =>
        act({
          params: { findingId: id },
          body: { revision, letter: withLetter, ...(dueOn === null ? {} : { dueOn }) },
        }),
      )}
    />
  );
}

const useNotice = (letter: boolean, dueOn: string | null) => useForm(newNotice, { dueOn, letter });

/** The source demanded a day, and it has not passed: without another day it holds. */
const stillAhead = ({ dueOn }: Sent, today: string) => dueOn !== null && dueOn >= today;

/** Which day holds where the field is left empty. */
function dueHelp(findings: readonly Sent[], today: string): string {
  const counted = '按问题类别的工作日数自今日起算。';
  const demanded = findings.filter(({ dueOn }) => dueOn !== null);
  const ahead = demanded.filter((one) => stillAhead(one, today)).length;
  const [only, ...others] = findings;
  if (only && others.length === 0 && demanded.length === 1) {
    return ahead === 1
      ? `发现来源（如督导意见书）要求 ${only.dueOn}，可以另定；不填的，仍按这一天。`
      : `发现来源（如督导意见书）要求的 ${only.dueOn} 已过，请另定；不填的，${counted}`;
  }
  if (ahead === findings.length) return '不填的，按发现来源（如督导意见书）要求的日期。';
  return ahead > 0 ? `不填的，${ahead} 个按发现来源（如督导意见书）要求的日期，其余${counted}` : `不填的，${counted}`;
}

/** Says what was sent out, and leads to the letters that were drafted with it. */
function useSaid() {
  const navigate = useNavigate();
  return (text: string, letters: number) => {
    if (letters === 0) return toast.say(text);
    toast.lead(
      `${text}，已拟 ${letters} 份整改通知书`,
      '去看草稿',
      () => void navigate({ to: '/letters', search: { state: 'draft' } }),
    );
  };
}

interface NoticeFormProps {
  findings: readonly Sent[];
  form: ReturnType<typeof useNotice>;
  verb: string;
  onClose: () => void;
  onSubmit: ReturnType<ReturnType<typeof useNotice>['submit']>;
}

function NoticeForm({ findings, form, verb, onClose, onSubmit }: NoticeFormProps) {
  const { today } = useDeskContext();
  const count = findings.length;
  const [only, ...others] = findings;
  return (
    <Dialog open title={only && others.length === 0 ? `下发“${only.title}”` : `下发 ${count} 个问题`} onClose={onClose}>
      <Form onSubmit={onSubmit} verb={verb} busy={form.busy} problem={form.problems['']}>
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
          help={dueHelp(findings, today)}
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
