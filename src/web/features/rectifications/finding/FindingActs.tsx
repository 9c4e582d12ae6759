import { useState } from 'react';
import {
  acknowledge,
  cancel,
  check,
  close,
  decide,
  reject,
  undo,
  withdraw,
} from '#contract/rectifications/rectifications.ts';
import type { UndoableFindingAction } from '#domain/rectification/flow.ts';
import { takeBack, useAct } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import type { Finding } from './finding-reply.ts';

const dialogs = late(() => import('./FindingDialogs.tsx'));
const entry = late(() => import('../list/EnterFinding.tsx'));
const sending = late(() => import('../list/NoticeDialog.tsx'));

type Open = 'plan' | 'report' | 'ask' | 'handOver' | 'edit' | 'divide' | 'notice' | 'letter' | null;

/** The acts of this person on the finding, the next one first. */
export function FindingActs({ finding }: { finding: Finding }) {
  const [open, setOpen] = useState<Open>(null);
  const { can, id, revision, title } = finding;
  const params = { findingId: id };
  const checking = useAct(check, { done: '已核查通过', undo: () => takenBack('check', id, '核查通过') });
  const rejecting = useAct(reject, { done: '已退回整改', undo: () => takenBack('reject', id, '退回') });
  const closing = useAct(close, { done: '已销号' });
  const cancelling = useAct(cancel, { done: '已取消，记录保留' });
  const acknowledging = useAct(acknowledge, { done: '已签收' });
  const deciding = useAct(decide, { done: '已审批' });
  const withdrawing = useAct(withdraw, { done: '已撤回延期申请' });

  async function sendBack() {
    const reason = await ask({
      ...{ title: `退回“${title}”？`, label: '退回原因', verb: '退回整改', required: true, maxLength: 500 },
      suggestions: ['佐证材料不足', '措施没有落实', '问题没有根本解决'],
    });
    if (reason !== null) await rejecting.act({ params, body: { revision, reason } });
  }
  async function finish() {
    const yes = await confirm({
      title: `销号“${title}”？`,
      text: '销号后问题办结，只有复查不合格才会重新整改。',
      verb: '销号',
    });
    if (yes) await closing.act({ params, body: { revision } });
  }
  async function giveUp() {
    const reason = await ask({
      ...{ title: `取消“${title}”？`, text: '取消后不再整改，责任主体将收到通知，记录保留。' },
      ...{ label: '取消原因', verb: '取消问题', danger: true, required: true, maxLength: 500 },
    });
    if (reason !== null) await cancelling.act({ params, body: { revision, reason } });
  }
  async function take() {
    const yes = await confirm({
      title: `签收紧急隐患“${title}”？`,
      text: '签收表示本级已知悉并在处置，将记下您的姓名和时间；本级不再提示。',
      verb: '签收',
    });
    if (yes) await acknowledging.act({ params });
  }
  async function grant() {
    const waiting = finding.extensions.find(({ decision }) => decision === null);
    const yes = await confirm({
      ...{ title: `同意延期至 ${waiting?.until ?? ''}？`, text: waiting?.reason ?? '', verb: '同意延期' },
    });
    if (yes) await deciding.act({ params, body: { decision: 'granted' } });
  }
  async function takeQuestionBack() {
    const reason = await ask({
      ...{ title: '撤回延期申请？', text: '完成时限不变；督办单位将收到通知，之后可以另行申请。' },
      ...{ label: '撤回原因', verb: '撤回延期申请', required: true, maxLength: 500 },
    });
    if (reason !== null) await withdrawing.act({ params, body: { reason } });
  }
  async function refuse() {
    const note = await ask({
      ...{ title: '不同意延期？', label: '理由', verb: '不同意', required: true, maxLength: 500 },
    });
    if (note !== null) await deciding.act({ params, body: { decision: 'refused', note } });
  }

  const acts: readonly Act[] = [
    [can.acknowledge, '签收隐患', () => void take(), acknowledging.busy],
    [can.notice, '下发', () => setOpen('notice'), false],
    [can.notice, '下发并拟整改通知书', () => setOpen('letter'), false],
    [can.report, '报告整改完成', () => setOpen('report'), false],
    [can.plan, finding.state === 'planned' ? '修改措施' : '制定整改措施', () => setOpen('plan'), false],
    [can.check, '核查通过', () => void checking.act({ params, body: { revision } }), checking.busy],
    [can.close, '销号', () => void finish(), closing.busy],
    [can.reject, '退回整改', () => void sendBack(), rejecting.busy],
    [can.decide, '同意延期', () => void grant(), deciding.busy],
    [can.decide, '不同意延期', () => void refuse(), deciding.busy],
    [can.ask, '申请延期', () => setOpen('ask'), false],
    [can.withdraw, '撤回延期申请', () => void takeQuestionBack(), withdrawing.busy],
    [can.edit, '修改问题', () => setOpen('edit'), false],
    [can.handOver, '移交', () => setOpen('handOver'), false],
    [can.divide && finding.parentId === null, '分列子问题', () => setOpen('divide'), false],
    [can.cancel, '取消问题', () => void giveUp(), cancelling.busy, 'quiet'],
  ];
  return (
    <div className="screen-only">
      <ActRow acts={acts} />
      {open === 'divide' && (
        <WhenHere late={entry}>
          {({ EnterFinding }) => <EnterFinding parent={finding} onClose={() => setOpen(null)} />}
        </WhenHere>
      )}
      {(open === 'notice' || open === 'letter') && (
        <WhenHere late={sending}>
          {({ OneNotice }) => <OneNotice finding={finding} letter={open === 'letter'} onClose={() => setOpen(null)} />}
        </WhenHere>
      )}
      {open !== null && open !== 'divide' && open !== 'notice' && open !== 'letter' && (
        <WhenHere late={dialogs}>
          {({ FindingDialog }) => <FindingDialog act={open} finding={finding} onClose={() => setOpen(null)} />}
        </WhenHere>
      )}
    </div>
  );
}

/** How the judgement is taken back for ten seconds. */
function takenBack(action: UndoableFindingAction, findingId: string, told: string): () => void {
  return () => void takeBack(undo, { params: { findingId }, body: { action } }, () => toast.say(`已撤销${told}`));
}
