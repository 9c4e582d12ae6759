import { useState } from 'react';
import * as filings from '#contract/filings/filings.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { extendReasons, reopenReasons } from '../../filing.words.ts';
import type { FilingDetail } from '../../filing-drafts.ts';
import { undoOf } from '../../undo.ts';

/** The acts of this person on the filing besides filling and submitting. */
export function FilingActs({ detail }: { detail: FilingDetail }) {
  const params = { filingId: detail.id };
  const { revision, can } = detail;
  const withdraw = useAct(filings.withdraw, {
    done: '已撤回，可以继续修改',
    undo: () => undoOf('withdraw', [detail.id], '撤回，填报仍在待审核'),
  });
  const reopen = useAct(filings.reopen, {
    done: '已重新开放，学校可以修改',
    undo: () => undoOf('reopen', [detail.id], `重新开放：${detail.school.name}`),
  });
  const [extending, setExtending] = useState(false);
  async function askReopen() {
    const reason = await ask({
      title: `重新开放${detail.school.name}的填报`,
      text: '学校将可以修改全部数据；修改后须重新提交、重新审核。在此之前，这所学校不计入均衡测算。',
      label: '重新开放的原因',
      suggestions: reopenReasons,
      verb: '重新开放',
      danger: true,
    });
    if (reason) await reopen.act({ params, body: { revision, reason } });
  }
  async function askWithdraw() {
    const sure = await confirm({
      title: '撤回这份填报？',
      text: '撤回后可以继续填写，修改完须重新提交。',
      verb: '撤回提交',
    });
    if (sure) await withdraw.act({ params, body: { revision } });
  }
  return (
    <>
      {can.withdraw && (
        <Button busy={withdraw.busy} onClick={() => void askWithdraw()}>
          撤回提交
        </Button>
      )}
      {(can.approve || can.return) && (
        <ButtonLink
          kind={detail.state === 'draft' ? 'plain' : 'primary'}
          to="/filings/review"
          search={{ filing: detail.id, ...(detail.state === 'approved' ? { queue: 'approved' } : {}) }}
        >
          {detail.state === 'draft' ? '增加退回项' : '去审核'}
        </ButtonLink>
      )}
      {can.extend && <Button onClick={() => setExtending(true)}>延期</Button>}
      {can.reopen && (
        <Button busy={reopen.busy} onClick={() => void askReopen()}>
          重新开放
        </Button>
      )}
      {extending && <Extension detail={detail} onClose={() => setExtending(false)} />}
    </>
  );
}

/** The one-off extension of one filing's deadline. */
export function Extension({
  detail,
  onClose,
}: {
  detail: Pick<FilingDetail, 'id' | 'deadline'> & { school: { name: string } };
  onClose: () => void;
}) {
  const { today } = useDeskContext();
  const extend = useAct(filings.extend, { done: '期限已延长', onDone: onClose });
  const [until, setUntil] = useState([detail.deadline.day, today].sort().at(-1) ?? today);
  const [reason, setReason] = useState<string | null>(null);
  const later = until > detail.deadline.day;
  return (
    <Dialog
      open
      title={`延长${detail.school.name}的填报期限`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={extend.busy}
            disabled={!later || reason === null}
            onClick={() => reason && void extend.act({ params: { filingId: detail.id }, body: { until, reason } })}
          >
            延长期限
          </Button>
        </>
      }
    >
      <Stack>
        <p>
          现在的期限是 {detail.deadline.day}（{detail.deadline.phrase}）。每份填报只能延期一次。
        </p>
        <DateField label="延长至" value={until} min={detail.deadline.day} onChange={setUntil} />
        <SelectField
          label="原因"
          value={reason}
          options={extendReasons.map((each) => ({ value: each, label: each }))}
          onChange={setReason}
        />
      </Stack>
    </Dialog>
  );
}
