import { Link, useNavigate } from '@tanstack/react-router';
import { enter, inspectorForm } from '#contract/inspectors/inspectors.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { useFormGuard } from '#web/shared/page/useLeaveGuard.ts';
import { findBodies } from './BodyField.tsx';
import { EarlierTermFields } from './EarlierTermFields.tsx';
import { OfficeFields } from './OfficeFields.tsx';
import { OwnFields, type OwnState } from './OwnFields.tsx';
import { emptyForm } from './own-fields.ts';

/** An inspector or an expert is entered; the requirements are looked at afterwards, on the own page. */
export default function NewInspector() {
  const navigate = useNavigate();
  const form = useForm(inspectorForm, {
    ...{ ...emptyForm, kind: undefined, name: '', certificateNumber: '', recommendedBy: '', username: '' },
    ...{ statements: [], earlierTerms: [] },
  });
  useFormGuard(form, '登记表还没有保存');
  const { act } = useAct(enter, {
    done: '已登记',
    inline: 'form',
    onDone: ({ id }) => void navigate({ to: '/inspectors/$inspectorId', params: { inspectorId: id } }),
  });
  return (
    <Page title="登记督学" above={<Link to="/inspectors">督学名册</Link>}>
      <Form
        onSubmit={form.submit((body) => act({ body }))}
        verb="登记督学"
        busy={form.busy}
        problem={form.problems['']}
      >
        <OfficeFields form={form} />
        <OwnFields form={form as unknown as OwnState} find={findBodies} />
        <EarlierTermFields form={form} />
      </Form>
    </Page>
  );
}
