import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { edit, inspectorForm, read } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { useFormGuard } from '#web/shared/page/useLeaveGuard.ts';
import { findBodies } from './BodyField.tsx';
import { EarlierTermFields } from './EarlierTermFields.tsx';
import { OfficeFields, StatementFields } from './OfficeFields.tsx';
import { OwnFields, type OwnState } from './OwnFields.tsx';
import { valuesOf } from './own-fields.ts';

/** The form of an inspector, with the requirements of the appointment. */
export default function EditInspector() {
  const { inspectorId } = useParams({ from: '/desk/inspectors/$inspectorId/edit' });
  const loaded = useRead(read, { params: { inspectorId } });
  return (
    <LoadedPage of={loaded} title="修改登记表" above={<Link to="/inspectors">督学名册</Link>}>
      {(inspector) => <Editing key={inspector.revision} inspector={inspector} />}
    </LoadedPage>
  );
}

function Editing({ inspector }: { inspector: RouteOutput<typeof read> }) {
  const navigate = useNavigate();
  const params = { inspectorId: inspector.id };
  const back = () => void navigate({ to: '/inspectors/$inspectorId', params });
  const form = useForm(inspectorForm, {
    ...{ ...valuesOf(inspector), kind: inspector.kind, name: inspector.name },
    ...{ certificateNumber: inspector.certificateNumber ?? '', recommendedBy: inspector.recommendedBy },
    username: inspector.username ?? '',
    earlierTerms: inspector.termList.flatMap(({ earlier, from, to }) => (earlier && to !== null ? [{ from, to }] : [])),
    statements: inspector.requirements.flatMap(({ key, stated, standing, basis }) =>
      stated && standing !== 'unknown' ? [{ requirement: key, met: standing === 'met', basis }] : [],
    ),
  });
  useFormGuard(form, '对登记表的修改还没有保存');
  const { act } = useAct(edit, { done: '已修改', inline: 'form', onDone: back });
  return (
    <Page
      title={`修改登记表：${inspector.name}`}
      above={
        <Link to="/inspectors/$inspectorId" params={params}>
          {inspector.name}
        </Link>
      }
    >
      <Form
        onSubmit={form.submit((body) => act({ params, body: { ...body, revision: inspector.revision } }))}
        verb="保存修改"
        busy={form.busy}
        problem={form.problems['']}
      >
        {inspector.state === 'draft' && inspector.filledOn !== null && (
          <Band tone="plain">{`本人已于 ${inspector.filledOn} 填写。改动本人填写的各项或关联账户后，须由本人核对保存，才能推荐。`}</Band>
        )}
        <OfficeFields form={form} serving={inspector.state === 'serving'} />
        <StatementFields form={form} requirements={inspector.requirements} />
        <OwnFields form={form as unknown as OwnState} find={findBodies} />
        <EarlierTermFields form={form} />
      </Form>
    </Page>
  );
}
