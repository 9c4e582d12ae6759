import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { fill, handOwnPaper, mine, newPaper, own, ownForm } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { halfTitles, inspectorKindTitles, paperTitles } from '#domain/inspection/inspector.ts';
import { paperPart } from '#domain/inspection/papers.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Facts, Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useFormGuard } from '#web/shared/page/useLeaveGuard.ts';
import { inspectorMarks } from '../desk/state-marks.ts';
import { findOwnBodies } from '../form/BodyField.tsx';
import { OwnFields } from '../form/OwnFields.tsx';
import { valuesOf } from '../form/own-fields.ts';
import { PaperFile } from '../form/PaperFile.tsx';
import { factsOf, Papers, Posts, Relations, Requirements, Terms } from '../inspector/Entry.tsx';
import { OwnPhotograph } from '../photograph/Photograph.tsx';
import { DeclareDialog } from './DeclareDialog.tsx';

type Own = RouteOutput<typeof own>;

/** The own entry: its form until it is recommended, then what stands of it, and the papers that are due. */
export default function OwnInspector() {
  const { inspectorId } = useParams({ from: '/desk/own-inspector/$inspectorId' });
  const loaded = useRead(own, { params: { inspectorId } });
  return (
    <LoadedPage of={loaded} title="我的督学登记">
      {(entry) => <Shown key={entry.revision} entry={entry} />}
    </LoadedPage>
  );
}

function Shown({ entry }: { entry: Own }) {
  return (
    <Page
      title="我的督学登记"
      state={
        <Row>
          <StateMark state={inspectorMarks[entry.state]} />
          <span>{`${entry.name} · ${entry.placeName} · ${inspectorKindTitles[entry.kind]}`}</span>
          {entry.filledOn !== null && <span>{`${entry.filledOn} 填写`}</span>}
        </Row>
      }
    >
      <Others id={entry.id} />
      <Stack>
        <OwnPhotograph inspectorId={entry.id} name={entry.name} mayBring={entry.mayFill} />
        {entry.mayFill && <Filling entry={entry} />}
      </Stack>
      {!entry.mayFill && <Standing entry={entry} />}
    </Page>
  );
}

/** The other entries of the person: one may be an inspector of several units, or of several kinds. */
function Others({ id }: { id: string }) {
  const others = (useRead(mine, {}).data?.rows ?? []).filter((row) => row.id !== id);
  if (others.length === 0) return null;
  return (
    <nav aria-label="本人的其他登记">
      <Row>
        {others.map((row) => (
          <Link key={row.id} to="/own-inspector/$inspectorId" params={{ inspectorId: row.id }}>
            {`${row.placeName} · ${inspectorKindTitles[row.kind]}`}
          </Link>
        ))}
      </Row>
    </nav>
  );
}

function Filling({ entry }: { entry: Own }) {
  const form = useForm(ownForm, valuesOf(entry));
  useFormGuard(form, '登记表还没有保存');
  const { act } = useAct(fill, { done: '已保存，由聘任单位推荐', inline: 'form' });
  return (
    <Form
      onSubmit={form.submit((body) =>
        act({ params: { inspectorId: entry.id }, body: { ...body, revision: entry.revision } }),
      )}
      verb="保存登记表"
      busy={form.busy}
      problem={form.problems['']}
    >
      <OwnFields form={form} find={findOwnBodies(entry.id)} />
    </Form>
  );
}

function Standing({ entry }: { entry: Own }) {
  const { today } = useDeskContext();
  const [handed, setHanded] = useState<Own['papers'][number] | null>(null);
  const [declaring, setDeclaring] = useState(false);
  return (
    <>
      <Facts items={factsOf(entry)} />
      <Papers
        papers={entry.papers}
        today={today}
        act={(paper) => (
          <Button small onClick={() => setHanded(paper)}>
            提交
          </Button>
        )}
      />
      <Terms termList={entry.termList} />
      <Requirements requirements={entry.requirements} />
      <Posts posts={entry.posts} />
      <Relations
        relations={entry.relations}
        action={
          entry.state === 'serving' && (
            <span className="screen-only">
              <Button onClick={() => setDeclaring(true)}>申报回避</Button>
            </span>
          )
        }
      />
      {declaring && <DeclareDialog inspectorId={entry.id} onClose={() => setDeclaring(false)} />}
      {handed && <OwnPaper entry={entry} paper={handed} onClose={() => setHanded(null)} />}
    </>
  );
}

function OwnPaper({
  entry,
  paper: { paper, schoolYear, half },
  onClose,
}: {
  entry: Own;
  paper: Own['papers'][number];
  onClose: () => void;
}) {
  const form = useForm(newPaper, { paper, schoolYear, half, body: '', uploadId: null });
  const { act } = useAct(handOwnPaper, { done: '已提交', inline: 'form', onDone: onClose });
  return (
    <Dialog open title={`提交${schoolYearName(schoolYear)}${halfTitles[half]}${paperTitles[paper]}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) => act({ params: { inspectorId: entry.id }, body }))}
        verb="提交材料"
        busy={form.busy}
        problem={form.problems['']}
      >
        <TextAreaField label="内容" {...form.field('body')} required={false} rows={10} maxLength={8000} />
        <PaperFile
          inspectorId={entry.id}
          part={paperPart({ paper, schoolYear, half })}
          uploadId={form.field('uploadId').value ?? null}
          onBrought={(uploadId) => form.field('uploadId').onChange(uploadId)}
        />
      </Form>
    </Dialog>
  );
}
