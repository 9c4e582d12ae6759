import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import * as plans from '#contract/work-plans/plans.ts';
import { leftOutTitles, piecesOf } from '#domain/work-plan/pieces.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { changedSince } from '#web/shared/drafts/changed-since.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import type { Detail } from '../item-fields.ts';
import { DraftItems } from './DraftItems.tsx';
import { OtherDraft } from './OtherDraft.tsx';
import style from './PlanDraft.module.css';
import { type Saving, useDraftSaving } from './useDraftSaving.ts';

const savingTexts = { saved: '已保存', waiting: '有改动，稍后自动保存', saving: '正在保存' };
const savingText = (saving: Saving) =>
  typeof saving === 'string' ? savingTexts[saving] : `没有保存：${saving.problem.message}`;

/** A draft: the pasted text on the left, its items on the right, each of which is corrected before the plan is issued. */
export function PlanDraft({ detail }: { detail: Detail }) {
  const { plan } = detail;
  const params = { planId: plan.id };
  const navigate = useNavigate();
  const { draft, saving, left, theirs, set, settle, resume, insist, replace, revisionNow } = useDraftSaving(detail);
  const [text, setText] = useState(detail.sourceText);
  const [pasting, setPasting] = useState(false);
  const open = () => void navigate({ to: '/work-plans/$planId', params });
  const issue = useAct(plans.issue, { done: '计划已印发', onDone: open });
  async function askIssue() {
    if (!(await settle())) return;
    const sure = await confirm({
      title: `印发“${draft.title}”`,
      text: `共 ${draft.items.length} 项任务。印发后，涉及各县（市、区）的任务同时下达；此后只能逐项调整并写明原因。`,
      verb: '印发',
    });
    if (sure) await issue.act({ params, body: { revision: revisionNow() } });
  }
  return (
    <Page
      wide
      title="拟订计划"
      above={
        <Link to="/work-plans/$planId" params={params}>
          {plan.title}
        </Link>
      }
      state={
        <span role="status">{`${plan.unitName} · ${plan.year} 年 · ${draft.items.length} 项任务 · ${savingText(saving)}`}</span>
      }
      action={
        <>
          {typeof saving !== 'string' && theirs === null && <Button onClick={() => void settle()}>再次保存</Button>}
          <Button onClick={() => setPasting(true)}>重新粘贴</Button>
          {detail.can.issue && (
            <Button
              kind="primary"
              busy={issue.busy}
              disabled={draft.items.length === 0}
              onClick={() => void askIssue()}
            >
              印发
            </Button>
          )}
        </>
      }
    >
      <Stack gap={4}>
        <LeftWriting left={left} onTake={resume} />
        <OtherDraft
          mine={draft}
          theirs={theirs}
          said={changedSince('这份草稿', typeof saving === 'string' ? null : saving.problem)}
          onMine={insist}
          onTheirs={replace}
        />
        <Pair>
          <TextField
            label="计划名称"
            maxLength={120}
            value={draft.title}
            onChange={(title) => set((now) => ({ ...now, title }))}
          />
          <TextField
            label="文号"
            required={false}
            maxLength={60}
            value={draft.documentNumber}
            onChange={(number) => set((now) => ({ ...now, documentNumber: number || null }))}
          />
        </Pair>
        <Split columns={text === '' ? 'minmax(0, 1fr) 0' : 'minmax(0, 2fr) minmax(0, 3fr)'}>
          {text === '' ? null : (
            <Section title="粘贴的文字" note="淡色的没有列为任务">
              <SourceText text={text} />
            </Section>
          )}
          <Section title="任务" note="Ctrl Enter 从光标处拆成两项，Ctrl ↑ 与上一项合并">
            <DraftItems
              detail={detail}
              items={draft.items}
              onItems={(next) => set((now) => ({ ...now, items: next(now.items) }))}
            />
          </Section>
        </Split>
      </Stack>
      {pasting && (
        <PasteAgain
          text={text}
          params={params}
          before={settle}
          revision={revisionNow}
          onClose={() => setPasting(false)}
          onPasted={(fresh, pasted) => {
            replace(fresh);
            setText(pasted);
            setPasting(false);
          }}
        />
      )}
    </Page>
  );
}

/** The text as it was pasted, with what became of each part. */
function SourceText({ text }: { text: string }) {
  const pieces = piecesOf(text);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled text is read with the arrow keys
    <section className={style.source} aria-label="粘贴的文字" tabIndex={0}>
      {pieces.map(({ kind, text: part, leftOut }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no other name
        <span key={at} className={style[kind]} title={leftOut ? `${leftOutTitles[leftOut]}，不列为任务` : undefined}>
          {part}
        </span>
      ))}
    </section>
  );
}

interface PasteAgainProps {
  text: string;
  params: { planId: string };
  before: () => Promise<boolean>;
  revision: () => number;
  onClose: () => void;
  onPasted: (detail: Detail, text: string) => void;
}

function PasteAgain({ text: present, params, before, revision, onClose, onPasted }: PasteAgainProps) {
  const [text, setText] = useState(present);
  const paste = useAct(plans.paste, { done: '已重新识别', onDone: (detail) => onPasted(detail, text) });
  const run = async () => {
    if (await before()) await paste.act({ params, body: { revision: revision(), text } });
  };
  return (
    <Dialog
      open
      firm
      size="wide"
      title="重新粘贴"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="primary" busy={paste.busy} onClick={() => void run()}>
            重新识别
          </Button>
        </>
      }
    >
      <TextAreaField
        label="计划全文"
        help="任务按新的文字重新识别，手工的改动不再保留；文字相同的任务保留进度依据。"
        rows={16}
        maxLength={60000}
        value={text}
        onChange={setText}
      />
    </Dialog>
  );
}
