import * as filings from '#contract/filings.ts';
import { Button } from '#web/shared/kit/Button.tsx';
import { confirm } from '#web/shared/kit/question.ts';
import { toast } from '#web/shared/kit/toast.ts';
import { useAct } from '#web/shared/queries.ts';
import type { QueueRow } from './ReviewQueue.tsx';

interface ReviewRestProps {
  rows: readonly QueueRow[];
  queue: 'submitted' | 'approved';
  opened: ReadonlySet<string>;
  unit: { id: number; name: string; level: string } | null;
  year: number | null;
}

/** An act of its own that says what it does: approving the rest, or accepting a unit's whole set. */
export function ReviewRest({ rows, queue, opened, unit, year }: ReviewRestProps) {
  const told = (refused: ReadonlyArray<{ schoolName: string; message: string }>) => {
    if (refused.length > 0) {
      toast.say(
        `未办理 ${refused.length} 所：${refused.map((each) => `${each.schoolName}（${each.message}）`).join('；')}`,
      );
    }
  };
  const approve = useAct(filings.approveRest, {
    done: ({ done }) => `已批准 ${done} 所`,
    refresh: ['balance'],
    onDone: ({ refused }) => told(refused),
  });
  const accept = useAct(filings.acceptSet, {
    done: ({ done, remaining }) => `已接收 ${done} 所${remaining > 0 ? `，还有 ${remaining} 所未到可接收状态` : ''}`,
    refresh: ['balance'],
    onDone: ({ refused }) => told(refused),
  });
  const approvable = rows.filter((row) => row.can.approve);
  const acceptable = rows.filter((row) => row.can.accept);

  async function approveRest() {
    const doubts = approvable.filter((row) => row.softFindings > 0).length;
    const unseen = approvable.filter((row) => !opened.has(row.id)).length;
    const sure = await confirm({
      title: `批准其余 ${approvable.length} 所`,
      text: `将逐一批准队列中的 ${approvable.length} 份填报，其中 ${doubts} 份有疑点（均已有说明），${unseen} 份您还没有打开看过。批准后数据锁定并用于均衡测算；其间被改动或撤回的不批准，会列出。`,
      verb: `批准其余 ${approvable.length} 所`,
    });
    if (!sure) return;
    await approve.act({
      body: { filings: approvable.slice(0, 500).map((row) => ({ filingId: row.id, revision: row.revision })) },
    });
  }
  async function acceptSet() {
    if (!unit || year === null) return;
    const sure = await confirm({
      title: `接收${unit.name}的 ${acceptable.length} 份填报`,
      text: `一次接收${unit.name}全部县级已批准的 ${acceptable.length} 份填报。接收后由市级重新开放才能修改。`,
      verb: `接收 ${acceptable.length} 份`,
    });
    if (sure) await accept.act({ body: { year, unitId: unit.id, expected: acceptable.length } });
  }
  if (queue === 'submitted' && approvable.length > 1) {
    return (
      <Button busy={approve.busy} onClick={() => void approveRest()}>
        批准其余 {approvable.length} 所
      </Button>
    );
  }
  if (queue === 'approved' && unit?.level === 'county' && acceptable.length > 0) {
    return (
      <Button busy={accept.busy} onClick={() => void acceptSet()}>
        接收{unit.name} {acceptable.length} 份
      </Button>
    );
  }
  return null;
}
