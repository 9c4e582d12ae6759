import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  confirm as confirmAgain,
  end,
  letter,
  recommend,
  reopen,
  review,
  sendBack,
  undo,
  withdraw,
} from '#contract/inspectors/inspectors.ts';
import type { UndoableInspectorAction } from '#domain/inspection/flow.ts';
import { inspectorKindTitles } from '#domain/inspection/inspector.ts';
import { appointmentTitle, letteredTerm } from '#domain/inspection/terms.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { takeBack, useAct } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { termText } from '../inspector.words.ts';
import type { Inspector } from './inspector-reply.ts';

const dialogs = late(() => import('./InspectorDialogs.tsx'));

/** The acts of this person on the inspector, the next one first. */
export function InspectorActs({ inspector }: { inspector: Inspector }) {
  const [open, setOpen] = useState<'publicise' | 'appoint' | 'renew' | null>(null);
  const navigate = useNavigate();
  const { today } = useDeskContext();
  const { can, id, revision, name } = inspector;
  const params = { inspectorId: id };
  const recommending = useAct(recommend, { done: '已推荐，等待审核' });
  const reviewing = useAct(review, { done: '已审核通过，等待复审', undo: () => takenBack('review', id, '审核') });
  const confirming = useAct(confirmAgain, {
    ...{ done: '已复审通过，等待公示', undo: () => takenBack('confirm', id, '复审') },
  });
  const returning = useAct(sendBack, { done: '已退回', undo: () => takenBack('return', id, '退回') });
  const ending = useAct(end, { done: '已办理离任，记录保留' });
  const withdrawing = useAct(withdraw, {
    ...{ done: '已撤销聘任，记录保留', undo: () => takenBack('withdraw', id, '撤销聘任') },
  });
  const reopening = useAct(reopen, { done: '已重新登记' });
  const drafting = useAct(letter, {
    done: ({ way }) => `聘书草稿已拟。${way}`,
    onDone: () => void navigate({ to: '/letters', search: { search: appointmentTitle(name) } }),
  });
  const term = letteredTerm(inspector.termList, today);

  async function recommends() {
    if (inspector.username === null) {
      const paperForm = await ask({
        ...{ title: `推荐“${name}”？`, text: '没有关联账户，本人不能在平台上填写；登记表报送审核，推荐人不能审核。' },
        ...{ label: '纸质登记表存放处', help: '本人填写并签名的登记表放在哪里，如 督导室档案 2026-3 号' },
        ...{ verb: '推荐督学', required: true, maxLength: 200 },
      });
      if (paperForm !== null) await recommending.act({ params, body: { revision, paperForm } });
      return;
    }
    const yes = await confirm({
      title: `推荐“${name}”？`,
      text: '登记表报送审核；推荐人不能审核。',
      verb: '推荐督学',
    });
    if (yes) await recommending.act({ params, body: { revision } });
  }
  async function sendsBack() {
    const reason = await ask({
      ...{ title: `退回“${name}”的登记表？`, label: '退回原因', verb: '退回登记表', required: true, maxLength: 300 },
      suggestions: ['条件没有核实', '登记表不完整', '公示期间有异议'],
    });
    if (reason !== null) await returning.act({ params, body: { revision, reason } });
  }
  async function leaves() {
    const reason = await ask({
      ...{ title: `办理“${name}”离任？`, text: '任期自今天结束，本人收到通知，记录保留。' },
      ...{ label: '离任原因', verb: '办理离任', danger: true, required: true, maxLength: 300 },
      suggestions: ['任期届满', '本人申请', '退休', '工作调动'],
    });
    if (reason !== null) await ending.act({ params, body: { revision, reason } });
  }
  async function givesUp() {
    const reason = await ask({
      ...{ title: `撤销“${name}”的聘任？`, text: '不再办理，记录保留。' },
      ...{ label: '撤销原因', verb: '撤销聘任', danger: true, required: true, maxLength: 300 },
    });
    if (reason !== null) await withdrawing.act({ params, body: { revision, reason } });
  }
  async function beginsAgain() {
    const reason = await ask({
      ...{ title: `重新登记“${name}”？`, text: '回到登记表，重新推荐、审核和公示。' },
      ...{ label: '原因', verb: '重新登记', required: true, maxLength: 300 },
    });
    if (reason !== null) await reopening.act({ params, body: { revision, reason } });
  }
  async function drafts(own: NonNullable<typeof term>) {
    const yes = await confirm({
      title: `拟“${name}”的聘书？`,
      text: `拟 1 份公文草稿“${appointmentTitle(name)}”：聘任为${inspectorKindTitles[inspector.kind]}，任期 ${termText(own.from, own.to)}。送审前可以修改。${inspector.letterWay ?? ''}`,
      verb: '拟聘书',
    });
    if (yes) await drafting.act({ params });
  }
  const body = { revision };
  const acts: readonly Act[] = [
    [can.recommend, '推荐', () => void recommends(), recommending.busy],
    [can.review, '审核通过', () => void reviewing.act({ params, body }), reviewing.busy],
    [can.confirm, '复审通过', () => void confirming.act({ params, body }), confirming.busy],
    [can.publicise, '公示', () => setOpen('publicise'), false],
    [can.appoint, '公布聘任', () => setOpen('appoint'), false],
    [can.renew, '续聘', () => setOpen('renew'), false],
    [can.edit, '修改登记表', () => void navigate({ to: '/inspectors/$inspectorId/edit', params }), false],
    // A term has one letter: the one that stands is opened from its row.
    [can.letter && term?.letterId === null, '拟聘书', () => term && void drafts(term), drafting.busy],
    [can.return, '退回', () => void sendsBack(), returning.busy],
    [can.reopen, '重新登记', () => void beginsAgain(), reopening.busy],
    [can.end, '办理离任', () => void leaves(), ending.busy, 'quiet'],
    [can.withdraw, '撤销', () => void givesUp(), withdrawing.busy, 'quiet'],
  ];
  return (
    <div className="screen-only">
      <ActRow acts={acts} />
      {open !== null && (
        <WhenHere late={dialogs}>
          {({ InspectorDialog }) => <InspectorDialog act={open} inspector={inspector} onClose={() => setOpen(null)} />}
        </WhenHere>
      )}
    </div>
  );
}

/** How the act is taken back for ten seconds. */
function takenBack(action: UndoableInspectorAction, inspectorId: string, told: string): () => void {
  return () => void takeBack(undo, { params: { inspectorId }, body: { action } }, () => toast.say(`已撤销${told}`));
}
