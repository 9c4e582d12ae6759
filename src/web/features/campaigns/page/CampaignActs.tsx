import { useState } from 'react';
import { cancel, close, dropPartner } from '#contract/campaigns/campaigns.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { type Act, ActRow } from '#web/shared/kit/action/ActRow.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { ask, confirm } from '#web/shared/kit/dialog/question.ts';
import { late, WhenHere } from '#web/shared/kit/late.tsx';
import { subjectWord } from '../campaign.words.ts';
import type { Campaign } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';
import { useRemind } from './useRemind.tsx';

const opening = late(() => import('./OpenDialog.tsx'));
const moving = late(() => import('./MoveDialog.tsx'));
const extending = late(() => import('../timetable/ExtendDialog.tsx'));
const editing = late(() => import('../draft/EditCampaign.tsx'));

type Open = 'open' | 'move' | 'extend' | 'edit' | 'unfinished' | null;

/** The acts on a campaign, the one that is waited for first. */
export function CampaignActs({ campaign }: { campaign: Campaign }) {
  const [open, setOpen] = useState<Open>(null);
  const { can, id, revision, title, subjects, kind } = campaign;
  const params = { campaignId: id };
  const closing = useAct(close, { done: '项目已结束，督导组的工作同时结束' });
  const cancelling = useCampaignAct(cancel, { done: '项目已取消，记录保留' });
  const remind = useRemind(campaign);
  const shut = () => setOpen(null);
  const leaving = useCampaignAct(dropPartner, { done: '配合单位已退出，以后的公文由牵头单位出具' });
  async function leavesPartner() {
    const reason = await ask({
      ...{
        title: `${campaign.partnerUnitName ?? '配合单位'}退出“${title}”？`,
        label: '退出原因',
        verb: '配合单位退出',
      },
      text: '以后的公文由牵头单位一家出具，不再等会签；正等会签的公文一并免去会签，原因写入办理记录；文中仍写两个单位的，请在印发前修改。',
      ...{ danger: true, required: true, maxLength: 300 },
    });
    if (reason !== null) await leaving.act({ params, body: { revision, reason } });
  }

  async function finish() {
    if (campaign.obstacles.length > 0) return setOpen('unfinished');
    const yes = await confirm({
      title: `结束“${title}”？`,
      text: '结束后不能再延期、转入或评分，督导组成员的工作同时结束，记录保留。',
      verb: '结束项目',
    });
    if (yes) await closing.act({ params, body: { revision } });
  }
  async function giveUp() {
    const reason = await ask({
      ...{
        title: `取消“${title}”？`,
        verb: '取消整个项目',
        danger: true,
        label: '取消原因',
        required: true,
        maxLength: 300,
      },
      text:
        campaign.state === 'draft'
          ? '草稿不再开启，记录保留。'
          : `${subjects} ${subjectWord(kind)}的评估一并取消，督导组的工作同时结束；对象和督导组都收到通知，已填的内容和分数保留。`,
    });
    if (reason !== null) await cancelling.act({ params, body: { revision, reason } });
  }

  const acts: readonly Act[] = [
    [can.open, '开启', () => setOpen('open'), false],
    // Where no subject stands at a step that is left together, nothing waits for it.
    [can.moveOn, '转入下一步', () => setOpen('move'), false, campaign.movable > 0 ? undefined : 'quiet'],
    [can.extend, '延期', () => setOpen('extend'), false],
    [can.remind, '提醒', () => void remind.act(null), remind.busy],
    // Nobody wants to close what has just begun: the button says what is not over, and the head does not.
    [can.close, '结束项目', () => void finish(), closing.busy, 'quiet'],
    [can.edit, '修改安排', () => setOpen('edit'), false],
    [can.dropPartner, '配合单位退出', () => void leavesPartner(), leaving.busy, 'quiet'],
    [can.cancel, '取消项目', () => void giveUp(), cancelling.busy, 'quiet'],
  ];
  return (
    <>
      <ActRow acts={acts} />
      {open === 'open' && (
        <WhenHere late={opening}>{({ OpenDialog }) => <OpenDialog campaign={campaign} onClose={shut} />}</WhenHere>
      )}
      {open === 'move' && (
        <WhenHere late={moving}>
          {({ MoveDialog }) => <MoveDialog campaign={campaign} chosen={null} onClose={shut} />}
        </WhenHere>
      )}
      {open === 'extend' && (
        <WhenHere late={extending}>
          {({ ExtendDialog }) => <ExtendDialog campaign={campaign} chosen={null} onClose={shut} />}
        </WhenHere>
      )}
      <Dialog open={open === 'unfinished'} title="还不能结束项目" onClose={shut}>
        <ul>
          {campaign.obstacles.map(({ code, sentence }) => (
            <li key={code}>{sentence}</li>
          ))}
        </ul>
      </Dialog>
      {open === 'edit' && (
        <WhenHere late={editing}>{({ EditCampaign }) => <EditCampaign campaign={campaign} onClose={shut} />}</WhenHere>
      )}
    </>
  );
}
