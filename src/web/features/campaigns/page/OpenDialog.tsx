import { useState } from 'react';
import { burdenOf, open, seats } from '#contract/campaigns/campaigns.ts';
import { kindOf } from '#domain/evaluation/kind.ts';
import { editionMark } from '#domain/framework/edition/edition-mark.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { CheckField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Facts } from '#web/shared/kit/layout/Page.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { hoursText, stepTitle, subjectWord } from '../campaign.words.ts';
import type { Campaign } from '../campaign-reply.ts';

/** Asks a second time before a campaign opens, and says what that does. */
export function OpenDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { id, revision, title, kind, subjects, edition, obstacles, form } = campaign;
  const params = { campaignId: id };
  const [letter, setLetter] = useState(true);
  const work = useRead(burdenOf, { params });
  const panel = useRead(seats, { params });
  const opening = useAct(open, { done: '已开启，正在建立评估', onDone: onClose });
  const lacks = panel.data?.lacks ?? [];
  const [first] = form.steps;
  const isReady = obstacles.length === 0;
  return (
    <Dialog
      open
      title={`开启“${title}”？`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          <Button
            kind="primary"
            busy={opening.busy}
            disabled={!isReady}
            onClick={() => void opening.act({ params, body: { revision, letter } })}
          >
            开启 {formatNumber(subjects)} 个评估
          </Button>
        </>
      }
    >
      <Stack>
        {!isReady && (
          <div role="alert">
            <p>现在还不能开启：</p>
            <ul>
              {obstacles.map(({ code, sentence }) => (
                <li key={code}>{sentence}</li>
              ))}
            </ul>
          </div>
        )}
        <Loaded of={work} shape="text">
          {(burden) => (
            <Facts
              items={[
                ['对象', `${formatNumber(subjects)} ${subjectWord(kind)}，各建立一份评估，都收到通知`, 'wide'],
                [
                  '指标',
                  `每份 ${formatNumber(burden.leaves)} 项，共 ${formatNumber(burden.leaves * subjects)} 项；每份 ${formatNumber(burden.selfFilled)} 项由数据计分，还要答 ${formatNumber(burden.asked)} 个数据，填写约 ${hoursText(burden.subjectHours)}`,
                  'wide',
                ],
                [
                  '指标体系',
                  `${edition.title}（第 ${edition.revision} 版，${editionMark(edition)}），开启后锁定`,
                  'wide',
                ],
                first && ['第一步', `${stepTitle(kind, first.step)}，${first.from} 至 ${first.to}`, 'wide'],
                [
                  '督导组',
                  lacks.length === 0
                    ? `${panel.data?.rows.length ?? 0} 人，已齐备`
                    : `${lacks[0]!.sentence}${lacks.length > 1 ? `另有 ${lacks.length - 1} 条。` : ''}可以先开启，在“${stepTitle(kind, kindOf(kind).panel.neededFrom)}”以前补齐。`,
                  'wide',
                ],
              ]}
            />
          )}
        </Loaded>
        <CheckField
          label="同时拟一份下发通知"
          help={`公文草稿放在“公文”里，由本单位核对、签发；主送 ${formatNumber(subjects)} ${subjectWord(kind)}`}
          value={letter}
          onChange={setLetter}
        />
        <p className="soft">开启后不能再增减对象、更换指标体系；时间可以延长，督导组可以调整，项目可以取消。</p>
      </Stack>
    </Dialog>
  );
}
