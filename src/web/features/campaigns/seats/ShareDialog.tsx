import { useState } from 'react';
import { changeSeat, proposeSeats } from '#contract/campaigns/campaigns.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { toast } from '#web/shared/kit/feedback/toast.ts';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import type { Campaign, Seat, Seats } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';
import { branchText } from './seat-words.ts';

interface ShareDialogProps {
  campaign: Campaign;
  panel: Seats;
  onClose: () => void;
}

interface Share {
  readonly seat: Seat;
  readonly nodes: readonly string[];
}

/** An even split of the branches, as a proposal beside what stands now; nothing is saved before it is taken. */
export function ShareDialog({ campaign, panel, onClose }: ShareDialogProps) {
  const params = { campaignId: campaign.id };
  const proposal = useRead(proposeSeats, { params });
  const { act } = useCampaignAct(changeSeat);
  const [busy, setBusy] = useState(false);
  const shares = (proposal.data?.rows ?? []).flatMap(({ seatId, nodes }): Share[] => {
    const seat = panel.rows.find(({ id }) => id === seatId);
    return seat && nodes.length > 0 ? [{ seat, nodes }] : [];
  });
  const changed = shares.filter(({ seat, nodes }) => [...seat.nodes].sort().join(' ') !== [...nodes].sort().join(' '));
  async function take() {
    setBusy(true);
    let done = 0;
    for (const { seat, nodes } of changed) {
      const { part, scores, evaluationIds, from, to, waivedReason, revision } = seat;
      const saved = await act({
        params: { ...params, seatId: seat.id },
        body: { part, scores, nodes: [...nodes], evaluationIds, from, to, waivedReason, revision },
      });
      if (!saved) break;
      done += 1;
    }
    setBusy(false);
    if (done > 0) toast.say(`已调整 ${done} 人的分支`);
    if (done === changed.length) onClose();
  }
  return (
    <Dialog
      open
      size="wide"
      title="按分支均分"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button kind="primary" busy={busy} disabled={changed.length === 0} onClick={() => void take()}>
            {changed.length === 0 ? '没有要调整的' : `调整 ${changed.length} 人的分支`}
          </Button>
        </>
      }
    >
      <p className="soft">
        按指标数均分，每项 {campaign.form.rules.reviewersPerLeaf}{' '}
        人评。只改分支，对象、起止不变；须回避的仍按原来的安排。调整后不再看和评移走的分支，已给的分数都保留，照常计入评定。
      </p>
      <Loaded of={proposal} shape="table">
        {() => (
          <DataTable<Share>
            caption="分工建议"
            rows={shares}
            rowKey={({ seat }) => seat.id}
            columns={[
              { key: 'name', title: '成员', fact: 1, width: '8rem', cell: ({ seat }) => seat.name },
              { key: 'now', title: '现在', cell: ({ seat }) => branchText(seat.nodes, panel.branches) },
              {
                ...{ key: 'done', title: '已评', unit: '项', fact: 3, align: 'end', width: '5rem' },
                cell: ({ seat }) => seat.done,
              },
              { key: 'next', title: '建议', fact: 2, cell: ({ nodes }) => branchText(nodes, panel.branches) },
            ]}
          />
        )}
      </Loaded>
    </Dialog>
  );
}
