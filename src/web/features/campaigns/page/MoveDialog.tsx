import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { matrix, moveOn, seats } from '#contract/campaigns/campaigns.ts';
import { kindOf, movedSteps, stateAfter } from '#domain/evaluation/kind.ts';
import type { EvaluationStep } from '#domain/evaluation/lists.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { stepTitle } from '../campaign.words.ts';
import type { Campaign, MatrixRow } from '../campaign-reply.ts';
import { useCampaignAct } from '../useCampaignAct.ts';
import { useNoticeLetter } from './useNoticeLetter.ts';

interface MoveDialogProps {
  campaign: Campaign;
  /** Null: all that may. */
  chosen: readonly MatrixRow[] | null;
  onClose: () => void;
}

/** As many evaluations as one reading brings; beyond that each step is counted when it is chosen. */
const mostRead = 200;

/** Leads evaluations out of a step; those that lack something stay, and each is named with what it lacks. */
export function MoveDialog({ campaign, chosen, onClose }: MoveDialogProps) {
  const { id, revision, kind } = campaign;
  const params = { campaignId: id };
  const steps = movedSteps(kind);
  const [asked, setStep] = useState<EvaluationStep | null>(null);
  const whole = useRead(matrix, { params, query: { pageSize: mostRead } });
  const known = chosen ?? (whole.data && whole.data.total <= mostRead ? whole.data.rows : null);
  const standing = (at: EvaluationStep) => known?.filter(({ state }) => state === at).length;
  const most = steps.reduce((best, one) => ((standing(one.step) ?? 0) > (standing(best.step) ?? 0) ? one : best));
  const step = asked ?? most.step;
  // A step at which nobody stands is no choice, once that is known.
  const offered = steps.filter((one) => one.step === step || standing(one.step) !== 0);
  const letter = useNoticeLetter(campaign);
  const [reason, setReason] = useState('');
  // Who stands there now; the number alone is read.
  const here = useRead(matrix, { params, query: { step, pageSize: 10 } });
  const panel = useRead(seats, { params });
  const moving = useCampaignAct(moveOn, {
    ...{ done: '正在转入；没有转入的，连同缺什么写在消息里', inline: true, onDone: onClose },
  });
  const meant = chosen?.filter(({ state }) => state === step);
  const count = meant?.length ?? here.data?.total;
  const next = stateAfter(kind, step, 'county');
  const definition = kindOf(kind).steps.find((one) => one.step === step);
  const nextJudges = kindOf(kind).steps.find((one) => one.step === next)?.judges ?? definition?.judges ?? null;
  const lacks = nextJudges === null ? [] : (panel.data?.lacks ?? []);
  const lacksNotice = step === 'notice' && letter !== undefined && !letter.isIssued && reason.trim() === '';
  return (
    <Dialog
      open
      title="转入下一步"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={moving.busy}
            disabled={!count || lacksNotice}
            onClick={() =>
              void moving.act({
                params,
                body: {
                  ...{ revision, step, reason: reason.trim() || null },
                  evaluationIds: meant?.map(({ evaluationId }) => evaluationId) ?? null,
                },
              })
            }
          >
            {next === 'closed' ? '办结' : `转入“${stepTitle(kind, next)}”`}
          </Button>
        </>
      }
    >
      <Stack>
        {chosen === null && campaign.movable === 0 && (
          <Band tone="plain" label="现在没有可以转入的对象">
            现在没有停在“{steps.map(({ title }) => title).join('”“')}”的对象，没有可以一起转入下一步的。
          </Band>
        )}
        <SelectField
          label="现在的步骤"
          value={step}
          help={`“${stepTitle(kind, 'selfEvaluation')}”和初步意见以后的步骤，在“矩阵”中选定对象批量办理，或在各对象的评估页上逐个办理`}
          options={offered.map((one) => ({
            value: one.step,
            label: known === null ? one.title : `${one.title}（${standing(one.step)} 个）`,
          }))}
          onChange={setStep}
        />
        {count !== undefined && (
          <p role="status">
            {count === 0
              ? `${chosen === null ? '现在' : '选定的'}没有停在“${stepTitle(kind, step)}”的对象。`
              : `${chosen === null ? '' : '选定的'} ${count} 个对象停在“${stepTitle(kind, step)}”。能转入的都转入；缺东西的留在原处，系统逐一写明缺什么，发给您。`}
          </p>
        )}
        {lacksNotice && letter && (
          <Band tone="look" label="下发通知">
            下发通知的公文{letter.title}，印发以前不能转入。
            <Link to="/letters/$letterId" params={{ letterId: letter.id }} search={{}}>
              去办理公文
            </Link>
            ；已在平台以外书面通知的，在下面写明文号。
          </Band>
        )}
        {step === 'notice' && (
          <TextField
            label="通知的文号"
            required={false}
            value={reason}
            maxLength={300}
            onChange={setReason}
            help="通知已在平台上印发的不用填；在平台以外发的，写明文号和日期"
          />
        )}
        {lacks.length > 0 && (
          <Band tone="look" label="督导组">
            <p>督导组还不完整，评分从“{stepTitle(kind, kindOf(kind).panel.neededFrom)}”起须齐备：</p>
            <ul>
              {lacks.slice(0, 6).map(({ code, sentence }) => (
                <li key={code}>{sentence}</li>
              ))}
            </ul>
            {lacks.length > 6 && <p>另有 {lacks.length - 6} 条，见“督导组”。</p>}
          </Band>
        )}
        {moving.problem && (
          <Band tone="fails" alert>
            {moving.problem.message}
          </Band>
        )}
      </Stack>
    </Dialog>
  );
}
