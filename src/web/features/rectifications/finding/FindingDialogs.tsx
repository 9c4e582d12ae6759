import {
  ask,
  edit,
  handOver,
  newHandOver,
  newPlan,
  newQuestion,
  newReport,
  plan,
  report,
} from '#contract/rectifications/rectifications.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { DutyField, FindingForm, newFindingSchema } from '../list/FindingForm.tsx';
import type { Finding } from './finding-reply.ts';

interface DialogProps {
  finding: Finding;
  onClose: () => void;
}

/** The acts on a finding that ask for more than a sentence. */
export function FindingDialog({
  act,
  ...props
}: DialogProps & { act: 'plan' | 'report' | 'ask' | 'handOver' | 'edit' }) {
  switch (act) {
    case 'plan':
      return <Plan {...props} />;
    case 'report':
      return <Report {...props} />;
    case 'ask':
      return <Ask {...props} />;
    case 'handOver':
      return <HandOver {...props} />;
    case 'edit':
      return <Edit {...props} />;
  }
}

function Plan({ finding, onClose }: DialogProps) {
  const empty = { body: '', responsible: '', dueOn: null };
  const kept = finding.measures.map(({ body, responsible, dueOn }) => ({ body, responsible, dueOn }));
  const form = useForm(newPlan, {
    ...{ measures: kept.length > 0 ? kept : [empty], dutyPerson: finding.dutyPerson, cause: finding.cause },
  });
  const { act } = useAct(plan, { done: '整改措施已保存', inline: 'form', onDone: onClose });
  const { findingId, revision } = { findingId: finding.id, revision: finding.revision };
  const measures = form.values.measures ?? [];
  return (
    <Dialog open size="wide" title={`整改措施：${finding.title}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params: { findingId }, body: { ...body, revision } }))}
        verb="保存整改措施"
        busy={form.busy}
        problem={form.problems['']}
        more={
          measures.length < 50 && <Button onClick={() => form.set({ measures: [...measures, empty] })}>再加一条</Button>
        }
      >
        <TextAreaField label="问题原因" {...form.field('cause')} required={false} rows={2} />
        <TextField label="责任人" {...form.field('dutyPerson')} required={false} maxLength={40} />
        {Array.from(measures.keys(), (at) => (
          <Section
            key={at}
            title={`措施 ${at + 1}`}
            action={
              measures.length > 1 && (
                <Button
                  kind="quiet"
                  small
                  onClick={() => form.set({ measures: measures.filter((__, other) => other !== at) })}
                >
                  删去
                </Button>
              )
            }
          >
            <TextAreaField label="措施" {...form.field(`measures.${at}.body`)} rows={2} maxLength={1000} />
            <Pair>
              <TextField label="责任人" {...form.field(`measures.${at}.responsible`)} required={false} maxLength={40} />
              <DateField label="时限" {...form.field(`measures.${at}.dueOn`)} required={false} />
            </Pair>
          </Section>
        ))}
      </Form>
    </Dialog>
  );
}

function Report({ finding, onClose }: DialogProps) {
  const form = useForm(newReport, { report: finding.report });
  const { act } = useAct(report, { done: '已报告，等待核查', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`报告整改完成：${finding.title}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) =>
          act({ params: { findingId: finding.id }, body: { ...body, revision: finding.revision } }),
        )}
        verb="报告整改完成"
        busy={form.busy}
        problem={form.problems['']}
      >
        <TextAreaField
          label="整改情况"
          {...form.field('report')}
          rows={6}
          maxLength={4000}
          help="写明做了什么、结果如何。报告后由督办单位核查，本人不能核查。"
        />
      </Form>
    </Dialog>
  );
}

function Ask({ finding, onClose }: DialogProps) {
  const form = useForm(newQuestion, { until: finding.dueOn ?? '', reason: '' });
  const { act } = useAct(ask, { done: '已申请，等待审批', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`申请延期：${finding.title}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params: { findingId: finding.id }, body }))}
        verb="申请延期"
        busy={form.busy}
        problem={form.problems['']}
      >
        <DateField
          label="延期至"
          {...form.field('until')}
          help={`现在的完成时限是 ${finding.dueOn ?? ''}`}
          {...(finding.dueOn === null ? {} : { min: finding.dueOn })}
        />
        <TextAreaField label="原因" {...form.field('reason')} rows={3} maxLength={500} />
      </Form>
    </Dialog>
  );
}

function HandOver({ finding, onClose }: DialogProps) {
  const form = useForm(newHandOver, { duty: undefined, dutyPerson: '', reason: '' });
  const { act } = useAct(handOver, { done: '已移交，双方都收到通知', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`移交：${finding.title}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) =>
          act({ params: { findingId: finding.id }, body: { ...body, revision: finding.revision } }),
        )}
        verb="移交"
        busy={form.busy}
        problem={form.problems['']}
      >
        <DutyField
          label="新的责任主体"
          chosen={undefined}
          name=""
          error={form.problems.duty ?? form.problems['duty.id']}
          onChange={(duty) => form.set({ duty })}
        />
        <TextField label="责任人" {...form.field('dutyPerson')} required={false} maxLength={40} />
        <TextAreaField
          label="原因"
          {...form.field('reason')}
          rows={3}
          maxLength={500}
          help={`由${finding.duty.name}移交，完成时限不变，新的责任主体重新制定措施。`}
        />
      </Form>
    </Dialog>
  );
}

function Edit({ finding, onClose }: DialogProps) {
  const about = finding.duty.type === 'school' ? undefined : finding.school?.id;
  const form = useForm(newFindingSchema, {
    ...{ kind: finding.kind, title: finding.title, body: finding.body, whereFound: finding.whereFound },
    ...{ cause: finding.cause, severity: finding.severity, duty: { type: finding.duty.type, id: finding.duty.id } },
    ...{ dutyPerson: finding.dutyPerson, aboutSchoolId: about, foundOn: finding.foundOn },
    sourceLabel: finding.sourceLabel,
  });
  const { act } = useAct(edit, { done: '已修改', inline: 'form', onDone: onClose });
  return (
    <Dialog open size="wide" title={`修改问题：${finding.title}`} onClose={onClose}>
      <FindingForm
        form={form}
        verb="保存修改"
        dutyName={finding.duty.name}
        onSubmit={form.submit((body) =>
          act({ params: { findingId: finding.id }, body: { ...body, revision: finding.revision } }),
        )}
      />
    </Dialog>
  );
}
