import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useLayoutEffect } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { queryClient, reading, useAct, useRead } from '#web/shared/call/queries.ts';
import { useShownYear } from '#web/shared/desk/year-of-page.tsx';
import { SavingState } from '#web/shared/drafts/SavingState.tsx';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { useHotkeys } from '#web/shared/page/useHotkeys.ts';
import { type Edition, useEdition } from '../edition.ts';
import { FurtherMarks } from '../FurtherMarks.tsx';
import { stateMark, submitVerb } from '../filing.words.ts';
import { type FilingDetail, showSaved } from '../filing-drafts.ts';
import { PresentName } from '../SchoolName.tsx';
import { undoOf } from '../undo.ts';
import style from './FilingForm.module.css';
import { FormParts } from './FormParts.tsx';
import { FormProblemList } from './FormProblemList.tsx';
import { useFilingEditor } from './filing-editor.ts';
import { asCellFiling, copyable, partsOf, problemsOf } from './filing-form.ts';
import { jumpToAddressed, keepFieldInSight } from './form-focus.ts';
import { FilingActs } from './head/FilingActs.tsx';
import { FilingHead } from './head/FilingHead.tsx';
import { TypedElsewhere } from './head/TypedElsewhere.tsx';

/** The form of one school's filing; people who may not type see the same form, locked. */
export default function FilingForm() {
  const { filingId } = useParams({ from: '/desk/filings/$filingId' });
  const filing = useRead(filings.read, { params: { filingId } });
  const edition = useEdition(filing.data?.edition);
  const page = { title: '填报表', above: <Link to="/filings">数据填报</Link> };
  return (
    <LoadedPage of={filing} {...page}>
      {(detail) => (
        <LoadedPage of={edition} {...page}>
          {(edition) => <Form detail={detail} edition={edition} key={detail.id} />}
        </LoadedPage>
      )}
    </LoadedPage>
  );
}

function Form({ detail, edition }: { detail: FilingDetail; edition: Edition }) {
  const editor = useFilingEditor();
  useShownYear(detail.period.schoolYear);
  const filing = asCellFiling(detail);
  const draft = editor.drafts.draft.subjects[detail.id];
  const parts = partsOf(edition, detail.fields, filing, draft);
  const problems = problemsOf(detail.fields, filing, draft);
  useHotkeys({
    'ctrl+z': () => void editor.takeBack('undo'),
    'ctrl+y': () => void editor.takeBack('redo'),
    'ctrl+s': () => void editor.sender.flush(detail.id),
  });
  useEffect(jumpToAddressed, []);
  // A problem found elsewhere grows the page above the field in hand.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the problems grow the page
  useLayoutEffect(keepFieldInSight, [problems.open.length]);
  const filled = parts.reduce((sum, part) => sum + part.filled, 0);
  const required = parts.reduce((sum, part) => sum + part.required, 0);
  return (
    <Page
      title={detail.school.name}
      above={<Link to="/filings">数据填报</Link>}
      source={`${detail.school.name} ${detail.period.name}`}
      state={
        <Row inline gap={4} align="baseline">
          <StateMark state={stateMark({ ...detail, untouched: detail.untouched && filled === 0 })} />
          <span>
            {detail.period.name} · 已填 {filled} / {required} 项
          </span>
          <PresentName school={detail.school} />
          <FurtherMarks filing={detail} />
        </Row>
      }
      action={
        <>
          <ButtonLink to="/filings/$filingId/history" params={{ filingId: detail.id }}>
            经过
          </ButtonLink>
          <ButtonLink to="/filings/$filingId/print" params={{ filingId: detail.id }}>
            打印
          </ButtonLink>
          {detail.can.fill && (
            <ButtonLink to="/filings/import" search={{ filing: detail.id }}>
              Excel 导入
            </ButtonLink>
          )}
          <FilingActs detail={detail} />
        </>
      }
    >
      <FilingHead detail={detail} />
      <TypedElsewhere detail={detail} />
      {detail.can.fill && <FormTools detail={detail} />}
      <FormProblemList problems={problems} open={detail.state === 'draft'} />
      <FormParts detail={detail} filing={filing} parts={parts} draft={draft} editor={editor} />
      <Attachments subjectType="filing" subjectId={detail.id} title="佐证材料" />
      {detail.can.fill && <SubmitBar detail={detail} missing={problems.missing.length} open={problems.open.length} />}
    </Page>
  );
}

/** Tools for filling: last year's values for fields that change little, and undo. */
function FormTools({ detail }: { detail: FilingDetail }) {
  const editor = useFilingEditor();
  const filing = asCellFiling(detail);
  const fields = copyable(detail.fields, filing, editor.drafts.draft.subjects[detail.id]);
  const copy = useAct(filings.copyLastYear);
  async function copyLastYear() {
    if (!(await editor.sender.flush(detail.id))) {
      toast.say('还有内容没有保存到服务器，请稍后再复制去年值');
      return;
    }
    const saved = await copy.act({ params: { filingId: detail.id } });
    if (!saved) return;
    await showSaved(detail.id, saved);
    const act = editor.sender.remember(
      fields.map((field) => ({
        subjectId: detail.id,
        part: field.key,
        before: null,
        after: saved.cells[field.key]?.v ?? null,
      })),
      Object.fromEntries(Object.entries(saved.cells).map(([field, { n }]) => [field, n])),
    );
    const told = `已填入 ${saved.copied} 项去年值，请逐项核对`;
    if (act) toast.undo(told, () => void editor.takeBack('undo', act));
    else toast.say(told);
  }
  return (
    <div className={`${style.tools} screen-only`} data-tools>
      <SavingState of={editor} subjectId={detail.id} />
      <Row>
        <Button small kind="quiet" hotkey="Ctrl Z" onClick={() => void editor.takeBack('undo')}>
          撤销
        </Button>
        {fields.length > 0 && (
          <Button
            small
            busy={copy.busy}
            title={fields.map((field) => field.key).join('、')}
            onClick={() => void copyLastYear()}
          >
            复制去年值（{fields.length} 项变化少的数据）
          </Button>
        )}
      </Row>
    </div>
  );
}

/** Who goes on with a complete filing that this person may not submit. */
function waitsFor({ deadline, submittedAt, contact }: FilingDetail, today: string): string {
  const late = submittedAt === null && today > deadline.closesOn;
  return late ? `已填齐，但已过期限：请${contact.unitName}延期，再请校长提交` : '已填齐，请校长提交';
}

/** The last line states what is still missing before the filing can be submitted, and who submits it. */
function SubmitBar({ detail, missing, open }: { detail: FilingDetail; missing: number; open: number }) {
  const { today } = useDeskContext();
  const editor = useFilingEditor();
  const navigate = useNavigate();
  const verb = submitVerb(detail.school.managedBy);
  const submit = useAct(filings.submit, {
    done: '已提交，等待审核',
    undo: () => undoOf('submit', [detail.id], '提交，可以继续修改'),
  });
  const lacks = [missing > 0 && `还有 ${missing} 项没有填`, open > 0 && `${open} 处问题待处理`].filter(Boolean);
  const others = missing + open > 0 ? [] : detail.obstacles;
  const blocked = lacks.length > 0 || others.length > 0;
  async function send() {
    if (blocked) {
      const list = document.querySelector<HTMLDetailsElement>('#problems');
      if (list) list.open = true;
      list?.scrollIntoView({ block: 'start' });
      list?.querySelector('button')?.focus({ preventScroll: true });
      return;
    }
    if (!(await editor.sender.flush(detail.id))) {
      toast.say('还有内容没有保存到服务器，请先处理页面上方的提示');
      return;
    }
    // The request just sent has raised the revision, and this closure holds the old one.
    const { revision } = await queryClient.ensureQueryData(reading(filings.read, { params: { filingId: detail.id } }));
    const done = await submit.act({ params: { filingId: detail.id }, body: { revision } });
    if (done) void navigate({ to: '.', hash: '', resetScroll: true });
  }
  return (
    <footer className={`${style.submit} screen-only`}>
      <p className={blocked ? style.lacks : style.ready}>
        {blocked
          ? [...lacks, ...others].join('，')
          : detail.can.submit
            ? '数据齐全，没有错误'
            : waitsFor(detail, today)}
      </p>
      {detail.can.submit ? (
        <Button kind="primary" busy={submit.busy} aria-disabled={blocked || undefined} onClick={() => void send()}>
          {verb}
        </Button>
      ) : (
        blocked && <p className="caption">填完后由本校校长{verb}</p>
      )}
    </footer>
  );
}
